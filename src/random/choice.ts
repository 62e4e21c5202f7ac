/**
 * Draws from a finite set, with or without replacement, by equal or by given weights.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const hand = random.choice(52, { replace: false })('5')(random.key(0))
 * assert.equal(new Set(toNested(hand)).size, 5)
 */
import { fori } from '../control/index.js'
import { checkTensor } from '../ops/apply-rule.js'
import {
  add,
  argsortAxis,
  broadcastAxes,
  castTo,
  cumSum,
  filled,
  gather,
  less,
  log,
  minimum,
  mul,
  neg,
  reshapeTo,
  select,
  shiftRight,
  sliceAxis,
  sub,
} from '../primitives/index.js'
import type { Err, Expect, Ok, Wide } from '../shape/index.js'
import {
  at,
  calledAs,
  checkLength,
  type DType,
  type Float,
  fail,
  floatDType,
  heldDType,
  heldFlag,
  heldOptions,
  relabel,
  resolveSizes,
  type Sizes,
  sizeOf,
  type Tensor,
  typed,
  type Value,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'
import type { DrawOf } from './drawing.js'
import { integersDrawn } from './integer.js'
import { gumbelOf } from './inverse.js'
import { checkKey } from './key.js'
import { orderOf } from './permute.js'
import { unit } from './words.js'

/** @category model */
export interface ChoiceOptions {
  /** Whether what was drawn may be drawn again; true unless given. */
  readonly replace?: boolean | undefined
  /** A weight for each, not below 0; they need not add up to 1. Equal ones unless given. */
  readonly p?: Tensor<string, Float> | undefined
}

/** The rule that there is a weight for each of `N`. @category type-level */
export type Weights<N extends string, O> = O extends { readonly p: Tensor<infer P, DType> }
  ? true extends Wide<P> | Wide<N>
    ? Ok<''>
    : P extends N
      ? Ok<''>
      : Err<`choice: the weights are '${P}', not '${N}'`>
  : Ok<''>

/** Positions below a number, alone or with options. @category type-level */
export interface DrawChoice {
  <const N extends number>(n: Expect<WholeNumber<'choice', N, 'is no number of things', 1>, N>): DrawOf<'choice', 'int32'>
  <const N extends number, const O extends ChoiceOptions | undefined>(
    n: Expect<WholeNumber<'choice', N, 'is no number of things', 1>, N>,
    options: Expect<Weights<`${N}`, O>, O>,
  ): DrawOf<'choice', 'int32'>
}

const op = 'choice'

/** The first place whose sum is not below each number: binary search in n ascending sums. */
const firstNotBelow = (sums: Value, numbers: Value): Value => {
  const [n = 0] = sums.sizes
  const zero = castTo(filled(numbers, 0), 'int32')
  const halve: (f: (round: Value, carry: readonly Value[]) => readonly Value[]) => (first: readonly Value[]) => readonly Value[] = typed(
    fori(Math.ceil(Math.log2(n + 1))),
  )
  const [low = zero] = halve((_, [low = zero, high = zero]) => {
    const middle = shiftRight(add(low, high), filled(low, 1))
    const isBelow = less(gather(sums, middle, { axis: 0, batch: 0, op }), numbers)
    return [select(isBelow, add(middle, filled(middle, 1)), low), select(isBelow, high, middle)]
  })([zero, filled(zero, n - 1)])
  return minimum(low, filled(low, n - 1))
}

/** Places with the given weights: u from 0 on and below 1 becomes a part of the sum of all, above 0. */
export const weighted = (u: Value, p: Value): Value => {
  const sums = cumSum(castTo(p, 'float64'), { axis: 0, reverse: false, exclusive: false })
  const total = sliceAxis(sums, 0, at(sums.sizes, 0) - 1, at(sums.sizes, 0))
  return firstNotBelow(sums, mul(sub(filled(u, 1), u), broadcastAxes(reshapeTo(total, []), u.sizes, [0])))
}

/** The first `count` places in the order of the logarithms of weights with Gumbel numbers added, the greatest first. */
const ordered = (key: Value, p: Value, count: number): Value => {
  const scores = add(gumbelOf(unit(key, at(p.sizes, 0), p.dtype)), log(p))
  return sliceAxis(argsortAxis(neg(scores), 0), 0, 0, count)
}

/**
 * Positions from 0 to n - 1, drawn with or without replacement, each as likely as any other or by weights; int32. `take` reads what stands at them in
 * a tensor.
 *
 * What has the weight 0 is not drawn as long as there is anything else.
 *
 * **Errors**: more draws without replacement than there are things; weights whose number is not n.
 * **Source**: `jax.random.choice`: `randint`, a permutation, the inverse of the sums of the weights, or the order of their logarithms with Gumbel
 * numbers added (P. Efraimidis, P. Spirakis, "Weighted random sampling with a reservoir", 2006).
 *
 * @example
 * import { pipe, random, take, tensor, toNested } from 'pullback'
 *
 * const hand = random.choice(52, { replace: false })('5')(random.key(0))
 * assert.equal(new Set(toNested(hand)).size, 5)
 * const loaded = random.choice(3, { p: tensor([0, 1, 0]) })('4')(random.key(0))
 * assert.deepEqual(toNested(pipe(tensor([10, 20, 30]), take(loaded, 0))), [20, 20, 20, 20])
 *
 * @category constructors
 */
export const choice: DrawChoice = typed((given: number, options?: ChoiceOptions) => {
  const n = wholeNumber(op, given, shown => `${shown} is no number of things`, { least: 1, most: 2 ** 30 })
  const { replace: asked, p } = heldOptions(op, options, ['replace', 'p'])
  const replace = heldFlag(op, 'replace', asked, true)
  if (p !== undefined) {
    checkTensor(op, p)
    heldDType(floatDType(op, p.dtype))
    if (p.sizes.length !== 1 || p.sizes[0] !== n) fail({ _tag: 'ShapeError', detail: `${op}: the weights are '${p.shape}', not '${n}'` })
  }
  return (shape: string, sizesGiven?: Sizes) =>
    (key: Value): Value => {
      checkKey(op, key)
      const sizes = resolveSizes(op, shape, sizesGiven)
      const count = checkLength(op, 'int32', sizeOf(sizes))
      if (!replace && count > n)
        fail({
          _tag: 'ArgumentError',
          op,
          detail: `${count} draws without replacement of ${n}: ask for ${n} at most, or for replace: true`,
        })
      const drawn = (): Value => {
        if (p === undefined) return replace ? integersDrawn(key, count, 'int32', 0, n) : sliceAxis(orderOf(n, typed(key)), 0, 0, count)
        return replace ? weighted(unit(key, count, 'float64'), p) : ordered(key, p, count)
      }
      return relabel(shape, reshapeTo(calledAs(op, drawn), sizes))
    }
})
