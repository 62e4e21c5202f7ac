/** Tensors are values to everything that compares values by their structure: the same numbers are the same, however they are stored. */

import loose from 'node:assert'
import assert from 'node:assert/strict'
import { isDeepStrictEqual } from 'node:util'
import {
  add,
  type DType,
  full,
  jit,
  layer,
  mul,
  ones,
  pipe,
  random,
  reference,
  sqrt,
  tensor,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'

const differ = (x: unknown, y: unknown): void => {
  for (const [a, b] of [
    [x, y],
    [y, x],
  ]) {
    assert.throws(() => assert.deepStrictEqual(a, b), assert.AssertionError)
    assert.throws(() => loose.deepEqual(a, b), assert.AssertionError)
    expect(() => expect(a).toEqual(b)).toThrow()
    expect(() => expect(a).toStrictEqual(b)).toThrow()
    expect(a).not.toEqual(b)
    expect(isDeepStrictEqual(a, b)).toBe(false)
  }
}

const agree = (x: unknown, y: unknown): void => {
  for (const [a, b] of [
    [x, y],
    [y, x],
  ]) {
    assert.deepStrictEqual(a, b)
    loose.deepEqual(a, b)
    expect(a).toEqual(b)
    expect(a).toStrictEqual(b)
  }
}

describe('numbers', () => {
  test('are seen', () => {
    differ(tensor([1, 2]), tensor([1, 3]))
    differ(tensor(1), tensor(2))
    differ(zeros('3'), ones('3'))
    differ(tensor([true, false]), tensor([true, true]))
    differ({ w: [tensor([1, 2])] }, { w: [tensor([1, 3])] })
    differ(random.key(1), random.key(2))
    agree(tensor([1, 2]), tensor([1, 2]))
    agree(random.key(7), random.key(7))
  })

  test('are the same however they are stored', () => {
    agree(zeros('3'), tensor([0, 0, 0]))
    agree(tensor(5), full(5)(''))
    agree(tensor([5]), full(5)('1'))
    differ(tensor(5), tensor([5]))
    expect(isDeepStrictEqual(tensor([0]), tensor([-0]))).toBe(false)
    agree(sqrt(tensor(-1)), tensor(Number.NaN))
    agree(pipe(tensor([1, 2]), mul(0)), zeros('2'))
    for (const dtype of ['float64', 'int32', 'uint32'] satisfies DType[])
      agree(
        full(7)('2 2', {}, dtype),
        tensor(
          [
            [7, 7],
            [7, 7],
          ],
          dtype,
        ),
      )
    agree(full(1)('2', {}, 'bool'), tensor([true, true]))
    differ(zeros('3'), tensor([0, 0, 1]))
    differ(full(0.1)('2'), full(0.1)('2', {}, 'float64'))
  })

  test('are compared as Object.is does', () => {
    // The root of -1 is another pattern of bits in WebAssembly than in JavaScript.
    for (const engine of [reference, wasmEngine()])
      agree(
        withEngine(engine)(() => sqrt(tensor([-1, 4, 9, 16]))),
        tensor([Number.NaN, 2, 3, 4]),
      )
    agree(full(Number.NaN)('2'), tensor([Number.NaN, Number.NaN]))
    assert.notDeepStrictEqual(tensor([0]), tensor([-0]))
    expect(tensor([0])).not.toEqual(tensor([-0]))
    assert.notDeepStrictEqual(zeros('2'), full(-0)('2'))
  })

  test('are no more than their shape and dtype', () => {
    differ(tensor([1, 2]), tensor([[1, 2]]))
    differ(tensor([1, 2]), tensor([1, 2], 'float64'))
    differ(zeros('3'), zeros('n', { n: 3 }))
    differ(zeros('n', { n: 2 }), zeros('n', { n: 3 }))
  })
})

test('two initialisations of a model differ, and one is itself', () => {
  const model = pipe(layer.input('3'), layer.dense(2))
  differ(model.init(random.key(0)), model.init(random.key(1)))
  agree(model.init(random.key(0)), model.init(random.key(0)))
})

test('large zeros cost nothing until they are read', () => {
  // 4 TB, were there an array. Everything that is looked at without being read is named here.
  expect(Object.keys(zeros('1000000 1000000'))).toEqual(['uncloneable', 'shape', 'dtype', 'sizes', 'contents'])
})

test('what is compared cannot be written to', () => {
  const x = tensor([1, 2])
  const { numbers } = Object(x).contents
  numbers[0] = 99
  agree(x, tensor([1, 2]))
})

describe('a traced value', () => {
  test('is itself and no other', () => {
    jit((x: typeof one, y: typeof one) => {
      expect(x).toEqual(x)
      assert.deepStrictEqual([x], [x])
      differ(x, y)
      differ(x, pipe(x, add(0)))
      differ(x, one)
      return pipe(x, add(y))
    })(one, one)
  })
  const one = tensor([1])

  test('is compared at once, however deep its graph', () => {
    // Walked as a tree, this graph has 2^60 leaves.
    jit((x: typeof one) => {
      const doubled = (): typeof one => Array.from({ length: 60 }).reduce<typeof one>(y => pipe(y, add(y)), x)
      differ(doubled(), doubled())
      return doubled()
    })(one)
  })
})
