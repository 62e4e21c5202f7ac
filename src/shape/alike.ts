/**
 * Whether two shapes are the same. Rules put this question first, because the compiler answers it for a type parameter too: inside a user's
 * `<S extends string>(x: Tensor<S>) => …` it knows no letter of `S`, and every rule that looks into `S` waits until the call.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const one: shape.Alike<'batch 3', 'batch 3'> = true
 * const two: shape.Alike<'batch 3', '3'> = false
 */

/**
 * Are these one type? The compiler compares two functions that contain them, which it does for type parameters as they are, while a
 * condition on a bare parameter would wait. If both sides are one union, they may still hold different members of it; that is seen at run
 * time.
 */
export type Alike<A extends string, B extends string> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
