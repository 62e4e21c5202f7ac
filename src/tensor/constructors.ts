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
import { Concrete } from './concrete.js'
import { wholeNumber } from './count.js'
import { allocate, type DType, storeExactly } from './dtype.js'
import { type Constructor, resolveSizes, type Sizes } from './sizes.js'
import { concrete, makeTensor, sizeOf, type Tensor, typed } from './tensor.js'

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

/** All zeros. @category constructors */
export const zeros: Constructor<'zeros'> = uniform('zeros', 0)

/** All ones. @category constructors */
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

const count = (op: string, n: number): number => wholeNumber(op, n, shown => `${shown} is not a size`)

const generate = <T>(op: string, sizes: readonly number[], dtype: DType, value: (index: number) => number): T => {
  const buffer = allocate(dtype, sizeOf(sizes), op)
  for (let i = 0; i < buffer.length; i += 1) buffer[i] = storeExactly(op, dtype, value(i), 'ask for another dtype')
  return typed<T>(concrete(sizes, dtype, buffer))
}

/**
 * 0, 1, … n - 1; int32 unless another dtype is asked for.
 *
 * @example
 * import { arange, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(arange(3)), [0, 1, 2])
 *
 * @category constructors
 */
export const arange = <const N extends number, D extends DType = 'int32'>(n: N, dtype?: D): Tensor<`${N}`, NoInfer<D>> =>
  generate('arange', [count('arange', n)], dtype ?? 'int32', i => i)

/**
 * `n` values from start to stop, both included, evenly spaced.
 *
 * @example
 * import { linspace, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(linspace(0, 1, 3)), [0, 0.5, 1])
 *
 * @category constructors
 */
export const linspace = <const N extends number, D extends DType = 'float32'>(
  start: number,
  stop: number,
  n: N,
  dtype?: D,
): Tensor<`${N}`, NoInfer<D>> =>
  generate('linspace', [count('linspace', n)], dtype ?? 'float32', i => (n === 1 ? start : start + ((stop - start) * i) / (n - 1)))

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
export const eye = <const N extends number, D extends DType = 'float32'>(n: N, dtype?: D): Tensor<`${N} ${N}`, NoInfer<D>> =>
  generate('eye', [count('eye', n), n], dtype ?? 'float32', i => Number(Math.floor(i / n) === i % n))
