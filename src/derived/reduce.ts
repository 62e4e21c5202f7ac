/** Reductions that are made of others. */
import { castTo, neg, not, prodAxis, sumAxes } from '../primitives/index.js'
import { isInteger, type Value } from '../tensor/index.js'

/** The product along axes, which must be in ascending order: the last of them is done first, so that the others keep their positions. */
export const prod = (x: Value, axes: readonly number[]): Value => axes.toReversed().reduce((product, axis) => prodAxis(product, axis), x)

/** Whether any entry is true: a bool has no sum or maximum, so ones are summed. */
export const any = (x: Value, axes: readonly number[]): Value => castTo(sumAxes(castTo(x, 'int32'), axes), 'bool')

/** Whether all entries are true, which means that none is false. */
export const all = (x: Value, axes: readonly number[]): Value => not(any(not(x), axes))

/** Turns the order round without overflow: floats are negated, and the bits of integers inverted. */
export const flipped = (x: Value): Value => (isInteger(x.dtype) ? not(x) : neg(x))
