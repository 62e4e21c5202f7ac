/**
 * Axes split, joined, moved, reduced and repeated by a pattern that names them.
 *
 * @example
 * import { arange, pipe, rearrange, reduce, repeat, toNested } from 'pullback'
 *
 * const x = pipe(arange(4), rearrange('(h w) -> h w', { h: 2 }))
 * assert.deepEqual(toNested(x), [[0, 1], [2, 3]])
 * assert.deepEqual(toNested(pipe(x, rearrange('h w -> (w h)'))), [0, 2, 1, 3])
 * assert.deepEqual(toNested(pipe(x, reduce('h w -> h', 'max'))), [1, 3])
 * assert.deepEqual(toNested(pipe(x, repeat('h w -> h (w 2)'))), [[0, 0, 1, 1], [2, 2, 3, 3]])
 */
import * as derived from '../derived/index.js'
import { maxAxes, minAxes, sumAxes } from '../primitives/index.js'
import { type Expect, isNumeral, type Rearrange, type RearrangeOp, type ShapeOf } from '../shape/index.js'
import { type RearrangedAxes, rearrangeAxes, rearrangePattern } from '../shape/rearrange.js'
import {
  at,
  type DType,
  type ExactDType,
  exactDType,
  type FloatDType,
  fail,
  failAs,
  floatDType,
  heldDType,
  heldSizes,
  type NumericDType,
  numericDType,
  relabel,
  type Sizes,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/**
 * A tensor that a pattern fits. Invariant as declared: to find that out the compiler would compare the rule with itself, deeper than it goes.
 *
 * @category type-level
 */
export type Rearranging<in out Op extends RearrangeOp, in out P extends string, in out N> = <S extends string, D extends DType>(
  x: Expect<Rearrange<Op, P, S, N>, Tensor<S, D>>,
) => Tensor<ShapeOf<Rearrange<Op, P, S, N>>, D>

/** By a pattern alone, or with sizes for its names as well. @category type-level */
export interface Rearrangement<Op extends RearrangeOp> {
  <const P extends string>(pattern: P): Rearranging<Op, P, undefined>
  <const P extends string, const N extends Sizes | undefined>(pattern: P, sizes: N): Rearranging<Op, P, N>
}

/** The parts with their sizes: of an axis with a name one part is as long as the others leave, which must divide it. */
const sized = (op: RearrangeOp, x: Value, { left, right }: RearrangedAxes) => {
  const parts = left.flatMap((axis, place) => {
    const others = axis.reduce((product, part) => (isNumeral(part.axis) ? product * Number(part.axis) : product), 1)
    const rest = at(x.sizes, place) / others
    return axis.map(part => {
      if (isNumeral(part.axis)) return { label: part.label, size: Number(part.axis) }
      if (!Number.isInteger(rest))
        fail({
          _tag: 'ShapeError',
          detail: `${op}: axis ${place} of '${x.shape}' is ${at(x.sizes, place)}, which ${others} does not divide`,
        })
      return { label: part.label, size: rest }
    })
  })
  const size = new Map(parts.map(part => [part.label, part.size]))
  return { left: parts, right: right.map(group => group.map(({ label, axis }) => ({ label, size: size.get(label) ?? Number(axis) }))) }
}

const checkSizes = (op: RearrangeOp, given: Sizes | undefined): Sizes => {
  const sizes = heldSizes(op, given)
  for (const [name, size] of Object.entries(sizes))
    if (typeof size !== 'number')
      fail({ _tag: 'ArgumentError', op, detail: `the size of '${name}' is ${show(size)}: give a whole number from 0 up` })
  return sizes
}

/** A pattern taken apart once, for all tensors that it is applied to. */
const following = (op: RearrangeOp, text: string, given: Sizes | undefined) => {
  if (typeof text !== 'string')
    fail({ _tag: 'ArgumentError', op, detail: `${show(text)} is no pattern: write one in quotes, such as 'a b -> b a'` })
  const sizes = checkSizes(op, given)
  const pattern = rearrangePattern(op, text)
  return (x: Value, reduceAxes: derived.ReduceAxes): Value => {
    const axes = held(rearrangeAxes(op, held(pattern), x.shape, sizes))
    const { left, right } = sized(op, x, axes)
    return relabel(axes.shape, derived.rearrange(x, left, right, reduceAxes))
  }
}

const rearrangement = <Op extends RearrangeOp>(op: Op): Rearrangement<Op> =>
  typed((pattern: string, sizes?: Sizes) => {
    const follow = following(op, pattern, sizes)
    return (x: Value): Value => {
      checkTensor(op, x)
      return follow(x, y => y)
    }
  })

/**
 * Axes split, joined and moved: `rearrange('seq (h d) -> h seq d', { h: 4 })`. No entry is lost and none is new.
 *
 * **Pattern**: on the left a part for every axis, on the right the axes of the result. A part is a name; a group such as `(h d)`, which is one axis
 * made of several, the last running fastest, of whose sizes one may be left out; `1`; or `...`, any number of axes, which in a group of
 * the right are joined.
 * **Shapes**: a name stands for the axis that it is written for, a size or a name, and the result has that axis. Axes with names are joined as 'h*w' and split as
 * 'n//4'; that 4 divides n is checked when it runs.
 * **Errors**: a name on one side alone, a size that does not divide, too few or too many axes, a size for a name that the pattern has not.
 * **Source**: A. Rogozhnikov, "Einops: clear and reliable tensor manipulations with Einstein-like notation", ICLR 2022.
 *
 * @example
 * import { arange, pipe, rearrange, reshape, toNested, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('seq 12', { seq: 5 }), rearrange('seq (h d) -> h seq d', { h: 4 })).shape, '4 seq 3')
 * assert.deepEqual(toNested(pipe(arange(4), reshape('2 2'), rearrange('h w -> (w h)'))), [0, 2, 1, 3])
 */
export const rearrange: Rearrangement<'rearrange'> = rearrangement<'rearrange'>('rearrange')

/**
 * Axes split, joined, moved and repeated: a name or a size that stands on the right alone is a new axis, along which the tensor is repeated.
 *
 * The pattern is that of `rearrange`; a new name has its size beside the pattern.
 *
 * **Gradient**: ct summed over the new axes.
 * **Errors**: as those of `rearrange`; a new name without a size.
 *
 * @example
 * import { pipe, repeat, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), repeat('w -> 2 w'))), [[1, 2], [1, 2]])
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), repeat('w -> (w r)', { r: 2 }))), [1, 1, 2, 2])
 */
export const repeat: Rearrangement<'repeat'> = rearrangement<'repeat'>('repeat')

const reducers = {
  sum: { of: 'numeric', apply: sumAxes },
  mean: { of: 'float', apply: derived.meanOf },
  max: { of: 'numeric', apply: maxAxes },
  min: { of: 'numeric', apply: minAxes },
  prod: { of: 'numeric', apply: derived.prod },
  any: { of: 'bool', apply: derived.any },
  all: { of: 'bool', apply: derived.all },
} as const

/** How `reduce` makes one entry of several. @category type-level */
export type Reducer = keyof typeof reducers

interface Classes<D extends DType> {
  readonly numeric: NumericDType<'reduce', D>
  readonly float: FloatDType<'reduce', D>
  readonly bool: ExactDType<'reduce', D, 'bool'>
}
const classRules = { numeric: numericDType, float: floatDType, bool: (op: string, dtype: DType) => exactDType(op, dtype, 'bool') } as const

/** A tensor that a pattern fits and whose dtype the reduction takes. @category type-level */
export type ReducingBy<in out P extends string, in out B extends Reducer, in out N> = <S extends string, D extends DType>(
  x: Expect<Classes<D>[(typeof reducers)[B]['of']], Expect<Rearrange<'reduce', P, S, N>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Rearrange<'reduce', P, S, N>>, D>

/** By a pattern and the name of a reduction, or with sizes as well. @category type-level */
export interface ReduceOp {
  <const P extends string, const B extends Reducer>(pattern: P, by: B): ReducingBy<P, B, undefined>
  <const P extends string, const B extends Reducer, const N extends Sizes | undefined>(pattern: P, by: B, sizes: N): ReducingBy<P, B, N>
}

/**
 * Axes split, joined, moved and reduced: what stands on the left alone is reduced, by 'sum', 'mean', 'max', 'min', 'prod', 'any' or 'all'.
 *
 * The pattern is that of `rearrange`; a size in its place, as in `(h 2)`, is an axis without a name that is reduced, and so is `...`.
 *
 * **Gradient**: that of the reduction.
 * **Errors**: as those of `rearrange`; a dtype that the reduction does not take.
 *
 * @example
 * import { pipe, reduce, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2, 3, 4], [5, 6, 7, 8]])
 * assert.deepEqual(toNested(pipe(x, reduce('(h 2) (w 2) -> h w', 'max'))), [[6, 8]])
 * assert.deepEqual(toNested(pipe(x, reduce('h w -> w', 'mean'))), [3, 4, 5, 6])
 */
export const reduce: ReduceOp = typed<ReduceOp>((pattern: string, by: Reducer, sizes?: Sizes) => {
  if (typeof by !== 'string' || !Object.hasOwn(reducers, by))
    fail({ _tag: 'ArgumentError', op: 'reduce', detail: `${show(by)} is no reduction: give ${Object.keys(reducers).join(', ')}` })
  const { of, apply } = reducers[by]
  const follow = following('reduce', pattern, sizes)
  return (x: Value): Value => {
    checkTensor('reduce', x)
    heldDType(classRules[of]('reduce', x.dtype))
    try {
      return follow(x, apply)
    } catch (error) {
      return failAs('reduce', error)
    }
  }
})
