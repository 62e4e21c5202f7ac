/** Tensors that JSON.stringify has written, read back: by `decode` as trees, and by io-ts codecs as parts of anything. */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { codec, type DType, equals, full, jit, layer, optimizer, pipe, random, tensor, train, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { failure } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { problem, right as rightOf } from '../support/either.js'
import { errorOf } from '../support/errors.js'

const right = <A>(either: E.Either<unknown, A>): A =>
  rightOf(
    pipe(
      either,
      E.mapLeft(error => failure({ _tag: 'InternalError', detail: String(error) })),
    ),
  )
const parsed = (x: unknown): unknown => JSON.parse(JSON.stringify(x))
const messages = <A>(type: t.Type<A, unknown>, x: unknown): string => PathReporter.report(type.decode(x)).join('; ')
const unusual = tensor([Number.NaN, -0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 0.1], 'float64')

describe('JSON.stringify', () => {
  test('writes the numbers of a tensor, however they are stored', () => {
    expect(JSON.stringify(tensor([1, -0]))).toBe('{"shape":"2","sizes":[2],"dtype":"float32","values":[1,"-0"]}')
    expect(JSON.stringify(full(7)('n', { n: 2 }))).toBe('{"shape":"n","sizes":[2],"dtype":"float32","values":[7,7]}')
  })
  test('and decode reads them', () => {
    const state = train.init(pipe(layer.input('3'), layer.dense(2)), optimizer.adam(0.1))(random.key(0))
    for (const tree of [
      state,
      unusual,
      { x: zeros('batch 2', { batch: 3 }), y: [tensor([true, false])] },
      { 'a.b': tensor(1), format: tensor(2) },
    ])
      expect(equals<object>(right(codec.decode<object>(tree)(JSON.stringify(tree))), tree)).toBe(true)
    expect(codec.decodeOrThrow(unusual)(JSON.stringify(unusual))).toEqual(unusual)
  })
  test('of a tree of another form is refused', () => {
    const like = { w: tensor([1, 2]) }
    expect(problem(codec.decode(like)(JSON.stringify({ v: tensor([1, 2]) })))[1]).toBe(
      "codec.decode: 'v' is not among the tensors expected: w",
    )
    expect(problem(codec.decode(like)(JSON.stringify({ w: tensor([1, 2, 3]) })))[1]).toBe(
      "codec.decode: 'w' is float32 '3' (3), expected float32 '2' (2)",
    )
    expect(problem(codec.decode(like)(JSON.stringify(like).replace('[1,2]', '[1,1e400]')))[1]).toBe(
      "codec.decode: not a file of tensors that this version reads: 'tensors.0.values.1' is larger than any float64",
    )
  })
  test('of something nested deeper than any tree is refused, not a full stack', () => {
    for (const text of [`${'['.repeat(1e5)}${']'.repeat(1e5)}`, `${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`])
      expect(problem(codec.decode({ w: tensor(1) })(text))[0]).toBe('DataError')
  })
  test('of a traced value is an error', () => {
    const one = tensor([1])
    jit((x: typeof one) => {
      const error = errorOf(() => JSON.stringify({ x }))
      expect([error._tag, error.message.startsWith("JSON.stringify: a traced '1' float32 has no value yet")]).toEqual(['TraceError', true])
      return x
    })(one)
  })
  test('of more numbers than a text holds is refused at once', () => {
    expect(errorOf(() => JSON.stringify(zeros('30000000')))).toMatchObject({ _tag: 'ArgumentError', op: 'JSON.stringify' })
  })
})

test('structuredClone, which would lose the numbers, is refused by an error that names codec.encode where the runtime quotes symbols', () => {
  // V8 does; JavaScriptCore and SpiderMonkey say only that something cannot be cloned.
  const quotes = (() => {
    try {
      structuredClone(Symbol('a name'))
    } catch (error) {
      return String(error).includes('a name')
    }
    return false
  })()
  if (typeof process !== 'undefined' && !('bun' in process.versions)) expect(quotes).toBe(true)
  for (const x of [tensor([1, 2]), { w: [zeros('3')] }]) {
    expect(() => structuredClone(x)).toThrow(quotes ? /a tensor: send codec\.encode\(tree\) in its place/ : /clone|unsupported/)
    const { port1, port2 } = new MessageChannel()
    expect(() => port1.postMessage(x)).toThrow(quotes ? /codec\.encode/ : /clone|unsupported/)
    port1.close()
    port2.close()
  }
})

describe('codec.tensor', () => {
  test('decodes what it encodes', () => {
    const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint32', 'bool']
    for (const dtype of dtypes) {
      const type = codec.tensor('2 n', dtype)
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 3 }).chain(n => values([2, n], dtype)),
          x => {
            const given = right(type.decode(x))
            expect(given.shape).toBe('2 n')
            expect(type.is(given)).toBe(true)
            expect(right(type.decode(parsed(type.encode(given))))).toEqual(given)
            expect(right(type.decode(parsed(given)))).toEqual(given)
            // What has no names of its own takes those of the codec.
            expect(right(type.decode(parsed(x)))).toEqual(given)
          },
        ),
        draws(23, 25),
      )
    }
    expect(right(codec.tensor('6', 'float64').decode(parsed(unusual)))).toEqual(unusual)
  })
  test('reads nested lists, of numbers or of booleans', () => {
    expect(
      right(
        codec.tensor('n 2').decode([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual(
      right(
        codec.tensor('n 2').decode(
          tensor([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    )
    expect(right(codec.tensor('', 'int32').decode(7))).toEqual(tensor(7, 'int32'))
    expect(right(codec.tensor('2', 'bool').decode([true, false]))).toEqual(tensor([true, false]))
  })
  test('is the type of its tensors alone', () => {
    const type = codec.tensor('784')
    expect(type.name).toBe("Tensor<'784'>")
    expect(codec.tensor('n', 'int32').name).toBe("Tensor<'n', 'int32'>")
    expect([zeros('784'), zeros('783'), zeros('n', { n: 784 }), zeros('784', {}, 'float64'), [1], null].map(type.is)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ])
  })
  test.each<readonly [unknown, string]>([
    [[1, 2, 3], "codec.tensor: '3' has fewer axes than 'batch 2'"],
    [[[1, 2, 3]], "'3' is not '2'"],
    [[[1, 2], [3]], 'ragged array: row 0 has length 2, row 1 has length 1'],
    [parsed(zeros('2 3')), "codec.tensor: '2 3' does not fit 'batch 2'"],
    [parsed(zeros('time 2', { time: 3 })), "codec.tensor: 'batch 2' is expected, not 'time 2'"],
    [parsed(zeros('3 2', {}, 'float64')), 'codec.tensor: float32 is expected, not float64'],
    [zeros('3 2', {}, 'float64'), "codec.tensor: float32 is expected, not float64 '3 2'"],
    [{ shape: '1 2', sizes: [1, 2], dtype: 'float32', values: [1] }, 'codec.tensor: the tensor has 1 values, not 2'],
    [
      { shape: '1 2', sizes: [1, 2], dtype: 'float32', values: [1, 0.1] },
      'codec.tensor: the tensor: value 1 is 0.1, which float32 does not hold',
    ],
    [
      { shape: '1 2', sizes: [1, 2], dtype: 'float32', values: [1, Number.POSITIVE_INFINITY] },
      "codec.tensor: 'values.1' is larger than any float64",
    ],
    [{ shape: '1 2', sizes: [1, 2], dtype: 'float32', values: [1, null] }, "codec.tensor: 'values.1' is not as JSON.stringify writes it"],
    ['text', 'codec.tensor: a tensor is expected'],
    [null, 'codec.tensor: a tensor is expected'],
    [{}, 'codec.tensor: a tensor is expected'],
    [[['1', '2']], 'codec.tensor: a tensor is expected'],
  ])('refuses %j', (x, message) => {
    expect(messages(codec.tensor('batch 2'), x)).toContain(message)
  })
  test('refuses sizes that are none, though their product is the number of values', () => {
    const written = (...sizes: readonly number[]) => ({ shape: sizes.join(' '), sizes, dtype: 'float32', values: [1, 2] })
    for (const sizes of [
      [-1, -2],
      [0.5, 4],
    ])
      expect(messages(codec.tensor('n m'), written(...sizes))).toMatch(/'sizes\.0' is no size: a whole number from 0 on/)
    for (const sizes of [
      [2 ** 70, 0],
      [-0, 2],
    ])
      expect(messages(codec.tensor('n m'), { ...written(...sizes), values: [] })).toMatch(/'sizes\.0' is no size/)
    expect(messages(codec.tensor('n m'), written(2, 1))).toBe('No errors!')
  })
  test('refuses a name with two sizes, and a shape that is none', () => {
    expect(messages(codec.tensor('n n'), [[1, 2]])).toContain("'n'")
    expect(
      codec.tensor('n n').decode([
        [1, 2],
        [3, 4],
      ])._tag,
    ).toBe('Right')
    expect(errorOf(() => codec.tensor<string>('2  3'))._tag).toBe('ShapeError')
  })
  test('is a part of other codecs, whose errors name the place', () => {
    const Example = t.type({ image: codec.tensor('2 2'), label: codec.tensor('', 'int32') })
    const example = {
      image: tensor([
        [1, 2],
        [3, 4],
      ]),
      label: tensor(1, 'int32'),
    }
    expect(right(Example.decode(parsed(Example.encode(example))))).toEqual(example)
    expect(right(Example.decode(parsed(example)))).toEqual(example)
    const { rows, rejected } = { rows: [1], rejected: Example.decode({ image: [[1, 2]], label: 1 }) }
    expect([rows.length, rejected._tag]).toEqual([1, 'Left'])
  })
})
