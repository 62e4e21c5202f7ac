/** Columns brought to mean 0 and standard deviation 1. */
import { pipe } from 'fp-ts/lib/function.js'
import { scaled, shiftedMean, stdOf } from '../derived/index.js'
import { held } from '../ops/apply-rule.js'
import { div, sub } from '../ops/index.js'
import { equal, filled, mul, select } from '../primitives/index.js'
import { axisPositions, type Dims, dims, type Join, join } from '../shape/index.js'
import {
  calledAs,
  checkTensor,
  type Float,
  fail,
  floatDType,
  heldDType,
  numerals,
  relabel,
  shapeText,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'

type Columns<S extends string> = string extends S
  ? string
  : Dims<S> extends readonly [string, ...infer R extends readonly string[]]
    ? Join<R>
    : never

/** @category model */
export interface Standardiser<C extends string, D extends Float> {
  readonly mean: Tensor<C, D>
  readonly std: Tensor<C, D>
  /** (x - mean) / std, for other data with the same columns. */
  readonly apply: <S extends string>(x: Tensor<S, D>) => Tensor<S, D>
}

/**
 * Learns the mean and standard deviation of each column of a data set 'batch columns…'; apply it to any other.
 * A constant column, whose greatest entry is its least, has that entry as its mean and the deviation 0 exactly: the mean is taken off and
 * nothing is divided.
 *
 * **Errors**: a data set without rows.
 *
 * @example
 * import { data, tensor, toNested } from 'pullback'
 *
 * const scaler = data.standardise(tensor([[1, 5], [3, 5]]))
 * assert.deepEqual(toNested(scaler.apply(tensor([[3, 6]]))), [[1, 1]])
 *
 * @category constructors
 */
export const standardise = <S extends string, D extends Float>(x: Tensor<S, D>): Standardiser<Columns<S>, D> => {
  const table: Value = x
  checkTensor('data.standardise', table)
  heldDType(floatDType('data.standardise', table.dtype))
  held(axisPositions('data.standardise', table.shape, 0))
  if (table.sizes[0] === 0)
    return fail({ _tag: 'ArgumentError', op: 'data.standardise', detail: `${shapeText(table)} has no rows to learn from` })
  const own = join(dims(table.shape).slice(1))
  const { scale, ratio } = scaled(table, [0])
  const centre = relabel(own, mul(shiftedMean(ratio, [0]).mean, scale))
  const spread = relabel(own, stdOf(table, [0]))
  const divisor = select(equal(spread, filled(spread, 0)), filled(spread, 1), spread)
  return typed({
    mean: centre,
    std: spread,
    apply: (y: Value): Value => {
      checkTensor('data.standardise', y)
      const columns = join(dims(y.shape).slice(1))
      if (numerals(y.sizes.slice(1)) !== numerals(centre.sizes))
        return fail({
          _tag: 'ShapeError',
          detail: `data.standardise: ${shapeText(y)} has not the columns ${shapeText(centre)} that it was learnt from`,
        })
      const [from, by] = [relabel(columns, centre), relabel(columns, divisor)]
      return calledAs('data.standardise', () => pipe(y, sub(from), div(by)))
    },
  })
}
