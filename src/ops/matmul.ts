/**
 * Products of matrices and vectors.
 *
 * @example
 * import { dot, matmul, outer, pipe, tensor, toNested, toNumber } from 'pullback'
 *
 * const a = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(a, matmul(tensor([[1], [1]])))), [[3], [7]])
 * assert.equal(toNumber(pipe(tensor([1, 2]), dot(tensor([3, 4])))), 11)
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), outer(tensor([3, 4])))), [[3, 4], [6, 8]])
 */
import { contract } from '../primitives/index.js'
import {
  broadcast,
  type DotRule,
  dims,
  dotRule,
  type Expect,
  join,
  type MatMul,
  matMul,
  type OuterRule,
  outerRule,
  type ShapeOf,
} from '../shape/index.js'
import {
  checkSizes,
  type DType,
  heldDType,
  type NumericDType,
  numericDType,
  relabel,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held, stretch } from './apply-rule.js'

/** The product by a tensor on the right. @category type-level */
export type MatMulBy<SB extends string, DB extends DType> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'matmul', DA, DB>, Expect<NumericDType<'matmul', DA>, Expect<MatMul<SA, SB>, Tensor<SA, DA>>>>,
) => Tensor<ShapeOf<MatMul<SA, SB>>, DA>

/** The inner product by a vector on the right. @category type-level */
export type DotBy<SB extends string, DB extends DType> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'dot', DA, DB>, Expect<NumericDType<'dot', DA>, Expect<DotRule<SA, SB>, Tensor<SA, DA>>>>,
) => Tensor<'', DA>

/** The outer product by a vector on the right. @category type-level */
export type OuterBy<SB extends string, DB extends DType> = <SA extends string, DA extends DType>(
  x: Expect<SameDType<'outer', DA, DB>, Expect<NumericDType<'outer', DA>, Expect<OuterRule<SA, SB>, Tensor<SA, DA>>>>,
) => Tensor<ShapeOf<OuterRule<SA, SB>>, DA>

const checkDTypes = (op: string, x: Value, y: Value): void => {
  checkTensor(op, x)
  checkTensor(op, y)
  heldDType(sameDType(op, x.dtype, y.dtype))
  heldDType(numericDType(op, x.dtype))
}

const range = (count: number): readonly number[] => [...Array(count).keys()]

const multiply = (x: Value, y: Value): Value => {
  checkDTypes('matmul', x, y)
  const shape = held(matMul(x.shape, y.shape))
  checkSizes('matmul', [x, y])
  const last = x.sizes.length - 1
  if (y.sizes.length <= 2) return relabel(shape, contract(x, y, { left: [last], right: [0], leftBatch: [], rightBatch: [] }))
  // Where both sides have leading axes, both are broadcast to those of the result, and then each pair of matrices is multiplied.
  const lead = (z: Value): number => Math.max(0, z.sizes.length - 2)
  const leadShape = (z: Value): string => join(dims(z.shape).slice(0, lead(z)))
  const common = held(broadcast('matmul', leadShape(x), leadShape(y)))
  const widest = common === leadShape(x) && lead(x) >= lead(y) ? x : y
  const sizes = widest.sizes.slice(0, lead(widest))
  const widen = (z: Value): Value =>
    stretch(z, [...sizes, ...z.sizes.slice(lead(z))], join([...dims(common), ...dims(z.shape).slice(lead(z))]))
  const [a, b] = [widen(x), widen(y)]
  const batch = range(sizes.length)
  return relabel(shape, contract(a, b, { left: [a.sizes.length - 1], right: [sizes.length], leftBatch: batch, rightBatch: batch }))
}

/**
 * The matrix product x · y, data last: `pipe(x, matmul(y))`.
 *
 * **Shapes**: '… m k' by 'k n' → '… m n'; 'k' by 'k n' → 'n'; '… k' by 'k' → '…'; leading axes on both sides broadcast one-sidedly.
 * **Gradient**: to x: ct · yᵀ; to y: xᵀ · ct, summed over leading axes that y lacks.
 * **Errors**: inner axes that differ, leading axes that do not fit, dtypes that differ.
 *
 * @example
 * import { matmul, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2]]), matmul(tensor([[3, 4], [5, 6]])))), [[13, 16]])
 */
export const matmul: <SB extends string, DB extends DType>(y: Tensor<SB, DB>) => MatMulBy<SB, DB> = typed(
  (y: Value) =>
    (x: Value): Value =>
      multiply(x, y),
)

/**
 * The inner product of two vectors.
 *
 * @example
 * import { dot, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(pipe(tensor([1, 2]), dot(tensor([3, 4])))), 11)
 */
export const dot: <SB extends string, DB extends DType>(y: Tensor<SB, DB>) => DotBy<SB, DB> = typed((y: Value) => (x: Value): Value => {
  checkDTypes('dot', x, y)
  held(dotRule(x.shape, y.shape))
  checkSizes('dot', [x, y])
  return contract(x, y, { left: [0], right: [0], leftBatch: [], rightBatch: [] })
})

/**
 * The outer product of two vectors: 'm' and 'n' give 'm n'.
 *
 * @example
 * import { outer, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), outer(tensor([3, 4])))), [[3, 4], [6, 8]])
 */
export const outer: <SB extends string, DB extends DType>(y: Tensor<SB, DB>) => OuterBy<SB, DB> = typed((y: Value) => (x: Value): Value => {
  checkDTypes('outer', x, y)
  const shape = held(outerRule(x.shape, y.shape))
  checkSizes('outer', [x, y])
  return relabel(shape, contract(x, y, { left: [], right: [], leftBatch: [], rightBatch: [] }))
})
