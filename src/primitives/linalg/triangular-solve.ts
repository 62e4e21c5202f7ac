/**
 * `triangularSolve`: the matrix x for which a x = b, where a is triangular. Only the triangle that counts is read, and not its diagonal where
 * that is taken to be 1.
 *
 *   a '… n n', b '… n k'  →  '… n k'
 *
 * Gradient: to b: c = a⁻ᵀ ct. To a: the triangle of -c xᵀ.
 * Numerics: each entry is b less the products in the order in which the rows are found, divided by the diagonal; all in the dtype. A diagonal
 * entry of 0 gives infinities or NaN, by division.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 3.1.3, by rows.
 */
import { type Body, type Routine, routine as r, type Term } from '../../kernel/index.js'
import type { Operand } from '../../program/index.js'
import { type Aval, at, type Buffer, fail, type Value } from '../../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../../trace/index.js'
import { checkSameDType } from '../family/elementwise.js'
import { real } from '../family/sample.js'
import { neg } from '../neg.js'
import { lead } from '../sum.js'
import { definite } from './definite.js'
import { besideOne, lowerOf, product, squareOf, transposed, upperOf } from './matrices.js'
import { roundedTo } from './rounded.js'
import { blockSize, lessProducts } from './statements.js'

export type TriangleParams = { readonly lower: boolean; readonly unit: boolean }

const shape = (a: Aval, b: Aval): Aval => {
  const { batch, rows } = squareOf('triangularSolve', a)
  checkSameDType('triangularSolve', a, b)
  const fits = b.sizes.length === a.sizes.length && [...batch, rows].every((size, axis) => size === b.sizes[axis])
  return fits
    ? { sizes: b.sizes, dtype: b.dtype }
    : fail({ _tag: 'ShapeError', detail: `triangularSolve: '${a.sizes.join(' ')}' and '${b.sizes.join(' ')}' do not fit` })
}

/** Step t finds row t, or row n - 1 - t of an upper triangle. Rows are done in blocks; what is below a block is brought up to date with it. */
const routineOf = (a: Aval, b: Aval, { lower, unit }: TriangleParams): Routine => {
  const body = (): Body => {
    const { dtype } = b
    const { count, rows: n } = squareOf('triangularSolve', a)
    const k = at(b.sizes, b.sizes.length - 1)
    const [matrix, x] = [r.reads(0, dtype), r.writes(0, dtype)]
    const [start, end, t, counter] = [r.local(), r.local(), r.local(), r.local()]
    const found = (step: Term): Term => (lower ? step : r.sub(n - 1, step))
    const phase = r.phase(count, (n * n * k) / 2, round => {
      const entry = (i: Term, j: Term): Term => r.load(matrix, r.add(r.mul(r.add(r.mul(round, n), i), n), j))
      const row = (i: Term): Term => r.mul(r.add(r.mul(round, n), i), k)
      const less = (until: Term) =>
        lessProducts({
          to: x,
          place: row(found(t)),
          from: x,
          count: k,
          counter,
          first: start,
          until,
          factor: i => entry(found(t), found(i)),
          row: i => row(found(i)),
        })
      const divided = r.across(k, [x, row(found(t)), r.eachDiv(r.along(x, row(found(t))), entry(found(t), found(t)))])
      return [
        r.set(start, 0),
        r.during(r.less(start, n), [
          r.set(end, r.add(start, blockSize)),
          r.when(r.less(n, end), [r.set(end, n)]),
          r.loop(t, start, end, [...less(t), ...(unit ? [] : [divided])]),
          r.loop(t, end, n, less(end)),
          r.set(start, end),
        ]),
      ]
    })
    return { params: { count, n, k }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'triangularSolve', onto: 1, body }
}

export const triangularLoops = (a: Operand, b: Operand, { lower, unit }: TriangleParams): Buffer => {
  const { count, rows: n } = squareOf('triangularSolve', a)
  const k = at(b.sizes, b.sizes.length - 1)
  const round = roundedTo(b.dtype)
  const x = b.data.slice()
  for (let matrix = 0; matrix < count; matrix += 1)
    for (let step = 0; step < n; step += 1) {
      const i = lower ? step : n - 1 - step
      const row = (matrix * n + i) * n
      for (let column = 0; column < k; column += 1) {
        const place = (matrix * n + i) * k + column
        let value = at(x, place)
        for (let before = 0; before < step; before += 1) {
          const j = lower ? before : n - 1 - before
          value = round(value - round(at(a.data, row + j) * at(x, (matrix * n + j) * k + column)))
        }
        x[place] = unit ? value : value / at(a.data, row + i)
      }
    }
  return x
}

export const triangularSolvePrimitive: Primitive<TriangleParams> = primitive<readonly [Value, Value], TriangleParams>({
  name: 'triangularSolve',
  arity: 2,
  samples: [
    { params: { lower: true, unit: false }, inputs: [definite([3, 3]), real([3, 2])] },
    { params: { lower: false, unit: false }, inputs: [definite([2, 2, 2]), real([2, 2, 1])] },
    { params: { lower: false, unit: true }, inputs: [real([2, 2]), real([2, 3])] },
    { params: { lower: true, unit: true }, inputs: [real([0, 0]), real([0, 2])] },
  ],
  shape: ([a, b]) => shape(a, b),
  vjp: ([a], params, x) => [ct => toMatrix(solveBack(a, ct, params), x, params), ct => solveBack(a, ct, params)],
  jvp: ([a], [da, db], params, x) => [
    ...(db ? [triangularSolve(a, db, params)] : []),
    ...(da ? [neg(triangularSolve(a, product(triangle(da, params), x), params))] : []),
  ],
  batch: ([a, b], [aBatched, bBatched], params, size) =>
    perExample(
      aBatched ? triangularSolve(a, lead(b, bBatched, size), params) : besideOne(b, columns => triangularSolve(a, columns, params)),
    ),
  evaluate: ([a, b], params) => triangularLoops(a, b, params),
  lower: ([a, b], params) => routineOf(a, b, params),
  uniform: 'no',
})

/** The part of a matrix that is read. */
const triangle = (x: Value, { lower, unit }: TriangleParams): Value => (lower ? lowerOf(x, unit) : upperOf(x, unit))
const solveBack = (a: Value, ct: Value, { lower, unit }: TriangleParams): Value =>
  triangularSolve(transposed(a), ct, { lower: !lower, unit })
const toMatrix = (c: Value, x: Value, params: TriangleParams): Value => triangle(neg(product(c, transposed(x))), params)

export const triangularSolve = (a: Value, b: Value, params: TriangleParams): Value => apply(triangularSolvePrimitive.of(params), a, b)

/** The matrix x for which x a = b. */
export const triangularSolveRight = (a: Value, b: Value, { lower, unit }: TriangleParams): Value =>
  transposed(triangularSolve(transposed(a), transposed(b), { lower: !lower, unit }))
