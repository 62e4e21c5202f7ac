/**
 * The message for a function that is given to a transformation without a type for its argument. The compiler cannot infer that type, because
 * nothing has been applied to the function yet.
 */

import type { Tensor, Value } from '../tensor/index.js'

/**
 * The argument of a function that has no annotation, where nothing else says what it is: `any`, so that the function's body has no message
 * before this one. It is `any` under another name, the one type that does this: `unknown` and `never` have no properties, so `p => mul(2)(p.w)` would
 * get a message about `w` after the one that helps. It never leaves: `Annotated` turns the whole argument into a sentence where it is found.
 */
export type Unannotated = ReturnType<typeof JSON.parse>

declare const plain: unique symbol

/**
 * No function has the field that is declared here. Beside it the compiler sees more than one signature, and so leaves a generic function that is given
 * as it is, with its type parameters.
 *
 * @category type-level
 */
export interface Plain {
  readonly [plain]?: never
}

/**
 * Whether a function has type parameters: then a function of its widest arguments is not the same. Beside that function it stays what it was if it has none,
 * whatever members it has. Two intersections are compared, for the compiler finds no function the same as an intersection.
 */
type IsGeneric<G> = G extends (...args: infer A) => infer R
  ? (<T>() => T extends G & Plain ? 1 : 2) extends <T>() => T extends G & Plain & ((...args: A) => R) ? 1 : 2
    ? false
    : true
  : false

/** A function of tensors whose shapes are all known is looked at no further, for that costs the compiler more than the rest of a call. */
type IsKnown<A> = [A] extends [Value] ? ([Tensor<string, never>] extends [A] ? false : true) : false

/**
 * The function `F` of an argument `A`, or the message that asks for A's type. A message is written out where it is asked for, since putting it
 * together would cost the compiler more than all the rest. It is not decided while `A` is a type parameter; a wrapper takes
 * a type parameter inside the argument instead, as in `Tensor<S>` (docs/generic-functions.md).
 *
 * `G` is the function that is given. Where it is generic itself, as `sin` and `matmul(w)` are, the compiler would take it for one of the widest
 * argument, and every shape after it would be lost in silence: there is the message too. `Rule` is what else is asked of it.
 *
 * @category type-level
 */
export type Annotated<Message, A, F, G, Rule = unknown> = F &
  G &
  Plain &
  (unknown extends A ? Message : IsKnown<A> extends true ? Rule : IsGeneric<G> extends true ? Message : Rule)

/** `T`, or the message where its type is found from a function without a type for its argument. @category type-level */
export type Known<Message, A, T> = unknown extends A ? Message : T
