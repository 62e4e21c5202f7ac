/** Reductions that are made of others. */
import { castTo, neg, not, prodAxis, sumAxes } from '../primitives/index.js'
import { isInteger, type Value } from '../tensor/index.js'

/** The product along axes, which are in ascending order: the last is done first. */
export const prod = (x: Value, axes: readonly number[]): Value => axes.toReversed().reduce((product, axis) => prodAxis(product, axis), x)

/** Any true as a sum of ones, since a bool has no order of its own. */
export const any = (x: Value, axes: readonly number[]): Value => castTo(sumAxes(castTo(x, 'int32'), axes), 'bool')

/** All true: none is false. */
export const all = (x: Value, axes: readonly number[]): Value => not(any(not(x), axes))

/** The order turned round, without overflow: negation of floats, the bits of integers inverted. */
export const flipped = (x: Value): Value => (isInteger(x.dtype) ? not(x) : neg(x))
