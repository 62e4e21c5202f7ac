/** Primitives of one float each that differ in their name, their derivative and their plain loop alone. */
import type { ScalarName } from '../../kernel/index.js'
import type { Value } from '../../tensor/index.js'
import { apply, type LinearMap, type Primitive, primitive } from '../../trace/index.js'
import { float } from './dtype.js'
import { type None, none, unary } from './elementwise.js'
import { real } from './sample.js'

interface FloatRules {
  readonly name: ScalarName
  /** Between these numbers the laws draw their arguments. */
  readonly range: readonly [low: number, high: number]
  /** The map by the derivative at x, where y is the value. */
  readonly derivative: 'zero' | ((x: Value, y: Value) => LinearMap)
  /** The function of one number, in float64. */
  readonly entry: (x: number) => number
}

interface FloatFunction {
  readonly record: Primitive<None>
  readonly call: (x: Value) => Value
}

export const floatFunction = ({ name, range, derivative, entry }: FloatRules): FloatFunction => {
  const record: Primitive<None> = primitive(
    unary({
      name,
      samples: [
        { params: none, inputs: [real([2, 3], ...range)] },
        { params: none, inputs: [real([], ...range)] },
      ],
      dtype: float(name),
      derivative,
      entry: () => entry,
      self: () => call,
    }),
  )
  const operation = record.of(none)
  const call = (x: Value): Value => apply(operation, x)
  return { record, call }
}
