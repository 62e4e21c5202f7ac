/** What the routines of factorisations are made of: rows less products of rows, rows exchanged. Everything goes along rows in memory. */
import { type ArrayRef, type LaneTerm, type LocalRef, routine as r, type Statement, type Term } from '../../kernel/index.js'

/** So many rows are subtracted at once, which reads and stores the row that they are subtracted from only once. */
const abreast = 8

/** So many columns are done before the rest of a matrix is brought up to date with them: their part of it stays in a cache. */
export const blockSize = 32

interface Products {
  readonly to: ArrayRef
  readonly place: Term
  readonly from: ArrayRef
  readonly count: Term | number
  /** The counter, from one bound up to the other, which is not reached. */
  readonly counter: LocalRef
  readonly first: Term | number
  readonly until: Term | number
  readonly factor: (i: Term) => Term
  /** Where the row begins that the factor is for. */
  readonly row: (i: Term) => Term
}

/** The row less factor · row, for each row in turn. */
export const lessProducts = ({ to, place, from, count, counter, first, until, factor, row }: Products): readonly Statement[] => {
  const several = (terms: number): Statement => {
    let value: LaneTerm = r.along(to, place)
    for (let k = 0; k < terms; k += 1) {
      const i = r.add(counter, k)
      value = r.eachSub(value, r.eachMul(factor(i), r.along(from, row(i))))
    }
    return r.across(count, [to, place, value])
  }
  return [
    r.set(counter, first),
    r.during(r.less(r.add(counter, abreast - 1), until), [several(abreast), r.set(counter, r.add(counter, abreast))]),
    r.during(r.less(counter, until), [several(1), r.set(counter, r.add(counter, 1))]),
  ]
}

/** Exchanges two rows. */
export const exchange = (array: ArrayRef, first: Term, second: Term, count: Term | number): Statement =>
  r.across(count, [array, first, r.along(array, second)], [array, second, r.along(array, first)])
