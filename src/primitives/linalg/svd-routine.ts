/**
 * The routine of `svd` and `singularValues`, for matrices with at least as many rows as columns. Source: G. H. Golub and C. F. Van Loan, Matrix
 * Computations, 4th edition: 5.4.8, Householder bidiagonalisation, and 8.6.3, the Golub-Kahan step; where a diagonal entry is negligible, the step
 * without a shift of J. Demmel and W. Kahan, Accurate singular values of bidiagonal matrices, 1990, section 3.
 */
import { type Body, type Routine, routine as r, type Term } from '../../kernel/index.js'
import type { Aval } from '../../tensor/index.js'
import { bidiagonalSteps } from './bidiagonal-routine.js'
import { matricesOf } from './matrices.js'
import { greatestOf, scaleFor } from './scaling.js'
import { exchange, formRows, orient, plusProducts, reflect, reflector, rotate } from './statements.js'

const dtype = 'float64'
const number = (value: number): Term => r.float(dtype, value)
const zero: Term = { kind: 'number', word: 'i32', value: 0 }

export const svdRoutine = (a: Aval, vectors: boolean): Routine => {
  const body = (): Body => {
    const { count, rows: m, columns: n } = matricesOf('svd', a)
    const from = r.reads(0, dtype)
    const singular = r.writes(vectors ? 1 : 0, dtype)
    const [outU, outV] = [r.writes(0, dtype), r.writes(2, dtype)]
    const sizes = {
      work: m * n,
      left: n * m,
      right: n * n,
      leftTaus: n,
      rightTaus: n,
      diagonal: n,
      off: n,
      products: n,
      u: vectors ? n * m : 0,
      v: vectors ? n * n : 0,
    }
    const arrays = Object.keys(sizes).map((_, i) => r.scratch(i, dtype))
    const [work, left, right, leftTaus, rightTaus, diagonals, off, products, u, v] = arrays
    if (!(work && left && right && leftTaus && rightTaus && diagonals && off && products && u && v))
      return { params: {}, scratch: [], phases: [] }
    const phase = r.phase(count, 20 * m * n * n, round => {
      const in2 = (rows: number, width: number) => (row: Term, column: Term) => r.add(r.mul(r.add(r.mul(round, rows), row), width), column)
      const [entry, long, square] = [in2(m, n), in2(n, m), in2(n, n)]
      const one = (i: Term): Term => r.add(r.mul(round, n), i)
      const [i, j, k, counter] = [r.local(), r.local(), r.local(), r.local()]
      const [greatest, factor, value] = [r.local(dtype), r.local(dtype), r.local(dtype)]
      const fill = [
        r.set(greatest, number(0)),
        r.loop(i, 0, m, [r.loop(j, 0, n, greatestOf(greatest, r.scalar('abs', dtype, r.load(from, entry(i, j)))))]),
        ...scaleFor(dtype, factor, greatest),
        r.loop(i, 0, m, [r.across(n, [work, entry(i, zero), r.eachMul(r.along(from, entry(i, zero)), factor)])]),
      ]
      const [onLeft, onRight] = [
        { tau: r.local(dtype), beta: r.local(dtype) },
        { tau: r.local(dtype), beta: r.local(dtype) },
      ]
      const after = r.add(k, 1)
      const rest = r.sub(n, after)
      /** Row i loses tau · v_i · w, where w is the sum of v_i · row i. */
      const reflectRow = [
        r.set(value, r.mul(onLeft.tau, r.load(left, long(k, i)))),
        r.across(rest, [work, entry(i, after), r.eachSub(r.along(work, entry(i, after)), r.eachMul(value, r.along(products, one(after))))]),
      ]
      const column = [
        r.loop(i, k, m, [r.store(left, long(k, i), r.load(work, entry(i, k)))]),
        ...reflector(dtype, left, long(k, k), r.sub(m, k), onLeft),
        r.store(leftTaus, one(k), onLeft.tau),
        r.store(diagonals, one(k), onLeft.beta),
        r.loop(j, after, n, [r.store(products, one(j), number(0))]),
        ...plusProducts({
          to: products,
          place: one(after),
          from: work,
          count: rest,
          counter,
          first: k,
          until: m,
          factor: row => r.load(left, long(k, row)),
          row: row => entry(row, after),
        }),
        r.set(i, k),
        ...reflectRow,
        r.set(onRight.tau, number(0)),
        r.when(r.less(after, n), [
          r.copy(right, square(k, after), work, entry(k, after), rest),
          ...reflector(dtype, right, square(k, after), rest, onRight),
          r.store(off, one(k), onRight.beta),
        ]),
        r.store(rightTaus, one(k), onRight.tau),
        r.loop(i, after, m, [
          ...reflectRow,
          r.when(
            r.less(after, n),
            reflect(dtype, { array: work, place: entry(i, after) }, { array: right, place: square(k, after) }, rest, onRight.tau),
          ),
        ]),
      ]
      const bases = vectors
        ? [
            ...formRows(u, r.mul(round, n * m), n, {
              dtype,
              vectors: left,
              vectorsAt: r.mul(round, n * m),
              taus: leftTaus,
              tausAt: r.mul(round, n),
              count: n,
              offset: 0,
              width: m,
            }),
            ...formRows(v, r.mul(round, n * n), n, {
              dtype,
              vectors: right,
              vectorsAt: r.mul(round, n * n),
              taus: rightTaus,
              tausAt: r.mul(round, n),
              count: Math.max(0, n - 1),
              offset: 1,
              width: n,
            }),
          ]
        : []
      const failed = r.local()
      const steps = bidiagonalSteps({
        n,
        diagonal: row => ({ array: diagonals, at: one(row) }),
        off: row => ({ array: off, at: one(row) }),
        failed,
        turnLeft: (row, c, s) => (vectors ? [rotate(u, long(row, zero), long(r.add(row, 1), zero), m, c, s)] : []),
        turnRight: (row, c, s) => (vectors ? [rotate(v, square(row, zero), square(r.add(row, 1), zero), n, c, s)] : []),
      })
      const most = r.local()
      const d = (row: Term): Term => r.load(diagonals, one(row))
      const signs = r.loop(i, 0, n, [
        ...(vectors
          ? [r.when(r.less(d(i), number(0)), [r.across(n, [v, square(i, zero), r.eachMul(r.along(v, square(i, zero)), number(-1))])])]
          : []),
        r.store(diagonals, one(i), r.scalar('abs', dtype, d(i))),
      ])
      const sorted = r.loop(i, 0, n, [
        r.set(most, i),
        r.loop(j, r.add(i, 1), n, [r.when(r.less(d(most), d(j)), [r.set(most, j)])]),
        r.when(r.notEqual(most, i), [
          r.set(value, d(i)),
          r.store(diagonals, one(i), d(most)),
          r.store(diagonals, one(most), value),
          ...(vectors ? [exchange(u, long(i, zero), long(most, zero), m), exchange(v, square(i, zero), square(most, zero), n)] : []),
        ]),
        ...(vectors ? orient(dtype, v, square(i, zero), n, [{ array: u, place: long(i, zero), count: m }]) : []),
        r.store(singular, one(i), r.div(d(i), factor)),
      ])
      const nan = number(Number.NaN)
      const filled = [
        r.loop(i, 0, n, [r.store(singular, one(i), nan)]),
        ...(vectors
          ? [
              r.loop(i, 0, m, [r.loop(j, 0, n, [r.store(outU, entry(i, j), nan)])]),
              r.loop(i, 0, n, [r.loop(j, 0, n, [r.store(outV, square(i, j), nan)])]),
            ]
          : []),
      ]
      const written = vectors
        ? [
            r.loop(i, 0, m, [r.loop(j, 0, n, [r.store(outU, entry(i, j), r.load(u, long(j, i)))])]),
            r.copy(outV, square(zero, zero), v, square(zero, zero), n * n),
          ]
        : []
      return [
        ...fill,
        r.set(failed, r.equal(r.less(greatest, number(Number.POSITIVE_INFINITY)), 0)),
        r.when(failed, [], [r.loop(k, 0, n, column), ...bases, ...steps]),
        r.when(failed, filled, [signs, sorted, ...written]),
      ]
    })
    return {
      params: { count, m, n, vectors: Number(vectors) },
      scratch: Object.values(sizes).map(length => ({ dtype, length: count * length })),
      phases: n === 0 ? [] : [phase],
    }
  }
  return { kind: 'routine', name: vectors ? 'svd' : 'singularValues', body }
}
