/**
 * Linear primitives of one input: the tangent goes through the primitive itself, the cotangent through its transpose.
 */

import type { Lowered, Operand, Operation, Params } from '../../program/index.js'
import { type Aval, type Buffer, fail, type Value } from '../../tensor/index.js'
import { apply, perExample, type Rules, type Sample } from '../../trace/index.js'

interface LinearRules<P extends Params> {
  readonly name: string
  readonly samples: readonly [Sample<P>, ...Sample<P>[]]
  readonly shape: (x: Aval, params: P) => Aval
  /** The cotangent of an input of these sizes. */
  readonly transpose: (ct: Value, x: Aval, params: P) => Value
  /** The primitive as an operation, which tangents go through. */
  readonly self: (params: P) => Operation
  /** The parameters for an input with one more leading axis, of the given size. */
  readonly lift: (params: P, size: number) => P
  readonly evaluate: (x: Operand, params: P, output: Aval) => Buffer
  readonly lower: (x: Aval, params: P) => Lowered
  /** Whether a uniform input gives the same uniform output. */
  readonly keepsUniform: boolean
}

/** The rules of a linear primitive of one input. */
export const linear = <P extends Params>(rules: LinearRules<P>): Rules<readonly [Value], P> => ({
  name: rules.name,
  arity: 1,
  samples: rules.samples,
  shape: ([x], params) => rules.shape(x, params),
  vjp: ([x], params) => [ct => rules.transpose(ct, x, params)],
  jvp: (_, [tangent], params) => (tangent === undefined ? [] : [apply(rules.self(params), tangent)]),
  batch: ([x], _, params, size) => perExample(apply(rules.self(rules.lift(params, size)), x)),
  evaluate: ([x], params, output) => rules.evaluate(x, params, output),
  lower: ([x], params) => rules.lower(x, params),
  uniform: rules.keepsUniform ? ([value]) => value : 'no',
})

/** Axes, each once and in range; a defect otherwise, since public functions have checked already. */
export const checkAxes = (op: string, axes: readonly number[], rank: number): void => {
  if (new Set(axes).size !== axes.length || axes.some(axis => !Number.isInteger(axis) || axis < 0 || axis >= rank))
    fail({ _tag: 'ShapeError', detail: `${op}: axes ${axes.join(', ')} of a tensor with ${rank} axes` })
}

/** Axes moved along by one, for a new leading axis. */
export const shifted = (axes: readonly number[]): readonly number[] => axes.map(axis => axis + 1)
