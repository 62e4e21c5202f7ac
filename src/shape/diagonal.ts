import { type AddSizes, addAll, type StepsAlong, stepsAlong } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { isSameAxis } from './expression.js'
import type { Negative } from './integer.js'
import type { Compare, Subtract, Text } from './natural.js'
import { isNumeral } from './numeral.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Diagonals of the matrices along the last two axes; number 0 is the main one, 1 the one above it.
 *
 * @example
 * import { diag, diagonal, trace } from './diagonal.js'
 *
 * assert.deepStrictEqual(diagonal('diagonal', 'batch 3 4', 1), { shape: 'batch 3' })
 * assert.deepStrictEqual(diagonal('diagonal', 'n n', -1), { shape: 'n-1' })
 * assert.deepStrictEqual(diag('n', 1), { shape: 'n+1 n+1' })
 * assert.deepStrictEqual(trace('batch n n'), { shape: 'batch' })
 */
export type Diagonal<Op extends string, S extends string, K extends number> = S extends unknown
  ? true extends Wide<S> | (number extends K ? true : false)
    ? Ok<string>
    : Dims<S> extends readonly [...infer L extends readonly string[], infer H extends string, infer W extends string]
      ? DiagonalLength<H, W, K> extends infer X
        ? X extends string
          ? Ok<Join<[...L, X]>>
          : Err<`${Op}: of '${S}', which of '${H}' and '${W}' is less is not known: slice the longer axis first`>
        : never
      : Err<`${Op}: '${S}' has fewer than two axes`>
  : never

/** How long the diagonal is, null where that is not known. */
type DiagonalLength<H extends string, W extends string, K extends number> = H extends `${infer N extends number}`
  ? W extends `${infer M extends number}`
    ? `${K}` extends `-${infer J extends number}`
      ? Text<Least<Left<N, J>, M>>
      : Text<Least<N, Left<M, K>>>
    : null
  : H extends W
    ? K extends 0
      ? H
      : StepsAlong<H, `${K}` extends `-${string}` ? K : Negative<K>, 1, 0>
    : null

/** N - M, or 0 where M is greater. */
type Left<N, M> = Compare<N, M> extends 1 ? Subtract<N, M> : 0

type Least<N, M> = Compare<N, M> extends 1 ? M : N

/** How many entries a diagonal of a matrix has. */
export const diagonalLength = (height: number, width: number, k: number): number =>
  Math.max(0, k < 0 ? Math.min(height + k, width) : Math.min(height, width - k))

export const diagonal = (op: string, s: string, k: number): Rule => {
  const axes = dims(s)
  const [height, width] = axes.slice(-2)
  if (height === undefined || width === undefined) return err(`${op}: '${s}' has fewer than two axes`)
  const under = (axis: string): Rule => ok(join([...axes.slice(0, -2), axis]))
  if (isNumeral(height) && isNumeral(width)) return under(`${diagonalLength(Number(height), Number(width), k)}`)
  if (!isSameAxis(height, width))
    return err(`${op}: of '${s}', which of '${height}' and '${width}' is less is not known: slice the longer axis first`)
  return under(k === 0 ? height : stepsAlong(height, -Math.abs(k), 1, 0))
}

/** A vector as a diagonal of a matrix, or the diagonal of a matrix. */
export type Diag<S extends string, K extends number> = S extends unknown
  ? true extends Wide<S> | (number extends K ? true : false)
    ? Ok<string>
    : Dims<S> extends infer D extends readonly string[]
      ? D extends readonly [infer N extends string]
        ? AddSizes<N, `${K}` extends `-${infer J}` ? J : `${K}`> extends infer M extends string
          ? Ok<`${M} ${M}`>
          : never
        : D extends readonly [string, string]
          ? Diagonal<'diag', S, K>
          : Err<`diag: '${S}' has ${D['length']} axes, give a vector or a matrix; diagonal takes batches of matrices`>
      : never
  : never

export const diag = (s: string, k: number): Rule => {
  const axes = dims(s)
  const [only] = axes
  if (axes.length === 2) return diagonal('diag', s, k)
  if (only === undefined || axes.length > 2)
    return err(`diag: '${s}' has ${axes.length} axes, give a vector or a matrix; diagonal takes batches of matrices`)
  const size = addAll([only, `${Math.abs(k)}`])
  return ok(`${size} ${size}`)
}

/** The last two axes summed away along a diagonal. */
export type TraceOf<S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : Dims<S> extends readonly [...infer L extends readonly string[], string, string]
      ? Ok<Join<L>>
      : Err<`trace: '${S}' has fewer than two axes`>
  : never

export const trace = (s: string): Rule => {
  const axes = dims(s)
  return axes.length > 1 ? ok(join(axes.slice(0, -2))) : err(`trace: '${s}' has fewer than two axes`)
}
