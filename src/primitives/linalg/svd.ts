/**
 * `svd`: the factors u diag(s) vᵀ of a matrix with at least as many rows as columns, where u and v have orthonormal columns and s descends from the
 * greatest singular value; `singularValues` gives s alone.
 *
 *   '… m n', n ≤ m  →  u '… m n', s '… n', and vᵀ '… n n'
 *
 * Of each row of vᵀ the first entry of at least half the greatest size is positive. The bases of those of equal singular values are what the
 * algorithm gives. A NaN or an infinity gives NaN everywhere.
 * Gradient: with p = uᵀct_u, q = vᵀct_v, f_ij = 1 / (s_j² - s_i²) and 0 on the diagonal:
 *   u [f ∘ (p - pᵀ) s + s f ∘ (q - qᵀ) + diag(ct_s)] vᵀ + (ct_u - u p) s⁻¹ vᵀ.
 * That by singular vectors of equal singular values is infinite or NaN, as in JAX; where a singular value is 0, s⁻¹ is 0.
 * Numerics: in float64 for both dtypes, scaled by a power of two. Singular values are off by some roundings of the greatest.
 * Source: svd-routine.ts; the gradient: J. Townsend, Differentiating the singular value decomposition, 2016.
 */
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, fail, type Value } from '../../tensor/index.js'
import { apply, bind, type Primitive, perExample, primitive, severalPrimitive } from '../../trace/index.js'
import { add } from '../add.js'
import { castTo } from '../cast.js'
import { equal } from '../compare.js'
import { div } from '../div.js'
import { type None, none } from '../family/elementwise.js'
import { filled } from '../family/filled.js'
import { mul } from '../mul.js'
import { sub } from '../sub.js'
import { broadcastAxes } from '../sum.js'
import { madeDiagonal } from './bidiagonal.js'
import { definite } from './definite.js'
import { onDiagonal, reciprocalGaps } from './eigh.js'
import { matricesOf, product, transposed } from './matrices.js'
import { formed, isTurned, makeReflector, reflected, subtract, turned } from './plain.js'
import { plainGreatest, plainScale } from './scaling.js'
import { svdRoutine } from './svd-routine.js'
import { inDoubles } from './wide.js'

const exactly = (x: number): number => x

const shapes = (a: Aval): readonly [u: Aval, s: Aval, v: Aval] => {
  const { batch, rows, columns } = matricesOf('svd', a)
  if (rows < columns) return fail({ _tag: 'ShapeError', detail: `svd: '${a.sizes.join(' ')}' has fewer rows than columns` })
  return [
    { sizes: a.sizes, dtype: a.dtype },
    { sizes: [...batch, columns], dtype: a.dtype },
    { sizes: [...batch, columns, columns], dtype: a.dtype },
  ]
}

/** One matrix, scaled, as d and e of its bidiagonal form and the columns of both bases as rows. */
const bidiagonal = (work: Float64Array, m: number, n: number) => {
  const [left, right] = [new Float64Array(n * m), new Float64Array(n * n)]
  const [d, e, leftTaus, rightTaus]: [number[], number[], number[], number[]] = [[], [], [], []]
  for (let k = 0; k < n; k += 1) {
    const rest = n - k - 1
    for (let i = k; i < m; i += 1) left[k * m + i] = at(work, i * n + k)
    const onLeft = makeReflector({ data: left, start: k * m + k }, m - k, exactly)
    leftTaus.push(onLeft.tau)
    d.push(onLeft.beta)
    const row = (i: number) => ({ data: work, start: i * n + k + 1 })
    const sum = { data: new Float64Array(rest), start: 0 }
    for (let i = k; i < m; i += 1) subtract(sum, row(i), rest, -at(left, k * m + i), exactly)
    for (let i = k; i < m; i += 1) subtract(row(i), sum, rest, onLeft.tau * at(left, k * m + i), exactly)
    if (rest === 0) continue
    const direction = { data: right, start: k * n + k + 1 }
    right.set(work.subarray(k * n + k + 1, k * n + n), direction.start)
    const onRight = makeReflector(direction, rest, exactly)
    rightTaus.push(onRight.tau)
    e.push(onRight.beta)
    for (let i = k + 1; i < m; i += 1) reflected(row(i), direction, rest, onRight.tau, exactly)
  }
  const u = formed(n, m, { vectors: left, taus: leftTaus, offset: 0 }, 'float64')
  const v = formed(n, n, { vectors: right, taus: rightTaus, offset: 1 }, 'float64')
  return { d, e, u, v }
}

const loops = (a: Operand): readonly [u: Buffer, s: Buffer, v: Buffer] => {
  const { count, rows: m, columns: n } = matricesOf('svd', a)
  const [u, s, v] = [allocate(a.dtype, count * m * n), allocate(a.dtype, count * n), allocate(a.dtype, count * n * n)]
  for (let matrix = 0; matrix < count; matrix += 1) {
    const part = a.data.subarray(matrix * m * n, (matrix + 1) * m * n)
    let greatest = 0
    for (const value of part) greatest = plainGreatest(greatest, Math.abs(value))
    const factor = plainScale(greatest, 'float64')
    const form =
      greatest < Number.POSITIVE_INFINITY
        ? bidiagonal(
            Float64Array.from(part, value => value * factor),
            m,
            n,
          )
        : undefined
    const found =
      form !== undefined &&
      madeDiagonal(
        form.d,
        form.e,
        (i, c, sine) => turned(form.u, i * m, (i + 1) * m, m, c, sine),
        (i, c, sine) => turned(form.v, i * n, (i + 1) * n, n, c, sine),
      )
        ? form
        : undefined
    const sizeOf = (i: number): number => Math.abs(at(found?.d ?? [], i))
    const order = Array.from({ length: n }, (_, i) => i)
    for (let i = 0; i < n && found !== undefined; i += 1) {
      let most = i
      for (let j = i + 1; j < n; j += 1) if (sizeOf(at(order, j)) > sizeOf(at(order, most))) most = j
      const kept = at(order, i)
      order[i] = at(order, most)
      order[most] = kept
    }
    for (let i = 0; i < n; i += 1) {
      const column = at(order, i)
      const negative = found !== undefined && at(found.d, column) < 0 ? -1 : 1
      const direction = found?.v.subarray(column * n, (column + 1) * n).map(value => negative * value)
      const sign = direction !== undefined && isTurned(direction) ? -1 : 1
      s[matrix * n + i] = found === undefined ? Number.NaN : sizeOf(column) / factor
      for (let j = 0; j < m; j += 1) u[(matrix * m + j) * n + i] = found === undefined ? Number.NaN : sign * at(found.u, column * m + j)
      for (let j = 0; j < n; j += 1) v[(matrix * n + i) * n + j] = direction === undefined ? Number.NaN : sign * at(direction, j)
    }
  }
  return [u, s, v]
}

/** 1 / x, and 0 where x is 0. */
const reciprocal = (x: Value): Value => {
  const isZero = castTo(equal(x, filled(x, 0)), x.dtype)
  return sub(div(filled(x, 1), add(x, isZero)), isZero)
}

/** The columns of a matrix, each multiplied by an entry of a vector; and the rows. */
const timesColumns = (x: Value, by: Value): Value => mul(x, broadcastAxes(by, x.sizes, [x.sizes.length - 2]))
const timesRows = (x: Value, by: Value): Value => mul(x, broadcastAxes(by, x.sizes, [x.sizes.length - 1]))
const skew = (x: Value): Value => sub(x, transposed(x))

export const svdPrimitive: Primitive<None> = severalPrimitive<readonly [Value], readonly [Value, Value, Value], None>({
  name: 'svd',
  arity: 1,
  outputs: 3,
  samples: [{ params: none, inputs: [definite([3, 2])] }],
  shape: ([a]) => shapes(a),
  vjp:
    (_, __, [u, s, vt]) =>
    ([ctu, cts, ctv]) => {
      const gaps = reciprocalGaps(mul(s, s), vt)
      const p = ctu && product(transposed(u), ctu)
      const inner = [
        ...(p ? [timesColumns(mul(gaps, skew(p)), s)] : []),
        ...(ctv ? [timesRows(mul(gaps, skew(product(vt, transposed(ctv)))), s)] : []),
        ...(cts ? [onDiagonal(cts, vt)] : []),
      ]
      const [first, ...others] = inner
      if (first === undefined) return [undefined]
      const within = product(u, others.reduce(add, first))
      const beyond = ctu && p && timesColumns(sub(ctu, product(u, p)), reciprocal(s))
      return [product(beyond ? add(within, beyond) : within, vt)]
    },
  jvp: 'transpose',
  batch: ([a]) => {
    const [u, s, vt] = svdOf(a)
    return [perExample(u), perExample(s), perExample(vt)]
  },
  evaluate: ([a]) => loops(a),
  lower: ([a]) => inDoubles(a, () => svdRoutine(a, true), svdOf),
  uniform: 'no',
})

export const singularValuesPrimitive: Primitive<None> = primitive<readonly [Value], None>({
  name: 'singularValues',
  arity: 1,
  samples: [{ params: none, inputs: [definite([2, 2, 1])] }],
  shape: ([a]) => shapes(a)[1],
  vjp: ([a]) => [
    ct => {
      const [u, , vt] = svdOf(a)
      return product(timesColumns(u, ct), vt)
    },
  ],
  jvp: 'transpose',
  batch: ([a]) => perExample(singularValues(a)),
  evaluate: ([a]) => loops(a)[1],
  lower: ([a]) =>
    inDoubles(
      a,
      () => svdRoutine(a, false),
      x => [singularValues(x)],
    ),
  uniform: 'no',
})

/** The factors of matrices with at least as many rows as columns. */
export const svdOf = (a: Value): readonly [u: Value, s: Value, vt: Value] => {
  const [u = a, s = a, vt = a] = bind(svdPrimitive.of(none), [a])
  return [u, s, vt]
}
export const singularValues = (a: Value): Value => apply(singularValuesPrimitive.of(none), a)
