/**
 * Distributions of real numbers that a uniform number is mapped to. Those without parameters are standard: multiply and add for others.
 *
 * @example
 * import { mul, pipe, random, toNested } from 'pullback'
 *
 * const waits = pipe(random.exponential('3')(random.key(0)), mul(10))
 * assert.ok(toNested(waits).every(time => time >= 0))
 */
import { add, castTo, exp, mul, reshapeTo, sqrt, sumAxes } from '../primitives/index.js'
import type { Expect } from '../shape/index.js'
import { type DType, fail, typed, type Value } from '../tensor/index.js'
import { type Draw, drawing, type Sampler, standard } from './drawing.js'
import {
  cauchyOf,
  exponentialOf,
  finite,
  gumbelOf,
  laplaceOf,
  logisticOf,
  paretoOf,
  rayleighOf,
  signsOf,
  triangularOf,
  waldOf,
  weibullOf,
} from './inverse.js'
import { split } from './key.js'
import { normalDrawn } from './normal.js'
import {
  type DrawBy,
  type DrawByOne,
  type DrawByTwo,
  type Parameter,
  type ParameterChoice,
  type ParameterDType,
  type ParameterShape,
  parameter,
  type SameParameters,
} from './parameter.js'
import { bitsOf, unit } from './words.js'

/** A draw that maps one uniform number. */
const mapped =
  (f: (u: Value, ...parameters: readonly Value[]) => Value): Sampler =>
  (key, n, dtype, ...parameters) =>
    f(unit(key, n, dtype), ...parameters)

const real = {}
const positive = { above: 0 }

/**
 * Exponential with mean 1.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.exponential('3')(random.key(0))).every(time => time >= 0))
 *
 * @category constructors
 */
export const exponential: Draw<'exponential'> = standard('exponential', mapped(exponentialOf))

/**
 * Gumbel: -log(-log u). The greatest of several logits with such numbers added is a draw from their softmax, as `categorical` does it.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.gumbel('batch 3', { batch: 2 })(random.key(0)).shape, 'batch 3')
 *
 * @category constructors
 */
export const gumbel: Draw<'gumbel'> = standard('gumbel', mapped(gumbelOf))

/**
 * Laplace with mean 0 and scale 1: exponential to both sides.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.laplace('3', {}, 'float64')(random.key(0)).dtype, 'float64')
 *
 * @category constructors
 */
export const laplace: Draw<'laplace'> = standard('laplace', mapped(laplaceOf))

/**
 * Cauchy with median 0 and scale 1, which has no mean.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.cauchy('3')(random.key(0))).every(Number.isFinite))
 *
 * @category constructors
 */
export const cauchy: Draw<'cauchy'> = standard('cauchy', mapped(cauchyOf))

/**
 * Logistic with mean 0 and scale 1: the logits of uniform numbers.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.logistic('3')(random.key(0)).shape, '3')
 *
 * @category constructors
 */
export const logistic: Draw<'logistic'> = standard('logistic', mapped(logisticOf))

/** The length of a vector of three normal numbers. */
const maxwellDrawn: Sampler = (key, n, dtype) => {
  const x = reshapeTo(normalDrawn(key, 3 * n, dtype), [n, 3])
  return sqrt(sumAxes(mul(x, x), [1]))
}

/**
 * Maxwell with scale 1: the length of a vector of three normal numbers, such as the speed of a particle.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.maxwell('3')(random.key(0))).every(speed => speed >= 0))
 *
 * @category constructors
 */
export const maxwell: Draw<'maxwell'> = standard('maxwell', maxwellDrawn)

/**
 * Maxwell to both sides of `centre`, with a width.
 *
 * @example
 * import { random } from 'pullback'
 *
 * assert.equal(random.doubleSidedMaxwell(0, 2)('3')(random.key(0)).shape, '3')
 *
 * @category constructors
 */
export const doubleSidedMaxwell: DrawByTwo<'doubleSidedMaxwell'> = typed((centre: unknown, width: unknown) => {
  const op = 'doubleSidedMaxwell'
  const sampler = (key: Value, n: number, dtype: DType, loc: Value, scale: Value): Value => {
    const [first, second] = split()(typed(key))
    const signs = castTo(signsOf(bitsOf(second, n)), dtype)
    return add(loc, mul(scale, mul(signs, maxwellDrawn(first, n, dtype))))
  }
  return drawing(op, sampler, { parameters: [parameter(op, 'centre', centre, real), parameter(op, 'width', width, positive)] })
})

/**
 * Pareto with the exponent b: from 1, and above x with probability x^-b. What is too great for the dtype is its greatest number.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.pareto(2)('3')(random.key(0))).every(x => x >= 1))
 *
 * @category constructors
 */
export const pareto: DrawByOne<'pareto'> = typed((b: unknown) =>
  drawing('pareto', mapped(paretoOf), { parameters: [parameter('pareto', 'b', b, positive)] }),
)

/**
 * Rayleigh with a width: the length of a vector of two normal numbers of that standard deviation.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.rayleigh(2)('3')(random.key(0))).every(length => length >= 0))
 *
 * @category constructors
 */
export const rayleigh: DrawByOne<'rayleigh'> = typed((width: unknown) =>
  drawing('rayleigh', mapped(rayleighOf), { parameters: [parameter('rayleigh', 'width', width, positive)] }),
)

const lognormalDrawn = (key: Value, n: number, dtype: DType, deviation: Value): Value =>
  finite(exp(mul(deviation, normalDrawn(key, n, dtype))))

/**
 * e to normal numbers of a standard deviation. What is too great for the dtype is its greatest number.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.lognormal(1)('3')(random.key(0))).every(x => x > 0))
 *
 * @category constructors
 */
export const lognormal: DrawByOne<'lognormal'> = typed((deviation: unknown) =>
  drawing('lognormal', lognormalDrawn, {
    parameters: [parameter('lognormal', 'deviation', deviation, { least: 0 })],
  }),
)

/**
 * Weibull with a width and a concentration: width times an exponential number to the power 1 / concentration.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.weibullMin(2, 1.5)('3')(random.key(0))).every(x => x >= 0))
 *
 * @category constructors
 */
export const weibullMin: DrawByTwo<'weibullMin'> = typed((width: unknown, concentration: unknown) => {
  const op = 'weibullMin'
  return drawing(op, mapped(weibullOf), {
    parameters: [parameter(op, 'width', width, positive), parameter(op, 'concentration', concentration, positive)],
  })
})

/**
 * Wald, or inverse Gaussian, with a mean and the scale 1: how long Brownian motion with the drift 1 / mean takes to reach 1.
 *
 * **Source**: J. Michael, W. Schucany, R. Haas, "Generating random variates using transformations with multiple roots", 1976.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.wald(2)('3')(random.key(0))).every(time => time > 0))
 *
 * @category constructors
 */
export const wald: DrawByOne<'wald'> = typed((mean: unknown) => {
  const sampler = (key: Value, n: number, dtype: DType, each: Value): Value => {
    const [first, second] = split()(typed(key))
    return waldOf(normalDrawn(first, n, dtype), unit(second, n, dtype), each)
  }
  return drawing('wald', sampler, { parameters: [parameter('wald', 'mean', mean, positive)] })
})

/**
 * Triangular: a density that rises from `left` to `mode` and falls to `right`, on a straight line each.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.triangular(0, 1, 4)('3')(random.key(0))).every(x => x >= 0 && x <= 4))
 *
 * @category constructors
 */
export const triangular: <const A extends Parameter, const B extends Parameter, const C extends Parameter>(
  left: A,
  mode: Expect<SameParameters<'triangular', A, B>, B>,
  right: Expect<SameParameters<'triangular', A | B, C>, C>,
) => DrawBy<'triangular', ParameterShape<A> | ParameterShape<B>, ParameterShape<C>, ParameterDType<A | B | C>, ParameterChoice<A | B | C>> =
  typed((left: unknown, mode: unknown, right: unknown) => {
    const op = 'triangular'
    if (
      typeof left === 'number' &&
      typeof mode === 'number' &&
      typeof right === 'number' &&
      !(left <= mode && mode <= right && left < right)
    )
      return fail({ _tag: 'ArgumentError', op, detail: `${left}, ${mode} and ${right} are not in this order: give left, mode and right` })
    const parameters = [parameter(op, 'left', left, real), parameter(op, 'mode', mode, real), parameter(op, 'right', right, real)]
    return drawing(op, mapped(triangularOf), { parameters })
  })
