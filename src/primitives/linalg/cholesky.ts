/**
 * `cholesky`: the lower triangular matrix l, with a positive diagonal, for which l lᵀ = a. Only a's lower triangle is read; the other one is taken to
 * be its mirror image.
 *
 *   '… n n'  →  '… n n'
 *
 * Where a is not positive definite, all entries of l on and below the diagonal are NaN, as in JAX.
 * Gradient: with p the lower triangle of lᵀ ct, its diagonal halved, and s = l⁻ᵀ p l⁻¹, the lower triangle of s + sᵀ, its diagonal halved.
 * Numerics: products are subtracted in order, in the dtype.
 * Source: G. H. Golub and C. F. Van Loan, Matrix Computations, 4th edition, 4.2.5; the gradient: I. Murray, Differentiation of the Cholesky
 * decomposition, 2016, equation 10.
 */
import { type Body, type Routine, routine as r, type Statement, type Term } from '../../kernel/index.js'
import { type Aval, at, type Value } from '../../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../../trace/index.js'
import { add } from '../add.js'
import { type None, none } from '../family/elementwise.js'
import { filled } from '../family/filled.js'
import { mul } from '../mul.js'
import { sub } from '../sub.js'
import { definite } from './definite.js'
import { diagonalOf, lowerOf, product, squareOf, transposed } from './matrices.js'
import { roundedTo } from './rounded.js'
import { blockSize, lessProducts } from './statements.js'
import { triangularSolve } from './triangular-solve.js'

/** The lower triangle, its diagonal halved. */
const halved = (x: Value): Value => {
  const lower = lowerOf(x)
  return sub(lower, mul(diagonalOf(lower), filled(lower, 0.5)))
}

/** The gradient by the lower triangle alone, where g is that by both triangles of a symmetric matrix. */
export const toLower = (g: Value): Value => halved(add(g, transposed(g)))

/**
 * The transpose of l is found in the upper triangle, whose rows lie one after another in memory: row i is the mirrored column of a less the products
 * of the rows above. Rows are done in blocks, and those below a block are brought up to date with it.
 */
const routineOf = (a: Aval): Routine => {
  const body = (): Body => {
    const { dtype } = a
    const { count, rows: n } = squareOf('cholesky', a)
    const l = r.writes(0, dtype)
    const [start, end, i, j, counter, failed] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const root = r.local(dtype)
    const phase = r.phase(count, (n * n * n) / 3, round => {
      const place = (row: Term, column: Term): Term => r.add(r.mul(r.add(r.mul(round, n), row), n), column)
      const diagonal = place(i, i)
      const less = (until: Term) =>
        lessProducts({
          to: l,
          place: diagonal,
          from: l,
          count: r.sub(n, i),
          counter,
          first: start,
          until,
          factor: p => r.load(l, place(p, i)),
          row: p => place(p, i),
        })
      const [below, above] = [place(j, i), place(i, j)]
      const pairs = (body: readonly Statement[]): Statement => r.loop(i, 0, n, [r.loop(j, r.add(i, 1), n, body)])
      return [
        pairs([r.store(l, above, r.load(l, below))]),
        r.set(failed, 0),
        r.set(start, 0),
        r.during(r.less(start, n), [
          r.set(end, r.add(start, blockSize)),
          r.when(r.less(n, end), [r.set(end, n)]),
          r.loop(i, start, end, [
            ...less(i),
            r.set(root, r.load(l, diagonal)),
            r.when(r.less(r.float(dtype, 0), root), [], [r.set(failed, 1)]),
            r.set(root, r.scalar('sqrt', dtype, root)),
            r.store(l, diagonal, root),
            r.across(r.sub(r.sub(n, i), 1), [l, r.add(diagonal, 1), r.eachDiv(r.along(l, r.add(diagonal, 1)), root)]),
          ]),
          r.loop(i, end, n, less(end)),
          r.set(start, end),
        ]),
        r.when(failed, [r.loop(i, 0, n, [r.loop(j, i, n, [r.store(l, place(i, j), r.float(dtype, Number.NaN))])])]),
        pairs([r.store(l, below, r.load(l, above)), r.store(l, above, r.float(dtype, 0))]),
      ]
    })
    return { params: { count, n }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'cholesky', onto: 0, body }
}

export const choleskyPrimitive: Primitive<None> = primitive<readonly [Value], None>({
  name: 'cholesky',
  arity: 1,
  samples: [
    { params: none, inputs: [definite([3, 3])] },
    { params: none, inputs: [definite([2, 1, 1])] },
  ],
  shape: ([a]) => {
    squareOf('cholesky', a)
    return { sizes: a.sizes, dtype: a.dtype }
  },
  vjp: (_, __, l) => [
    ct => {
      const upper = transposed(l)
      const p = halved(product(upper, lowerOf(ct)))
      const y = triangularSolve(upper, p, { lower: false, unit: false })
      return toLower(triangularSolve(upper, transposed(y), { lower: false, unit: false }))
    },
  ],
  jvp: (_, [da], __, l) => {
    if (da === undefined) return []
    const lower = lowerOf(da)
    const symmetric = add(lower, transposed(lowerOf(da, true)))
    const y = triangularSolve(l, symmetric, { lower: true, unit: false })
    return [product(l, halved(triangularSolve(l, transposed(y), { lower: true, unit: false })))]
  },
  batch: ([a]) => perExample(cholesky(a)),
  evaluate: ([a]) => {
    const { count, rows: n } = squareOf('cholesky', a)
    const round = roundedTo(a.dtype)
    const l = a.data.slice().fill(0)
    for (let matrix = 0; matrix < count; matrix += 1) {
      const place = (i: number, j: number): number => (matrix * n + i) * n + j
      let failed = false
      for (let j = 0; j < n; j += 1)
        for (let i = j; i < n; i += 1) {
          let value = at(a.data, place(i, j))
          for (let k = 0; k < j; k += 1) value = round(value - round(at(l, place(j, k)) * at(l, place(i, k))))
          if (i === j) {
            failed ||= !(value > 0)
            l[place(j, j)] = Math.sqrt(value)
          } else l[place(i, j)] = value / at(l, place(j, j))
        }
      if (failed) for (let i = 0; i < n; i += 1) l.fill(Number.NaN, place(i, 0), place(i, i + 1))
    }
    return l
  },
  lower: ([a]) => routineOf(a),
  uniform: 'no',
})

export const cholesky = (a: Value): Value => apply(choleskyPrimitive.of(none), a)
