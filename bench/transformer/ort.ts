/** onnxruntime: the transformer block's loss and its gradients. */
import type { Graph } from '../onnx.js'
import type { Build } from '../peers/ort.js'
import { trainOrt } from '../training/ort.js'
import { squaredError } from '../training/ort-loss.js'
import type { Run, Setup } from '../workload.js'
import { batch, block, heads, headWidth, length, normEpsilon, width } from './spec.js'

const rows = batch * length

/** Infix and other short words for nodes. */
const wordsOf = (g: Graph) => ({
  add: (x: string, y: string): string => g.node('Add', [x, y]),
  sub: (x: string, y: string): string => g.node('Sub', [x, y]),
  mul: (x: string, y: string): string => g.node('Mul', [x, y]),
  times: (x: string, factor: number): string => g.node('Mul', [x, g.scalar(factor)]),
  matmul: (x: string, y: string): string => g.node('MatMul', [x, y]),
  /** xᵀ · y and x · yᵀ of matrices. */
  byRows: (x: string, y: string): string => g.node('Gemm', [x, y], { transA: { int: 1 } }),
  byColumns: (x: string, y: string): string => g.node('Gemm', [x, y], { transB: { int: 1 } }),
  sumRows: (x: string): string => g.node('ReduceSum', [x, g.axes(0)], { keepdims: { int: 0 } }),
  mean: (x: string): string => g.node('ReduceMean', [x], { axes: { ints: [-1] } }),
  sumLast: (x: string): string => g.node('ReduceSum', [x, g.axes(-1)]),
  transpose: (x: string, ...perm: readonly number[]): string => g.node('Transpose', [x], { perm: { ints: perm } }),
  reshape: (x: string, ...sizes: readonly number[]): string => g.node('Reshape', [x, g.axes(...sizes)]),
})
type Words = ReturnType<typeof wordsOf>

interface Differentiable {
  readonly value: string
  /** From the value's cotangent to those of what it was made from. */
  readonly pullback: (ct: string) => readonly string[]
}

const layerNorm = (g: Graph, { add, sub, mul, mean, sumRows }: Words, x: string, gain: string, shift: string): Differentiable => {
  const centred = sub(x, mean(x))
  const scale = g.node('Reciprocal', [g.node('Sqrt', [add(mean(mul(centred, centred)), g.scalar(normEpsilon))])])
  const normal = mul(centred, scale)
  return {
    value: add(mul(normal, gain), shift),
    pullback: ct => {
      const inner = mul(ct, gain)
      const dx = mul(scale, sub(sub(inner, mean(inner)), mul(normal, mean(mul(inner, normal)))))
      return [dx, sumRows(mul(ct, normal)), sumRows(ct)]
    },
  }
}

const gelu = (g: Graph, { add, sub, mul, times }: Words, x: string): Differentiable => {
  const one = g.scalar(1)
  const slope = Math.sqrt(2 / Math.PI)
  const square = mul(x, x)
  const t = g.node('Tanh', [mul(x, add(times(square, 0.044715 * slope), g.scalar(slope)))])
  const half = times(x, 0.5)
  const above = add(t, one)
  return {
    value: mul(half, above),
    pullback: ct => {
      const inner = add(times(square, 3 * 0.044715 * slope), g.scalar(slope))
      return [mul(ct, add(times(above, 0.5), mul(mul(half, sub(one, mul(t, t))), inner)))]
    },
  }
}

const attention = (
  g: Graph,
  { sub, mul, times, matmul, transpose, reshape, sumLast }: Words,
  q: string,
  k: string,
  v: string,
): Differentiable => {
  const split = (x: string): string => transpose(reshape(x, batch, length, heads, headWidth), 0, 2, 1, 3)
  const join = (x: string): string => reshape(transpose(x, 0, 2, 1, 3), rows, width)
  const turned = (x: string): string => transpose(x, 0, 1, 3, 2)
  const [qs, ks, vs] = [split(q), split(k), split(v)]
  const factor = 1 / Math.sqrt(headWidth)
  // Places that are not seen are those above the diagonal: there, and only there, Trilu leaves this number.
  const unseen = g.node('Trilu', [g.node('Expand', [g.scalar(-1e9), g.axes(length, length)]), g.integer(1)], { upper: { int: 1 } })
  const weights = g.node('Softmax', [g.node('Add', [times(matmul(qs, turned(ks)), factor), unseen])])
  return {
    value: join(matmul(weights, vs)),
    pullback: ct => {
      const cts = split(ct)
      const byWeight = matmul(cts, turned(vs))
      const scores = times(mul(weights, sub(byWeight, sumLast(mul(byWeight, weights)))), factor)
      return [join(matmul(scores, ks)), join(matmul(turned(scores), qs)), join(matmul(turned(weights), cts))]
    },
  }
}

export const open =
  (build: Build) =>
  ({ threads }: Setup): Promise<Run> =>
    trainOrt(block, build, threads, (g, p, input, target) => {
      const words = wordsOf(g)
      const { add, matmul, byRows, byColumns, sumRows, reshape } = words
      const x = reshape(input, rows, width)
      const norm1 = layerNorm(g, words, x, p('gain1'), p('shift1'))
      const h = norm1.value
      const attended = attention(g, words, matmul(h, p('query')), matmul(h, p('key')), matmul(h, p('value')))
      const y = add(g.node('Gemm', [attended.value, p('mix'), p('mixBias')]), x)
      const norm2 = layerNorm(g, words, y, p('gain2'), p('shift2'))
      const raised = gelu(g, words, g.node('Gemm', [norm2.value, p('up'), p('upBias')]))
      const z = add(g.node('Gemm', [raised.value, p('down'), p('downBias')]), y)
      const [loss, dz] = squaredError(g, z, reshape(target, rows, width), [rows, width])
      const [dUp = ''] = raised.pullback(byColumns(dz, p('down')))
      const [dNorm2 = '', dGain2 = '', dShift2 = ''] = norm2.pullback(byColumns(dUp, p('up')))
      const dy = add(dz, dNorm2)
      const [dq = '', dk = '', dv = ''] = attended.pullback(byColumns(dy, p('mix')))
      const dh = add(add(byColumns(dq, p('query')), byColumns(dk, p('key'))), byColumns(dv, p('value')))
      const [, dGain1 = '', dShift1 = ''] = norm1.pullback(dh)
      return {
        loss,
        gradients: {
          gain1: dGain1,
          shift1: dShift1,
          query: byRows(h, dq),
          key: byRows(h, dk),
          value: byRows(h, dv),
          mix: byRows(attended.value, dy),
          mixBias: sumRows(dy),
          gain2: dGain2,
          shift2: dShift2,
          up: byRows(norm2.value, dUp),
          upBias: sumRows(dUp),
          down: byRows(raised.value, dz),
          downBias: sumRows(dz),
        },
      }
    })
