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

/** Several sizes put end to end. This is one pass: to add them one by one would take the growing sum apart at each step. */
export const addAll = (sizes: readonly string[]): string => {
  const parts: string[] = []
  for (const size of sizes) {
    if (size === '0') continue
    const [first = '', ...after] = size.split('+')
    const last = parts.at(-1)
    if (last !== undefined && isNumeral(last) && isNumeral(first)) parts[parts.length - 1] = String(BigInt(last) + BigInt(first))
    else parts.push(first)
    for (const part of after) parts.push(part)
  }
  return parts.length === 0 ? '0' : parts.join('+')
}

export const addSizes = (x: string, y: string): string => addAll([x, y])
