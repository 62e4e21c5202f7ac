/** How a public operation is made from an untyped one of two tensors. */
import type { Broadcast, Expect, ShapeOf } from '../shape/index.js'
import { type DType, failAs, heldDType, relabel, type SameDType, sameDType, type Tensor, typed, type Value } from '../tensor/index.js'
import { align, checkTensor } from './apply-rule.js'
import { type Class, classRules, type OfClass } from './class.js'
import { numberLike } from './number-like.js'

/** A left operand that fits the right one in dtype and shape. @category type-level */
export type Left<Op extends string, C extends Class, SA extends string, DA extends DType, SB extends string, DB extends DType> = Expect<
  SameDType<Op, DA, DB>,
  Expect<Broadcast<Op, SA, SB>, OfClass<Op, C, SA, DA>>
>

/** `R` is the result's dtype, or 'same' for that of the operands. @category type-level */
export interface Binary<Op extends string, C extends Class, R extends DType | 'same' = 'same'> {
  (y: number): ByNumber<Op, C, R>
  <SB extends string, DB extends DType>(y: Tensor<SB, DB>): By<Op, C, R, SB, DB>
}

/** A binary operation with a number on the right. @category type-level */
export type ByNumber<Op extends string, C extends Class, R extends DType | 'same'> = <S extends string, D extends DType>(
  x: OfClass<Op, C, S, D>,
) => Tensor<S, R extends DType ? R : D>

/** A binary operation with a tensor on the right. @category type-level */
export type By<Op extends string, C extends Class, R extends DType | 'same', SB extends string, DB extends DType> = <
  SA extends string,
  DA extends DType,
>(
  x: Left<Op, C, SA, DA, SB, DB>,
) => Tensor<ShapeOf<Broadcast<Op, SA, SB>>, R extends DType ? R : DA>

/** The binary operations that have been made, with the dtypes that each takes; `pairwise` looks an operation up here. */
export const known = new WeakMap<object, { readonly op: string; readonly of: Class }>()

/** A public operation from an untyped one of two tensors of equal sizes. */
export const binaryOp = <Op extends string, C extends Class, R extends DType | 'same' = 'same'>(
  op: Op,
  of: C,
  apply: (x: Value, y: Value) => Value,
): Binary<Op, C, R> => {
  const operation = (right: Value | number): ((x: Value) => Value) => {
    if (typeof right !== 'number') checkTensor(op, right)
    return x => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      try {
        if (typeof right === 'number') return relabel(x.shape, apply(x, numberLike(op, x, right)))
        heldDType(sameDType(op, x.dtype, right.dtype))
        const [a, b, shape] = align(op, x, right)
        return relabel(shape, apply(a, b))
      } catch (error) {
        return failAs(op, error)
      }
    }
  }
  known.set(operation, { op, of })
  return typed<Binary<Op, C, R>>(operation)
}
