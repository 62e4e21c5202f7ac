/**
 * `lu`: the factorisation with partial pivoting of a, its rows in another order, into l u, where l is lower triangular with ones on its diagonal and
 * u is upper triangular.
 *
 *   '… m n'  →  l without its diagonal, and u, in one matrix '… m n'; the row with which row i was exchanged in step i, '… min(m,n)'; and the
 *   order of the rows, '… m': row i of the product is row order[i] of a. Both are int32.
 *
 * The pivot is the entry of greatest size, the first among equals. A column of zeros leaves a 0 on u's diagonal, and no error.
 * Gradient: with ct by l and u in one matrix, and x the matrix with lower part that of lᵀ ct and upper part that of ct uᵀ: l⁻ᵀ x u⁻ᵀ, its rows
 * put back in their order.
 * Numerics: products are subtracted in order, in the dtype.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 3.4.1; the gradient as in jax.lax.linalg.lu.
 */
import { type Body, type Routine, routine as r, type Term } from '../../kernel/index.js'
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, type Value } from '../../tensor/index.js'
import { bind, type Primitive, perExample, severalPrimitive } from '../../trace/index.js'
import { add } from '../add.js'
import { type None, none } from '../family/elementwise.js'
import { filled } from '../family/filled.js'
import { gather, scatterAdd } from '../gather.js'
import { padAxis, sliceAxis } from '../slice.js'
import { definite } from './definite.js'
import { identityLike, lowerOf, matricesOf, product, transposed, upperOf } from './matrices.js'
import { roundedTo } from './rounded.js'
import { blockSize, exchange, lessProducts } from './statements.js'
import { triangularSolve, triangularSolveRight } from './triangular-solve.js'

const shapes = (a: Aval): readonly [Aval, Aval, Aval] => {
  const { batch, rows, columns } = matricesOf('lu', a)
  return [
    { sizes: a.sizes, dtype: a.dtype },
    { sizes: [...batch, Math.min(rows, columns)], dtype: 'int32' },
    { sizes: [...batch, rows], dtype: 'int32' },
  ]
}

/**
 * Columns are done in blocks. Each of a block's columns gives a pivot, whose row is exchanged from end to end, and brings the columns of the block that
 * follow up to date. Then the rest of the block's rows is brought up to date, and the rows below with them.
 */
const routineOf = (a: Aval): Routine => {
  const body = (): Body => {
    const { dtype } = a
    const { count, rows: m, columns: n } = matricesOf('lu', a)
    const k = Math.min(m, n)
    const [lu, pivots, order] = [r.writes(0, dtype), r.writes(1, 'int32'), r.writes(2, 'int32')]
    const [start, end, i, j, pivot, counter, spare] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const [greatest, value] = [r.local(dtype), r.local(dtype)]
    const phase = r.phase(count, (m * n * k) / 2, round => {
      const row = (row: Term): Term => r.mul(r.add(r.mul(round, m), row), n)
      const entry = (row_: Term, column: Term): Term => r.load(lu, r.add(row(row_), column))
      const orderAt = (row: Term): Term => r.add(r.mul(round, m), row)
      const rest = (until: Term) =>
        lessProducts({
          to: lu,
          place: r.add(row(i), end),
          from: lu,
          count: r.sub(n, end),
          counter,
          first: start,
          until,
          factor: p => entry(i, p),
          row: p => r.add(row(p), end),
        })
      const after = r.add(j, 1)
      const below = r.add(row(i), after)
      const column = [
        r.set(pivot, j),
        r.set(greatest, r.scalar('abs', dtype, entry(j, j))),
        r.loop(i, after, m, [
          r.set(value, r.scalar('abs', dtype, entry(i, j))),
          r.when(r.less(greatest, value), [r.set(greatest, value), r.set(pivot, i)]),
        ]),
        r.store(pivots, r.add(r.mul(round, k), j), pivot),
        r.when(r.notEqual(pivot, j), [
          exchange(lu, row(j), row(pivot), n),
          r.set(spare, r.load(order, orderAt(j))),
          r.store(order, orderAt(j), r.load(order, orderAt(pivot))),
          r.store(order, orderAt(pivot), spare),
        ]),
        r.set(greatest, entry(j, j)),
        r.when(r.notEqual(greatest, r.float(dtype, 0)), [
          r.loop(i, after, m, [
            r.set(value, r.div(entry(i, j), greatest)),
            r.store(lu, r.add(row(i), j), value),
            r.across(r.sub(end, after), [lu, below, r.eachSub(r.along(lu, below), r.eachMul(value, r.along(lu, r.add(row(j), after))))]),
          ]),
        ]),
      ]
      return [
        r.loop(i, 0, m, [r.store(order, orderAt(i), i)]),
        r.set(start, 0),
        r.during(r.less(start, k), [
          r.set(end, r.add(start, blockSize)),
          r.when(r.less(k, end), [r.set(end, k)]),
          r.loop(j, start, end, column),
          r.loop(i, start, end, rest(i)),
          r.loop(i, end, m, rest(end)),
          r.set(start, end),
        ]),
      ]
    })
    return { params: { count, m, n }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'lu', onto: 0, body }
}

/** l '… m m' and u '… n n' of which the last columns and the last rows are those of the identity. */
const factorsOf = (lu: Value): readonly [l: Value, u: Value] => {
  const rank = lu.sizes.length
  const [m, n] = [at(lu.sizes, rank - 2), at(lu.sizes, rank - 1)]
  const k = Math.min(m, n)
  const square = (part: Value, axis: number, high: number): Value => padAxis(part, axis, { low: 0, high, interior: 0 })
  const low = square(lowerOf(sliceAxis(lu, rank - 1, 0, k), true), rank - 1, m - k)
  const high = square(upperOf(sliceAxis(lu, rank - 2, 0, k)), rank - 2, n - k)
  const ends = sliceAxis(identityLike(high), rank - 2, k, n)
  return [add(low, identityLike(low)), add(high, padAxis(ends, rank - 2, { low: k, high: 0, interior: 0 }))]
}

/** Rows of matrices, for `gather`. */
export const rowsOf = (x: Value): { readonly axis: number; readonly batch: number; readonly op: string } => ({
  axis: x.sizes.length - 2,
  batch: x.sizes.length - 2,
  op: 'lu',
})
const unitLower = { lower: true, unit: true }
const upper = { lower: false, unit: false }

export const luLoops = (a: Operand): readonly [lu: Buffer, pivots: Buffer, order: Buffer] => {
  const { count, rows: m, columns: n } = matricesOf('lu', a)
  const k = Math.min(m, n)
  const round = roundedTo(a.dtype)
  const lu = a.data.slice()
  const [pivots, order] = [allocate('int32', count * k), allocate('int32', count * m)]
  for (let matrix = 0; matrix < count; matrix += 1) {
    const place = (i: number, j: number): number => (matrix * m + i) * n + j
    const exchanged = (x: Buffer, first: number, second: number): void => {
      const kept = at(x, first)
      x[first] = at(x, second)
      x[second] = kept
    }
    for (let i = 0; i < m; i += 1) order[matrix * m + i] = i
    for (let step = 0; step < k; step += 1) {
      let pivot = step
      for (let i = step + 1; i < m; i += 1) if (Math.abs(at(lu, place(i, step))) > Math.abs(at(lu, place(pivot, step)))) pivot = i
      pivots[matrix * k + step] = pivot
      if (pivot !== step) {
        for (let j = 0; j < n; j += 1) exchanged(lu, place(step, j), place(pivot, j))
        exchanged(order, matrix * m + step, matrix * m + pivot)
      }
      const divisor = at(lu, place(step, step))
      for (let i = step + 1; i < m && divisor !== 0; i += 1) {
        const factor = round(at(lu, place(i, step)) / divisor)
        lu[place(i, step)] = factor
        for (let j = step + 1; j < n; j += 1) lu[place(i, j)] = at(lu, place(i, j)) - round(factor * at(lu, place(step, j)))
      }
    }
  }
  return [lu, pivots, order]
}

export const luPrimitive: Primitive<None> = severalPrimitive<readonly [Value], readonly [Value, Value, Value], None>({
  name: 'lu',
  arity: 1,
  outputs: 3,
  samples: [
    { params: none, inputs: [definite([2, 2, 2])] },
    { params: none, inputs: [definite([3, 2])] },
    { params: none, inputs: [definite([2, 3])] },
  ],
  shape: ([a]) => shapes(a),
  vjp:
    (_, __, [lu, , order]) =>
    ([ct]) => {
      if (ct === undefined) return [undefined]
      const [l, u] = factorsOf(lu)
      const x = add(lowerOf(product(transposed(l), ct), true), upperOf(product(ct, transposed(u))))
      const right = transposed(triangularSolve(u, transposed(x), upper))
      const rows = triangularSolve(transposed(l), right, { lower: false, unit: true })
      return [scatterAdd(filled(rows, 0), order, rows, rowsOf(rows))]
    },
  jvp: (_, [da], __, [lu, , order]) => {
    if (da === undefined) return [[], [], []]
    const [l, u] = factorsOf(lu)
    const left = triangularSolve(l, gather(da, order, rowsOf(da)), unitLower)
    const x = triangularSolveRight(u, left, upper)
    return [[product(l, lowerOf(x, true)), product(upperOf(x), u)], [], []]
  },
  batch: ([a]) => {
    const [lu, pivots, order] = luOf(a)
    return [perExample(lu), perExample(pivots), perExample(order)]
  },
  evaluate: ([a]) => luLoops(a),
  lower: ([a]) => routineOf(a),
  uniform: 'no',
})

export const luOf = (a: Value): readonly [lu: Value, pivots: Value, order: Value] => {
  const [lu = a, pivots = a, order = a] = bind(luPrimitive.of(none), [a])
  return [lu, pivots, order]
}
