/**
 * Places of a tensor, read and functionally updated.
 *
 * @example
 * import { at, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * assert.deepEqual(toNested(pipe(x, at('...', '1:').get)), [[2, 3], [5, 6]])
 * assert.deepEqual(toNested(pipe(x, at(0).set(0))), [[0, 0, 0], [4, 5, 6]])
 * const i = tensor([2, 0, 2], 'int32')
 * assert.deepEqual(toNested(pipe(x, at(':', i).add(10))), [[11, 2, 23], [14, 5, 26]])
 */
import * as derived from '../derived/index.js'
import { type At, at as atRule, type Expect, type IndexPart, type ShapeOf, type ValuesAt, valuesAt } from '../shape/index.js'
import {
  checkSizes,
  concrete,
  type DType,
  heldDType,
  isTensor,
  labelled,
  numericDType,
  relabel,
  type SameDType,
  sameDType,
  storeExactly,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** Puts values in their places, or combines them with what is there. @category type-level */
export type Updating<P extends readonly IndexPart[], V extends string, DV extends DType> = <S extends string, D extends DType>(
  x: Expect<SameDType<'at', D, DV>, Expect<ValuesAt<V, At<S, P>>, Tensor<S, D>>>,
) => Tensor<S, D>

/** An update by a number, by a scalar, or by values of the shape of the places. @category type-level */
export interface UpdateAt<P extends readonly IndexPart[]> {
  (value: number): <S extends string, D extends DType>(x: Expect<At<S, P>, Tensor<S, D>>) => Tensor<S, D>
  <V extends string, DV extends DType>(values: Tensor<V, DV>): Updating<P, V, DV>
}

/** The places of a tensor that an index names. @category type-level */
export interface PlacesAt<P extends readonly IndexPart[]> {
  /** The entries there. */
  readonly get: <S extends string, D extends DType>(x: Expect<At<S, P>, Tensor<S, D>>) => Tensor<ShapeOf<At<S, P>>, D>
  /** The tensor with new values there; where one place is named several times, the last stays. */
  readonly set: UpdateAt<P>
  /** The tensor with the values added there, all of them where one place is named several times. */
  readonly add: UpdateAt<P>
  /** The tensor with what is there multiplied by the values. */
  readonly mul: UpdateAt<P>
  /** The tensor with the least of what is there and the values. */
  readonly min: UpdateAt<P>
  /** The tensor with the greatest of what is there and the values. */
  readonly max: UpdateAt<P>
}

/**
 * Places of a tensor, one part for each axis: a number, which drops the axis; a range in numpy's notation, `'1:3'`; a tensor of integers, whose axes
 * come in the place of the axis; `'newAxis'`, an axis of size 1; `'...'`, all axes that no part speaks of. Axes at the end that are left out stay
 * whole. Tensors side by side have one shape and are read together: `at(i, j)` are the entries at (i₀, j₀), (i₁, j₁) ….
 *
 * `get` reads, and `set`, `add`, `mul`, `min` and `max` give a tensor in which the places are changed (`x.at[…]` of JAX).
 *
 * **Gradient**: of `get`, the cotangent at the places. Of `set`, 0 to what is replaced; of the others, as of the function.
 *
 * **Errors**: an index outside its axis (of a tensor: when it is run), values of another shape or dtype.
 *
 * Source: https://docs.jax.dev/en/latest/_autosummary/jax.numpy.ndarray.at.html
 *
 * @example
 * import { at, pipe, tensor, toNested, zeros } from 'pullback'
 *
 * const x = zeros('batch 4', { batch: 3 })
 * assert.equal(pipe(x, at('newAxis', '...', 0).get).shape, '1 batch')
 * const [i, j] = [tensor([0, 2], 'int32'), tensor([3, 1], 'int32')]
 * assert.deepEqual(toNested(pipe(x, at(i, j).set(tensor([5, 6])))), [[0, 0, 0, 5], [0, 0, 0, 0], [0, 6, 0, 0]])
 *
 * @category primitives
 */
export const at: <const P extends readonly (number | string | Tensor<string, DType>)[]>(...parts: P) => PlacesAt<P> = typed(
  (...parts: readonly derived.Part[]) => {
    for (const part of parts) if (typeof part === 'object') checkTensor('at', part)
    const placed = (x: Value): string => {
      checkTensor('at', x)
      const shape = held(atRule(x.shape, parts))
      checkSizes('at', [x, ...parts.filter(isTensor)])
      return shape
    }
    const update =
      (by: derived.Update) =>
      (given: Value | number) =>
      (x: Value): Value => {
        const shape = placed(x)
        if (by !== 'set') heldDType(numericDType('at', x.dtype))
        if (typeof given !== 'number') {
          checkTensor('at', given)
          held(valuesAt(given.shape, shape))
          heldDType(sameDType('at', x.dtype, given.dtype))
          checkSizes('at', [x, given])
        }
        const values =
          typeof given === 'number' ? concrete([], x.dtype, storeExactly('at', x.dtype, given, "cast('float32') first")) : given
        return relabel(x.shape, derived.updateAt(x, parts, values, by))
      }
    return {
      get: (x: Value): Value => labelled('at', placed(x), derived.getAt(x, parts)),
      set: update('set'),
      add: update('add'),
      mul: update('mul'),
      min: update('min'),
      max: update('max'),
    }
  },
)
