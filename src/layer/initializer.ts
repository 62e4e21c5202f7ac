/**
 * Initial values of weights 'in out', from a key. Names and formulas are those of JAX's `jax.nn.initializers`.
 *
 * @example
 * import { initializer, random } from 'pullback'
 *
 * const w = initializer.heNormal('784 256')(random.key(0))
 * assert.equal(w.shape, '784 256')
 */
import { concatAxis, contract, div, filled, mul, permuteAxes, reshapeTo, sliceAxis, sqrt, sub, sumAxes } from '../primitives/index.js'
import * as random from '../random/index.js'
import { concrete, fail, relabel, resolveSizes, type Tensor, typed, type Value } from '../tensor/index.js'

/** Values for a literal shape. @category model */
export type Initializer = <const S extends string>(shape: S) => (key: random.Key) => Tensor<S>

type Draw = (sizes: readonly number[], key: random.Key) => Value

const initializer =
  (op: string, draw: Draw): Initializer =>
  shape =>
  key =>
    typed(relabel(shape, draw(resolveSizes(op, shape, {}), key)))

const times = (x: Value, factor: number): Value => mul(x, filled(x, factor))
const text = (sizes: readonly number[]): string => sizes.join(' ')
const normalOf: Draw = (sizes, key) => random.normal<string>(text(sizes))(key)
const uniformOf: Draw = (sizes, key) => random.uniform<string>(text(sizes))(key)
const truncatedOf: Draw = (sizes, key) => random.truncatedNormal(-2, 2)<string>(text(sizes))(key)
const symmetric = (x: Value, bound: number): Value => sub(times(x, 2 * bound), filled(x, bound))

/** All zeros. */
export const zeros: Initializer = initializer('zeros', sizes => concrete(sizes, 'float32', 0))
/** All ones. */
export const ones: Initializer = initializer('ones', sizes => concrete(sizes, 'float32', 1))
/** One value. */
export const constant = (value: number): Initializer => initializer('constant', sizes => concrete(sizes, 'float32', Math.fround(value)))
/** Normal with mean 0. */
export const normal = (stddev = 0.01): Initializer => initializer('normal', (sizes, key) => times(normalOf(sizes, key), stddev))
/** Uniform on [-bound, bound). */
export const uniform = (bound = 0.01): Initializer => initializer('uniform', (sizes, key) => symmetric(uniformOf(sizes, key), bound))
/** Normal with mean 0, values beyond two standard deviations drawn again. */
export const truncatedNormal = (stddev = 0.01): Initializer =>
  initializer('truncatedNormal', (sizes, key) => times(truncatedOf(sizes, key), stddev))

/** How many inputs and outputs a weight connects: its last two axes, times the receptive field of the axes before them. */
const fans = (op: string, sizes: readonly number[]): { readonly fanIn: number; readonly fanOut: number } => {
  const [inputs, outputs] = sizes.slice(-2)
  if (inputs === undefined || outputs === undefined)
    return fail({ _tag: 'ShapeError', detail: `${op}: '${text(sizes)}' has fewer than two axes: it is for weights 'in out'` })
  const field = sizes.slice(0, -2).reduce((product, size) => product * size, 1)
  return { fanIn: inputs * field, fanOut: outputs * field }
}

/** The standard deviation of a standard normal truncated at ±2. */
const truncatedStddev = 0.8796256610342398

/** Variance scaling: a distribution whose variance is `scale` over a fan. */
const scaling = (op: string, scale: number, mode: 'in' | 'average', distribution: 'normal' | 'uniform'): Initializer =>
  initializer(op, (sizes, key) => {
    const { fanIn, fanOut } = fans(op, sizes)
    const variance = scale / Math.max(1, mode === 'in' ? fanIn : (fanIn + fanOut) / 2)
    return distribution === 'normal'
      ? times(truncatedOf(sizes, key), Math.sqrt(variance) / truncatedStddev)
      : symmetric(uniformOf(sizes, key), Math.sqrt(3 * variance))
  })

/** Variance 1 over the mean of the fans, truncated normal; Glorot and Bengio 2010. */
export const glorotNormal: Initializer = scaling('glorotNormal', 1, 'average', 'normal')
/** Variance 1 over the mean of the fans, uniform; Glorot and Bengio 2010. */
export const glorotUniform: Initializer = scaling('glorotUniform', 1, 'average', 'uniform')
/** Variance 2 over the inputs, truncated normal; He et al. 2015. */
export const heNormal: Initializer = scaling('heNormal', 2, 'in', 'normal')
/** Variance 2 over the inputs, uniform; He et al. 2015. */
export const heUniform: Initializer = scaling('heUniform', 2, 'in', 'uniform')
/** Variance 1 over the inputs, truncated normal; LeCun et al. 1998. */
export const lecunNormal: Initializer = scaling('lecunNormal', 1, 'in', 'normal')
/** Variance 1 over the inputs, uniform; LeCun et al. 1998. */
export const lecunUniform: Initializer = scaling('lecunUniform', 1, 'in', 'uniform')

/** Rows made orthonormal one after another by Gram-Schmidt; twice, since once loses digits ("twice is enough", Giraud et al. 2005). */
const orthonormalRows = (x: Value): Value => {
  const [rows = 0] = x.sizes
  const row = (i: number): Value => reshapeTo(sliceAxis(x, 0, i, i + 1), x.sizes.slice(1))
  const unit = (v: Value): Value => {
    const norm = sqrt(sumAxes(mul(v, v), [0]))
    return contract(div(filled(norm, 1), norm), v, { left: [], right: [], leftBatch: [], rightBatch: [] })
  }
  const without = (v: Value, basis: Value): Value => {
    const along = contract(basis, v, { left: [1], right: [0], leftBatch: [], rightBatch: [] })
    return sub(v, contract(along, basis, { left: [0], right: [0], leftBatch: [], rightBatch: [] }))
  }
  let basis = reshapeTo(unit(row(0)), [1, ...x.sizes.slice(1)])
  for (let i = 1; i < rows; i += 1) {
    const v = unit(without(without(row(i), basis), basis))
    basis = concatAxis([basis, reshapeTo(v, [1, ...v.sizes])], 0)
  }
  return basis
}

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times a scale; Saxe et al. 2013.
 * Axes before the last are taken together as rows.
 */
export const orthogonal = (scale = 1): Initializer =>
  initializer('orthogonal', (sizes, key) => {
    fans('orthogonal', sizes)
    const columns = sizes.at(-1) ?? 1
    const rows = sizes.slice(0, -1).reduce((product, size) => product * size, 1)
    if (rows * columns === 0) return concrete(sizes, 'float32', 0)
    const tall = rows > columns
    const wide = normalOf(tall ? [columns, rows] : [rows, columns], key)
    const orthonormal = orthonormalRows(wide)
    const oriented = tall ? permuteAxes(orthonormal, [1, 0]) : orthonormal
    return reshapeTo(times(oriented, scale), sizes)
  })
