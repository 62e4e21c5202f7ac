/**
 * `eigh`: eigenvalues, ascending, and eigenvectors of symmetric matrices; `eigenvalues` gives the former alone. Only the lower triangle is read; the
 * other one is taken to be its mirror image.
 *
 *   '… n n'  →  w '… n' and v '… n n', whose column i belongs to w_i
 *
 * Of each eigenvector the first entry of at least half the greatest size is positive. The basis of those of equal eigenvalues is what the algorithm
 * gives. A NaN or an infinity gives NaN everywhere.
 * Gradient: v (diag(ct_w) + f ∘ vᵀct_v) vᵀ, where f_ij is 1 / (w_j - w_i), and 0 on the diagonal; by the lower triangle alone. That by
 * eigenvectors of equal eigenvalues is infinite or NaN, as in JAX.
 * Numerics: in float64 for both dtypes, scaled by a power of two. Eigenvalues are off by some roundings of the greatest.
 * Source: eigh-routine.ts.
 */
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, type Value } from '../../tensor/index.js'
import { apply, bind, type Primitive, perExample, primitive, severalPrimitive } from '../../trace/index.js'
import { add } from '../add.js'
import { div } from '../div.js'
import { type None, none } from '../family/elementwise.js'
import { filled } from '../family/filled.js'
import { mul } from '../mul.js'
import { sub } from '../sub.js'
import { broadcastAxes } from '../sum.js'
import { toLower } from './cholesky.js'
import { definite } from './definite.js'
import { eighRoutine, mostSteps } from './eigh-routine.js'
import { identityLike, product, squareOf, transposed } from './matrices.js'
import { dotOf, formed, isTurned, makeReflector, subtract, turned } from './plain.js'
import { plainGreatest, plainScale } from './scaling.js'
import { inDoubles } from './wide.js'

const exactly = (x: number): number => x

/** Diagonal and off-diagonal of the tridiagonal form, and the rows of the basis in which it is that. */
interface Reduced {
  readonly d: number[]
  readonly e: number[]
  readonly basis: Buffer
}

const tridiagonal = (work: Float64Array, n: number): Reduced => {
  const [e, taus]: [number[], number[]] = [[], []]
  for (let k = 0; k + 2 < n; k += 1) {
    const length = n - k - 1
    const row = (i: number) => ({ data: work, start: i * n + k + 1 })
    const v = row(k)
    const { tau, beta } = makeReflector(v, length, exactly)
    taus.push(tau)
    e.push(beta)
    if (tau === 0) continue
    const w = { data: new Float64Array(length), start: 0 }
    for (let i = 0; i < length; i += 1) w.data[i] = tau * dotOf(row(k + 1 + i), v, length, exactly)
    subtract(w, v, length, tau * 0.5 * dotOf(w, v, length, exactly), exactly)
    for (let i = 0; i < length; i += 1) {
      subtract(row(k + 1 + i), w, length, at(work, v.start + i), exactly)
      subtract(row(k + 1 + i), v, length, at(w.data, i), exactly)
    }
  }
  if (n > 1) e.push(at(work, (n - 2) * n + n - 1))
  const d = Array.from({ length: n }, (_, i) => at(work, i * n + i))
  return { d, e, basis: formed(n, n, { vectors: work, taus, offset: 1 }, 'float64') }
}

/** Makes the matrix diagonal by QL steps; gives whether that was possible. */
const diagonalised = ({ d, e, basis }: Reduced): boolean => {
  const n = d.length
  const highOf = (low: number): number => {
    let high = low
    while (high < n - 1 && Math.abs(at(e, high)) > 2 ** -52 * (Math.abs(at(d, high)) + Math.abs(at(d, high + 1)))) high += 1
    return high
  }
  const setE = (i: number, value: number): void => {
    if (i < n - 1) e[i] = value
  }
  for (let low = 0; low < n; low += 1) {
    let steps = 0
    for (let high = highOf(low); high !== low; high = highOf(low)) {
      if (steps >= mostSteps) return false
      steps += 1
      const slope = (at(d, low + 1) - at(d, low)) / (2 * at(e, low))
      const root = Math.sqrt(slope * slope + 1)
      let shift = at(d, high) - at(d, low) + at(e, low) / (slope + (slope < 0 ? -root : root))
      let [s, c, p] = [1, 1, 0]
      for (let i = high - 1; i >= low; i -= 1) {
        const [f, b] = [s * at(e, i), c * at(e, i)]
        const length = Math.sqrt(f * f + shift * shift)
        setE(i + 1, length)
        if (length === 0) {
          d[i + 1] = at(d, i + 1) - p
          setE(high, 0)
          break
        }
        s = f / length
        c = shift / length
        shift = at(d, i + 1) - p
        const difference = (at(d, i) - shift) * s + 2 * (c * b)
        p = s * difference
        d[i + 1] = shift + p
        shift = c * difference - b
        turned(basis, (i + 1) * n, i * n, n, c, s)
        if (i === low) {
          d[low] = at(d, low) - p
          setE(low, shift)
          setE(high, 0)
        }
      }
    }
  }
  return true
}

const loops = (a: Operand): readonly [w: Buffer, v: Buffer] => {
  const { count, rows: n } = squareOf('eigh', a)
  const [w, v] = [allocate(a.dtype, count * n), allocate(a.dtype, count * n * n)]
  for (let matrix = 0; matrix < count; matrix += 1) {
    const entry = (i: number, j: number): number => at(a.data, (matrix * n + i) * n + j)
    let greatest = 0
    for (let i = 0; i < n; i += 1) for (let j = 0; j <= i; j += 1) greatest = plainGreatest(greatest, Math.abs(entry(i, j)))
    const factor = plainScale(greatest, 'float64')
    const work = new Float64Array(n * n)
    for (let i = 0; i < n; i += 1)
      for (let j = 0; j <= i; j += 1) {
        const value = entry(i, j) * factor
        work[i * n + j] = value
        work[j * n + i] = value
      }
    const reduced = greatest < Number.POSITIVE_INFINITY ? tridiagonal(work, n) : undefined
    const found = reduced !== undefined && diagonalised(reduced) ? reduced : undefined
    // Selection, as it exchanges eigenvectors with their eigenvalues, keeps the order in which equal ones were found only in part.
    const order = Array.from({ length: n }, (_, i) => i)
    for (let i = 0; i < n && found !== undefined; i += 1) {
      let least = i
      for (let j = i + 1; j < n; j += 1) if (at(found.d, at(order, j)) < at(found.d, at(order, least))) least = j
      const kept = at(order, i)
      order[i] = at(order, least)
      order[least] = kept
    }
    for (let i = 0; i < n; i += 1) {
      const column = at(order, i)
      w[matrix * n + i] = found === undefined ? Number.NaN : at(found.d, column) / factor
      const vector = found?.basis.subarray(column * n, (column + 1) * n)
      const sign = vector !== undefined && isTurned(vector) ? -1 : 1
      for (let j = 0; j < n; j += 1) v[(matrix * n + j) * n + i] = vector === undefined ? Number.NaN : sign * at(vector, j)
    }
  }
  return [w, v]
}

const shapes = (a: Aval): readonly [Aval, Aval] => {
  const { batch, rows } = squareOf('eigh', a)
  return [
    { sizes: [...batch, rows], dtype: a.dtype },
    { sizes: a.sizes, dtype: a.dtype },
  ]
}

/** A vector repeated as every row of a matrix, or as every column. */
const asRows = (x: Value, like: Aval): Value => broadcastAxes(x, like.sizes, [like.sizes.length - 2])
const asColumns = (x: Value, like: Aval): Value => broadcastAxes(x, like.sizes, [like.sizes.length - 1])

/** 1 / (x_j - x_i) in row i and column j, and 0 on the diagonal. Equal entries give an infinity. */
export const reciprocalGaps = (x: Value, like: Aval): Value => {
  const one = identityLike(like)
  return sub(div(filled(one, 1), add(sub(asRows(x, like), asColumns(x, like)), one)), one)
}

/** A vector on the diagonal of a matrix of zeros. */
export const onDiagonal = (x: Value, like: Aval): Value => mul(asRows(x, like), identityLike(like))

export const eighPrimitive: Primitive<None> = severalPrimitive<readonly [Value], readonly [Value, Value], None>({
  name: 'eigh',
  arity: 1,
  outputs: 2,
  samples: [{ params: none, inputs: [definite([3, 3])] }],
  shape: ([a]) => shapes(a),
  vjp:
    (_, __, [w, v]) =>
    ([ctw, ctv]) => {
      const turnedBack = ctv && mul(reciprocalGaps(w, v), product(transposed(v), ctv))
      const scaled = ctw && onDiagonal(ctw, v)
      const inner = turnedBack && scaled ? add(turnedBack, scaled) : (turnedBack ?? scaled)
      return [inner && toLower(product(product(v, inner), transposed(v)))]
    },
  jvp: 'transpose',
  batch: ([a]) => {
    const [w, v] = eighOf(a)
    return [perExample(w), perExample(v)]
  },
  evaluate: ([a]) => loops(a),
  lower: ([a]) => inDoubles(a, () => eighRoutine(a, true), eighOf),
  uniform: 'no',
})

export const eigenvaluesPrimitive: Primitive<None> = primitive<readonly [Value], None>({
  name: 'eigenvalues',
  arity: 1,
  samples: [{ params: none, inputs: [definite([2, 2, 2])] }],
  shape: ([a]) => shapes(a)[0],
  vjp: ([a]) => [
    ct => {
      const [, v] = eighOf(a)
      return toLower(product(mul(v, asRows(ct, v)), transposed(v)))
    },
  ],
  jvp: 'transpose',
  batch: ([a]) => perExample(eigenvalues(a)),
  evaluate: ([a]) => loops(a)[0],
  lower: ([a]) =>
    inDoubles(
      a,
      () => eighRoutine(a, false),
      x => [eigenvalues(x)],
    ),
  uniform: 'no',
})

export const eighOf = (a: Value): readonly [w: Value, v: Value] => {
  const [w = a, v = a] = bind(eighPrimitive.of(none), [a])
  return [w, v]
}
export const eigenvalues = (a: Value): Value => apply(eigenvaluesPrimitive.of(none), a)
