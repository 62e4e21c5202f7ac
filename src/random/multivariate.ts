/**
 * Normal vectors of a given mean and covariance.
 *
 * @example
 * import { random, tensor } from 'pullback'
 *
 * const x = random.multivariateNormal(tensor([0, 10]), tensor([[1, 0.5], [0.5, 1]]))('100')(random.key(0))
 * assert.equal(x.shape, '100 2')
 */
import { checkTensor, held, stretch } from '../ops/apply-rule.js'
import { add, contract, reshapeTo } from '../primitives/index.js'
import { cholesky } from '../primitives/linalg/cholesky.js'
import { type Dims, dims, type Err, type Expect, err, type Join, join, type Ok, ok, type Rule, type Wide } from '../shape/index.js'
import {
  checkSizes,
  type DType,
  type FloatDType,
  floatDType,
  heldDType,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { normalDrawn } from './normal.js'
import { type DrawRows, drawingRows } from './rows.js'

const op = 'multivariateNormal'

/** The last axis of a mean and the axes before it. */
type SplitMean<M extends string> =
  Dims<M> extends readonly [...infer B extends string[], infer K extends string] ? readonly [Join<B>, K] : readonly ['', '1']
type Mean<M extends string> = Wide<M> extends true ? readonly [string, string] : SplitMean<M>

/** The shape of a covariance but for its last two axes, which are both the last axis of the mean. @category type-level */
export type CovarianceFor<M extends string, C extends string> = true extends Wide<M> | Wide<C>
  ? Ok<string>
  : Dims<C> extends readonly [...infer B extends string[], infer X extends string, infer Y extends string]
    ? [X | Y] extends [SplitMean<M>[1]]
      ? Ok<Join<B>>
      : Err<`multivariateNormal: the mean is '${M}' and the covariance '${C}': its last two axes are the last axis of the mean`>
    : Err<`multivariateNormal: the mean is '${M}' and the covariance '${C}': its last two axes are the last axis of the mean`>

const covariance = (m: string, c: string): Rule => {
  const [k, axes] = [dims(m).at(-1), dims(c)]
  return k !== undefined && axes.length >= 2 && axes.at(-1) === k && axes.at(-2) === k
    ? ok(join(axes.slice(0, -2)))
    : err(`${op}: the mean is '${m}' and the covariance '${c}': its last two axes are the last axis of the mean`)
}

type BatchOf<R> = R extends Ok<infer S extends string> ? S : never

/**
 * Normal vectors of a mean and a covariance, whose axes before those of a vector broadcast to the shape of the draws. Where a covariance is not
 * positive definite, its vectors are NaN.
 *
 * **Shapes**: the mean '… k', the covariance '… k k' and the shape '…' give '… k'.
 * **Gradient**: to the mean and to the covariance, through its Cholesky factor.
 * **Source**: the mean plus the Cholesky factor times a normal vector; `jax.random.multivariate_normal`.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const tall = random.multivariateNormal(tensor([0, 10]), tensor([[1, 0], [0, 1e-6]]))('5')(random.key(0))
 * assert.ok(toNested(tall).every(([, y = 0]) => Math.abs(y - 10) < 0.01))
 *
 * @category constructors
 */
export const multivariateNormal: <M extends string, DM extends DType, C extends string, DC extends DType>(
  mean: Expect<FloatDType<'multivariateNormal', DM>, Tensor<M, DM>>,
  covariance: Expect<SameDType<'multivariateNormal', DM, DC>, Expect<CovarianceFor<M, C>, Tensor<C, DC>>>,
) => DrawRows<'multivariateNormal', Mean<M>[0], Mean<M>[1], DM, DM, BatchOf<CovarianceFor<M, C>>> = typed((mean: Value, given: Value) => {
  for (const x of [mean, given]) checkTensor(op, x)
  const dtype = heldDType(floatDType(op, mean.dtype))
  heldDType(sameDType(op, dtype, given.dtype))
  const batch = held(covariance(mean.shape, given.shape))
  checkSizes(op, [mean, given])
  const axes = dims(mean.shape)
  const parameters = [
    { shape: join(axes.slice(0, -1)), sizes: mean.sizes.slice(0, -1) },
    { shape: batch, sizes: given.sizes.slice(0, -2) },
  ]
  const row = { shape: axes.slice(-1).join(' '), sizes: mean.sizes.slice(-1) }
  const [k = 1] = row.sizes
  return drawingRows(op, { parameters, row, dtype }, (key, n, _, sizes) => {
    const standard = reshapeTo(normalDrawn(key, n * k, dtype), [n, k])
    const factor = cholesky(given)
    const isOne = given.sizes.length === 2
    const each = isOne ? factor : reshapeTo(stretch(factor, [...sizes, k, k], given.shape), [n, k, k])
    const turned = isOne
      ? contract(standard, each, { left: [1], right: [1], leftBatch: [], rightBatch: [] })
      : contract(standard, each, { left: [1], right: [2], leftBatch: [0], rightBatch: [0] })
    return add(turned, reshapeTo(stretch(mean, [...sizes, k], mean.shape), [n, k]))
  })
})
