/** The pseudo-inverse, and what is measured by singular values. Untyped. */
import { customJvp } from '../control/index.js'
import {
  abs,
  add,
  castTo,
  div,
  equal,
  filled,
  less,
  maxAxes,
  minAxes,
  mul,
  select,
  sqrt,
  stopGradient,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { product, transposed } from '../primitives/linalg/matrices.js'
import { broadcastAxes } from '../primitives/sum.js'
import { type Float, typed, type Value } from '../tensor/index.js'
import { anySingularValues, anySvd } from './factors.js'

/** What singular values are taken for 0: those of at most so much of the greatest; by default, max(m, n) roundings. */
export const toleranceFor = (a: Value, rtol: number | undefined): number => {
  const unit: { readonly [D in Float]: number } = { float32: 2 ** -23, float64: 2 ** -52 }
  return rtol ?? Math.max(...a.sizes.slice(-2)) * (a.dtype === 'float32' ? unit.float32 : unit.float64)
}

const lastOf = (x: Value): number => x.sizes.length - 1

/** Singular values that count, as a tensor of bools beside s. */
const counted = (s: Value, tolerance: number): Value => {
  const greatest = maxAxes(s, [lastOf(s)])
  const bound = mul(greatest, filled(greatest, tolerance))
  return less(broadcastAxes(bound, s.sizes, [lastOf(s)]), s)
}

export const rankOf = (a: Value, rtol: number | undefined): Value => {
  const s = anySingularValues(a)
  return sumAxes(castTo(counted(s, toleranceFor(a, rtol)), 'int32'), [lastOf(s)])
}

const plainPseudoInverse = (a: Value, rtol: number | undefined): Value => {
  const [u, s, vh] = anySvd(a)
  const counts = counted(s, toleranceFor(a, rtol))
  const one = filled(s, 1)
  // A NaN counts as itself, or it would be taken for 0.
  const inverted = select(equal(s, s), select(counts, div(one, select(counts, s, one)), filled(s, 0)), s)
  const columns = transposed(vh)
  return product(mul(columns, broadcastAxes(inverted, columns.sizes, [lastOf(columns) - 1])), transposed(u))
}

/**
 * The pseudo-inverse with the derivative of G. H. Golub and V. Pereyra, The differentiation of pseudo-inverses, 1973, which goes through no singular
 * vectors: -p da p + p pᵀ daᵀ (1 - a p) + (1 - p a) daᵀ pᵀ p.
 */
export const pseudoInverse = (a: Value, rtol: number | undefined): Value => {
  const rule = (x: Value, t: Value): readonly [Value, Value] => {
    const p = pseudoInverse(x, rtol)
    const [pt, tt] = [transposed(p), transposed(t)]
    const first = product(product(p, t), p)
    const left = product(product(p, pt), sub(tt, product(product(tt, x), p)))
    const right = product(sub(tt, product(product(p, x), tt)), product(pt, p))
    return [p, sub(add(left, right), first)]
  }
  const f = typed<(x: Value) => Value>(
    typed<(...parts: readonly unknown[]) => unknown>(customJvp)((x: Value) => plainPseudoInverse(x, rtol), rule),
  )
  return f(a)
}

/** The ratio of the greatest singular value to the smallest. */
export const conditionOf = (a: Value): Value => {
  const s = anySingularValues(a)
  return div(maxAxes(s, [lastOf(s)]), minAxes(s, [lastOf(s)]))
}

/** Norms of matrices by name: sums of columns or rows, or singular values. */
export const matrixNorms = {
  fro: (a: Value): Value => {
    // Squares of scaled numbers neither overflow nor vanish; a norm is homogeneous, so the scale is held constant in derivatives.
    const axes = [lastOf(a) - 1, lastOf(a)]
    const greatest = stopGradient(maxAxes(abs(a), axes))
    const scale = select(less(filled(greatest, 0), greatest), greatest, filled(greatest, 1))
    const scaled = div(a, broadcastAxes(scale, a.sizes, axes))
    return mul(sqrt(sumAxes(mul(scaled, scaled), axes)), scale)
  },
  nuc: (a: Value): Value => {
    const s = anySingularValues(a)
    return sumAxes(s, [lastOf(s)])
  },
  '1': (a: Value): Value => over(a, 'columns', maxAxes),
  '-1': (a: Value): Value => over(a, 'columns', minAxes),
  Infinity: (a: Value): Value => over(a, 'rows', maxAxes),
  '-Infinity': (a: Value): Value => over(a, 'rows', minAxes),
  '2': (a: Value): Value => over2(a, maxAxes),
  '-2': (a: Value): Value => over2(a, minAxes),
} as const

const over = (a: Value, sumsOf: 'columns' | 'rows', extreme: (x: Value, axes: readonly number[]) => Value): Value => {
  const last = lastOf(a)
  return extreme(sumAxes(abs(a), [sumsOf === 'columns' ? last - 1 : last]), [last - 1])
}
const over2 = (a: Value, extreme: (x: Value, axes: readonly number[]) => Value): Value => {
  const s = anySingularValues(a)
  return extreme(s, [lastOf(s)])
}
