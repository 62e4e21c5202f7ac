/**
 * The Kronecker product.
 *
 * @example
 * import { kron, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), kron(tensor([1, 10])))), [1, 10, 2, 20])
 */
import * as derived from '../derived/index.js'
import { type Expect, type Kron, kron as kronRule, type ShapeOf } from '../shape/index.js'
import {
  checkSizes,
  type DType,
  heldDType,
  labelled,
  type NumericDType,
  numericDType,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** The Kronecker product with a tensor on the right. @category type-level */
export type KronBy<SB extends string, DB extends DType> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'kron', DA, DB>, Expect<NumericDType<'kron', DA>, Tensor<SA, DA>>>,
) => Tensor<ShapeOf<Kron<SA, SB>>, DA>

/**
 * The Kronecker product: in the place of each entry of the data the whole of the argument, times that entry. `pipe(a, kron(b))` is a ⊗ b.
 *
 * **Gradient**: to each entry the cotangent of its block times the other tensor, summed.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.kron.html
 *
 * @example
 * import { eye, kron, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(eye(2), kron(tensor([[1, 2]])))), [[1, 2, 0, 0], [0, 0, 1, 2]])
 */
export const kron: <SB extends string, DB extends DType>(y: Expect<NumericDType<'kron', DB>, Tensor<SB, DB>>) => KronBy<SB, DB> = typed(
  (y: Value) =>
    (x: Value): Value => {
      checkTensor('kron', x)
      checkTensor('kron', y)
      heldDType(sameDType('kron', x.dtype, y.dtype))
      heldDType(numericDType('kron', x.dtype))
      checkSizes('kron', [x, y])
      return labelled('kron', held(kronRule(x.shape, y.shape)), derived.kron(x, y))
    },
)
