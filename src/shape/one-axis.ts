import { dims } from './dims.js'
import { kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type Shape, shape } from './valid.js'
import type { Wide } from './wide.js'

/**
 * One axis that a caller writes: a name, a size, or a sum of them. `Before` is what stands before it in a call, for the example in the
 * message.
 *
 * @example
 * import { oneAxis } from './one-axis.js'
 *
 * assert.deepStrictEqual(oneAxis('vmap', 'batch', ''), { shape: 'batch' })
 * assert.deepStrictEqual(oneAxis('stack', 'a b', '0, '), {
 *   message: "stack: 'a b' is not one axis: give a name or a size, as in stack(0, 'batch')",
 * })
 */
export type OneAxis<Op extends string, A extends string, Before extends string> = A extends unknown
  ? Wide<A> extends true
    ? Ok<string>
    : A extends '' | `${string} ${string}`
      ? NotOne<Op, A, Before>
      : Shape<A> extends Err<string>
        ? NotOne<Op, A, Before>
        : Ok<A>
  : never

type NotOne<
  Op extends string,
  A extends string,
  Before extends string,
> = Err<`${Op}: '${A}' is not one axis: give a name or a size, as in ${Op}(${Before}'batch')`>

export const oneAxis = (op: string, axis: string, before: string): Rule =>
  typeof axis !== 'string'
    ? err(`${op}: ${kindOf(axis)} is not one axis: give a name or a size, as in ${op}(${before}'batch')`)
    : dims(axis).length === 1 && !isErr(shape(axis))
      ? ok(axis)
      : err(`${op}: '${axis}' is not one axis: give a name or a size, as in ${op}(${before}'batch')`)
