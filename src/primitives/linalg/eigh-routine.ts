/**
 * The routine of `eigh` and `eigenvalues`. Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition: 8.3.1, Householder
 * tridiagonalisation, and 8.3.3, implicit symmetric QR with Wilkinson's shift, from the last row up as in 'imtql2' of B. T. Smith et al., EISPACK, 1976.
 */
import { type Body, type LocalRef, type Routine, routine as r, type Statement, type Term } from '../../kernel/index.js'
import type { Aval } from '../../tensor/index.js'
import { squareOf } from './matrices.js'
import { greatestOf, scaleFor } from './scaling.js'
import { exchange, formRows, orient, reflector, rotate } from './statements.js'

const dtype = 'float64'
const epsilon = 2 ** -52
/** Steps for each eigenvalue, of which there are mostly two, before the routine gives up and gives NaN. */
export const mostSteps = 60

const number = (value: number): Term => r.float(dtype, value)
const abs = (x: Term): Term => r.scalar('abs', dtype, x)
const sqrt = (x: Term): Term => r.scalar('sqrt', dtype, x)
const negated = (x: Term): Term => r.scalar('neg', dtype, x)
const times = (x: Term, y: Term): Term => r.mul(x, y)

export const eighRoutine = (a: Aval, vectors: boolean): Routine => {
  const body = (): Body => {
    const { count, rows: n } = squareOf('eigh', a)
    const [from, values] = [r.reads(0, dtype), r.writes(0, dtype)]
    const [work, diagonals, off, taus, products, bases] = [0, 1, 2, 3, 4, 5].map(i => r.scratch(i, dtype))
    if (!(work && diagonals && off && taus && products && bases)) return { params: {}, scratch: [], phases: [] }
    const phase = r.phase(count, 9 * n * n * n, round => {
      const place = (i: Term, j: Term): Term => r.add(r.mul(r.add(r.mul(round, n), i), n), j)
      const one = (i: Term): Term => r.add(r.mul(round, n), i)
      const [i, j, k] = [r.local(), r.local(), r.local()]
      const [greatest, factor, value] = [r.local(dtype), r.local(dtype), r.local(dtype)]
      const fill = [
        r.set(greatest, number(0)),
        r.loop(i, 0, n, [r.loop(j, 0, r.add(i, 1), greatestOf(greatest, abs(r.load(from, place(i, j)))))]),
        ...scaleFor(dtype, factor, greatest),
        r.loop(i, 0, n, [
          r.loop(j, 0, r.add(i, 1), [
            r.set(value, times(r.load(from, place(i, j)), factor)),
            r.store(work, place(i, j), value),
            r.store(work, place(j, i), value),
          ]),
        ]),
      ]
      // Row k beyond the diagonal becomes a reflector; the rows below lose v wᵀ + w vᵀ.
      const made = { tau: r.local(dtype), beta: r.local(dtype) }
      const first = r.add(k, 1)
      const length = r.sub(n, first)
      const [v, w] = [r.along(work, place(k, first)), r.along(products, one(first))]
      const row = place(i, first)
      const tridiagonal = r.loop(k, 0, Math.max(0, n - 2), [
        ...reflector(dtype, work, place(k, first), length, made),
        r.store(taus, one(k), made.tau),
        r.store(off, one(k), made.beta),
        r.when(r.notEqual(made.tau, number(0)), [
          r.loop(i, first, n, [
            r.total(value, dtype, length, r.eachMul(r.along(work, row), v)),
            r.store(products, one(i), times(made.tau, value)),
          ]),
          r.total(value, dtype, length, r.eachMul(w, v)),
          r.set(value, times(times(made.tau, number(0.5)), value)),
          r.across(length, [products, one(first), r.eachSub(w, r.eachMul(value, v))]),
          r.loop(i, first, n, [
            r.across(length, [
              work,
              row,
              r.eachSub(r.eachSub(r.along(work, row), r.eachMul(r.load(work, place(k, i)), w)), r.eachMul(r.load(products, one(i)), v)),
            ]),
          ]),
        ]),
      ])
      const ends = [
        r.loop(i, 0, n, [r.store(diagonals, one(i), r.load(work, place(i, i)))]),
        ...(n > 1 ? [r.store(off, one(r.sub(n - 1, 1)), r.load(work, place(r.sub(n - 1, 1), r.sub(n, 1))))] : []),
      ]
      const basis = vectors
        ? formRows(bases, r.mul(round, n * n), n, {
            dtype,
            vectors: work,
            vectorsAt: r.mul(round, n * n),
            taus,
            tausAt: r.mul(round, n),
            count: Math.max(0, n - 2),
            offset: 1,
            width: n,
          })
        : []
      const failed = r.local()
      const iteration = implicitSteps(
        { n, diagonal: i_ => ({ array: diagonals, at: one(i_) }), off: i_ => ({ array: off, at: one(i_) }), failed },
        (first_, second, c, s) => (vectors ? [rotate(bases, place(first_, zero), place(second, zero), n, c, s)] : []),
      )
      const [least] = [r.local()]
      const sorted = r.loop(i, 0, n, [
        r.set(least, i),
        r.loop(j, r.add(i, 1), n, [r.when(r.less(r.load(diagonals, one(j)), r.load(diagonals, one(least))), [r.set(least, j)])]),
        r.when(r.notEqual(least, i), [
          r.set(value, r.load(diagonals, one(i))),
          r.store(diagonals, one(i), r.load(diagonals, one(least))),
          r.store(diagonals, one(least), value),
          ...(vectors ? [exchange(bases, place(i, zero), place(least, zero), n)] : []),
        ]),
        ...(vectors ? orient(dtype, bases, place(i, zero), n, []) : []),
        r.store(values, one(i), r.div(r.load(diagonals, one(i)), factor)),
      ])
      const nan = number(Number.NaN)
      const out = r.writes(1, dtype)
      return [
        ...fill,
        r.set(failed, r.equal(r.less(greatest, number(Number.POSITIVE_INFINITY)), 0)),
        r.when(failed, [], [tridiagonal, ...ends, ...basis, ...iteration]),
        r.when(
          failed,
          [
            r.loop(i, 0, n, [r.store(values, one(i), nan)]),
            ...(vectors ? [r.loop(i, 0, n, [r.loop(j, 0, n, [r.store(out, place(i, j), nan)])])] : []),
          ],
          [sorted, ...(vectors ? [r.loop(i, 0, n, [r.loop(j, 0, n, [r.store(out, place(i, j), r.load(bases, place(j, i)))])])] : [])],
        ),
      ]
    })
    const square = count * n * n
    const scratch = [square, count * n, count * n, count * n, count * n, vectors ? square : 0].map(
      size => ({ dtype, length: size }) as const,
    )
    return { params: { count, n, vectors: Number(vectors) }, scratch, phases: n === 0 ? [] : [phase] }
  }
  return { kind: 'routine', name: vectors ? 'eigh' : 'eigenvalues', body }
}

const zero: Term = { kind: 'number', word: 'i32', value: 0 }

interface Tridiagonal {
  readonly n: number
  readonly diagonal: (i: Term) => { readonly array: ReturnType<typeof r.reads>; readonly at: Term }
  readonly off: (i: Term) => { readonly array: ReturnType<typeof r.reads>; readonly at: Term }
  /** Set to 1 where an eigenvalue is not found. */
  readonly failed: LocalRef
}

/**
 * QL steps from row `low` on, up to the first off-diagonal entry `high` that is negligible, until the entry of `low` is. In a step, s and c turn rows i
 * and i + 1, from the last pair to the first; p is what the diagonal has still to lose.
 */
const implicitSteps = (
  { n, diagonal, off, failed }: Tridiagonal,
  turn: (first: Term, second: Term, c: Term, s: Term) => readonly Statement[],
): readonly Statement[] => {
  const [low, high, i, next, steps, going] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
  const [shift, slope, s, c, p, f, b, length, difference] = [0, 1, 2, 3, 4, 5, 6, 7, 8].map(() => r.local(dtype))
  if (!(shift && slope && s && c && p && f && b && length && difference)) return []
  const d = (k: Term): Term => r.load(diagonal(k).array, diagonal(k).at)
  const e = (k: Term): Term => r.load(off(k).array, off(k).at)
  const setD = (k: Term, value: Term): Statement => r.store(diagonal(k).array, diagonal(k).at, value)
  const setE = (k: Term, value: Term): Statement => r.store(off(k).array, off(k).at, value)
  const after = (k: Term): Term => r.add(k, 1)
  const isLarge = (k: Term): Term => r.less(times(number(epsilon), r.add(abs(d(k)), abs(d(after(k))))), abs(e(k)))
  const findHigh = [
    r.set(high, low),
    r.set(going, 1),
    r.during(going, [
      r.when(r.less(high, n - 1), [r.when(isLarge(high), [r.set(high, after(high))], [r.set(going, 0)])], [r.set(going, 0)]),
    ]),
  ]
  // slope = (d₁ - d₀) / 2e₀; the shift is d₀ - e₀ / (slope ± √(slope² + 1)).
  const begin = [
    r.set(slope, r.div(r.sub(d(after(low)), d(low)), times(number(2), e(low)))),
    r.set(length, sqrt(r.add(times(slope, slope), number(1)))),
    r.when(r.less(slope, number(0)), [r.set(length, negated(length))]),
    r.set(shift, r.add(r.sub(d(high), d(low)), r.div(e(low), r.add(slope, length)))),
    r.set(s, number(1)),
    r.set(c, number(1)),
    r.set(p, number(0)),
    r.set(i, high),
    r.set(going, 1),
  ]
  const pair = [
    r.set(next, i),
    r.set(i, r.sub(i, 1)),
    r.set(f, times(s, e(i))),
    r.set(b, times(c, e(i))),
    r.set(length, sqrt(r.add(times(f, f), times(shift, shift)))),
    r.when(r.less(next, n - 1), [setE(next, length)]),
    r.when(
      r.equal(length, number(0)),
      // The matrix falls apart here.
      [setD(next, r.sub(d(next), p)), r.when(r.less(high, n - 1), [setE(high, number(0))]), r.set(going, 0)],
      [
        r.set(s, r.div(f, length)),
        r.set(c, r.div(shift, length)),
        r.set(shift, r.sub(d(next), p)),
        r.set(difference, r.add(times(r.sub(d(i), shift), s), times(number(2), times(c, b)))),
        r.set(p, times(s, difference)),
        setD(next, r.add(shift, p)),
        r.set(shift, r.sub(times(c, difference), b)),
        // Row i + 1 becomes s row i + c row i + 1, and row i becomes c row i - s row i + 1.
        ...turn(next, i, c, s),
        r.when(r.equal(i, low), [
          r.set(going, 0),
          setD(low, r.sub(d(low), p)),
          setE(low, shift),
          r.when(r.less(high, n - 1), [setE(high, number(0))]),
        ]),
      ],
    ),
  ]
  return [
    r.loop(low, 0, n, [
      r.set(steps, 0),
      ...findHigh,
      r.during(r.and(r.notEqual(high, low), r.equal(failed, 0)), [
        r.when(r.less(steps, mostSteps), [...begin, r.during(going, pair), ...findHigh], [r.set(failed, 1)]),
        r.set(steps, r.add(steps, 1)),
      ]),
    ]),
  ]
}
