/** The laws on random functions of several operations: what holds for each primitive holds for their compositions. */
import * as fc from 'fast-check'
import { describe, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { genericCotangent } from '../../src/laws/cotangent.js'
import { adjoint, jitChangesNothing, linearPullback, vmapIsMapAndStack } from '../../src/laws/index.js'
import { bufferOf, type Value } from '../../src/tensor/index.js'
import { jvp, vjp } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { type Flat, randomFunction } from '../support/random-program.js'

const sizes = [3]
const range = { low: 0.5, high: 2 }
const points = values(sizes, 'float64', range)
const many = draws(31, 150)

/** The pullback of a function of one tensor at a fixed cotangent, and its push along one: functions again. */
const pulled =
  (f: Flat) =>
  (...inputs: readonly Value[]): readonly Value[] => {
    const [y, pullback] = vjp((x: readonly Value[]) => f(x))(inputs)
    return pullback(genericCotangent(y))
  }
const pushed =
  (f: Flat) =>
  (...inputs: readonly Value[]): readonly Value[] =>
    jvp((x: readonly Value[]) => f(x))(inputs, genericCotangent(inputs))[1]

/** Laws of linear maps say nothing about NaN and infinities, nor about numbers whose products overflow. */
const isTame = (trees: readonly (readonly Value[])[]): boolean =>
  trees.flat().every(x => [...bufferOf('test', x)].every(value => Math.abs(value) < 1e6))

describe('of random functions', () => {
  test('vmap is map and stack, of their values and of their derivatives', () => {
    fc.assert(
      fc.property(randomFunction(sizes), values([2, ...sizes], 'float64'), values([2, ...sizes], 'float64'), (f, xs, ys) => {
        vmapIsMapAndStack('2')((...x: readonly Value[]) => f(x))(xs, ys)
        vmapIsMapAndStack('2')(pulled(f))(xs, ys)
        vmapIsMapAndStack('2')(pushed(f))(xs, ys)
      }),
      many,
    )
  })

  test('jit changes nothing, of their values and of their derivatives', () => {
    fc.assert(
      fc.property(randomFunction(sizes), values(sizes, 'float64'), values(sizes, 'float64'), (f, x, y) => {
        jitChangesNothing((...inputs: readonly Value[]) => f(inputs))(x, y)
        jitChangesNothing(pulled(f))(x, y)
        jitChangesNothing(pushed(f))(x, y)
      }),
      many,
    )
  })

  test('forward and reverse mode are adjoint, and the pullback is linear', () => {
    fc.assert(
      fc.property(randomFunction(sizes), points, points, (f, x, y) => {
        const inputs = [x, y]
        fc.pre(isTame([f(inputs), pulled(f)(...inputs), pushed(f)(...inputs)]))
        const ct = genericCotangent(f(inputs))
        adjoint((z: readonly Value[]) => f(z))(inputs, inputs, ct)
        linearPullback((z: readonly Value[]) => f(z))(inputs, ct, f(inputs), 2, -0.5)
      }),
      many,
    )
  })

  test('second derivatives: forward over reverse is adjoint to reverse over reverse', () => {
    fc.assert(
      fc.property(randomFunction(sizes), points, points, (f, x, y) => {
        const inputs = [x, y]
        const gradient: Flat = z => pulled(f)(...z)
        fc.pre(isTame([f(inputs), gradient(inputs), pulled(gradient)(...inputs), pushed(gradient)(...inputs)]))
        adjoint(gradient)(inputs, genericCotangent(inputs), inputs)
      }),
      many,
    )
  })
})
