/** Random programs: fused by the engine, against the reference and against their own operations one by one. */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import * as primitive from '../../src/primitives/index.js'
import type { DType, Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { vector } from '../support/vectors.js'
import { chains, exactly, smoothly } from './support/chain.js'
import { closed, type Flat, interpreted, piecewise, whole } from './support/run.js'

const engine = wasmEngine()

/** Up to three axes: small ones, empty ones, a vector or more and a rest. */
const sizes = fc.array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 9 }) }, fc.constantFrom(0, 15, 17, 31, 33)), {
  maxLength: 3,
})
const pairs = (dtype: DType, most: number): fc.Arbitrary<readonly Value[]> =>
  sizes.chain(s => fc.tuple(values(s, dtype, { low: -most, high: most }), values(s, dtype, { low: -most, high: most })))

/** Small multiples of a power of two add up without rounding; their thirds do not. */
const third = (x: Value): Value => primitive.div(x, primitive.filled(x, 3))

const fusesFaithfully = (f: Flat, inputs: readonly Value[]): void => {
  const program = closed(f, inputs)
  sameBits('engine', 'the operations one by one and the program', piecewise(engine, program), whole(engine, program))
}

describe('random programs', () => {
  test.each<readonly [DType, number]>([
    ['float32', 1],
    ['float64', 2],
    ['int32', 3],
  ])('of small whole numbers give the bits of the reference: %s', (dtype, seed) => {
    fc.assert(
      fc.property(pairs('int32', 3), chains(exactly, { min: 2, max: 8 }), (integers, f) => {
        const program = closed(
          f,
          integers.map(x => primitive.castTo(x, dtype)),
        )
        sameBits('engine', 'the reference and the engine', interpreted(program), whole(engine, program))
      }),
      draws(seed, 120),
    )
  })

  test.each<readonly [DType, number]>([
    ['float32', 4],
    ['float64', 5],
  ])('give the bits of their operations one by one: %s', (dtype, seed) => {
    fc.assert(
      fc.property(pairs(dtype, 2), chains(smoothly, { min: 2, max: 8 }), (inputs, f) => fusesFaithfully(f, inputs.map(third))),
      draws(seed, 120),
    )
  })
})

describe('fusion', () => {
  const waves = (dtype: DType, count: number, seed = 0): Value =>
    vector(
      Array.from({ length: count }, (_, i) => 3 * Math.sin(1.7 * i + seed)),
      dtype,
    )

  test('of float64 into a sum of float32 leaves the order of the sum', () => {
    const rounded = ([x = waves('float64', 37)]: readonly Value[]): readonly Value[] => [
      primitive.sumAxes(primitive.castTo(x, 'float32'), [0]),
    ]
    fusesFaithfully(rounded, [waves('float64', 37)])
  })

  test('of an expression thousands of operations deep', () => {
    const x = waves('float32', 5)
    const deep = ([y = x]: readonly Value[]): readonly Value[] => [
      Array.from({ length: 3000 }).reduce<Value>(z => primitive.abs(primitive.sub(primitive.filled(z, 1), z)), y),
    ]
    const program = closed(deep, [x])
    sameBits('engine', 'the reference and the engine', interpreted(program), whole(engine, program))
  })

  test('of a square grown over and over, every level read twice', () => {
    // Without a buffer for what is read twice the code would double at each of the 40 levels.
    const grown = ([x = waves('float32', 5)]: readonly Value[]): readonly Value[] => [
      Array.from({ length: 40 }).reduce<Value>(y => primitive.tanh(primitive.add(y, primitive.reverseAxes(y, [0]))), x),
    ]
    fusesFaithfully(grown, [waves('float32', 5)])
  })

  test('of more operands than one pass can hold', () => {
    const many = (inputs: readonly Value[]): readonly Value[] => [inputs.reduce((x, y) => primitive.tanh(primitive.sub(x, y)))]
    fusesFaithfully(
      many,
      Array.from({ length: 60 }, (_, i) => waves('float64', 19, i)),
    )
  })
})
