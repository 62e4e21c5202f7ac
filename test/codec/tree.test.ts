/** Trees as text and back, bit for bit; and every text that is refused. */
import * as fc from 'fast-check'
import { codec, type DType, layer, optimizer, pipe, random, tensor, toNumber, train, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { allocate, concrete, sizeOf, type Value } from '../../src/tensor/index.js'
import { arrayBytes } from '../support/array-bytes.js'
import { draws } from '../support/draws.js'
import { problem, right } from '../support/either.js'
import { errorOf } from '../support/errors.js'

const entries: { readonly [D in DType]: fc.Arbitrary<number> } = {
  float32: fc.float(),
  float64: fc.double(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint32: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  bool: fc.constantFrom(0, 1),
}
const dtypes = fc.constantFrom<DType>('float32', 'float64', 'int32', 'uint32', 'bool')
const anyTensor: fc.Arbitrary<Value> = fc
  .tuple(fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 3 }), dtypes)
  .chain(([sizes, dtype]) =>
    fc.array(entries[dtype], { minLength: sizeOf(sizes), maxLength: sizeOf(sizes) }).map(values => {
      const buffer = allocate(dtype, values.length)
      buffer.set(values)
      return concrete(sizes, dtype, buffer)
    }),
  )

describe('round trips', () => {
  test('of any tensors: NaN, -0, infinities, every dtype, nothing at all', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'weird key', '0'), fc.array(anyTensor, { maxLength: 2 })), tree => {
        sameBits('codec', 'trees', right(codec.decode(tree)(codec.encode(tree))), tree)
      }),
      draws(121, 120),
    )
  })
  test('of the numbers that JSON has no word for', () => {
    const x = tensor([Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 0.1], 'float64')
    expect(codec.encode(x)).toContain('"values":["NaN","-0","Infinity","-Infinity",5e-324,0.1]')
    sameBits('codec', 'tensors', right(codec.decode(x)(codec.encode(x))), x)
  })
  test('of a whole training state, names included', () => {
    const state = train.init(pipe(layer.input('3'), layer.dense(2)), optimizer.adam(0.1))(random.key(0))
    sameBits('codec', 'states', right(codec.decode(state)(codec.encode(state))), state)
    const named = { x: zeros('batch 2', { batch: 3 }) }
    expect(right(codec.decode(named)(codec.encode(named))).x.shape).toBe('batch 2')
  })
  test('of a uniform tensor and of no tensors', () => {
    sameBits('codec', 'trees', right(codec.decode([])(codec.encode([]))), [])
    sameBits('codec', 'tensors', right(codec.decode(zeros('2'))(codec.encode(zeros('2')))), zeros('2'))
  })
  test('the same tree gives the same text, in whatever order its keys were written', () => {
    expect(codec.encode({ b: tensor(1), a: tensor(2) })).toBe(codec.encode({ a: tensor(2), b: tensor(1) }))
  })
})

describe('text that is refused', () => {
  const like = { w: tensor([1, 2]), n: tensor(0, 'int32') }
  const decode = codec.decode(like)
  const tensors = (w: object, ...more: readonly object[]): string =>
    JSON.stringify({
      format: 'pullback',
      version: 1,
      tensors: [
        { name: 'w', shape: '2', sizes: [2], dtype: 'float32', values: [1, 2], ...w },
        { name: 'n', shape: '', sizes: [], dtype: 'int32', values: [3] },
        ...more,
      ],
    })
  test('what is right is not', () => {
    sameBits('codec', 'trees', right(decode(tensors({}))), { w: tensor([1, 2]), n: tensor(3, 'int32') })
  })
  test('text that is no JSON', () => {
    const [tag, message] = problem(decode('weights'))
    expect([tag, message.startsWith('codec.decode: not JSON: ')]).toEqual(['DataError', true])
  })
  test.each([
    ['another document', '{}', "not a file of tensors that this version reads: 'format' is not as expected"],
    ['no document', 'null', 'not a file of tensors that this version reads'],
    [
      'a later version',
      tensors({}).replace('"version":1', '"version":2'),
      "not a file of tensors that this version reads: 'version' is not as expected",
    ],
    [
      'a value that is no number',
      tensors({ values: [1, null] }),
      "not a file of tensors that this version reads: 'tensors.0.values.1' is not as expected",
    ],
    [
      'a number larger than any float64',
      tensors({}).replace('[1,2]', '[1,-1e400]'),
      "not a file of tensors that this version reads: 'tensors.0.values.1' is larger than any float64",
    ],
    ['a number larger than any float32', tensors({ values: [1, 1e39] }), "'w': value 1 is 1e+39, which float32 does not hold"],
    ['a fraction for an integer', tensors({}).replace('[3]', '[3.5]'), "'n': value 0 is 3.5, which int32 does not hold"],
    ['an integer that is too large', tensors({}).replace('[3]', '[2147483648]'), "'n': value 0 is 2147483648, which int32 does not hold"],
    ['NaN for an integer', tensors({}).replace('[3]', '["NaN"]'), "'n': value 0 is NaN, which int32 does not hold"],
    ['a boolean', tensors({ values: [1, true] }), "not a file of tensors that this version reads: 'tensors.0.values.1' is not as expected"],
    ['another shape', tensors({ shape: '1 2', sizes: [1, 2] }), "'w' is float32 '1 2' (1 2), expected float32 '2' (2)"],
    ['another name of an axis', tensors({ shape: 'n' }), "'w' is float32 'n' (2), expected float32 '2' (2)"],
    ['another dtype', tensors({ dtype: 'float64' }), "'w' is float64 '2' (2), expected float32 '2' (2)"],
    ['too few values', tensors({ values: [1] }), "'w' has 1 values, not 2"],
    ['a value that the dtype does not hold', tensors({ values: [1, 0.1] }), "'w': value 1 is 0.1, which float32 does not hold"],
    [
      'a tensor too many',
      tensors({}, { name: 'v', shape: '', sizes: [], dtype: 'float32', values: [1] }),
      "'v' is not among the tensors expected: n, w",
    ],
    ['a tensor twice', tensors({}, { name: 'w', shape: '2', sizes: [2], dtype: 'float32', values: [1, 2] }), "'w' comes twice"],
    ['a tensor missing', JSON.stringify({ format: 'pullback', version: 1, tensors: [] }), "'n' is missing"],
  ])('%s', (_, text, message) => {
    const [tag, found] = problem(decode(text))
    expect([tag, found.startsWith(`codec.decode: ${message}`)]).toEqual(['DataError', true])
  })
  test('a lone tensor that is missing', () => {
    expect(problem(codec.decode(tensor(1))(codec.encode([])))[1]).toBe('codec.decode: the tensor is missing')
  })
})

test('a bool is 0 or 1', () => {
  const text = codec.encode({ b: tensor([true, false]) })
  expect(problem(codec.decode({ b: tensor([true, false]) })(text.replace('[1,0]', '[2,0]')))[1]).toBe(
    "codec.decode: 'b': value 0 is 2, which bool does not hold",
  )
})

test('a number that no float64 holds, in a float64', () => {
  const text = codec.encode({ x: tensor([1], 'float64') })
  for (const large of ['1e400', '-1e400', '1e309'])
    expect(problem(codec.decode({ x: tensor([1], 'float64') })(text.replace('"values":[1]', `"values":[${large}]`)))[1]).toMatch(
      'is larger than any float64',
    )
  // What is infinite is written as a word.
  const infinite = { x: tensor([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY], 'float64') }
  expect(right(codec.decode(infinite)(codec.encode(infinite)))).toEqual(infinite)
})

describe('more numbers than a text holds', () => {
  test.each([
    ['in one leaf', { w: zeros('30000000') }, 30_000_000, 720_000_000],
    ['of float64', { w: zeros('n', { n: 25_000_000 }, 'float64') }, 25_000_000, 625_000_000],
    ['in several', { a: zeros('15000000'), b: [zeros('15000000')] }, 30_000_000, 720_000_000],
    ['that no array holds', { w: zeros('1000000000000') }, 1e12, 24e12],
  ])('%s: an error before anything is made of them', (_, value, count, characters) => {
    const before = arrayBytes()
    expect(errorOf(() => codec.encode(value))).toMatchObject({
      _tag: 'ArgumentError',
      message: `codec.encode: the tree's ${count} numbers may take ${characters} characters, and a text has at most 536870888: encode parts of the tree, of up to 22369620 float32 numbers each, or write toArray of each leaf to a file as bytes`,
    })
    expect(arrayBytes() - before).toBeLessThan(2 ** 20)
  })
})

test('thirty thousand leaves, there and back', () => {
  const many = Array.from({ length: 30_000 }, (_, i) => tensor(i, 'int32'))
  expect(right(codec.decode(many)(codec.encode(many))).map(x => toNumber(x))).toEqual(many.map((_, i) => i))
  const names = problem(codec.decode(many)(codec.encode({ other: tensor(1) })))[1]
  expect(names).toMatch("codec.decode: 'other' is not among the tensors expected: 0, 1, 2")
  expect(names.length).toBeLessThan(300)
})

test('two tensors of one name cannot be written', () => {
  const { _tag, message } = errorOf(() => codec.encode({ 'a.b': tensor(1), a: { b: tensor(2) } }))
  expect([_tag, message]).toEqual(['TreeError', "codec.encode: 'a.b' is the name of two tensors: leave the dot out of the key"])
})
