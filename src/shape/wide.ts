/**
 * The gradual part of the type level: a shape that the compiler knows only as `string` is checked at run time instead.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const known: shape.Wide<'batch 784'> = false
 * const unknown: shape.Wide<string> = true
 */

/** Is this a string of which the compiler does not know every letter: `string`, `any` or a pattern such as `${number} 4`? */
export type Wide<S extends string> = string extends S ? true : Record<never, never> extends Record<S, 1> ? true : false
