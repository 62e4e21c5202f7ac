/**
 * A dimension string as the tuple of its axes, and back.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.dims('batch 784'), ['batch', '784'])
 * assert.strictEqual(shape.join(['batch', '784']), 'batch 784')
 */

/** The axes of a shape: `Dims<'batch 784'>` is `['batch', '784']`; the scalar `''` has none. */
export type Dims<S extends string, Acc extends readonly string[] = []> = S extends `${infer H} ${infer T}`
  ? Dims<T, [...Acc, H]>
  : S extends ''
    ? Acc
    : string extends S
      ? [...Acc, ...string[]]
      : [...Acc, S]

export const dims = (s: string): readonly string[] => (s === '' ? [] : s.split(' '))

/**
 * The shape with these axes, the inverse of `Dims`. `D` has no constraint: mostly it is what a rule makes, and to see that this has one, the compiler would go
 * through the rule's cases wherever it is declared.
 */
export type Join<D> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? T extends readonly []
    ? H
    : JoinTo<H, T>
  : D extends readonly []
    ? ''
    : string

/**
 * The shape `S` with the axes `D` after its own. The compiler evaluates this as a loop, because the recursive call is the last thing done,
 * so that there may be hundreds of axes.
 */
type JoinTo<S extends string, D extends readonly string[]> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? T extends readonly []
    ? `${S} ${H}`
    : JoinTo<`${S} ${H}`, T>
  : string

export const join = (axes: readonly string[]): string => axes.join(' ')

/** The number of axes. */
export type Rank<S extends string> = Dims<S>['length']

export const rank = (s: string): number => dims(s).length
