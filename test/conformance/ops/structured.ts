/** PyTorch's reductions, products, rearrangements, normalisations and attention, from this library's operations. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { padWith } from '../../../src/primitives/index.js'
import { typed } from '../../../src/tensor/index.js'
import type { Scalar } from '../../../src/transform/index.js'
import { grad, jvp } from '../../../src/transform/index.js'
import { tensorOf } from '../files.js'
import { argument, type Real, type Run, run1, run2, run3 } from './run.js'

const along: { readonly [name: string]: (axis: number) => (x: Real) => Real } = {
  sum: axis => o.sum(axis),
  mean: axis => o.mean(axis),
  max: axis => o.max(axis),
  min: axis => o.min(axis),
  prod: axis => o.prod(axis),
  logsumexp: axis => o.logSumExp(axis),
  softmax: axis => o.softmax(axis),
  logSoftmax: axis => o.logSoftmax(axis),
  'variance (biased)': axis => o.variance(axis),
  'std (unbiased)': axis => x => {
    const n = x.sizes[axis] ?? 0
    return pipe(x, o.variance(axis), o.mul(n / (n - 1)), o.sqrt)
  },
  norm2: axis => x => pipe(x, o.square, o.sum(axis), o.sqrt),
}

/** Where a row may look: not at what comes after it. */
const lowerTriangle = (n: number): Real =>
  tensorOf(
    [n, n],
    'bool',
    Array.from({ length: n * n }, (_, i) => Number(i % n <= Math.floor(i / n))),
  )

const epsilon = 1e-5
/** (x - mean) / √(variance + ε) over the given axes, kept. */
const normalised = (x: Real, axes: readonly number[]): Real => {
  const keepDims = { keepDims: true }
  return pipe(x, o.sub(o.mean(axes, keepDims)(x)), o.mul(pipe(x, o.variance(axes, keepDims), o.add(epsilon), o.rsqrt)))
}
const affine = (x: Real, scale: Real, shift: Real): Real => pipe(x, o.mul(scale), o.add(shift))

const attend = (q: Real, k: Real, v: Real, mask?: Real): Real => {
  const scores = pipe(q, o.matmul(o.swapAxes(1, 2)(k)), o.mul(1 / Math.sqrt(3)))
  const seen = mask === undefined ? scores : pipe(mask, o.where(scores, Number.NEGATIVE_INFINITY))
  return pipe(o.softmax(-1)(seen), o.matmul(v))
}

const hessianVector = (w: Real, x: Real, v: Real): Real => {
  const f = (at: Real): Scalar => typed<Scalar>(pipe(w, o.matmul(at), o.tanh, o.square, o.sum()))
  return jvp(grad(f))(x, v)[1]
}

export const structured: { readonly [name: string]: Run } = {
  ...Object.fromEntries([0, 1].flatMap(axis => Object.entries(along).map(([name, f]) => [`${name} axis ${axis}`, run1(f(axis))] as const))),
  'sum all': run1(o.sum()),
  matmul: run2((x, y) => pipe(x, o.matmul(y))),
  'matmul batched': run2((x, y) => pipe(x, o.matmul(y))),
  'matmul shared': run2((x, y) => pipe(x, o.matmul(y))),
  matvec: run2((x, y) => pipe(x, o.matmul(y))),
  'permute 2 0 1': run1(o.permute([2, 0, 1])),
  'concat axis 1': run2((x, y) => o.concat(1)([x, y])),
  'stack axis 1': run2((x, y) => o.stack(1)([x, y])),
  'slice [1:3, ::2]': run1(o.slice('1:3, ::2')),
  'pad (1,2) on the last axis with 0': run1(x => padWith(x, { low: [0, 1], high: [0, 2], interior: [0, 0] })),
  'flip axis 0': run1(o.reverse(0)),
  tril: run1(x => pipe(lowerTriangle(4), o.where(x, 0))),
  'gather rows (embedding)': run1((x, args) => o.take(argument(args, 'indices', 'int32'), 0)(x)),
  layerNorm: run3((x, scale, shift) => affine(normalised(x, [1]), scale, shift)),
  'batchNorm training': run3((x, scale, shift) => affine(normalised(x, [0]), scale, shift)),
  'groupNorm 2': run3((x, scale, shift) =>
    affine(pipe(normalised(pipe(x, o.reshape('2 2 18')), [2]), o.reshape('2 4 3 3')), o.reshape('4 1 1')(scale), o.reshape('4 1 1')(shift)),
  ),
  attention: run3((q, k, v) => attend(q, k, v)),
  'attention causal': run3((q, k, v) => attend(q, k, v, pipe(lowerTriangle(4), o.broadcastTo('2 4 4')))),
  'hessian-vector: sum(tanh(Wx)^2)': run3(hessianVector),
}
