import type { Add, Text } from './natural.js'
import { isNumeral } from './numeral.js'

/**
 * The size of two axes put end to end: sizes add, a name makes a sum such as `batch+4`, in order.
 *
 * Sizes that meet are added, so that the result does not depend on grouping: `batch+4` and `3` give `batch+7`; `0` adds nothing.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.strictEqual(shape.addSizes('2', '3'), '5')
 * assert.strictEqual(shape.addSizes('batch', '4'), 'batch+4')
 */

export type AddSizes<X extends string, Y extends string> = X extends '0' ? Y : Y extends '0' ? X : AddLast<'', X, Y>

/** `Y` added to the last part of `X`, after the parts `Done`. */
type AddLast<Done extends string, X extends string, Y extends string> = X extends `${infer H}+${infer T}`
  ? AddLast<`${Done}${H}+`, T, Y>
  : X extends `${infer N extends number}`
    ? Y extends `${infer M extends number}`
      ? `${Done}${Text<Add<N, M>>}`
      : Y extends `${infer M extends number}+${infer T}`
        ? `${Done}${Text<Add<N, M>>}+${T}`
        : `${Done}${X}+${Y}`
    : `${Done}${X}+${Y}`

export const addSizes = (x: string, y: string): string => {
  if (x === '0') return y
  if (y === '0') return x
  const left = x.split('+')
  const [first = '', ...after] = y.split('+')
  const last = left[left.length - 1] ?? ''
  return isNumeral(last) && isNumeral(first)
    ? [...left.slice(0, -1), String(BigInt(last) + BigInt(first)), ...after].join('+')
    : `${x}+${y}`
}
