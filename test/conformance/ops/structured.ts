/** PyTorch's reductions, products, rearrangements, normalisations and attention, from this library's operations. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { padWith } from '../../../src/primitives/index.js'
import { typed } from '../../../src/tensor/index.js'
import type { Scalar } from '../../../src/transform/index.js'
import { grad, jvp } from '../../../src/transform/index.js'
import { tensorOf } from '../files.js'
import { argument, named, number, type Real, type Rule, rule, run1, run2, run3 } from './run.js'

/** Over one axis, or over all where there is none. */
const reductions: { readonly [name: string]: (axis: number | undefined) => (x: Real) => Real } = {
  sum: axis => o.sum(axis),
  mean: axis => o.mean(axis),
  max: axis => o.max(axis),
  min: axis => o.min(axis),
  prod: axis => o.prod(axis),
  logsumexp: axis => o.logSumExp(axis),
  'variance (biased)': axis => o.variance(axis),
  'variance (unbiased)': axis => o.variance(axis, { correction: 1 }),
  'std (biased)': axis => o.std(axis),
  'std (unbiased)': axis => o.std(axis, { correction: 1 }),
  norm1: axis => o.norm(axis, { ord: 1 }),
  norm2: axis => o.norm(axis),
  norm3: axis => o.norm(axis, { ord: 3 }),
  norminf: axis => o.norm(axis, { ord: Number.POSITIVE_INFINITY }),
  // Of two middle entries PyTorch takes the lower one.
  median: axis => o.quantile(0.5)(axis, { method: 'lower' }),
  nansum: axis => o.nanSum(axis),
  nanmean: axis => o.nanMean(axis),
}

const along: { readonly [name: string]: (axis: number) => (x: Real) => Real } = {
  sort: axis => o.sort(axis),
  cumsum: axis => o.cumSum(axis),
  cumprod: axis => o.cumProd(axis),
  cummax: axis => o.cumMax(axis),
  cummin: axis => o.cumMin(axis),
  logcumsumexp: axis => o.cumLogSumExp(axis),
  softmax: axis => o.softmax(axis),
  logSoftmax: axis => o.logSoftmax(axis),
}

/** Where a row may look: not at what comes after it. */
const lowerTriangle = (rows: number, columns: number): Real =>
  tensorOf(
    [rows, columns],
    'bool',
    Array.from({ length: rows * columns }, (_, i) => Number(i % columns <= Math.floor(i / columns))),
  )
/** The pattern is the case's, so the compiler does not know it. */
const einsumOf = typed<(pattern: string) => (...xs: readonly Real[]) => Real>(o.einsum)
const text = (sizes: readonly number[]): string => sizes.join(' ')
const last = (x: Real, n: number): number => x.sizes[x.sizes.length - n] ?? 0

/** PyTorch's, where a case does not say another. */
const epsilon = 1e-5
/** (x - mean) / √(variance + ε) over the given axes, kept. */
const normalised = (x: Real, axes: readonly number[]): Real => {
  const keepDims = { keepDims: true }
  return pipe(x, o.sub(o.mean(axes, keepDims)(x)), o.mul(pipe(x, o.variance(axes, keepDims), o.add(epsilon), o.rsqrt)))
}
const affine = (x: Real, scale: Real, shift: Real): Real => pipe(x, o.mul(scale), o.add(shift))

/** Scale and shift for each channel, beside the axes after it. */
const affineByChannel = (x: Real, scale: Real, shift: Real): Real => {
  const column = o.reshape(text([...scale.sizes, ...x.sizes.slice(2).map(() => 1)]))
  return affine(x, column(scale), column(shift))
}
const groupNormalised =
  (groups: number) =>
  (x: Real, scale: Real, shift: Real): Real => {
    const [n = 0, ...rest] = x.sizes
    const grouped = o.reshape(text([n, groups, rest.reduce((a, b) => a * b, 1) / groups]))(x)
    return affineByChannel(pipe(normalised(grouped, [2]), o.reshape(text(x.sizes))), scale, shift)
  }

const scoresOf = (q: Real, k: Real): Real => pipe(q, o.matmul(o.swapAxes(-2, -1)(k)), o.mul(1 / Math.sqrt(last(q, 1))))
const attention = (q: Real, k: Real, v: Real): Real => pipe(scoresOf(q, k), o.softmax(-1), o.matmul(v))
const causalAttention = (q: Real, k: Real, v: Real): Real => {
  const scores = scoresOf(q, k)
  const seen = o.broadcastTo(text(scores.sizes))(lowerTriangle(last(scores, 2), last(scores, 1)))
  return pipe(seen, o.where(scores, Number.NEGATIVE_INFINITY), o.softmax(-1), o.matmul(v))
}

const hessianVector = (w: Real, x: Real, v: Real): Real => {
  const f = (at: Real): Scalar => typed<Scalar>(pipe(w, o.matmul(at), o.tanh, o.square, o.sum()))
  return jvp(grad(f))(x, v)[1]
}

export const structured: readonly Rule[] = [
  ...Object.entries({ ...along, ...reductions }).map(([name, f]) => rule([`${name} axis `, number], axis => run1(f(axis)))),
  ...named({
    ...Object.fromEntries(Object.entries(reductions).map(([name, f]) => [`${name} all`, run1(f(undefined))])),
    matmul: run2((x, y) => pipe(x, o.matmul(y))),
    'matmul batched': run2((x, y) => pipe(x, o.matmul(y))),
    'matmul shared': run2((x, y) => pipe(x, o.matmul(y))),
    matvec: run2((x, y) => pipe(x, o.matmul(y))),
    tril: run1(x => pipe(o.broadcastTo(text(x.sizes))(lowerTriangle(last(x, 2), last(x, 1))), o.where(x, 0))),
    'gather rows (embedding)': run1((x, args) => o.take(argument(args, 'indices', 'int32'), 0)(x)),
    // Over the axes that the scale has.
    layerNorm: run3((x, scale, shift) => affine(normalised(x, x.sizes.map((_, i) => i).slice(-scale.sizes.length)), scale, shift)),
    'batchNorm training': run3((x, scale, shift) =>
      affineByChannel(
        normalised(
          x,
          x.sizes.map((_, i) => i).filter(i => i !== 1),
        ),
        scale,
        shift,
      ),
    ),
    attention: run3(attention),
    'attention causal': run3(causalAttention),
    'hessian-vector: sum(tanh(Wx)^2)': run3(hessianVector),
  }),
  rule(['concat axis ', number], axis => inputs => o.concat(axis)(inputs)),
  rule(['stack axis ', number], axis => inputs => o.stack(axis)(inputs)),
  rule(['flip axis ', number], axis => run1(o.reverse(axis))),
  rule(['groupNorm ', number], groups => run3(groupNormalised(groups))),
  [
    /^einsum (.+)$/,
    (pattern = '') =>
      inputs =>
        einsumOf(pattern)(...inputs),
  ],
  [/^permute ([0-9 ]+)$/, (order = '') => run1(o.permute(order.split(' ').map(Number)))],
  [/^slice \[(.*)\]$/, (pattern = '') => run1(o.slice(pattern))],
  rule(['pad (', number, ',', number, ') on the last axis with 0'], (low, high) =>
    run1(x => {
      const only = (n: number): readonly number[] => x.sizes.map((_, i) => (i === x.sizes.length - 1 ? n : 0))
      return padWith(x, { low: only(low), high: only(high), interior: only(0) })
    }),
  ),
]
