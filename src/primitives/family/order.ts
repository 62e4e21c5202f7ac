/**
 * The order of numbers as sorting knows it: 0 and -0 are equal, and so are NaNs, which come after every number; descending, before.
 */
import { routine as r, type Term } from '../../kernel/index.js'
import { type Aval, type DType, fail, isFloat } from '../../tensor/index.js'

/** How entries along an axis are ordered. */
export type OrderParams = { readonly axis: number; readonly descending: boolean }

/** Whether a value goes before another, in a routine. */
export const goesBefore =
  (dtype: DType, descending: boolean) =>
  (x: Term, y: Term): Term => {
    const [a, b] = descending ? [y, x] : [x, y]
    const isLess = r.lessOf(dtype)(a, b)
    return isFloat(dtype) ? r.or(isLess, r.and(r.notEqual(b, b), r.equal(a, a))) : isLess
  }

/** The same in plain loops: below 0 where x goes first, 0 where they are equal. */
export const ordering =
  (descending: boolean) =>
  (x: number, y: number): number => {
    const ascending = x < y ? -1 : x > y ? 1 : Number(Number.isNaN(x)) - Number(Number.isNaN(y))
    return descending ? -ascending : ascending
  }

/** Refuses an axis that is not there, and bools. */
export const checkOrdered = (name: string, { sizes, dtype }: Aval, axis: number): void => {
  if (!(axis >= 0 && axis < sizes.length)) fail({ _tag: 'ShapeError', detail: `${name}: axis ${axis} of '${sizes.join(' ')}'` })
  if (dtype === 'bool') fail({ _tag: 'DTypeError', detail: `${name}: needs numbers, not bool: cast('int32') first` })
}
