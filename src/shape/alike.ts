/**
 * One shape twice. Rules put this question first, because the compiler answers it for a type parameter too: inside a user's
 * `<S extends string>(x: Tensor<S>) => …` it knows no letter of `S`, and every rule that looks into `S` waits until the call.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const one: shape.Alike<'batch 3', 'batch 3'> = true
 * const two: shape.Alike<'batch 3', '3'> = false
 */

/**
 * Are these one type? Two functions that contain them are compared, which the compiler does for type parameters as they are, while a
 * condition on a bare parameter would wait. Of a union on both sides it is not known whether they hold the same member: that is seen when it
 * is run.
 */
export type Alike<A extends string, B extends string> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
