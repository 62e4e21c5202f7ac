/**
 * Initial values of weights, from a key. Names and formulas are those of JAX's `jax.nn.initializers`.
 *
 * Several scale with a weight's fans: the number of inputs that meet in one output, and the number of outputs that one input goes to.
 * Unless fans are given they follow from the shape: a matrix is 'in out', as `dense` has it; a weight of more axes is a kernel 'out in k…',
 * as `conv` has it, whose fans are 'in' and 'out' times the number of places of its window.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.heNormal('784 256')(random.key(0))
 * assert.equal(w.shape, '784 256')
 *
 * const deviation = (values: Float32Array) => Math.sqrt(values.reduce((sum, x) => sum + x * x, 0) / values.length)
 * // √(2 / fan-in): 32 channels, 25 places. Where the layout is another, the fans are given.
 * const kernel = initializer.heNormal('64 32 5 5')(random.key(0))
 * assert.ok(Math.abs(deviation(toArray(kernel)) - 0.05) < 0.001)
 * const heads = initializer.heNormal('256 4 64', { fanIn: 256, fanOut: 256 })(random.key(0))
 * assert.ok(Math.abs(deviation(toArray(heads)) - Math.sqrt(2 / 256)) < 0.001)
 */
import { scale as times } from '../derived/index.js'
import { filled, permuteAxes, reshapeTo, sub } from '../primitives/index.js'
import * as random from '../random/index.js'
import { checkKey } from '../random/key.js'
import {
  calledAs,
  concrete,
  fail,
  finiteNumber,
  heldOptions,
  relabel,
  resolveSizes,
  sizeOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { orthonormalRows } from './orthonormal.js'

/** How many inputs meet in one output of a weight, and how many outputs one input goes to. @category model */
export interface Fans {
  readonly fanIn: number
  readonly fanOut: number
}

/** Makes initial values for a shape from a key. A layer whose weight is neither 'in out' nor 'out in k…' gives its fans. @category model */
export type Initializer = <const S extends string>(shape: S, fans?: Fans) => (key: random.Key) => Tensor<S>

type Draw = (sizes: readonly number[], key: random.Key, fans?: Fans) => Value

const initializer =
  (op: string, draw: Draw): Initializer =>
  (shape, given) =>
  key => {
    const sizes = resolveSizes(op, shape, {})
    checkKey(op, key)
    const fans = given === undefined ? undefined : heldOptions(op, given, ['fanIn', 'fanOut'])
    return typed(
      relabel(
        shape,
        calledAs(op, () => draw(sizes, key, fans)),
      ),
    )
  }

const text = (sizes: readonly number[]): string => sizes.join(' ')
const normalOf: Draw = (sizes, key) => random.normal<string>(text(sizes))(key)
const uniformOf: Draw = (sizes, key) => random.uniform<string>(text(sizes))(key)
const truncatedOf: Draw = (sizes, key) => random.truncatedNormal(-2, 2)<string>(text(sizes))(key)
const symmetric = (x: Value, bound: number): Value => sub(times(x, 2 * bound), filled(x, bound))

const checkScale = (op: string, what: string, value: number): void => {
  finiteNumber(op, value, shown => `${what} is ${shown}`)
}

/**
 * All zeros.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.zeros('2')(random.key(0))
 * assert.deepEqual([...toArray(w)], [0, 0])
 */
export const zeros: Initializer = initializer('zeros', sizes => concrete(sizes, 'float32', 0))
/**
 * All ones.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.ones('2')(random.key(0))
 * assert.deepEqual([...toArray(w)], [1, 1])
 */
export const ones: Initializer = initializer('ones', sizes => concrete(sizes, 'float32', 1))
/**
 * One value.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.constant(0.5)('2')(random.key(0))
 * assert.deepEqual([...toArray(w)], [0.5, 0.5])
 */
export const constant = (value: number): Initializer => {
  const held = typeof value === 'number' ? Math.fround(value) : finiteNumber('constant', value, shown => `the value is ${shown}`)
  return initializer('constant', sizes => concrete(sizes, 'float32', held))
}
/**
 * Normal with mean 0.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.normal(0.5)('8 8')(random.key(0))
 * assert.ok(Math.abs(Math.hypot(...toArray(w)) / 8 - 0.5) < 0.1)
 */
export const normal = (stddev = 0.01): Initializer => {
  checkScale('normal', 'the deviation', stddev)
  return initializer('normal', (sizes, key) => times(normalOf(sizes, key), stddev))
}
/**
 * Uniform on [-bound, bound).
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.uniform(0.5)('4 4')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= 0.5))
 */
export const uniform = (bound = 0.01): Initializer => {
  checkScale('uniform', 'the bound', bound)
  return initializer('uniform', (sizes, key) => symmetric(uniformOf(sizes, key), bound))
}
/**
 * Normal with mean 0, values beyond two standard deviations drawn again.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.truncatedNormal(0.5)('4 4')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= 1))
 */
export const truncatedNormal = (stddev = 0.01): Initializer => {
  checkScale('truncatedNormal', 'the deviation', stddev)
  return initializer('truncatedNormal', (sizes, key) => times(truncatedOf(sizes, key), stddev))
}

/** Fans that follow from a weight's sizes: those of a matrix 'in out' or of a kernel 'out in k…'. */
const fansOf = (op: string, sizes: readonly number[]): Fans => {
  const [first, second, ...field] = sizes
  if (first === undefined || second === undefined)
    return fail({ _tag: 'ShapeError', detail: `${op}: '${text(sizes)}' has fewer than two axes: it is for weights 'in out'` })
  const places = sizeOf(field)
  return field.length === 0 ? { fanIn: first, fanOut: second } : { fanIn: second * places, fanOut: first * places }
}

/** Fans that a caller has given, checked. */
const checkedFans = (op: string, { fanIn, fanOut }: Fans): Fans =>
  fanIn >= 0 && fanOut >= 0 && Number.isFinite(fanIn + fanOut)
    ? { fanIn, fanOut }
    : fail({ _tag: 'ArgumentError', op, detail: `the fans are ${fanIn} and ${fanOut}: give numbers of inputs and outputs` })

/** The standard deviation of a standard normal truncated at ±2. */
const truncatedStddev = 0.8796256610342398

/** Variance scaling: a distribution whose variance is `scale` over a fan. */
const scaling = (op: string, scale: number, mode: 'in' | 'average', distribution: 'normal' | 'uniform'): Initializer =>
  initializer(op, (sizes, key, given) => {
    const { fanIn, fanOut } = given ? checkedFans(op, given) : fansOf(op, sizes)
    const variance = scale / Math.max(1, mode === 'in' ? fanIn : (fanIn + fanOut) / 2)
    return distribution === 'normal'
      ? times(truncatedOf(sizes, key), Math.sqrt(variance) / truncatedStddev)
      : symmetric(uniformOf(sizes, key), Math.sqrt(3 * variance))
  })

/**
 * Variance 1 over the mean of the fans, truncated normal; Glorot and Bengio 2010.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.glorotNormal('8 8')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= 2 * Math.sqrt(1 / 8) / 0.87))
 */
export const glorotNormal: Initializer = scaling('glorotNormal', 1, 'average', 'normal')
/**
 * Variance 1 over the mean of the fans, uniform; Glorot and Bengio 2010.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.glorotUniform('8 8')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= Math.sqrt(3 / 8)))
 */
export const glorotUniform: Initializer = scaling('glorotUniform', 1, 'average', 'uniform')
/**
 * Variance 2 over the inputs, truncated normal; He et al. 2015.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.heNormal('8 2')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= 2 * Math.sqrt(2 / 8) / 0.87))
 */
export const heNormal: Initializer = scaling('heNormal', 2, 'in', 'normal')
/**
 * Variance 2 over the inputs, uniform; He et al. 2015.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.heUniform('8 2')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= Math.sqrt(6 / 8)))
 */
export const heUniform: Initializer = scaling('heUniform', 2, 'in', 'uniform')
/**
 * Variance 1 over the inputs, truncated normal; LeCun et al. 1998.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.lecunNormal('8 2')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= 2 * Math.sqrt(1 / 8) / 0.87))
 */
export const lecunNormal: Initializer = scaling('lecunNormal', 1, 'in', 'normal')
/**
 * Variance 1 over the inputs, uniform; LeCun et al. 1998.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const w = initializer.lecunUniform('8 2')(random.key(0))
 * assert.ok(toArray(w).every(value => Math.abs(value) <= Math.sqrt(3 / 8)))
 */
export const lecunUniform: Initializer = scaling('lecunUniform', 1, 'in', 'uniform')

/**
 * A random matrix with orthonormal rows or columns, whichever are fewer, times a scale; Saxe et al. 2013. Axes after the first are taken together as
 * columns: a kernel 'out in k…' has a row for each output.
 *
 * @example
 * import { initializer, random, toArray } from 'pullback'
 *
 * const row = initializer.orthogonal()('1 4')(random.key(0))
 * assert.ok(Math.abs(Math.hypot(...toArray(row)) - 1) < 1e-6)
 */
export const orthogonal = (scale = 1): Initializer => {
  checkScale('orthogonal', 'the scale', scale)
  return initializer('orthogonal', (sizes, key) => {
    fansOf('orthogonal', sizes)
    const rows = sizes[0] ?? 1
    const columns = sizeOf(sizes.slice(1))
    if (rows * columns === 0) return concrete(sizes, 'float32', 0)
    const tall = rows > columns
    const wide = normalOf(tall ? [columns, rows] : [rows, columns], key)
    const orthonormal = orthonormalRows(wide)
    const oriented = tall ? permuteAxes(orthonormal, [1, 0]) : orthonormal
    return reshapeTo(times(oriented, scale), sizes)
  })
}
