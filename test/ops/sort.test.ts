/** Sorting: order, stability, NaN, every axis, gradients, and agreement with JavaScript's own sort. */
import * as fc from 'fast-check'
import {
  argsort,
  fromArray,
  grad,
  jit,
  mul,
  pipe,
  reference,
  sort,
  sum,
  type Tensor,
  tensor,
  toNested,
  vmap,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { right } from '../support/either.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const engines = [reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })]

describe('argsort', () => {
  test('keeps equal entries in their order, 0 and -0 among them', () => {
    expect(toNested(argsort(0)(tensor([2, 1, 2, 1, 2])))).toEqual([1, 3, 0, 2, 4])
    expect(toNested(argsort(0)(tensor([0, -0, 0, -1])))).toEqual([3, 0, 1, 2])
  })

  test('puts NaN last, also after infinity', () => {
    expect(toNested(argsort(0)(tensor([nan, inf, nan, -inf, 0])))).toEqual([3, 4, 1, 0, 2])
  })

  test('knows signed from unsigned integers', () => {
    expect(toNested(argsort(0)(tensor([0, -1, 5], 'int32')))).toEqual([1, 0, 2])
    expect(toNested(argsort(0)(tensor([0, 2 ** 32 - 1, 5], 'uint32')))).toEqual([0, 2, 1])
  })

  test('of nothing is nothing, and of one entry its place', () => {
    expect(toNested(argsort(0)(tensor([7])))).toEqual([0])
    expect(argsort(1)(zeros('3 0')).sizes).toEqual([3, 0])
    expect(jit(argsort(1))(zeros('3 0')).sizes).toEqual([3, 0])
  })
})

describe('sort', () => {
  test('goes along the axis that is named', () => {
    const x = tensor([
      [3, 1],
      [2, 5],
      [1, 4],
    ])
    expect(toNested(sort(0)(x))).toEqual([
      [1, 1],
      [2, 4],
      [3, 5],
    ])
    expect(toNested(sort(1)(x))).toEqual([
      [1, 3],
      [2, 5],
      [1, 4],
    ])
  })

  test('gives the cotangent back to where the entry came from', () => {
    const f = (x: Tensor<'4'>) => pipe(x, sort(0), mul(tensor([1, 10, 100, 1000])), sum())
    expect(toNested(grad(f)(tensor([4, 2, 9, 3])))).toEqual([100, 1, 1000, 10])
  })

  test('of a batch is the batch of what is sorted', () => {
    const x = tensor([
      [2, 1, 3],
      [9, 8, 7],
    ])
    expect(toNested(vmap('2')(sort(0))(x))).toEqual([
      [1, 2, 3],
      [7, 8, 9],
    ])
  })
})

test.each(engines)('is what JavaScript sorts, stable, NaN last: $name', engine => {
  const number = fc.oneof(fc.constantFrom(0, -0, 1, 1, 2, nan, inf, -inf), fc.float({ noNaN: false }))
  const order = (x: number, y: number): number => (x < y ? -1 : x > y ? 1 : Number(Number.isNaN(x)) - Number(Number.isNaN(y)))
  fc.assert(
    fc.property(fc.array(number, { minLength: 1, maxLength: 70 }), values => {
      const x = right(fromArray(String(values.length))(values.map(Math.fround)))
      const places = jit(argsort(0), { engine })(x)
      const expected = values.map((_, i) => i).sort((i, j) => order(Math.fround(values[i] ?? 0), Math.fround(values[j] ?? 0)))
      expect(toNested(places)).toEqual(expected)
      expect(toNested(withEngine(engine)(() => argsort(0)(x)))).toEqual(expected)
    }),
    draws(7, 60),
  )
})
