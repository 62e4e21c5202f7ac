import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims } from './dims.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Points that lie along one axis of a tensor, one for each entry: their shape is that axis.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.pointsAlong('trapezoid', 'batch 5', -1, '5'), { shape: '5' })
 */
export type PointsAlong<Op extends string, S extends string, A extends Axis, X extends string> = S extends unknown
  ? X extends unknown
    ? true extends Wide<S> | Wide<X>
      ? Ok<string>
      : AxisAt<Op, S, Dims<S>, A> extends infer P
        ? P extends number
          ? number extends P
            ? Ok<string>
            : Dims<S>[P] extends X
              ? Ok<X>
              : Err<`${Op}: points of shape '${X}' along axis ${P} of '${S}': give one for each of its entries`>
          : P
        : never
    : never
  : never

export const pointsAlong = (op: string, s: string, axis: Axis, points: string): Rule => {
  const found = axisIndex(op, s, axis)
  if (isErr(found)) return found
  return dims(s)[found] === points
    ? ok(points)
    : err(`${op}: points of shape '${points}' along axis ${found} of '${s}': give one for each of its entries`)
}
