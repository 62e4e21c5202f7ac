import { type Dims, dims, type Join, join } from './dims.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'
import { type Last, type Windowed, type WindowParams, windowed } from './windows.js'

/**
 * Pooling: along each of the last axes every window gives one entry, so that the number of windows takes the place of the size; the axes
 * before stay.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * const halved = { stride: [2, 2], padding: 'valid', dilation: 1 } as const
 * assert.deepStrictEqual(shape.pool('maxPool', 'batch 8 24 24', [2, 2], halved), { shape: 'batch 8 12 12' })
 */
export type Pool<Op extends string, S extends string, K extends readonly number[], W extends WindowParams> = S extends unknown
  ? true extends Wide<S> | (number extends K['length'] ? true : false)
    ? Ok<string>
    : K extends readonly []
      ? Err<`${Op}: no window, give a size for each axis at the end that is pooled`>
      : Last<Dims<S>, K> extends [infer Lead extends readonly string[], infer D extends readonly string[]]
        ? Windowed<Op, S, D, Lead, K, W, true> extends infer R
          ? R extends Ok<infer P>
            ? P extends readonly string[]
              ? Ok<Join<[...Lead, ...P]>>
              : R
            : R
          : never
        : Err<`${Op}: '${S}' has fewer axes than the window, which has ${K['length']}`>
  : never

export const pool = (op: string, s: string, size: readonly number[], params: WindowParams): Rule => {
  if (size.length === 0) return err(`${op}: no window, give a size for each axis at the end that is pooled`)
  const own = dims(s)
  const lead = own.length - size.length
  if (lead < 0) return err(`${op}: '${s}' has fewer axes than the window, which has ${size.length}`)
  const counts = windowed(op, s, own.slice(lead), lead, size, params, true)
  return isErr(counts) ? counts : ok(join([...own.slice(0, lead), ...counts.shape]))
}

/** The windows themselves: the axes of `Pool`, and then those of a window. */
export type Unfold<S extends string, K extends readonly number[], W extends WindowParams> =
  Pool<'unfold', S, K, W> extends infer R
    ? R extends Ok<infer P extends string>
      ? string extends P
        ? R
        : Ok<Join<[...Dims<P>, ...{ [I in keyof K]: `${K[I]}` }]>>
      : R
    : never

export const unfold = (s: string, size: readonly number[], params: WindowParams): Rule => {
  const pooled = pool('unfold', s, size, params)
  return isErr(pooled) ? pooled : ok(join([...dims(pooled.shape), ...size.map(String)]))
}
