/**
 * The message for a function that is given to a transformation without a type for its argument. The compiler cannot infer that type, because
 * nothing has been applied to the function yet.
 */

/**
 * The argument of a function that has no annotation, where nothing else says what it is: `any`, so that the function's body has no message
 * before this one. It is `any` under another name, the one type that does this: `unknown` and `never` have no properties, so `p => mul(2)(p.w)` would
 * get a message about `w` after the one that helps. It never leaves: `Annotated` turns the whole argument into a sentence where it is found.
 */
export type Unannotated = ReturnType<typeof JSON.parse>

/**
 * The function `F` of an argument `A`, or the message that asks for A's type. A message is written out where it is asked for, since putting it
 * together would cost the compiler more than all the rest. It is not decided while `A` is a type parameter; a wrapper takes
 * a type parameter inside the argument instead, as in `Tensor<S>` (docs/generic-functions.md).
 *
 * @category type-level
 */
export type Annotated<Message, A, F> = unknown extends A ? Message : F
