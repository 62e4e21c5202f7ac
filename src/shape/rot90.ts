import type { Axis } from './axis.js'
import { type SwapAxes, swapAxes } from './permute.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Quarter turns in the plane of two axes: after an odd number of them the axes have changed places.
 *
 * @example
 * import { rot90 } from './rot90.js'
 *
 * assert.deepStrictEqual([rot90('2 3', 1, 0, 1), rot90('2 3', -2, 0, 1)], [{ shape: '3 2' }, { shape: '2 3' }])
 */
export type Rot90<S extends string, K extends number, A extends Axis, B extends Axis> = S extends unknown
  ? true extends Wide<S> | (number extends K ? true : false)
    ? Ok<string>
    : `${K}` extends `${string}${'.' | 'e'}${string}`
      ? Err<`rot90: ${K} turns, give a whole number`>
      : SwapAxes<S, A, B> extends infer R
        ? R extends Ok<string>
          ? `${K}` extends `${string}${'1' | '3' | '5' | '7' | '9'}`
            ? R
            : Ok<S>
          : R extends Err<`swapAxes: ${infer M}`>
            ? Err<`rot90: ${M}`>
            : never
        : never
  : never

export const rot90 = (s: string, turns: number, a: Axis, b: Axis): Rule => {
  if (!Number.isSafeInteger(turns)) return err(`rot90: ${turns} turns, give a whole number`)
  const swapped = swapAxes(s, a, b)
  if (isErr(swapped)) return err(swapped.message.replace('swapAxes', 'rot90'))
  return turns % 2 === 0 ? ok(s) : swapped
}
