/** Covariances and correlations of the columns of a matrix 'observations variables'. */
import { div, filled, maximum, minimum, sub } from '../primitives/index.js'
import { at, type Value } from '../tensor/index.js'
import { einsum } from './einsum.js'
import { scaled, shiftedMean, spread } from './moments.js'
import { norm } from './norm.js'
import { over } from './scale.js'

/** The distances from the mean of each variable: the rounded mean is subtracted first, then what its rounding left out. */
const centred = (x: Value): Value => {
  if (at(x.sizes, 0) === 0) return x
  const { mean, rest } = shiftedMean(x, [0])
  return sub(sub(x, spread(mean, x, [0])), spread(rest, x, [0]))
}

/** The sums of products of all pairs of columns. */
const products = (x: Value): Value =>
  einsum(
    [
      { value: x, labels: ['n', 'i'] },
      { value: x, labels: ['n', 'j'] },
    ],
    ['i', 'j'],
  )

export const cov = (x: Value, correction: number): Value => over(products(centred(x)), Math.max(0, at(x.sizes, 0) - correction))

/** Columns of norm 1 have their correlations as products; these are never beyond 1. */
export const corrCoef = (x: Value): Value => {
  const columns = centred(scaled(x, [0]).ratio)
  const found = products(div(columns, spread(norm(columns, [0], {}), columns, [0])))
  return maximum(minimum(found, filled(found, 1)), filled(found, -1))
}
