import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import type { ReplaceAt } from './positions.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * A matrix for all pairs of variables, from observations along one of two axes: the other axis, twice.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.covariance('cov', 'batch 3', 'batch'), { shape: '3 3' })
 */
export type Covariance<Op extends string, S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : Dims<S>['length'] extends 2
      ? AxisAt<Op, S, Dims<S>, A> extends infer P
        ? P extends number
          ? number extends P
            ? Ok<string>
            : ReplaceAt<Dims<S>, P, []> extends readonly [infer V extends string]
              ? Ok<Join<[V, V]>>
              : never
          : P
        : never
      : Err<`${Op}: '${S}' has ${Dims<S>['length']} axes, not two: observations and variables`>
  : never

export const covariance = (op: string, s: string, axis: Axis): Rule => {
  const axes = dims(s)
  if (axes.length !== 2) return err(`${op}: '${s}' has ${axes.length} axes, not two: observations and variables`)
  const found = axisIndex(op, s, axis)
  if (isErr(found)) return found
  const other = axes[1 - found] ?? ''
  return ok(join([other, other]))
}
