import { type Dims, dims } from './dims.js'
import { isSameAxis } from './expression.js'
import type { Compare } from './natural.js'
import { isNumeral } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * A block of a tensor that begins at places which are computed: it has as many axes, and none is longer than the tensor's.
 *
 * @example
 * import { block } from './dynamic.js'
 *
 * assert.deepStrictEqual(block('dynamicSlice', 'n 8', 2, '4 8'), { shape: '4 8' })
 * assert.deepStrictEqual(block('dynamicSlice', '3 8', 2, '4 8'), {
 *   message: "dynamicSlice: a block '4 8' does not fit '3 8': '4' is more than '3'",
 * })
 */
export type FittingBlock<Op extends string, S extends string, N extends number, B extends string> = S extends unknown
  ? B extends unknown
    ? true extends Wide<S> | Wide<B>
      ? Ok<B>
      : number extends N
        ? Ok<B>
        : Dims<S>['length'] extends Dims<B>['length'] & N
          ? BlockDims<Op, S, B, Dims<S>, Dims<B>>
          : Err<`${Op}: '${S}', a block '${B}' and ${N} starts: give one of each for every axis`>
    : never
  : never

type BlockDims<
  Op extends string,
  S extends string,
  B extends string,
  D extends readonly string[],
  E extends readonly string[],
> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? E extends readonly [infer G extends string, ...infer U extends readonly string[]]
    ? Holds<H, G> extends infer F
      ? F extends true
        ? BlockDims<Op, S, B, T, U>
        : Err<`${Op}: a block '${B}' does not fit '${S}': ${F & string}`>
      : never
    : never
  : Ok<B>

/** Whether an axis holds one of a block; why not, else. A size may lie in a named axis: that is seen when it runs. */
type Holds<H extends string, G extends string> = G extends H
  ? true
  : G extends `${infer M extends number}`
    ? H extends `${infer N extends number}`
      ? Compare<M, N> extends 1
        ? `'${G}' is more than '${H}'`
        : true
      : true
    : `'${G}' is not '${H}', give it a size`

const misfit = (own: string, given: string): string | undefined => {
  if (isSameAxis(own, given)) return undefined
  if (!isNumeral(given)) return `'${given}' is not '${own}', give it a size`
  return isNumeral(own) && Number(given) > Number(own) ? `'${given}' is more than '${own}'` : undefined
}

export const block = (op: string, s: string, starts: number, b: string): Rule => {
  const [own, given] = [dims(s), dims(b)]
  if (own.length !== given.length || own.length !== starts)
    return err(`${op}: '${s}', a block '${b}' and ${starts} starts: give one of each for every axis`)
  for (const [i, axis] of own.entries()) {
    const fault = misfit(axis, given[i] ?? '')
    if (fault !== undefined) return err(`${op}: a block '${b}' does not fit '${s}': ${fault}`)
  }
  return ok(b)
}
