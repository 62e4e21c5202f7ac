/** The power of two by which a matrix is multiplied, so that squares of its entries neither overflow nor vanish. */
import { type LocalRef, routine as r, type Statement, type Term } from '../../kernel/index.js'
import type { DType } from '../../tensor/index.js'

/** The bounds of the greatest entry after scaling, and that of the factor: a subnormal matrix stays small. */
const [most, least] = [1, 0.25]
const greatestFactor = (dtype: DType): number => (dtype === 'float32' ? 2 ** 120 : 2 ** 1000)

/** Sets the factor for the greatest size of an entry; of NaN and infinity it is 1. */
export const scaleFor = (dtype: DType, factor: LocalRef, greatest: LocalRef): readonly Statement[] => {
  const float = (value: number): Term => r.float(dtype, value)
  const scaled = r.mul(greatest, factor)
  return [
    r.set(factor, float(1)),
    r.when(r.less(greatest, float(Number.POSITIVE_INFINITY)), [
      r.during(r.less(float(most), scaled), [r.set(factor, r.mul(factor, float(0.5)))]),
      r.when(r.less(float(0), greatest), [
        r.during(r.and(r.less(scaled, float(least)), r.less(factor, float(greatestFactor(dtype)))), [
          r.set(factor, r.mul(factor, float(2))),
        ]),
      ]),
    ]),
  ]
}

/** The greatest of two sizes, NaN if either is. */
export const greatestOf = (greatest: LocalRef, value: Term): readonly Statement[] => [
  r.when(r.or(r.less(greatest, value), r.notEqual(value, value)), [r.set(greatest, value)]),
]

/** The factor in plain numbers. */
export const plainScale = (greatest: number, dtype: DType): number => {
  let factor = 1
  if (!(greatest < Number.POSITIVE_INFINITY)) return factor
  while (greatest * factor > most) factor *= 0.5
  while (greatest > 0 && greatest * factor < least && factor < greatestFactor(dtype)) factor *= 2
  return factor
}

export const plainGreatest = (greatest: number, value: number): number => (value > greatest || Number.isNaN(value) ? value : greatest)
