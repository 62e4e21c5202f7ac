/**
 * How variables go together: covariances and correlations of all pairs.
 *
 * @example
 * import { corrCoef, cov, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 6], [2, 4], [3, 2]])
 * assert.deepEqual(toNested(cov(0)(x)), [[1, -2], [-2, 4]])
 * assert.deepEqual(toNested(corrCoef(0)(x)).map(row => row.map(Math.round)), [[1, -1], [-1, 1]])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import { type Axis, axisPositions, type Covariance, covariance, type Expect, type ShapeOf } from '../shape/index.js'
import {
  type DType,
  type FloatDType,
  failAs,
  floatDType,
  heldDType,
  heldOptions,
  relabel,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { heldNumber } from './apply-reduction.js'
import { checkTensor, held } from './apply-rule.js'

/** @category type-level */
export interface CovarianceOptions {
  /** How much less than the number of observations the sums are divided by (numpy's ddof); 1 unless given. */
  readonly correction?: number | undefined
}

/** Of a matrix with observations along the axis given, one number for each pair of variables. @category type-level */
export type OfVariables<Op extends string, A extends Axis> = <S extends string, D extends DType>(
  x: Expect<FloatDType<Op, D>, Expect<Covariance<Op, S, A>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Covariance<Op, S, A>>, D>

const ofVariables =
  (op: string, axis: Axis, apply: (x: Value) => Value) =>
  (x: Value): Value => {
    checkTensor(op, x)
    heldDType(floatDType(op, x.dtype))
    const shape = held(covariance(op, x.shape, axis))
    const [position = 0] = held(axisPositions(op, x.shape, [axis]))
    try {
      return relabel(shape, apply(primitive.moveAxis(x, position, 0)))
    } catch (error) {
      return failAs(op, error)
    }
  }

/**
 * The covariances of all pairs of variables: Σ (x - mean x) (y - mean y) / (n - correction), over the n observations along the axis given. x has two
 * axes: 'n variables' by `cov(0)` or 'variables n' by `cov(1)`, which is numpy's default; vmap does several.
 *
 * @example
 * import { cov, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 6], [2, 4], [3, 2]])
 * assert.deepEqual(toNested(cov(0)(x)), [[1, -2], [-2, 4]])
 */
export const cov: <const A extends Axis>(axis: A, options?: CovarianceOptions) => OfVariables<'cov', A> = typed(
  (axis: Axis, options?: CovarianceOptions) => {
    const { correction } = heldOptions<CovarianceOptions>('cov', options, ['correction'])
    const less = heldNumber('cov', 'correction', correction) ?? 1
    return ofVariables('cov', axis, x => derived.cov(x, less))
  },
)

/**
 * Pearson's correlations of all pairs of variables, between -1 and 1; the axes are those of `cov`. NaN for a variable that is the same in all
 * observations.
 *
 * @example
 * import { corrCoef, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(corrCoef(0)(tensor([[0, 2], [2, 0], [0, 2], [2, 0]]))), [[1, -1], [-1, 1]])
 */
export const corrCoef: <const A extends Axis>(axis: A) => OfVariables<'corrCoef', A> = typed((axis: Axis) =>
  ofVariables('corrCoef', axis, derived.corrCoef),
)
