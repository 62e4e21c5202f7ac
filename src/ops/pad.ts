/**
 * Entries put around a tensor.
 *
 * @example
 * import { pad, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, 2, 3])
 * assert.deepEqual(toNested(pipe(x, pad([[1, 2]]))), [0, 1, 2, 3, 0, 0])
 * assert.deepEqual(toNested(pipe(x, pad([2], { mode: 'reflect' }))), [3, 2, 1, 2, 3, 2, 1])
 */
import * as derived from '../derived/index.js'
import { type Expect, type Pad, pad as padRule, type ShapeOf, type Widths } from '../shape/index.js'
import { endsOf } from '../shape/pad.js'
import { type DType, fail, heldOptions, labelled, show, storeExactly, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** What the new entries hold. @category type-level */
export interface PadOptions {
  /**
   * `'constant'` (the default): one number. The others repeat the tensor's own entries, for `[1, 2, 3]` these: `'edge'` 1 1|1 2 3|3 3,
   * `'reflect'` 3 2|1 2 3|2 1, `'symmetric'` 2 1|1 2 3|3 2, `'wrap'` 2 3|1 2 3|1 2.
   */
  readonly mode?: 'constant' | keyof typeof derived.places | undefined
  /** The constant, 0 unless told; a value of the tensor's dtype. */
  readonly value?: number | undefined
}

/** Puts entries around a tensor. @category type-level */
export type Padded<W extends Widths> = <S extends string, D extends DType>(
  x: Expect<Pad<S, W>, Tensor<S, D>>,
) => Tensor<ShapeOf<Pad<S, W>>, D>

const modes = ['constant', ...Object.keys(derived.places)]

/**
 * The tensor with entries before and after those of each axis: `[low, high]`, or one number for both ends. `slice` is the way to take entries away.
 *
 * **Gradient**: the cotangents of the entries; where an entry stands several times, their sum.
 *
 * **Errors**: another number of widths than there are axes; a width that is no whole number; an axis without entries, unless it is padded with a constant.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.pad.html
 *
 * @example
 * import { pad, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, pad([[1, 0], 0], { value: 9 }))), [[9, 9], [1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, pad([0, [0, 3]], { mode: 'wrap' }))), [[1, 2, 1, 2, 1], [3, 4, 3, 4, 3]])
 *
 * @category primitives
 */
export const pad: <const W extends Widths>(widths: W, options?: PadOptions) => Padded<W> = typed((widths: Widths, options?: PadOptions) => {
  const { mode = 'constant', value = 0 } = heldOptions('pad', options, ['mode', 'value'])
  if (!modes.includes(mode)) fail({ _tag: 'ArgumentError', op: 'pad', detail: `the mode is ${show(mode)}: give ${modes.join(', ')}` })
  return (x: Value): Value => {
    checkTensor('pad', x)
    const shape = held(padRule(x.shape, widths))
    const ends = widths.map(endsOf)
    if (mode === 'constant')
      return labelled('pad', shape, derived.padConstant(x, ends, storeExactly('pad', x.dtype, value, "cast('float32') first")))
    const empty = x.sizes.findIndex((size, axis) => size === 0 && ends[axis]?.some(end => end > 0))
    if (empty >= 0)
      fail({ _tag: 'ShapeError', detail: `pad: axis ${empty} of '${x.shape}' has no entries to repeat, pad it with a constant` })
    return labelled('pad', shape, derived.padWithin(x, ends, derived.places[mode]))
  }
})
