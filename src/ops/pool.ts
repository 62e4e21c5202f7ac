/**
 * Pooling: one entry for each window of the last axes.
 *
 * @example
 * import { maxPool, meanPool, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2, 3, 4], [5, 6, 7, 8]])
 * assert.deepEqual(toNested(pipe(x, maxPool([2, 2]))), [[6, 8]])
 * assert.deepEqual(toNested(pipe(x, meanPool([2]))), [[1.5, 3.5], [5.5, 7.5]])
 */
import * as derived from '../derived/index.js'
import {
  dims,
  type Expect,
  isNumeral,
  type Options,
  type PerAxis,
  type Pool,
  pool,
  type ShapeOf,
  type Unfold,
  unfold as unfoldRule,
  type Windowing,
  type WindowOptions,
  type WindowParams,
  windowAxis,
} from '../shape/index.js'
import { at, type DType, fail, failAs, heldDType, heldOptions, numerals, relabel, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Class, type Classes, classRules } from './class.js'

const names = ['stride', 'padding', 'dilation'] as const

/** The rule for options each of which may be missing: the results for all that they can mean. */
type ByOptions<Op extends string, S extends string, K extends readonly number[], O> = O extends unknown
  ? Windowing<O, K> extends infer W extends WindowParams
    ? Pool<Op, S, K, W>
    : never
  : never

type Pooled<Op extends string, C extends Class, K extends readonly number[], O> = <S extends string, D extends DType>(
  x: Expect<Classes<Op, D>[C], Expect<ByOptions<Op, S, K, O>, Tensor<S, D>>>,
) => Tensor<ShapeOf<ByOptions<Op, S, K, O>>, D>

/** Pooling by the sizes of a window, without or with options. @category type-level */
export interface Pooling<Op extends string, C extends Class> {
  <const K extends readonly number[]>(size: K): Pooled<Op, C, K, undefined>
  <const K extends readonly number[], const O extends WindowOptions | undefined>(
    size: K,
    options: Expect<Options<Op, O, typeof names>, O>,
  ): Pooled<Op, C, K, O>
}

/**
 * Callers give the type arguments. To infer them, the compiler would compare everything that two poolings can do, at five times the cost of
 * this file.
 */
const pooling = <Op extends string, C extends Class>(
  op: Op,
  of: C,
  reduce: (x: Value, windows: derived.Windows) => Value,
  shapeOf: typeof unfoldRule = (s, size, params) => pool(op, s, size, params),
  /** How far apart windows start where the options do not say it: side by side. */
  apart: (size: readonly number[]) => PerAxis = size => size,
): Pooling<Op, C> =>
  typed((size: readonly number[], options?: WindowOptions) => {
    const { stride = apart(size), padding = 'valid', dilation = 1 } = heldOptions(op, options, names)
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      if (!Array.isArray(size))
        fail({ _tag: 'ArgumentError', op, detail: 'give the sizes of the window as a list, one for each axis at the end' })
      const params = { stride, padding, dilation }
      const shape = held(shapeOf(x.shape, size, params))
      const lead = x.sizes.length - size.length
      // Whether windows fit an axis with a name is known by its size.
      if (!dims(x.shape).slice(lead).every(isNumeral)) held(shapeOf(numerals(x.sizes), size, params))
      const placed = size.map((_, i) => windowAxis(at(x.sizes, lead + i), size, params, i))
      try {
        return relabel(shape, reduce(x, { size, placed }))
      } catch (error) {
        return failAs(op, error)
      }
    }
  })

/**
 * The greatest entry of each window of the last axes, as many as the window has sizes: `maxPool([2, 2])` for images.
 *
 * Windows stand side by side unless a `stride` says otherwise. `padding` and `dilation` are those of `conv`; padding never wins.
 *
 * **Shapes**: '… n' → '… positions', counted as in `conv`.
 * **Gradient**: ct to the greatest entry of each window, shared equally among equal ones, as for `max`.
 * **Errors**: windows that do not fit, padding that could hold a whole window.
 *
 * @example
 * import { maxPool, pipe, tensor, toNested, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 8 24 24', { batch: 2 }), maxPool([2, 2])).shape, 'batch 8 12 12')
 * assert.deepEqual(toNested(pipe(tensor([-1, -2, -3]), maxPool([3], { stride: 1, padding: 'same' }))), [-1, -1, -2])
 */
export const maxPool: Pooling<'maxPool', 'numeric'> = pooling<'maxPool', 'numeric'>('maxPool', 'numeric', derived.maxPool)

/**
 * The mean of each window of the last axes, as many as the window has sizes. Of a window that reaches into the padding it is the mean of the
 * entries that it holds (PyTorch's count_include_pad=False, TensorFlow's only way).
 *
 * Windows stand side by side unless a `stride` says otherwise. `padding` and `dilation` are those of `conv`.
 *
 * **Shapes**: '… n' → '… positions', counted as in `conv`.
 * **Gradient**: ct over the number of entries, to each of them.
 * **Errors**: as for `maxPool`, and integers.
 *
 * @example
 * import { meanPool, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 6]), meanPool([3], { stride: 1, padding: 'same' }))), [1.5, 3, 4])
 */
export const meanPool: Pooling<'meanPool', 'float'> = pooling<'meanPool', 'float'>('meanPool', 'float', derived.meanPool)

/**
 * The sum of each window of the last axes, as many as the window has sizes; padding is 0.
 *
 * Windows stand side by side unless a `stride` says otherwise. `padding` and `dilation` are those of `conv`.
 *
 * **Shapes**: '… n' → '… positions', counted as in `conv`.
 * **Gradient**: ct to each entry of the window.
 * **Errors**: as for `maxPool`.
 *
 * @example
 * import { pipe, sumPool, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 6]), sumPool([2], { stride: 1 }))), [3, 8])
 */
export const sumPool: Pooling<'sumPool', 'numeric'> = pooling<'sumPool', 'numeric'>('sumPool', 'numeric', derived.sumPool)

type UnfoldBy<S extends string, K extends readonly number[], O> = O extends unknown
  ? Windowing<O, 1> extends infer W extends WindowParams
    ? Unfold<S, K, W>
    : never
  : never

/** The windows of a tensor. @category type-level */
export type Unfolded<K extends readonly number[], O> = <S extends string, D extends DType>(
  x: Expect<Classes<'unfold', D>['numeric'], Expect<UnfoldBy<S, K, O>, Tensor<S, D>>>,
) => Tensor<ShapeOf<UnfoldBy<S, K, O>>, D>

/** The windows of the last axes by their sizes, without or with options. @category type-level */
export interface UnfoldOp {
  <const K extends readonly number[]>(size: K): Unfolded<K, undefined>
  <const K extends readonly number[], const O extends WindowOptions | undefined>(
    size: K,
    options: Expect<Options<'unfold', O, typeof names>, O>,
  ): Unfolded<K, O>
}

/**
 * The windows of the last axes themselves: the axes of the positions, and then those of a window. So a reduction over the last axes is a pool of any
 * kind: `pipe(x, unfold([2, 2], { stride: 2 }), min([-2, -1]))`.
 *
 * Windows start at every place unless a `stride` says otherwise. `padding`, which is 0, and `dilation` are those of `conv`.
 *
 * **Shapes**: '… n' by a window of k → '… positions k'.
 * **Gradient**: to each entry the sum of the cotangents of all windows that hold it.
 * **Errors**: as for `maxPool`.
 * **Source**: https://pytorch.org/docs/stable/generated/torch.nn.Unfold.html, whose axes are put together there.
 *
 * @example
 * import { pipe, prod, tensor, toNested, unfold } from 'pullback'
 *
 * const x = tensor([1, 2, 3, 4])
 * assert.deepEqual(toNested(pipe(x, unfold([2]))), [[1, 2], [2, 3], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, unfold([2], { stride: 2 }), prod(-1))), [2, 12])
 */
export const unfold: UnfoldOp = typed(pooling<'unfold', 'numeric'>('unfold', 'numeric', derived.unfold, unfoldRule, () => 1))
