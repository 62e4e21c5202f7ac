import type { Multiply } from './natural.js'

/**
 * Sizes as numbers. An axis is a size where it reads as a number, else a name.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.strictEqual(shape.isNumeral('784'), true)
 * assert.strictEqual(shape.product(['28', '28']), 784n)
 */

/** The number that a size stands for; `never` for a name. */
export type NumberOf<S extends string> = S extends `${infer N extends number}` ? N : never

/** Whether an axis reads as a number. The compiler asks the same by S extends `${number}`. */
export const isNumeral = (axis: string): boolean => axis !== '' && Number.isFinite(Number(axis))

/** The product of sizes; `1` for none. It is `number` once it is greater than a number holds exactly. */
export type Product<D extends readonly string[], Acc = 1> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends '1'
    ? Product<T, Acc>
    : Acc extends 1
      ? Product<T, NumberOf<H>>
      : Product<T, Multiply<Acc, NumberOf<H>>>
  : Acc

export const product = (sizes: readonly string[]): bigint => sizes.reduce((acc, size) => acc * BigInt(size), 1n)

/** Axes that are names. */
export type NamesOf<D extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? NamesOf<T, H extends `${number}` ? Acc : [...Acc, H]>
  : Acc

export const namesOf = (axes: readonly string[]): readonly string[] => axes.filter(axis => !isNumeral(axis))

/** Axes that are sizes. */
export type SizesOf<D extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? SizesOf<T, H extends `${number}` ? [...Acc, H] : Acc>
  : Acc

export const sizesOf = (axes: readonly string[]): readonly string[] => axes.filter(isNumeral)
