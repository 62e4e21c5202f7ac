/**
 * How a public reduction is made from an untyped one along axes. All reductions have one type: over all axes or some, with options of which
 * each operation takes those of its kind.
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import {
  type Axes,
  axisPositions,
  type Expect,
  type Ok,
  type Option,
  type Options,
  type Reduce,
  type ReduceSome,
  reduce,
  reduceSome,
  type ShapeOf,
  type Stretched,
  stretched,
} from '../shape/index.js'
import {
  checkSizes,
  type DType,
  exactDType,
  type Float,
  fail,
  failAs,
  heldDType,
  heldFlag,
  heldOptions,
  relabel,
  type SameDType,
  sameDType,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held, stretch } from './apply-rule.js'
import { type Class, type Classes, classRules } from './class.js'

/** @category type-level */
export interface KeepDims {
  /** Whether the axes stay, with size 1; false unless given. */
  readonly keepDims?: boolean | undefined
}

/** What reductions take beside their axes; each takes the options of its kind. @category type-level */
export interface ReductionOptions extends KeepDims {
  /** True for the entries that are taken; it broadcasts to the tensor that is reduced. */
  readonly where?: Tensor<string, 'bool'> | undefined
  /** How much each entry counts, of the dtype of what is reduced; it broadcasts to it. */
  readonly weights?: Tensor<string, Float> | undefined
  /** How much less than the number of entries the sum of squares is divided by (numpy's ddof); 0 unless given. */
  readonly correction?: number | undefined
  /** The order of a norm: any number, Infinity and -Infinity too; 2 unless given. */
  readonly ord?: number | undefined
  /** What a quantile between two entries is; 'linear' unless given. */
  readonly method?: derived.QuantileMethod | undefined
}

/** The options of each kind of reduction. Those that pick an entry, or a place between two, need one. */
const optionNames = {
  picks: ['keepDims'],
  masked: ['keepDims', 'where'],
  weighted: ['keepDims', 'where', 'weights'],
  corrected: ['keepDims', 'where', 'correction'],
  norm: ['keepDims', 'where', 'ord'],
  between: ['keepDims', 'method'],
} as const satisfies { readonly [kind: string]: readonly (keyof ReductionOptions)[] }
type OptionNames = typeof optionNames

/** The options of a kind, so that a record of none of them is told which there are. */
type OptionsOf<K extends ReductionKind> = { readonly [N in OptionNames[K][number]]?: ReductionOptions[N] }

const picking = ['picks', 'between'] as const
type Picking = (typeof picking)[number]

/** A kind of reduction: which options it takes. @category type-level */
export type ReductionKind = keyof OptionNames

type Rule<Op extends string, K extends ReductionKind, S extends string, A extends Axes, Keep> = K extends Picking
  ? ReduceSome<Op, S, A, Keep>
  : Reduce<Op, S, A, Keep>

type Reducing<Op extends string, C extends Class, K extends ReductionKind, R extends DType | 'same', A extends Axes> = <
  S extends string,
  D extends DType,
>(
  x: Expect<Classes<Op, D>[C], Expect<Rule<Op, K, S, A, false>, Tensor<S, D>>>,
) => Tensor<ShapeOf<Rule<Op, K, S, A, false>>, R extends DType ? R : D>

type ReducingWith<Op extends string, C extends Class, K extends ReductionKind, R extends DType | 'same', A extends Axes, O> = <
  S extends string,
  D extends DType,
>(
  x: Expect<
    Classes<Op, D>[C],
    Expect<WhereRule<Op, S, O>, Expect<WeightsRule<Op, S, D, O>, Expect<Rule<Op, K, S, A, Option<O, 'keepDims', false>>, Tensor<S, D>>>>
  >,
) => Tensor<ShapeOf<Rule<Op, K, S, A, Option<O, 'keepDims', false>>>, R extends DType ? R : D>

type WhereRule<Op extends string, S extends string, O> = O extends { readonly where: Tensor<infer M extends string, 'bool'> }
  ? Stretched<Op, 'where', M, S>
  : Ok<S>

type WeightsRule<Op extends string, S extends string, D extends DType, O> = O extends {
  readonly weights: Tensor<infer W extends string, infer DW extends DType>
}
  ? SameDType<Op, D, DW> | Stretched<Op, 'weights', W, S>
  : Ok<S>

/**
 * A reduction over all axes or over those given, without or with options. It has an overload for each number of arguments, so that an axis
 * or an option that may be undefined shows in the type. `K` says which options there are, `R` is the result's dtype, or 'same'.
 *
 * @category type-level
 */
export interface Reduction<Op extends string, C extends Class, K extends ReductionKind = 'masked', R extends DType | 'same' = 'same'> {
  (): Reducing<Op, C, K, R, undefined>
  <const A extends Axes>(axes: A): Reducing<Op, C, K, R, A>
  <const A extends Axes, const O extends OptionsOf<K> | undefined>(
    axes: A,
    options: Expect<Options<Op, O, OptionNames[K]>, O>,
  ): ReducingWith<Op, C, K, R, A, O>
}

/** A tensor that goes with the entries of x, stretched to its sizes. */
export const besideEntries = (op: string, what: string, x: Value, given: Value | undefined): Value | undefined => {
  if (given === undefined) return undefined
  held(stretched(op, what, given.shape, x.shape))
  checkSizes(op, [x, given])
  return stretch(given, x.sizes, x.shape)
}

/** An option that is a number; NaN is none. */
export const heldNumber = (op: string, name: string, given: number | undefined): number | undefined =>
  given === undefined || (typeof given === 'number' && !Number.isNaN(given))
    ? given
    : fail({ _tag: 'ArgumentError', op, detail: `${name} is ${show(given)}: give a number` })

const heldMethod = (op: string, given: derived.QuantileMethod | undefined): derived.QuantileMethod | undefined =>
  given === undefined || derived.quantileMethods.includes(given)
    ? given
    : fail({ _tag: 'ArgumentError', op, detail: `method is ${show(given)}: give ${derived.quantileMethods.join(', ')}` })

/** The share of the entries that lie below a quantile. */
export const heldShare = (op: string, q: number): number =>
  typeof q === 'number' && q >= 0 && q <= 1
    ? q
    : fail({ _tag: 'ArgumentError', op, detail: `${show(q)} is no share of the entries: give a number from 0 to 1` })

/** An untyped reduction. It is given the axes in ascending order. */
export type ApplyReduction = (x: Value, axes: readonly number[], taken: derived.TakenEntries) => Value

/** A public reduction from an untyped one. */
export const reduction = <Op extends string, C extends Class, K extends ReductionKind = 'masked', R extends DType | 'same' = 'same'>(
  op: Op,
  of: C,
  apply: ApplyReduction,
  kind: ReductionKind = 'masked',
): Reduction<Op, C, K, R> =>
  typed((axes?: Axes, options?: ReductionOptions) => {
    const given = heldOptions<ReductionOptions>(op, options, optionNames[kind])
    const { where, weights } = given
    const keep = heldFlag(op, 'keepDims', given.keepDims, false)
    const settings = {
      correction: heldNumber(op, 'correction', given.correction),
      ord: heldNumber(op, 'ord', given.ord),
      method: heldMethod(op, given.method),
    }
    const needsEntries = picking.some(name => name === kind)
    for (const tensor of [where, weights]) if (tensor !== undefined) checkTensor(op, tensor)
    if (where !== undefined) heldDType(exactDType(`${op}: where`, where.dtype, 'bool'))
    return (x: Value): Value => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      const mask = besideEntries(op, 'where', x, where)
      if (weights !== undefined) heldDType(sameDType(op, x.dtype, weights.dtype))
      const taken = { ...settings, mask, weights: besideEntries(op, 'weights', x, weights) }
      const positions = held(axisPositions(op, x.shape, axes))
      const shape = held((needsEntries ? reduceSome : reduce)(op, x.shape, axes, keep))
      const empty = needsEntries ? positions.find(axis => x.sizes[axis] === 0) : undefined
      if (empty !== undefined) return fail({ _tag: 'ShapeError', detail: `${op}: '${x.shape}' has no entries along axis ${empty}` })
      const sorted = positions.toSorted((a, b) => a - b)
      try {
        const result = apply(x, sorted, taken)
        const sizes = keep ? x.sizes.map((size, axis) => (sorted.includes(axis) ? 1 : size)) : result.sizes
        return relabel(shape, primitive.reshapeTo(result, sizes))
      } catch (error) {
        return failAs(op, error)
      }
    }
  })
