/**
 * The place q of the way through the entries in ascending order: of n entries, place q (n - 1), counted from 0 (R-7 in Hyndman and Fan, 1996, which
 * is numpy's default). Places are computed in float64, which holds every count; entries are gathered, and so have the gradient of `gather`.
 */
import {
  abs,
  add,
  and,
  argsortAxis,
  castTo,
  equal,
  filled,
  floor,
  gather,
  less,
  maximum,
  minimum,
  mul,
  reshapeTo,
  select,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { at, concrete, type Value } from '../tensor/index.js'
import type { QuantileMethod } from './quantile-method.js'
import { asLast } from './reduce.js'
import { scale } from './scale.js'
import { kept, type TakenEntries } from './taken.js'

const constant = (x: Value, value: number): Value => filled(x, value)

/** How much of the higher neighbour is taken, by how far the place is beyond that of the lower one, which may be not at all. */
const shareOf = (method: QuantileMethod, beyond: Value, low: Value): Value => {
  const isBetween = castTo(less(constant(beyond, 0), beyond), beyond.dtype)
  switch (method) {
    case 'linear':
      return beyond
    case 'lower':
      return constant(beyond, 0)
    case 'higher':
      return isBetween
    case 'midpoint':
      return scale(isBetween, 0.5)
    case 'nearest': {
      const isOdd = sub(low, scale(floor(scale(low, 0.5)), 2))
      const half = constant(beyond, 0.5)
      return select(equal(beyond, half), isOdd, castTo(less(half, beyond), beyond.dtype))
    }
  }
}

/** (1 - share) a + share b, which is a where they are equal, and does not touch a neighbour of which nothing is taken: 0 · ∞ is NaN. */
const between = (a: Value, b: Value, share: Value): Value => {
  const isSame = and(equal(a, b), less(abs(a), constant(a, Number.POSITIVE_INFINITY)))
  const near = add(a, mul(share, sub(b, a)))
  const apart = add(mul(a, sub(constant(share, 1), share)), mul(b, share))
  const mixed = select(isSame, near, apart)
  return select(equal(share, constant(share, 0)), a, select(equal(share, constant(share, 1)), b, mixed))
}

/** Of the entries that are taken; NaN where none is. Without a mask, NaN where an entry is NaN. */
export const quantile = (x: Value, axes: readonly number[], q: number, { method = 'linear', mask }: TakenEntries): Value => {
  const rows = asLast(kept(x, mask, Number.NaN), axes)
  const last = rows.sizes.length - 1
  const reduced = rows.sizes.slice(0, last)
  const along = { axis: last, batch: last }
  // NaN, and with it what is left out, comes last.
  const order = argsortAxis(stopGradient(rows), last)
  const count =
    mask === undefined ? concrete(reduced, 'float64', at(rows.sizes, last)) : sumAxes(castTo(asLast(mask, axes), 'float64'), [last])
  const entryAt = (place: Value): Value => {
    const index = reshapeTo(castTo(place, 'int32'), [...reduced, 1])
    return reshapeTo(gather(rows, gather(order, index, along), along), reduced)
  }
  const greatest = maximum(sub(count, constant(count, 1)), constant(count, 0))
  const place = scale(greatest, q)
  const low = floor(place)
  const share = castTo(shareOf(method, sub(place, low), low), x.dtype)
  const found = between(entryAt(low), entryAt(minimum(add(low, constant(low, 1)), greatest)), share)
  if (mask !== undefined) return found
  const top = stopGradient(entryAt(greatest))
  return select(equal(top, top), found, constant(found, Number.NaN))
}
