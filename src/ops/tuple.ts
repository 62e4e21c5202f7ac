/** Tensors that are given together: their shapes, and the one dtype that all of them have. */
import type { Err, Ok } from '../shape/index.js'
import { type DType, type DTypeText, heldDType, type SameDType, sameDType, type Tensor, type Value } from '../tensor/index.js'

export type Tensors = readonly Tensor<string, DType>[]

/** The shapes of a tuple of tensors. */
export type ShapesOf<T extends Tensors> = { readonly [K in keyof T]: T[K] extends Tensor<infer S, DType> ? S : never }
export type DTypeOf<T extends Tensors> = T[number] extends Tensor<string, infer D> ? D : never
/** The rule that all tensors have one dtype: that of the first, where the compiler knows which is the first. */
export type OneDType<Op extends string, T extends Tensors> = T extends readonly [Tensor<string, infer A>, ...infer R]
  ? R[number] extends Tensor<string, infer B>
    ? SameDType<Op, B, A> extends Err<string>
      ? SameDType<Op, A, [Exclude<B, A>] extends [never] ? B : Exclude<B, A>>
      : Ok<A>
    : Ok<A>
  : number extends T['length']
    ? ListDType<Op, DTypeOf<T>>
    : Ok<DType>

type ListDType<Op extends string, D extends DType> = true extends ([DType] extends [D] ? true : IsOne<D>)
  ? Ok<D>
  : Err<`${Op}: the list has tensors of ${DTypeText<D>}: dtypes differ, cast one of them`>

/** Whether a type is one dtype, and not a union of several. */
export type IsOne<D, All = D> = D extends unknown ? ([All] extends [D] ? true : false) : never

/** The same at run time: refuses tensors of which one has another dtype than the first. */
export const checkOneDType = (op: string, xs: readonly Value[]): void => {
  for (const x of xs) heldDType(sameDType(op, xs[0]?.dtype ?? x.dtype, x.dtype))
}
