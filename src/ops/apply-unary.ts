/** How a public operation is made from an untyped one that keeps sizes. */
import { type DType, failAs, heldDType, relabel, type Settled, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor } from './apply-rule.js'
import { type Class, classRules, type OfClass } from './class.js'

/** `R` is the result's dtype, or 'same' for that of the operand. @category type-level */
export type Unary<Op extends string, C extends Class, R extends DType | 'same' = 'same'> = <S extends string, D extends DType = never>(
  x: OfClass<Op, C, S, D>,
) => Tensor<S, R extends DType ? R : Settled<D>>

/** A public operation from an untyped one that keeps sizes. */
export const unaryOp = <Op extends string, C extends Class, R extends DType | 'same' = 'same'>(
  op: Op,
  of: C,
  apply: (x: Value) => Value,
): Unary<Op, C, R> =>
  typed((x: Value): Value => {
    checkTensor(op, x)
    heldDType(classRules[of](op, x.dtype))
    try {
      return relabel(x.shape, apply(x))
    } catch (error) {
      return failAs(op, error)
    }
  })
