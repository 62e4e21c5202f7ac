/** Ways out of a tensor: copies of its numbers. */

import type { Dims, Err, Expect, Ok } from '../shape/index.js'
import { mostListed } from './count.js'
import { allocate, at, type Buffer, type DType, orNoMemory } from './dtype.js'
import { fail } from './error.js'
import { bufferOf, isTensor, notTensor, sizeOf, type Tensor, typed, uniformValue, type Value } from './tensor.js'

/**
 * The values in row-major order, a copy. A bool is 0 or 1.
 *
 * @example
 * import { tensor, toArray } from 'pullback'
 *
 * assert.deepEqual(toArray(tensor([[1, 2], [3, 4]])), new Float32Array([1, 2, 3, 4]))
 *
 * @category destructors
 */
export const toArray = <S extends string, D extends DType>(x: Tensor<S, D>): Buffer<D> => {
  // The array of a uniform tensor is made here and is nobody else's, so it need not be copied.
  const uniform = isTensor(x) ? uniformValue(x) : undefined
  if (uniform !== undefined) return typed<Buffer<D>>(allocate(x.dtype, sizeOf(x.sizes), 'toArray').fill(uniform))
  const buffer = bufferOf('toArray', x)
  return typed<Buffer<D>>(orNoMemory('toArray', buffer.byteLength, () => buffer.slice()))
}

type Element<D extends DType> = D extends 'bool' ? boolean : number
type NestedArray<A extends readonly string[], T> = A extends readonly [string, ...infer R extends readonly string[]]
  ? readonly NestedArray<R, T>[]
  : T

/** The nested arrays of a shape; `unknown` where the rank is not known. */
export type NestedOf<S extends string, D extends DType> = string extends S ? unknown : NestedArray<Dims<S>, Element<D>>

/**
 * The values as nested arrays, booleans for bools; a scalar gives the bare value.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(tensor([[1, 2], [3, 4]])), [[1, 2], [3, 4]])
 *
 * @category destructors
 */
export const toNested = <S extends string, D extends DType>(x: Tensor<S, D>): NestedOf<S, D> => {
  if (!isTensor(x)) return fail({ _tag: 'TreeError', op: 'toNested', path: '', detail: notTensor(x) })
  // Counts the lists along the leading axes. There may be many even where a later axis is empty.
  if (x.sizes.some((_, axis) => sizeOf(x.sizes.slice(0, axis + 1)) > mostListed))
    return fail({
      _tag: 'ArgumentError',
      op: 'toNested',
      detail: `'${x.sizes.join(' ')}' is more than ${mostListed} numbers or lists: read it with toArray`,
    })
  const values = bufferOf('toNested', x)
  let place = 0
  const build = (axis: number): unknown => {
    const size = x.sizes[axis]
    if (size !== undefined) return Array.from({ length: size }, () => build(axis + 1))
    const value = at(values, place)
    place += 1
    return x.dtype === 'bool' ? value !== 0 : value
  }
  return typed<NestedOf<S, D>>(build(0))
}

/**
 * The number of a scalar.
 *
 * @example
 * import { sum, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(sum()(tensor([1, 2, 3]))), 6)
 *
 * @category destructors
 */
export const toNumber: <S extends string, D extends DType>(x: Expect<NumberRule<S>, Tensor<S, D>>) => number = typed((x: Value): number =>
  !isTensor(x) || x.sizes.length === 0
    ? at(bufferOf('toNumber', x), 0)
    : fail({ _tag: 'ShapeError', detail: `toNumber: '${x.shape}' is not a scalar: reduce it first, or use toArray` }),
)

type NumberRule<S extends string> = string extends S
  ? Ok<S>
  : [S] extends ['']
    ? Ok<S>
    : Err<`toNumber: '${S}' is not a scalar: reduce it first, or use toArray`>
