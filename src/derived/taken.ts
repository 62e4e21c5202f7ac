/**
 * Which entries a reduction takes. Those that are left out are replaced by the value that changes nothing, 0 for a sum; they are chosen
 * away and not multiplied by 0, so that a NaN among them reaches neither the result nor a gradient.
 */
import { and, castTo, equal, filled, select, sumAxes } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'
import type { QuantileMethod } from './quantile-method.js'

/** What a reduction is told beside its axes. The tensors have the sizes of what is reduced. */
export interface TakenEntries {
  /** True for the entries that are taken; all are where there is no mask. */
  readonly mask?: Value | undefined
  /** How much each entry counts, of its dtype. */
  readonly weights?: Value | undefined
  /** How much less than the number of entries a sum of squares is divided by. */
  readonly correction?: number | undefined
  /** The order of a norm. */
  readonly ord?: number | undefined
  readonly method?: QuantileMethod | undefined
}

/** The entries that are taken, and another value in the place of the others. */
export const kept = (x: Value, mask: Value | undefined, otherwise: number): Value =>
  mask === undefined ? x : select(mask, x, filled(x, otherwise))

/** How many entries are taken, of the dtype of x. */
export const countTaken = (x: Value, axes: readonly number[], mask: Value): Value => sumAxes(castTo(mask, x.dtype), axes)

/** NaN left out as well. */
export const withoutNaN = (x: Value, taken: TakenEntries): TakenEntries => {
  const isNumber = equal(x, x)
  return { ...taken, mask: taken.mask === undefined ? isNumber : and(taken.mask, isNumber) }
}
