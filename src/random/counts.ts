/**
 * Random whole numbers.
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * const dice = random.randint(1, 7)('100')(random.key(0))
 * assert.ok(toArray(dice).every(face => face >= 1 && face <= 6))
 */
import { stretch } from '../ops/apply-rule.js'
import { castTo, reshapeTo } from '../primitives/index.js'
import type { Expect } from '../shape/index.js'
import {
  calledAs,
  checkLength,
  type DType,
  fail,
  greatestOf,
  type Integer,
  isInteger,
  isTensor,
  leastOf,
  relabel,
  type Sizes,
  shorten,
  show,
  sizeOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { binomialDrawn } from './binomial.js'
import { type DrawOf, drawing } from './drawing.js'
import { fused } from './fused.js'
import { integersDrawn } from './integer.js'
import { geometricOf, signsOf } from './inverse.js'
import { checkKey } from './key.js'
import {
  type DrawBy,
  type DrawOfBy,
  drawnSizes,
  dtypeOf,
  type Held,
  type Parameter,
  type ParameterShape,
  parameter,
  type SameParameters,
  tensorsOf,
} from './parameter.js'
import { poissonDrawn } from './poisson.js'
import { bitsOf, unit } from './words.js'

/** A bound of a range of whole numbers. @category model */
export type Bound = number | Tensor<string, Integer>

/** The dtype of numbers between such bounds: that of the tensors among them, else int32. @category type-level */
export type BoundDType<P> = [P] extends [number] ? 'int32' : P extends Tensor<string, infer D> ? D : never

/** The dtypes that may be asked for. @category type-level */
export type BoundChoice<P> = [P] extends [number] ? Integer : BoundDType<P>

const bound = (name: string, given: unknown): Held => {
  if (isTensor(given) && !isInteger(given.dtype))
    fail({ _tag: 'DTypeError', detail: `randint: ${name} is ${given.dtype}: a bound is a whole number or a tensor of int32 or uint32` })
  if (isTensor(given) || (typeof given === 'number' && Number.isSafeInteger(given))) return { name, value: given }
  return fail({
    _tag: 'ArgumentError',
    op: 'randint',
    detail: `${name} is ${show(given)}: give a whole number, or a tensor of such numbers`,
  })
}

const drawIntegers =
  (low: Held, high: Held) =>
  (shape: string, given?: Sizes, asked?: DType) =>
  (key: Value): Value => {
    const op = 'randint'
    checkKey(op, key)
    const bounds = [low, high]
    const sizes = drawnSizes(op, shape, given, tensorsOf(bounds))
    const own = dtypeOf(op, bounds)
    const dtype = asked ?? own ?? 'int32'
    if (!isInteger(dtype) || (own !== undefined && own !== dtype))
      return fail({
        _tag: 'DTypeError',
        detail: `${op}: draws ${own ?? 'integers'}, not ${typeof dtype === 'string' ? shorten(dtype) : show(dtype)}: ask for ${own ?? 'int32 or uint32'}`,
      })
    for (const { name, value } of bounds)
      if (typeof value === 'number' && !(value >= leastOf(dtype) && value <= greatestOf(dtype) + (name === 'high' ? 1 : 0)))
        fail({
          _tag: 'ArgumentError',
          op,
          detail: `${name} is ${value}, which ${dtype} does not reach: it has ${leastOf(dtype)} to ${greatestOf(dtype)}`,
        })
    const n = checkLength(op, dtype, sizeOf(sizes))
    const [from, to] = bounds.map(({ value }) => (typeof value === 'number' ? value : reshapeTo(stretch(value, sizes, value.shape), [n])))
    const drawn = calledAs(op, () => fused(n, own => integersDrawn(own, n, dtype, from ?? 0, to ?? 0), key))
    return relabel(shape, reshapeTo(drawn, sizes))
  }

/**
 * Whole numbers from `low` on and below `high`, each as likely as any other. The bounds are numbers or tensors of integers that broadcast to the
 * shape; where a tensor's bounds have nothing between them, the number is `low`. int32 unless the bounds are uint32 or uint32 is asked for. Bit for bit
 * the numbers of JAX.
 *
 * **Errors**: numbers between which there is nothing, or which the dtype has not; the upper one may be one more than its greatest number.
 * **Source**: `jax.random.randint`.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const dice = toNested(random.randint(1, 7)('3')(random.key(0)))
 * assert.ok(dice.every(face => [1, 2, 3, 4, 5, 6].includes(face)))
 * const each = random.randint(0, tensor([1, 10], 'int32'))('5 2')(random.key(0))
 * assert.equal(each.shape, '5 2')
 *
 * @category constructors
 */
export const randint: <const A extends Bound, const B extends Bound>(
  low: A,
  high: Expect<SameParameters<'randint', A, B>, B>,
) => DrawBy<'randint', ParameterShape<A>, ParameterShape<B>, BoundDType<A | B>, BoundChoice<A | B>> = typed(
  (low: unknown, high: unknown) => {
    const [from, to] = [bound('low', low), bound('high', high)]
    if (typeof from.value === 'number' && typeof to.value === 'number' && from.value >= to.value)
      return fail({ _tag: 'ArgumentError', op: 'randint', detail: `no whole number lies from ${from.value} on and below ${to.value}` })
    return drawIntegers(from, to)
  },
)

/**
 * -1 or 1, each with probability 1/2; int32.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.rademacher('9')(random.key(0))).every(sign => sign === 1 || sign === -1))
 *
 * @category constructors
 */
export const rademacher: DrawOf<'rademacher', 'int32'> = typed(
  drawing('rademacher', (key, n) => signsOf(bitsOf(key, n)), { dtype: 'int32' }),
)

/** A draw of int32 from one parameter. @category type-level */
export type CountBy<Op extends string> = <const A extends Parameter>(parameter: A) => DrawOfBy<Op, ParameterShape<A>, '', 'int32'>

/**
 * Poisson numbers: how many events there are where `rate` are expected; int32. What is more than an int32 can be is its greatest number, and where
 * an entry of a tensor is no rate, because it is negative, infinite or NaN, the number is -1.
 *
 * **Source**: inversion below a rate of 10; PTRS of W. Hörmann, 1993, from there on.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const [none = 1, many = 0] = toNested(random.poisson(tensor([0, 1000]))('2')(random.key(0)))
 * assert.ok(none === 0 && many > 800 && many < 1200)
 *
 * @category constructors
 */
export const poisson: CountBy<'poisson'> = typed((rate: unknown) =>
  drawing('poisson', poissonDrawn, {
    parameters: [parameter('poisson', 'rate', rate, { least: 0 })],
    dtype: 'int32',
  }),
)

/**
 * How many trials there are until one succeeds, that one included, where each does with probability p; int32, from 1. More than an int32 can be are its
 * greatest number. p is above 0 and at most 1.
 *
 * **Source**: inversion of the distribution function, in float64.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(random.geometric(1)('3')(random.key(0))), [1, 1, 1])
 *
 * @category constructors
 */
export const geometric: CountBy<'geometric'> = typed((p: unknown) =>
  drawing('geometric', (key, n, _, each) => castTo(geometricOf(unit(key, n, 'float64'), each), 'int32'), {
    parameters: [parameter('geometric', 'p', p, { above: 0, most: 1 })],
    dtype: 'int32',
  }),
)

/**
 * Successes in `trials` trials, each of which succeeds with probability p; int32. Where an entry of a tensor is no number of trials, or no probability,
 * the number is -1.
 *
 * **Source**: inversion where fewer than 10 successes or failures are expected; BTRS of W. Hörmann, 1993, elsewhere.
 *
 * @example
 * import { random, toNumber } from 'pullback'
 *
 * const heads = toNumber(random.binomial(1000, 0.5)('')(random.key(0)))
 * assert.ok(heads > 400 && heads < 600)
 *
 * @category constructors
 */
export const binomial: <const A extends Parameter, const B extends Parameter>(
  trials: A,
  p: Expect<SameParameters<'binomial', A, B>, B>,
) => DrawOfBy<'binomial', ParameterShape<A>, ParameterShape<B>, 'int32'> = typed((trials: unknown, p: unknown) =>
  drawing('binomial', binomialDrawn, {
    parameters: [
      parameter('binomial', 'trials', trials, { least: 0, most: greatestOf('int32') }),
      parameter('binomial', 'p', p, { least: 0, most: 1 }),
    ],
    dtype: 'int32',
  }),
)
