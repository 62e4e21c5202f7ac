/** What a transformation says of a function whose argument has no type: the compiler cannot find it before the function is applied. */

/**
 * The argument of a function that has no annotation, where nothing else says what it is: `any`, so that the function's body has no message
 * before this one.
 */
export type Unannotated = ReturnType<typeof JSON.parse>

/** The function `F` of an argument `A`, or the sentence that asks for A's type. @category type-level */
export type Annotated<Op extends string, A, F> = unknown extends A
  ? `${Op}: annotate the argument, as in ${Op extends 'vmap' ? "vmap('batch')" : Op}((x: Tensor<'3'>) => …)`
  : F
