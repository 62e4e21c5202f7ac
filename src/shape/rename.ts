import { type Dims, dims, type Rank } from './dims.js'
import { isNumeral } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The same axes, in their order, under another dimension string: a size may become a name, a name a size or another name.
 *
 * The rule checks what the strings alone can say: the number of axes is the same, a size stays that size, and a name has one size. Whether
 * a name has the size that it becomes is known only at run time.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.rename('rename', '32 784', 'batch 784'), { shape: 'batch 784' })
 * assert.deepStrictEqual(shape.rename('rename', '32 784', 'batch 10'), {
 *   message: "rename: '32 784' does not fit 'batch 10': '784' is not '10'",
 * })
 */
export type Rename<Op extends string, S extends string, T extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<T>
    : T extends unknown
      ? Wide<T> extends true
        ? Ok<T>
        : Rank<S> extends Rank<T>
          ? RenameDims<Op, S, T, Dims<S>, Dims<T>>
          : Err<`${Op}: '${S}' does not fit '${T}': it has ${Rank<S>} ${Rank<S> extends 1 ? 'axis' : 'axes'}, not ${Rank<T>}`>
      : never
  : never

type RenameDims<
  Op extends string,
  S extends string,
  T extends string,
  D extends readonly string[],
  E extends readonly string[],
  Sizes = Record<never, never>,
> = D extends readonly [infer H extends string, ...infer DT extends readonly string[]]
  ? E extends readonly [infer G extends string, ...infer ET extends readonly string[]]
    ? H extends `${number}`
      ? G extends H
        ? RenameDims<Op, S, T, DT, ET, Sizes>
        : G extends `${number}`
          ? Err<`${Op}: '${S}' does not fit '${T}': '${H}' is not '${G}'`>
          : G extends keyof Sizes
            ? Sizes[G] extends H
              ? RenameDims<Op, S, T, DT, ET, Sizes>
              : Err<`${Op}: '${S}' does not fit '${T}': '${G}' is already '${Sizes[G] & string}', not '${H}'`>
            : RenameDims<Op, S, T, DT, ET, Sizes & { readonly [K in G]: H }>
      : RenameDims<Op, S, T, DT, ET, Sizes>
    : never
  : Ok<T>

export const rename = (op: string, s: string, t: string): Rule => {
  const [from, to] = [dims(s), dims(t)]
  if (from.length !== to.length)
    return err(`${op}: '${s}' does not fit '${t}': it has ${from.length} ${from.length === 1 ? 'axis' : 'axes'}, not ${to.length}`)
  const known = new Map<string, string>()
  for (const [i, target] of to.entries()) {
    const axis = from[i] ?? ''
    if (!isNumeral(axis) || axis === target) continue
    if (isNumeral(target)) return err(`${op}: '${s}' does not fit '${t}': '${axis}' is not '${target}'`)
    const first = known.get(target) ?? axis
    if (first !== axis) return err(`${op}: '${s}' does not fit '${t}': '${target}' is already '${first}', not '${axis}'`)
    known.set(target, first)
  }
  return ok(t)
}
