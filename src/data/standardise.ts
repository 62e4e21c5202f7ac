/** Columns brought to mean 0 and standard deviation 1. */
import { pipe } from 'fp-ts/lib/function.js'
import { div, mean, std, sub } from '../ops/index.js'
import { equal, filled, select } from '../primitives/index.js'
import { type Dims, dims, type Join, join } from '../shape/index.js'
import { type Float, fail, numerals, relabel, shapeText, type Tensor, typed, type Value } from '../tensor/index.js'

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
 * A constant column has its mean taken off and is not divided.
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
  const centre = mean(0)(table)
  const spread = std(0)(table)
  const divisor = select(equal(spread, filled(spread, 0)), filled(spread, 1), spread)
  return typed({
    mean: centre,
    std: spread,
    apply: (y: Value): Value => {
      const columns = join(dims(y.shape).slice(1))
      if (numerals(y.sizes.slice(1)) !== numerals(centre.sizes))
        return fail({
          _tag: 'ShapeError',
          detail: `standardise: ${shapeText(y)} has not the columns ${shapeText(centre)} that it was learnt from`,
        })
      const [from, by] = [relabel(columns, centre), relabel(columns, divisor)]
      return pipe(y, sub(from), div(by))
    },
  })
}
