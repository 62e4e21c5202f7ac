/**
 * `solve`: the matrix x for which a x = b.
 *
 *   a '… n n', b '… n k'  →  '… n k'
 *
 * A singular a gives infinities or NaN, by division by a pivot of 0.
 * Gradient: to b: c = a⁻ᵀ ct, solved as x was. To a: -c xᵀ. So a derivative costs one more factorisation, and not the derivative of one.
 * Numerics: by `lu` and two triangular solves, all in the dtype.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 3.4.3.
 */
import type { Operand } from '../../program/index.js'
import { type Aval, at, fail, sizeOf, type Value } from '../../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../../trace/index.js'
import { callOf } from '../family/call.js'
import { checkSameDType, type None, none } from '../family/elementwise.js'
import { real } from '../family/sample.js'
import { gather } from '../gather.js'
import { neg } from '../neg.js'
import { lead } from '../sum.js'
import { definite } from './definite.js'
import { luLoops, luOf, rowsOf } from './lu.js'
import { besideOne, product, squareOf, transposed } from './matrices.js'
import { triangularLoops, triangularSolve } from './triangular-solve.js'

const unitLower = { lower: true, unit: true }
const upper = { lower: false, unit: false }

const shape = (a: Aval, b: Aval): Aval => {
  const { batch, rows } = squareOf('solve', a)
  checkSameDType('solve', a, b)
  const fits = b.sizes.length === a.sizes.length && [...batch, rows].every((size, axis) => size === b.sizes[axis])
  return fits
    ? { sizes: b.sizes, dtype: b.dtype }
    : fail({ _tag: 'ShapeError', detail: `solve: '${a.sizes.join(' ')}' and '${b.sizes.join(' ')}' do not fit` })
}

/** The solution by the factors of a: its rows in their new order, then the two triangles. */
export const solveFactored = (lu: Value, order: Value, b: Value): Value =>
  triangularSolve(lu, triangularSolve(lu, gather(b, order, rowsOf(b)), unitLower), upper)

export const solvePrimitive: Primitive<None> = primitive<readonly [Value, Value], None>({
  name: 'solve',
  arity: 2,
  samples: [
    { params: none, inputs: [definite([3, 3]), real([3, 2])] },
    { params: none, inputs: [definite([2, 1, 1]), real([2, 1, 2])] },
  ],
  shape: ([a, b]) => shape(a, b),
  vjp: ([a], _, x) => [ct => neg(product(solve(transposed(a), ct), transposed(x))), ct => solve(transposed(a), ct)],
  jvp: ([a], [da, db], _, x) => [...(db ? [solve(a, db)] : []), ...(da ? [neg(solve(a, product(da, x)))] : [])],
  batch: ([a, b], [aBatched, bBatched], _, size) =>
    perExample(aBatched ? solve(a, lead(b, bBatched, size)) : besideOne(b, columns => solve(a, columns))),
  evaluate: ([a, b]) => {
    const [lu, , order] = luLoops(a)
    const n = at(a.sizes, a.sizes.length - 1)
    const width = at(b.sizes, b.sizes.length - 1)
    const count = sizeOf(a.sizes.slice(0, -2))
    const rows = b.data.slice()
    for (let row = 0; row < count * n; row += 1) {
      const from = (Math.floor(row / n) * n + at(order, row)) * width
      rows.set(b.data.subarray(from, from + width), row * width)
    }
    const factors: Operand = { ...a, data: lu }
    const below = triangularLoops(factors, { ...b, data: rows }, unitLower)
    return triangularLoops(factors, { ...b, data: below }, upper)
  },
  lower: inputs =>
    callOf((a: Value, b: Value) => {
      const [lu, , order] = luOf(a)
      return solveFactored(lu, order, b)
    }, inputs),
  uniform: 'no',
})

export const solve = (a: Value, b: Value): Value => apply(solvePrimitive.of(none), a, b)
