import { type Dims, dims } from './dims.js'
import { isSameAxis } from './expression.js'
import { isNumeral } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * A tensor of other sizes: as many axes, of which some have another size.
 *
 * @example
 * import { resize } from './resize.js'
 *
 * assert.deepStrictEqual(resize('batch 3 28 28', 'batch 3 64 32'), { shape: 'batch 3 64 32' })
 * assert.deepStrictEqual(resize('n 28', 'm 28'), { message: "resize: 'n 28' to 'm 28': 'm' is not 'n', give it a size" })
 */
export type Resize<S extends string, T extends string> = S extends unknown
  ? true extends Wide<S> | Wide<T>
    ? Ok<T>
    : Dims<S>['length'] extends Dims<T>['length']
      ? Each<S, T, Dims<S>, Dims<T>>
      : Err<`resize: '${S}' to '${T}': the number of axes differs`>
  : never

type Each<S extends string, T extends string, D extends readonly string[], E extends readonly string[]> = D extends readonly [
  infer H extends string,
  ...infer DT extends readonly string[],
]
  ? E extends readonly [infer G extends string, ...infer ET extends readonly string[]]
    ? G extends H | `${number}`
      ? Each<S, T, DT, ET>
      : Err<`resize: '${S}' to '${T}': '${G}' is not '${H}', give it a size`>
    : never
  : Ok<T>

export const resize = (s: string, t: string): Rule => {
  const [own, target] = [dims(s), dims(t)]
  if (own.length !== target.length) return err(`resize: '${s}' to '${t}': the number of axes differs`)
  for (const [i, axis] of target.entries())
    if (!isNumeral(axis) && !isSameAxis(axis, own[i] ?? ''))
      return err(`resize: '${s}' to '${t}': '${axis}' is not '${own[i]}', give it a size`)
  return ok(t)
}
