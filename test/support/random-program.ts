/** Random functions over tensors of one shape: enough operations that equal subexpressions, constants and dead code all come up. */
import * as fc from 'fast-check'
import * as primitive from '../../src/primitives/index.js'
import { concrete, type Value } from '../../src/tensor/index.js'

export type Flat = (inputs: readonly Value[]) => readonly Value[]

type Step = (value: (place: number) => Value) => Value

const unary = [
  primitive.neg,
  primitive.exp,
  primitive.abs,
  primitive.sign,
  primitive.sqrt,
  primitive.tanh,
  primitive.log,
  primitive.stopGradient,
]
const binary = [primitive.add, primitive.sub, primitive.mul, primitive.div, primitive.maximum, primitive.pow, primitive.rem]
const constants = [0, -0, 1, -1, 2, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

const place = fc.nat({ max: 1000 })

const steps = (sizes: readonly number[]): fc.Arbitrary<Step> =>
  fc.oneof(
    fc.tuple(fc.constantFrom(...unary), place).map(
      ([f, x]): Step =>
        value =>
          f(value(x)),
    ),
    fc.tuple(fc.constantFrom(...binary), place, place).map(
      ([f, x, y]): Step =>
        value =>
          f(value(x), value(y)),
    ),
    fc.constantFrom(...constants).map(
      (number): Step =>
        () =>
          concrete(sizes, 'float64', number),
    ),
    fc.tuple(place, place, place).map(
      ([c, x, y]): Step =>
        value =>
          primitive.select(primitive.less(value(c), value(x)), value(x), value(y)),
    ),
    place.map(
      (x): Step =>
        value =>
          primitive.broadcastAxes(primitive.sumAxes(value(x), [0]), sizes, [0]),
    ),
    place.map(
      (x): Step =>
        value =>
          primitive.reverseAxes(value(x), [0]),
    ),
  )

/** A function of any number of tensors of these sizes. Each step reads earlier values; some values are read by nothing in the end. */
export const randomFunction = (sizes: readonly number[]): fc.Arbitrary<Flat> =>
  fc.tuple(fc.array(steps(sizes), { minLength: 1, maxLength: 12 }), fc.array(place, { minLength: 1, maxLength: 3 })).map(
    ([list, results]): Flat =>
      given => {
        const values = [...given]
        const value = (n: number): Value => values[n % values.length] ?? concrete(sizes, 'float64', 0)
        for (const step of list) values.push(step(value))
        return results.map(value)
      },
  )
