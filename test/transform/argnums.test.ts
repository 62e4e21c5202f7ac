import { describe, expect, test } from 'vitest'
import { add, mul, pipe, sum } from '../../src/index.js'
import { ones, type Tensor, tensor, toNested, toNumber } from '../../src/tensor/index.js'
import { grad, gradOf, hessian, jit, jvp, valueAndGradOf, vmap } from '../../src/transform/index.js'
import { loose } from '../support/loose.js'

type Pair = Tensor<'2'>

const a = tensor([1, 2])
const b = tensor([3, 4])
const c = tensor([10, 100])

/** Σ x y² z, whose derivatives are y² z, 2 x y z and x y². */
const product = (x: Pair, y: Pair, z: Pair): Tensor<''> => pipe(x, mul(y), mul(y), mul(z), sum())

const ofX = [90, 1600]
const ofY = [60, 1600]
const ofZ = [9, 32]

describe('gradOf', () => {
  test.each([
    [0, ofX],
    [1, ofY],
    [2, ofZ],
  ] as const)('takes the gradient of the argument at place %i', (place, expected) => {
    expect(toNested(gradOf(place)(product)(a, b, c))).toEqual(expected)
  })

  test('gives a tuple for a list of places, in the order of the list', () => {
    expect(gradOf([2, 0])(product)(a, b, c).map(x => toNested(x))).toEqual([ofZ, ofX])
    expect(gradOf([1])(product)(a, b, c).map(x => toNested(x))).toEqual([ofY])
  })

  test('passes on what is no tensor', () => {
    const scaled = (n: number, x: Pair, names: { readonly twice: boolean }) => pipe(x, mul(names.twice ? 2 * n : n), sum())
    expect(toNested(gradOf(1)(scaled)(3, a, { twice: true }))).toEqual([6, 6])
  })

  test('adds what an argument gets that is given twice', () => {
    expect(gradOf([0, 1])(product)(a, a, c).map(x => toNested(x))).toEqual([
      [10, 400],
      [20, 800],
    ])
  })

  test('nests with itself, with jit, vmap, jvp and hessian', () => {
    // d/dz of the sum of dΣ/dx = y² z is y².
    const mixed = gradOf(1)((x: Pair, z: Pair) => pipe(gradOf(0)(product)(x, b, z), sum()))
    expect(toNested(mixed(a, c))).toEqual([9, 16])
    expect(toNested(jit(gradOf(1)(product))(a, b, c))).toEqual(ofY)
    const rows = tensor([
      [1, 2],
      [2, 4],
    ])
    expect(toNested(vmap('2')((x: Pair) => gradOf(1)(product)(x, b, c))(rows))).toEqual([ofY, ofY.map(y => 2 * y)])
    expect(toNested(jvp((x: Pair) => gradOf(1)(product)(x, b, c))(a, ones('2'))[1])).toEqual([60, 800])
    expect(toNested(hessian((x: Pair) => pipe(gradOf(1)(product)(a, x, c), sum()))(b))).toEqual([
      [0, 0],
      [0, 0],
    ])
  })

  test('is grad for the first place', () => {
    expect(toNested(grad(product)(a, b, c))).toEqual(toNested(gradOf(0)(product)(a, b, c)))
  })
})

describe('valueAndGradOf', () => {
  test('gives the value, with what the function found on the way', () => {
    const [[loss, aux], [y]] = valueAndGradOf([1])((x: Pair, at: Pair) => [product(x, at, c), { sum: add(x)(at) }] as const)(a, b)
    expect(toNumber(loss)).toBe(90 + 3200)
    expect(toNested(aux.sum)).toEqual([4, 6])
    expect(toNested(y)).toEqual(ofY)
  })
})

describe('a wrong place', () => {
  test.each([
    [-1, 'gradOf: -1 is no place of an argument: places are counted from 0'],
    [1.5, 'gradOf: 1.5 is no place of an argument: places are counted from 0'],
    ['x', 'gradOf: "x" is no place of an argument: places are counted from 0'],
    [undefined, 'gradOf: undefined is no place of an argument: places are counted from 0'],
    [[0, undefined], 'gradOf: undefined is no place of an argument: places are counted from 0'],
    [[], 'gradOf: no place of an argument is named'],
    [[1, 1], 'gradOf: the place 1 is named twice'],
  ])('%j is refused', (places, message) => {
    expect(() => loose(gradOf)(places)).toThrow(message)
  })

  test('that the call has not is refused', () => {
    expect(() => loose(gradOf(3))(product)(a, b, c)).toThrow('gradOf: the function has no argument at place 3; places are counted from 0')
  })

  test('of something else than floats is refused by its place in the call', () => {
    const f = (x: Pair, _: Tensor<'', 'int32'>) => pipe(x, mul(2), sum())
    expect(() => loose(gradOf([1])(f))(a, tensor(3, 'int32'))).toThrow("gradOf: '1' is int32: only floats have derivatives")
    expect(() => loose(gradOf([1]))((x: Pair, n: number) => pipe(x, mul(n), sum()))(a, 3)).toThrow("gradOf: '1' is a number")
  })
})
