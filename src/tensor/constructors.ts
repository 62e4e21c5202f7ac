/**
 * Tensors of given shapes. A dimension string with names takes their sizes.
 *
 * @example
 * import { zeros } from 'pullback'
 *
 * const x = zeros('batch 784', { batch: 32 })
 * assert.equal(x.shape, 'batch 784')
 * assert.deepEqual(x.sizes, [32, 784])
 */
import type { Expect, Given } from '../shape/index.js'
import { Concrete } from './concrete.js'
import { type WholeNumber, wholeNumber } from './count.js'
import { allocate, type DType, storeExactly } from './dtype.js'
import { fail } from './error.js'
import type { DTypeNamed, NamedDType } from './named-dtype.js'
import { type Constructor, resolveSizes, type Sizes } from './sizes.js'
import { concrete, makeTensor, sizeOf, type Tensor, typed, type Value } from './tensor.js'

/** A uniform tensor is one number until somebody reads its array, so that large zeros cost nothing. */
const uniform = <Op extends string>(op: Op, value: number): Constructor<Op> =>
  typed<Constructor<Op>>((shape: string, sizes?: Sizes, dtype: DType = 'float32') => {
    const resolved = resolveSizes(op, shape, sizes)
    return makeTensor(
      shape,
      dtype,
      resolved,
      new Concrete(dtype, sizeOf(resolved), storeExactly(op, dtype, value, 'ask for another dtype')),
    )
  })

/**
 * All zeros.
 *
 * @example
 * import { toNested, zeros } from 'pullback'
 *
 * assert.deepEqual(toNested(zeros('2 3')), [[0, 0, 0], [0, 0, 0]])
 * assert.deepEqual(zeros('batch 3', { batch: 2 }).sizes, [2, 3])
 *
 * @category constructors
 */
export const zeros: Constructor<'zeros'> = uniform('zeros', 0)

/**
 * All ones.
 *
 * @example
 * import { ones, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(ones('2', {}, 'int32')), [1, 1])
 *
 * @category constructors
 */
export const ones: Constructor<'ones'> = uniform('ones', 1)

/**
 * One value everywhere.
 *
 * @example
 * import { full, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(full(7)('2')), [7, 7])
 *
 * @category constructors
 */
export const full = (value: number): Constructor<'full'> => uniform('full', value)

/** A number that the compiler has accepted as a length. @category type-level */
export type Length<Op extends string, N extends number> = Expect<WholeNumber<Op, N, 'is not a size'>, N>

const count = (op: string, n: number): number => wholeNumber(op, n, shown => `${shown} is not a size`)

const generate = (op: string, sizes: readonly number[], dtype: DType, value: (index: number) => number): Value => {
  const buffer = allocate(dtype, sizeOf(sizes), op)
  for (let i = 0; i < buffer.length; i += 1) buffer[i] = storeExactly(op, dtype, value(i), 'ask for another dtype')
  return concrete(sizes, dtype, buffer)
}

/** Of int32, or of the dtype given. @category type-level */
export interface Arange {
  <const N extends number>(n: Length<'arange', N>): Tensor<`${N}`, 'int32'>
  <const N extends number, D extends DType | undefined>(n: Length<'arange', N>, dtype: D): Tensor<`${N}`, NoInfer<Given<D, 'int32'>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const N extends number, const D extends string>(
    n: Length<'arange', N>,
    dtype: Expect<NamedDType<'arange', D>, D>,
  ): Tensor<`${N}`, DTypeNamed<NoInfer<D>>>
}

/** The least whole number that float32 does not hold exactly. */
const mostCounted = 2 ** 24 + 1

/**
 * 0, 1, … n - 1; int32 unless another dtype is asked for.
 *
 * **Errors**: numbers that the dtype does not hold, as float32 does not hold 2²⁴ + 1.
 *
 * @example
 * import { arange, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(arange(3)), [0, 1, 2])
 *
 * @category constructors
 */
export const arange: Arange = typed<Arange>((n: number, dtype: DType = 'int32') =>
  dtype === 'float32' && n > mostCounted
    ? fail({ _tag: 'DTypeError', detail: `arange: ${mostCounted} is not a value of float32: ask for another dtype` })
    : generate('arange', [count('arange', n)], dtype, i => i),
)

/** Of float32, or of the dtype given. @category type-level */
export interface Linspace {
  <const N extends number>(start: number, stop: number, n: Length<'linspace', N>): Tensor<`${N}`>
  <const N extends number, D extends DType | undefined>(
    start: number,
    stop: number,
    n: Length<'linspace', N>,
    dtype: D,
  ): Tensor<`${N}`, NoInfer<Given<D, 'float32'>>>
  <const N extends number, const D extends string>(
    start: number,
    stop: number,
    n: Length<'linspace', N>,
    dtype: Expect<NamedDType<'linspace', D>, D>,
  ): Tensor<`${N}`, DTypeNamed<NoInfer<D>>>
}

/** The value after `step` of the `last` steps from start to stop. */
const onTheWay = (start: number, stop: number, step: number, last: number): number => {
  if (step === 0) return start
  if (step === last) return stop
  const passed = (stop - start) * step
  const part = step / last
  // Where stop - start is beyond float64, the value is a weighted mean of the ends, whose terms are not beyond it.
  const value = Number.isFinite(passed) ? start + passed / last : start * (1 - part) + stop * part
  // Rounding must not carry the value beyond an end.
  return Math.min(Math.max(value, Math.min(start, stop)), Math.max(start, stop))
}

/**
 * `n` values from start to stop, both included as they are given, evenly spaced; of one value it is the start.
 *
 * @example
 * import { linspace, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(linspace(0, 1, 3)), [0, 0.5, 1])
 * assert.deepEqual(toNested(linspace(1e308, -1e308, 3, 'float64')), [1e308, 0, -1e308])
 *
 * @category constructors
 */
export const linspace: Linspace = typed<Linspace>((start: number, stop: number, n: number, dtype: DType = 'float32') =>
  generate('linspace', [count('linspace', n)], dtype, i => onTheWay(start, stop, i, n - 1)),
)

/** A matrix with as many rows as columns. @category type-level */
export type Square<N extends number> = N extends unknown ? `${N} ${N}` : never

/** Of float32, or of the dtype given. @category type-level */
export interface Eye {
  <const N extends number>(n: Length<'eye', N>): Tensor<Square<N>>
  <const N extends number, D extends DType | undefined>(n: Length<'eye', N>, dtype: D): Tensor<Square<N>, NoInfer<Given<D, 'float32'>>>
  <const N extends number, const D extends string>(
    n: Length<'eye', N>,
    dtype: Expect<NamedDType<'eye', D>, D>,
  ): Tensor<Square<N>, DTypeNamed<NoInfer<D>>>
}

/**
 * The identity matrix.
 *
 * @example
 * import { eye, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(eye(2)), [[1, 0], [0, 1]])
 *
 * @category constructors
 */
export const eye: Eye = typed<Eye>((n: number, dtype: DType = 'float32') =>
  generate('eye', [count('eye', n), n], dtype, i => Number(Math.floor(i / n) === i % n)),
)
