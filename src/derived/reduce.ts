/** Reductions that are made of others, or of the entries that a mask takes. */
import {
  and,
  argmaxAxis,
  broadcastAxes,
  castTo,
  equal,
  filled,
  maxAxes,
  minAxes,
  neg,
  not,
  or,
  permuteAxes,
  prodAxis,
  reshapeTo,
  select,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { at, greatestOf, isInteger, leastOf, sizeOf, type Value } from '../tensor/index.js'
import { countTaken, kept, type TakenEntries } from './taken.js'

type Reduced = (x: Value, axes: readonly number[], taken?: TakenEntries) => Value

export const sum: Reduced = (x, axes, { mask } = {}) => sumAxes(kept(x, mask, 0), axes)

/** The product along axes, which must be in ascending order: the last of them is done first, so that the others keep their positions. */
export const prod: Reduced = (x, axes, { mask } = {}) =>
  axes.toReversed().reduce((product, axis) => prodAxis(product, axis), kept(x, mask, 1))

export const max: Reduced = (x, axes, { mask } = {}) => maxAxes(kept(x, mask, leastOf(x.dtype)), axes)

export const min: Reduced = (x, axes, { mask } = {}) => minAxes(kept(x, mask, greatestOf(x.dtype)), axes)

/** An extreme, but NaN where no entry is taken. */
export const orNaN =
  (extreme: Reduced): Reduced =>
  (x, axes, taken = {}) => {
    const found = extreme(x, axes, taken)
    if (taken.mask === undefined) return found
    const count = countTaken(x, axes, taken.mask)
    return select(equal(count, filled(count, 0)), filled(found, Number.NaN), found)
  }

/** How many entries are not 0, or are true; NaN is not 0. int32. */
export const countNonzero: Reduced = (x, axes, { mask } = {}) => {
  const counted = castTo(x, 'bool')
  return sumAxes(castTo(mask === undefined ? counted : and(counted, mask), 'int32'), axes)
}

/** Whether any entry is true: a bool has no sum or maximum, so ones are summed. */
export const any: Reduced = (x, axes, taken) => castTo(countNonzero(x, axes, taken), 'bool')

/** Whether all entries are true, which means that none is false. */
export const all: Reduced = (x, axes, { mask } = {}) => not(any(not(mask === undefined ? x : or(x, not(mask))), axes))

/** Turns the order round without overflow: floats are negated, and the bits of integers inverted. */
export const flipped = (x: Value): Value => (isInteger(x.dtype) ? not(x) : neg(x))

export const ptp: Reduced = (x, axes) => sub(maxAxes(x, axes), minAxes(x, axes))

/** The axes, in ascending order, made one axis, which comes last: 'a b c' over b and a is 'c a*b'. */
export const asLast = (x: Value, axes: readonly number[]): Value => {
  const others = x.sizes.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]))
  const count = sizeOf(axes.map(axis => at(x.sizes, axis)))
  return reshapeTo(permuteAxes(x, [...others, ...axes]), [...others.map(axis => at(x.sizes, axis)), count])
}

/** The place of the greatest entry among those along the axes, counted in the order of the index. */
export const argmax: Reduced = (x, axes) => {
  const [only] = axes
  if (only !== undefined && axes.length === 1) return argmaxAxis(x, only)
  const rows = asLast(x, axes)
  return argmaxAxis(rows, rows.sizes.length - 1)
}

export const argmin: Reduced = (x, axes) => argmax(flipped(x), axes)

/** The place of the greatest entry that is taken, found as the first entry that is taken and equals it; -1 where none is. */
export const argmaxTaken: Reduced = (x, axes, { mask } = {}) => {
  if (mask === undefined) return argmax(x, axes)
  const isGreatest = and(mask, equal(x, broadcastAxes(max(x, axes, { mask }), x.sizes, axes)))
  const place = argmax(castTo(isGreatest, 'int32'), axes)
  return select(any(mask, axes), place, filled(place, -1))
}

export const argminTaken: Reduced = (x, axes, taken) => argmaxTaken(flipped(x), axes, taken)
