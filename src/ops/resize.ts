/**
 * Images of other sizes.
 *
 * @example
 * import { pipe, resize, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 3]), resize('4', 'linear'))), [1, 1.5, 2.5, 3])
 */
import * as derived from '../derived/index.js'
import { dims, type Expect, type Resize, resize as resizeRule, type ShapeOf } from '../shape/index.js'
import {
  at,
  type DType,
  type FloatDType,
  fail,
  floatDType,
  heldDType,
  heldFlag,
  heldOptions,
  labelled,
  show,
  sizeOfAxis,
  type Tensor,
  typed,
  type Value,
  wellFormed,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** @category type-level */
export interface ResizeOptions {
  /** Whether an axis that becomes shorter is smoothed; true unless told. It changes nothing for 'nearest'. */
  readonly antialias?: boolean | undefined
}

/**
 * The tensor with other sizes, each new entry computed from the old ones around its middle: `'nearest'`, `'linear'`, `'cubic'` (Keys, a = -1/2) or
 * `'lanczos3'`. The shape names all axes; those that keep their size are left alone.
 *
 * **Gradient**: each cotangent goes to the old entries by their weights.
 * **Errors**: another number of axes, a new name, an axis without entries, a dtype that is no float.
 * **Source**: https://docs.jax.dev/en/latest/_autosummary/jax.image.resize.html
 *
 * @example
 * import { pipe, resize, tensor, toNested, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 3 28 28', { batch: 2 }), resize('batch 3 64 32', 'cubic')).shape, 'batch 3 64 32')
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3, 4]), resize('2', 'nearest'))), [2, 4])
 */
export const resize: <const T extends string>(
  shape: T,
  method: 'nearest' | 'linear' | 'cubic' | 'lanczos3',
  options?: ResizeOptions,
) => <S extends string, D extends DType>(
  x: Expect<FloatDType<'resize', D>, Expect<Resize<S, T>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Resize<S, T>>, D> = typed((shape: string, method: derived.Interpolation, options?: ResizeOptions) => {
  if (!derived.interpolations.includes(method))
    fail({ _tag: 'ArgumentError', op: 'resize', detail: `the method is ${show(method)}: give ${derived.interpolations.join(', ')}` })
  const antialias = heldFlag('resize', 'antialias', heldOptions('resize', options, ['antialias']).antialias, true)
  return (x: Value): Value => {
    checkTensor('resize', x)
    heldDType(floatDType('resize', x.dtype))
    const target = held(resizeRule(x.shape, wellFormed('resize', shape)))
    const own = Object.fromEntries(dims(x.shape).map((axis, i) => [axis, at(x.sizes, i)]))
    const sizes = dims(target).map(axis => sizeOfAxis('resize', target, axis, own))
    const empty = sizes.findIndex((size, axis) => size > 0 && x.sizes[axis] === 0)
    if (empty >= 0) fail({ _tag: 'ShapeError', detail: `resize: '${x.shape}' has no entries along axis ${empty}` })
    return labelled('resize', target, derived.resize(x, sizes, method, antialias))
  }
})
