import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type ReplaceAt, replaceAt } from './positions.js'
import { isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Taking along an axis by indices: the axis is replaced by the axes of the indices.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.take.html
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.take('take', '5000 64', 0, 'batch seq'), { shape: 'batch seq 64' })
 */
export type Take<Op extends string, S extends string, A extends Axis, I extends string> = S extends unknown
  ? I extends unknown
    ? true extends Wide<S> | Wide<I>
      ? Ok<string>
      : AxisAt<Op, S, Dims<S>, A> extends infer P
        ? P extends number
          ? number extends P
            ? Ok<string>
            : Ok<Join<ReplaceAt<Dims<S>, P, Dims<I>>>>
          : P
        : never
    : never
  : never

export const take = (op: string, s: string, axis: Axis, indices: string): Rule => {
  const found = axisIndex(op, s, axis)
  return isErr(found) ? found : ok(join(replaceAt(dims(s), [found], dims(indices))))
}
