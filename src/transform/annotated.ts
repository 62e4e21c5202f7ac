/**
 * The message for a function that is given to a transformation without a type for its argument. The compiler cannot infer that type, because
 * nothing has been applied to the function yet.
 */

/**
 * The argument of a function that has no annotation, where nothing else says what it is: `any`, so that the function's body has no message
 * before this one.
 */
export type Unannotated = ReturnType<typeof JSON.parse>

/** The function `F` of an argument `A`, or the sentence that asks for A's type. @category type-level */
export type Annotated<Op extends string, A, F> = unknown extends A
  ? `${Op}: annotate the argument, as in ${Op extends 'vmap' ? "vmap('batch')" : Op}((x: Tensor<'3'>) => …)`
  : F
