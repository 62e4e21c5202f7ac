/** What the routines of factorisations are made of: rows less products of rows, reflectors, rotations. Everything goes along rows in memory. */
import { type ArrayRef, type LaneTerm, type LocalRef, routine as r, type Statement, type Term } from '../../kernel/index.js'
import type { DType } from '../../tensor/index.js'

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

const products =
  (by: (left: LaneTerm, right: LaneTerm) => LaneTerm) =>
  ({ to, place, from, count, counter, first, until, factor, row }: Products): readonly Statement[] => {
    const several = (terms: number): Statement => {
      let value: LaneTerm = r.along(to, place)
      for (let k = 0; k < terms; k += 1) {
        const i = r.add(counter, k)
        value = by(value, r.eachMul(factor(i), r.along(from, row(i))))
      }
      return r.across(count, [to, place, value])
    }
    return [
      r.set(counter, first),
      r.during(r.less(r.add(counter, abreast - 1), until), [several(abreast), r.set(counter, r.add(counter, abreast))]),
      r.during(r.less(counter, until), [several(1), r.set(counter, r.add(counter, 1))]),
    ]
  }

/** The row less factor · row, for each row in turn. */
export const lessProducts = products(r.eachSub)
/** The row and factor · row, for each row in turn. */
export const plusProducts = products(r.eachAdd)

/** Exchanges two rows. */
export const exchange = (array: ArrayRef, first: Term, second: Term, count: Term | number): Statement =>
  r.across(count, [array, first, r.along(array, second)], [array, second, r.along(array, first)])

/** Two rows turned: c · first + s · second, and c · second - s · first. */
export const rotate = (array: ArrayRef, first: Term, second: Term, count: number, c: Term, s: Term): Statement => {
  const [x, y] = [r.along(array, first), r.along(array, second)]
  return r.across(
    count,
    [array, first, r.eachAdd(r.eachMul(c, x), r.eachMul(s, y))],
    [array, second, r.eachSub(r.eachMul(c, y), r.eachMul(s, x))],
  )
}

/**
 * Writes over `count` entries x with the vector v, whose first entry is 1, of the reflector 1 - tau v vᵀ that takes x to beta e₁. Where all entries
 * but the first are 0, tau is 0 and beta is the first entry.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 5.1.2, with the sign of beta opposite to that of the first entry.
 */
export const reflector = (
  dtype: DType,
  array: ArrayRef,
  place: Term,
  count: Term,
  { tau, beta }: { readonly tau: LocalRef; readonly beta: LocalRef },
): readonly Statement[] => {
  const [alpha, rest, divisor] = [r.local(dtype), r.local(dtype), r.local(dtype)]
  const zero = r.float(dtype, 0)
  const others = r.along(array, r.add(place, 1))
  const square = r.add(r.mul(alpha, alpha), rest)
  return [
    r.set(alpha, r.load(array, place)),
    r.total(rest, dtype, r.sub(count, 1), r.eachMul(others, others)),
    r.set(tau, zero),
    r.set(beta, alpha),
    r.when(r.notEqual(rest, zero), [
      r.set(beta, r.scalar('sqrt', dtype, square)),
      r.when(r.operate('lessEqual', zero, alpha), [r.set(beta, r.scalar('neg', dtype, beta))]),
      r.set(tau, r.div(r.sub(beta, alpha), beta)),
      r.set(divisor, r.sub(alpha, beta)),
      r.across(r.sub(count, 1), [array, r.add(place, 1), r.eachDiv(others, divisor)]),
    ]),
    r.store(array, place, r.float(dtype, 1)),
  ]
}

/** Takes `count` entries x to x - tau v (vᵀx). */
export const reflect = (
  dtype: DType,
  to: { readonly array: ArrayRef; readonly place: Term },
  v: { readonly array: ArrayRef; readonly place: Term },
  count: Term,
  tau: Term,
): readonly Statement[] => {
  const sum = r.local(dtype)
  const [x, direction] = [r.along(to.array, to.place), r.along(v.array, v.place)]
  return [
    r.total(sum, dtype, count, r.eachMul(direction, x)),
    r.set(sum, r.mul(tau, sum)),
    r.across(count, [to.array, to.place, r.eachSub(x, r.eachMul(sum, direction))]),
  ]
}

interface Reflectors {
  readonly dtype: DType
  /** The vectors by rows of `width` entries: that of reflector p begins at entry p + offset of row p. */
  readonly vectors: ArrayRef
  readonly vectorsAt: Term
  readonly taus: ArrayRef
  readonly tausAt: Term
  readonly count: number
  readonly offset: number
  readonly width: number
}

/**
 * Fills rows with H₀ H₁ … e_j, the columns of a product of reflectors, of which those that leave e_j as it is are left out. They are taken in blocks,
 * from the last to the first.
 */
export const formRows = (to: ArrayRef, at: Term, rows: number, given: Reflectors): readonly Statement[] => {
  const { dtype, vectors, vectorsAt, taus, tausAt, count, offset, width } = given
  const [i, j, block, p, until] = [r.local(), r.local(), r.local(), r.local(), r.local()]
  const blocks = Math.ceil(count / blockSize)
  const row = (k: Term): Term => r.add(at, r.mul(k, width))
  // The block's reflectors with p + offset ≤ j, from the last to the first: p counts how many are left.
  const one = r.sub(p, 1)
  return [
    r.loop(i, 0, rows * width, [r.store(to, r.add(at, i), r.float(dtype, 0))]),
    r.loop(i, 0, Math.min(rows, width), [r.store(to, r.add(row(i), i), r.float(dtype, 1))]),
    r.loop(block, 0, blocks, [
      r.set(i, r.mul(r.sub(blocks - 1, block), blockSize)),
      r.loop(j, r.add(i, offset), rows, [
        r.set(until, r.add(i, blockSize)),
        r.when(r.less(count, until), [r.set(until, count)]),
        r.set(p, r.sub(j, offset - 1)),
        r.when(r.less(until, p), [r.set(p, until)]),
        r.during(r.less(i, p), [
          ...reflect(
            dtype,
            { array: to, place: r.add(r.add(row(j), one), offset) },
            { array: vectors, place: r.add(r.add(vectorsAt, r.mul(one, width + 1)), offset) },
            r.sub(width - offset, one),
            r.load(taus, r.add(tausAt, one)),
          ),
          r.set(p, one),
        ]),
      ]),
    ]),
  ]
}

/**
 * Turns rows round whose first entry of at least half the greatest size is negative, and with each of them the row of another array. This decides the
 * signs of singular vectors and eigenvectors so that they stay as they are where a matrix changes little.
 */
export const orient = (
  dtype: DType,
  array: ArrayRef,
  place: Term,
  count: number,
  others: readonly { readonly array: ArrayRef; readonly place: Term; readonly count: number }[],
): readonly Statement[] => {
  const [greatest, value] = [r.local(dtype), r.local(dtype)]
  const [i, going] = [r.local(), r.local()]
  const entry = r.load(array, r.add(place, i))
  const turnedRound = (to: ArrayRef, start: Term, length: number): Statement =>
    r.across(length, [to, start, r.eachMul(r.along(to, start), r.float(dtype, -1))])
  return [
    r.set(greatest, r.float(dtype, 0)),
    r.loop(i, 0, count, [r.set(value, r.scalar('abs', dtype, entry)), r.when(r.less(greatest, value), [r.set(greatest, value)])]),
    r.set(greatest, r.mul(greatest, r.float(dtype, 0.5))),
    r.set(i, 0),
    r.set(going, 1),
    r.during(r.and(going, r.less(i, count)), [
      r.set(value, entry),
      r.when(r.less(r.scalar('abs', dtype, value), greatest), [r.set(i, r.add(i, 1))], [r.set(going, 0)]),
    ]),
    r.when(r.less(value, r.float(dtype, 0)), [
      turnedRound(array, place, count),
      ...others.map(other => turnedRound(other.array, other.place, other.count)),
    ]),
  ]
}
