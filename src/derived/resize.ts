/**
 * Images of other sizes. Each axis is a product with a matrix of weights: of a kernel around the place that the middle of an entry has in the old axis.
 * An axis that becomes shorter is smoothed, by a kernel as wide as a new entry.
 *
 * Sources: https://docs.jax.dev/en/latest/_autosummary/jax.image.resize.html; R. Keys, "Cubic convolution interpolation for digital image
 * processing", IEEE Trans. Acoustics, Speech and Signal Processing 29 (1981), with a = -1/2.
 */
import { contract, gather, moveAxis } from '../primitives/index.js'
import { allocate, at, concrete, type DType, type Value } from '../tensor/index.js'

/** How an entry between others is computed. */
export type Interpolation = 'nearest' | 'linear' | 'cubic' | 'lanczos3'

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const kernels: { readonly [K in Exclude<Interpolation, 'nearest'>]: (x: number) => number } = {
  linear: x => Math.max(0, 1 - x),
  cubic: x => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0),
  lanczos3: x => (x < 3 ? sinc(x) * sinc(x / 3) : 0),
}

export const interpolations: readonly Interpolation[] = ['nearest', 'linear', 'cubic', 'lanczos3']

/** The weight of each old entry in each new one, 'old new'. */
const weights = (from: number, to: number, kernel: (x: number) => number, antialias: boolean, dtype: DType): Value => {
  const result = allocate(dtype, from * to)
  const scale = from / to
  const width = antialias ? Math.max(1, scale) : 1
  for (let i = 0; i < to; i += 1) {
    const middle = (i + 0.5) * scale - 0.5
    const column = Array.from({ length: from }, (_, j) => kernel(Math.abs(middle - j) / width))
    const total = column.reduce((sum, weight) => sum + weight, 0)
    for (const [j, weight] of column.entries()) result[j * to + i] = weight / total
  }
  return concrete([from, to], dtype, result)
}

/** The tensor with other sizes. */
export const resize = (x: Value, sizes: readonly number[], by: Interpolation, antialias: boolean): Value =>
  sizes.reduce((y, to, axis) => {
    const from = at(y.sizes, axis)
    if (from === to) return y
    if (by === 'nearest') {
      const places = Int32Array.from({ length: to }, (_, i) => Math.floor(((i + 0.5) * from) / to))
      return gather(y, concrete([to], 'int32', places), { axis, batch: 0, op: 'resize' })
    }
    const matrix = weights(from, to, kernels[by], antialias, y.dtype)
    return moveAxis(contract(y, matrix, { left: [axis], right: [0], leftBatch: [], rightBatch: [] }), y.sizes.length - 1, axis)
  }, x)
