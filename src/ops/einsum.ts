/**
 * Sums of products, written by the names of the axes.
 *
 * @example
 * import { einsum, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(einsum('i j, j k -> i k')(x, x)), [[7, 10], [15, 22]])
 * assert.deepEqual(toNested(einsum('i i -> i')(x)), [1, 4])
 */
import * as derived from '../derived/index.js'
import { reshapeTo } from '../primitives/index.js'
import { einsumAxes, einsumOf, einsumPattern } from '../shape/einsum.js'
import type { Einsum, Err, MessageOf, Ok, ShapeOf } from '../shape/index.js'
import {
  at,
  checkSizes,
  fail,
  heldDType,
  type NumericDType,
  numericDType,
  relabel,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { checkOneDType, type DTypeOf, type OneDType, type ShapesOf, type Tensors } from './tuple.js'

/** The first rule that does not hold, dtypes before shapes. That all operands are float32 is asked first, in one step, for it nearly always holds. */
type Rules<P extends string, T extends Tensors> = [DTypeOf<T>] extends ['float32']
  ? Einsum<P, ShapesOf<T>>
  : OneDType<'einsum', T> extends Err<string>
    ? OneDType<'einsum', T>
    : NumericDType<'einsum', DTypeOf<T>> extends Err<string>
      ? NumericDType<'einsum', DTypeOf<T>>
      : Einsum<P, ShapesOf<T>>

/** As many tensors as a pattern has operands: the axes of each are those that its part of the pattern names. @category type-level */
export type EinsumOf<in out P extends string> = <T extends Tensors>(
  ...operands: Rules<P, T> extends Ok<string> ? T : { readonly [K in keyof T]: NoInfer<MessageOf<Rules<P, T>>> }
) => Tensor<ShapeOf<Einsum<P, ShapesOf<T>>>, DTypeOf<T>>

/** Each operand with the labels of its axes, without the axes of size 1 that '...' stretches. */
const labelled = (x: Value, labels: readonly (string | undefined)[]): derived.LabelledAxes => {
  const kept = labels.flatMap((label, axis) => (label === undefined ? [] : [axis]))
  return {
    value: reshapeTo(
      x,
      kept.map(axis => at(x.sizes, axis)),
    ),
    labels: labels.filter(label => label !== undefined),
  }
}

/**
 * Einstein's sum of products: `einsum('b i, i o -> b o')(x, w)`. Axes have names, one for each axis of each operand; entries are multiplied where
 * names are equal, and summed over the names that stand on the left alone.
 *
 * **Shapes**: a name stands for the axis that it is written for, a size or a name, and for the same one throughout; the result has these axes.
 * A name twice in one operand is its diagonal. `...` stands for axes that are kept, which broadcast one-sidedly as in `add`; left out of the
 * result they are summed too.
 * **Order**: axes of one operand alone are summed first. Then two tensors at a time are multiplied, in the order of the fewest multiplications; of
 * more than eight tensors the cheapest two at each step.
 * **Gradient**: to each operand the sum of products of ct and the others.
 * **Errors**: a name for two axes, an axis without a name, a name of the result that no operand has, dtypes that differ.
 * **Source**: https://numpy.org/doc/stable/reference/generated/numpy.einsum.html, explicit mode; names are words, as in einops.
 *
 * @example
 * import { einsum, ones, tensor, toNested, toNumber } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(einsum('i j, j k -> i k')(x, x)), [[7, 10], [15, 22]])
 * assert.equal(toNumber(einsum('i i ->')(x)), 5)
 * const scores = einsum('b q h d, b k h d -> b h q k')(ones('batch 5 2 3', { batch: 4 }), ones('batch 6 2 3', { batch: 4 }))
 * assert.equal(scores.shape, 'batch 2 5 6')
 */
export const einsum: <const P extends string>(pattern: P) => EinsumOf<P> = typed((pattern: string) => {
  if (typeof pattern !== 'string')
    return fail({
      _tag: 'ArgumentError',
      op: 'einsum',
      detail: `${show(pattern)} is no pattern: write one in quotes, such as 'i j, j k -> i k'`,
    })
  const parts = einsumPattern(pattern)
  return (...xs: readonly Value[]): Value => {
    for (const x of xs) checkTensor('einsum', x)
    checkOneDType('einsum', xs)
    for (const x of xs) heldDType(numericDType('einsum', x.dtype))
    const shapes = xs.map(x => x.shape)
    const parsed = held(parts)
    const shape = held(einsumOf(parsed, shapes))
    checkSizes('einsum', xs)
    const { operands, result } = einsumAxes(parsed, shapes)
    return relabel(
      shape,
      derived.einsum(
        xs.map((x, i) => labelled(x, operands[i] ?? [])),
        result,
      ),
    )
  }
})
