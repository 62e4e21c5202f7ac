import { type NormalShape, normalShape } from './arithmetic.js'
import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Indices beside a tensor: both have the same axes, but for the one along which the indices point.
 *
 * @example
 * import { besideAlong } from './along.js'
 *
 * assert.deepStrictEqual(besideAlong('takeAlongAxis', 'batch 10', -1, 'batch 3'), { shape: 'batch 3' })
 * assert.deepStrictEqual(besideAlong('takeAlongAxis', '4 10', 1, '2 3'), {
 *   message: "takeAlongAxis: '4 10' and '2 3': the shapes may differ along axis 1 alone",
 * })
 */
export type BesideAlong<Op extends string, S extends string, A extends Axis, I extends string> = S extends unknown
  ? I extends unknown
    ? true extends Wide<S> | Wide<I>
      ? Ok<string>
      : AxisAt<Op, S, Dims<S>, A> extends infer P
        ? P extends number
          ? number extends P
            ? Ok<string>
            : Others<S, P> extends Others<I, P>
              ? Ok<I>
              : NormalShape<Others<S, P>> extends NormalShape<Others<I, P>>
                ? Ok<I>
                : Err<`${Op}: '${S}' and '${I}': the shapes may differ along axis ${P} alone`>
          : P
        : never
    : never
  : never

/** The shape with '1' in the place of one axis. */
type Others<S extends string, P extends number> = Join<ReplaceAt<Dims<S>, P, ['1']>>

const others = (s: string, position: number): string => normalShape(join(replaceAt(dims(s), [position], ['1'])))

export const besideAlong = (op: string, s: string, axis: Axis, indices: string): Rule => {
  const found = axisIndex(op, s, axis)
  if (isErr(found)) return found
  return dims(s).length === dims(indices).length && others(s, found) === others(indices, found)
    ? ok(indices)
    : err(`${op}: '${s}' and '${indices}': the shapes may differ along axis ${found} alone`)
}
