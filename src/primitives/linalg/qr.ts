/**
 * `qr`: the factors q r of a matrix with at least as many rows as columns, where q has orthonormal columns and r is upper triangular.
 *
 *   '… m n', n ≤ m  →  q '… m c' and r '… c n', where c is n, or m for all columns of q
 *
 * Signs are those of LAPACK: a diagonal entry of r is opposite in sign to the entry that is reflected to it.
 * Gradient, of n columns: with m = r ctᵣᵀ - ct_qᵀ q, s the lower triangle of m and its mirror image: (ct_q + q s) r⁻ᵀ. Where m > n, that of all columns
 * does not exist, for those beyond n are not determined.
 * Numerics: reflectors, in the dtype, of the matrix scaled by a power of two.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 5.2.2; the gradient: S. F. Walter and L. Lehmann, Algorithmic
 * differentiation of linear algebra functions, 2012.
 */
import { type Body, type Routine, routine as r, type Term } from '../../kernel/index.js'
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, fail, type Value } from '../../tensor/index.js'
import { bind, type Primitive, perExample, severalPrimitive } from '../../trace/index.js'
import { add } from '../add.js'
import { neg } from '../neg.js'
import { sub } from '../sub.js'
import { definite } from './definite.js'
import { lowerOf, matricesOf, product, transposed, upperOf } from './matrices.js'
import { formed, makeReflector, reflected } from './plain.js'
import { roundedTo } from './rounded.js'
import { greatestOf, plainGreatest, plainScale, scaleFor } from './scaling.js'
import { blockSize, formRows, reflect, reflector } from './statements.js'
import { triangularSolve } from './triangular-solve.js'

type QrParams = { readonly complete: boolean }

const shapes = (a: Aval, { complete }: QrParams): readonly [Aval, Aval] => {
  const { batch, rows, columns } = matricesOf('qr', a)
  if (rows < columns) return fail({ _tag: 'ShapeError', detail: `qr: '${a.sizes.join(' ')}' has fewer rows than columns` })
  const c = complete ? rows : columns
  return [
    { sizes: [...batch, rows, c], dtype: a.dtype },
    { sizes: [...batch, c, columns], dtype: a.dtype },
  ]
}

/**
 * The columns of a lie by rows in a work array, so that they are gone through in memory. Columns are done in blocks: each is reflected by those before it in
 * its block, and gives a reflector; then the columns that follow are reflected by the whole block.
 */
const routineOf = (a: Aval, { complete }: QrParams): Routine => {
  const body = (): Body => {
    const { dtype } = a
    const { count, rows: m, columns: n } = matricesOf('qr', a)
    const c = complete ? m : n
    const [from, q, upper] = [r.reads(0, dtype), r.writes(0, dtype), r.writes(1, dtype)]
    const [columns, vectors, taus, formedRows] = [r.scratch(0, dtype), r.scratch(1, dtype), r.scratch(2, dtype), r.scratch(3, dtype)]
    const [i, j, k, p, start, end] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const [greatest, factor] = [r.local(dtype), r.local(dtype)]
    const made = { tau: r.local(dtype), beta: r.local(dtype) }
    const phase = r.phase(count, 2 * m * n * c, round => {
      const at2 = (rows: number, width: number) => (row: Term, column: Term) => r.add(r.mul(r.add(r.mul(round, rows), row), width), column)
      const [entry, column, vector, row] = [at2(m, n), at2(n, m), at2(n, m), at2(c, m)]
      const tauAt = (step: Term): Term => r.add(r.mul(round, n), step)
      const zero = r.float(dtype, 0)
      const reflectBy = (step: Term, other: Term) =>
        reflect(
          dtype,
          { array: columns, place: column(other, step) },
          { array: vectors, place: vector(step, step) },
          r.sub(m, step),
          r.load(taus, tauAt(step)),
        )
      return [
        r.set(greatest, zero),
        r.loop(i, 0, m, [r.loop(j, 0, n, greatestOf(greatest, r.scalar('abs', dtype, r.load(from, entry(i, j)))))]),
        ...scaleFor(dtype, factor, greatest),
        r.loop(j, 0, n, [r.loop(i, 0, m, [r.store(columns, column(j, i), r.mul(r.load(from, entry(i, j)), factor))])]),
        r.set(start, 0),
        r.during(r.less(start, n), [
          r.set(end, r.add(start, blockSize)),
          r.when(r.less(n, end), [r.set(end, n)]),
          r.loop(k, start, end, [
            r.loop(p, start, k, reflectBy(p, k)),
            r.copy(vectors, vector(k, k), columns, column(k, k), r.sub(m, k)),
            ...reflector(dtype, vectors, vector(k, k), r.sub(m, k), made),
            r.store(taus, tauAt(k), made.tau),
            r.store(columns, column(k, k), made.beta),
          ]),
          r.loop(j, end, n, [r.loop(p, start, end, reflectBy(p, j))]),
          r.set(start, end),
        ]),
        ...formRows(formedRows, r.mul(round, c * m), c, {
          dtype,
          vectors,
          vectorsAt: r.mul(round, n * m),
          taus,
          tausAt: r.mul(round, n),
          count: n,
          offset: 0,
          width: m,
        }),
        r.loop(i, 0, m, [r.loop(j, 0, c, [r.store(q, r.add(r.mul(r.add(r.mul(round, m), i), c), j), r.load(formedRows, row(j, i)))])]),
        r.loop(i, 0, c, [
          r.loop(j, 0, n, [
            r.set(made.tau, zero),
            r.when(r.operate('lessEqual', i, j), [r.set(made.tau, r.div(r.load(columns, column(j, i)), factor))]),
            r.store(upper, r.add(r.mul(r.add(r.mul(round, c), i), n), j), made.tau),
          ]),
        ]),
      ]
    })
    const length = count * n * m
    return {
      params: { count, m, n, c },
      scratch: [length, length, count * n, count * c * m].map(size => ({ dtype, length: size })),
      phases: [phase],
    }
  }
  return { kind: 'routine', name: 'qr', body }
}

const loops = (a: Operand, { complete }: QrParams): readonly [q: Buffer, r: Buffer] => {
  const { count, rows: m, columns: n } = matricesOf('qr', a)
  const c = complete ? m : n
  const round = roundedTo(a.dtype)
  const [q, upper] = [allocate(a.dtype, count * m * c), allocate(a.dtype, count * c * n)]
  for (let matrix = 0; matrix < count; matrix += 1) {
    const part = a.data.subarray(matrix * m * n, (matrix + 1) * m * n)
    let greatest = 0
    for (const value of part) greatest = plainGreatest(greatest, Math.abs(value))
    const factor = plainScale(greatest, a.dtype)
    const [columns, vectors] = [allocate(a.dtype, n * m), allocate(a.dtype, n * m)]
    const taus: number[] = []
    for (let j = 0; j < n; j += 1) {
      for (let i = 0; i < m; i += 1) columns[j * m + i] = at(part, i * n + j) * factor
      taus.forEach((tau, p) => {
        reflected({ data: columns, start: j * m + p }, { data: vectors, start: p * m + p }, m - p, tau, round)
      })
      vectors.set(columns.subarray(j * m + j, j * m + m), j * m + j)
      const { tau, beta } = makeReflector({ data: vectors, start: j * m + j }, m - j, round)
      taus.push(tau)
      columns[j * m + j] = beta
    }
    const rows = formed(c, m, { vectors, taus, offset: 0 }, a.dtype)
    for (let i = 0; i < m; i += 1) for (let j = 0; j < c; j += 1) q[(matrix * m + i) * c + j] = at(rows, j * m + i)
    for (let i = 0; i < c; i += 1) for (let j = i; j < n; j += 1) upper[(matrix * c + i) * n + j] = at(columns, j * m + i) / factor
  }
  return [q, upper]
}

export const qrPrimitive: Primitive<QrParams> = severalPrimitive<readonly [Value], readonly [Value, Value], QrParams>({
  name: 'qr',
  arity: 1,
  outputs: 2,
  samples: [
    { params: { complete: false }, inputs: [definite([3, 2])] },
    { params: { complete: true }, inputs: [definite([2, 2, 2])] },
  ],
  shape: ([a], params) => shapes(a, params),
  vjp: ([a], { complete }, [q, upper]) => {
    const { rows, columns } = matricesOf('qr', a)
    if (complete && rows > columns)
      return fail({
        _tag: 'ShapeError',
        detail: `qr: the complete factor of '${a.sizes.join(' ')}' has no gradient: its last columns are not determined`,
      })
    return ([ctq, ctr]) => {
      const m = ctr && product(upper, transposed(upperOf(ctr)))
      const forth = ctq && product(transposed(ctq), q)
      const both = m && forth ? sub(m, forth) : (m ?? (forth && neg(forth)))
      if (both === undefined) return [undefined]
      const symmetric = add(lowerOf(both), transposed(lowerOf(both, true)))
      const moved = product(q, symmetric)
      return [transposed(triangularSolve(upper, transposed(ctq ? add(ctq, moved) : moved), { lower: false, unit: false }))]
    }
  },
  jvp: 'transpose',
  batch: ([a], _, params) => {
    const [q, upper] = qrOf(a, params)
    return [perExample(q), perExample(upper)]
  },
  evaluate: ([a], params) => loops(a, params),
  lower: ([a], params) => routineOf(a, params),
  uniform: 'no',
})

/** The factors of matrices with at least as many rows as columns. */
export const qrOf = (a: Value, params: QrParams): readonly [q: Value, r: Value] => {
  const [q = a, upper = a] = bind(qrPrimitive.of(params), [a])
  return [q, upper]
}
