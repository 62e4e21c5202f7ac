/**
 * Trees of shapes as patterns: an argument is matched with its pattern, and each name of the pattern is bound to the axis in its place.
 *
 * @example
 * import type { Subst, Tensor } from 'pullback'
 *
 * type Bound = { readonly shape: { readonly n: '3' } }
 * const shape: Subst<readonly [Tensor<'n'>], Bound>[0]['shape'] = '3'
 * assert.equal(shape, '3')
 */
import type { Err, Expect, Ok, SubstShape, Unbound, Unify } from '../shape/index.js'
import type { DType, Tensor } from '../tensor/index.js'

/** Every shape in a tree with the names replaced by what they are bound to; a function has its own names still open. @category type-level */
export type Subst<T, Env> =
  T extends Tensor<infer S, infer D>
    ? Tensor<SubstShape<S, Env>, D>
    : T extends (...args: infer A extends readonly unknown[]) => infer R
      ? Polymorphic<A, R, Env>
      : { readonly [K in keyof T]: Subst<T[K], Env> }

/** A function over the trees `P` that takes trees of any tensors that fit them, the names of `Env` bound before. @category type-level */
export type Polymorphic<P extends readonly unknown[], R, Env = Ok<Unbound>> = <const G extends readonly object[]>(
  ...args: Arguments<P, G, Matched<P, G, Env>>
) => Subst<R, Last<Matched<P, G, Env>>>

/** As many arguments as there are patterns, each itself or the sentence that says why it does not fit. */
type Arguments<P extends readonly unknown[], G extends readonly object[], M extends readonly unknown[]> = P['length'] extends G['length']
  ? { readonly [K in keyof G]: K extends keyof M ? Expect<M[K], G[K]> : never }
  : { readonly [K in keyof P]: object }

/** The bindings after each argument, or the error of the first that does not fit. */
export type Matched<P extends readonly unknown[], G, Env, Acc extends readonly unknown[] = []> = P extends readonly [
  infer H,
  ...infer T extends readonly unknown[],
]
  ? G extends readonly [infer X, ...infer Y]
    ? Env extends Ok<unknown>
      ? Match<H, X, Env> extends infer E
        ? Matched<T, Y, E, [...Acc, E]>
        : never
      : Matched<T, Y, Env, [...Acc, Env]>
    : Acc
  : Acc

type Last<T extends readonly unknown[]> = T extends readonly [...unknown[], infer L] ? L : Ok<Unbound>

/** One argument: a tensor, or a tree whose leaves are matched each for itself before what they bind is put together. */
type Match<P, X, Env> =
  P extends Tensor<string, DType>
    ? Leaves<P, X, Env>
    : Leaves<P, X, Env> extends infer R
      ? [Extract<R, Err<string>>] extends [never]
        ? Agreed<Merged<R>>
        : Extract<R, Err<string>>
      : never

/** Bindings in which every name has one meaning, and every sum is what its parts make. */
type Agreed<E> = [Torn<E>] extends [never]
  ? Unify<'', '', Ok<E>>
  : Err<`'${Torn<E> & string}' has two sizes in one argument: one name has one size`>
type Torn<E> = { [K in keyof E]: Several<E[K]> extends true ? K : never }[keyof E]
type Several<A, B = A> = true extends (A extends unknown ? ([B] extends [A] ? false : true) : never) ? true : false

/** What each leaf of a tree binds: a union. */
type Leaves<P, X, Env> =
  P extends Tensor<infer S, infer D>
    ? X extends Tensor<infer A, infer E>
      ? [E] extends [D]
        ? Unify<S, A, Env>
        : Err<`'${A}' is ${E} where '${S}' is ${D}`>
      : Err<`a tensor '${S}' is expected`>
    : X extends Tensor<infer A, DType>
      ? Err<`a tensor '${A}' stands where several are expected`>
      : P extends readonly unknown[]
        ? { [K in keyof P]: Part<P[K], X, K, Env> }[number]
        : { [K in keyof P]: Part<P[K], X, K, Env> }[keyof P]

type Part<P, X, K, Env> = K extends keyof X ? Leaves<P, X[K], Env> : Err<`'${K & string}' is missing`>

/** All bindings of a union as one; a name that two leaves bind apart has a union there. */
type Merged<R> = { readonly [K in Names<R>]: [Known<R, K>] extends [never] ? string : Known<R, K> }
type Names<R> = R extends Ok<infer E> ? keyof E : never
/** What a name is bound to by the leaves that know it. */
type Known<R, K> = R extends Ok<infer E> ? (K extends keyof E ? (string extends E[K] ? never : E[K]) : never) : never
