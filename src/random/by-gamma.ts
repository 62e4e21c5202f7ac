/**
 * Distributions made of gamma numbers: gamma itself, beta, chi-squared, F, Student's t and the generalized normal. Their gradients to parameters are
 * those of gamma: implicit, through the distribution function.
 *
 * @example
 * import { grad, mean, pipe, random, tensor, toNumber, type Tensor } from 'pullback'
 *
 * // The mean of gamma numbers is their parameter, so its slope is nearly 1.
 * const average = (a: Tensor<''>) => pipe(random.gamma(a)('1000')(random.key(0)), mean())
 * assert.ok(Math.abs(toNumber(grad(average)(tensor(3))) - 1) < 0.1)
 */
import { scale } from '../derived/index.js'
import { add, castTo, div, exp, filled, log, maximum, mul, sub } from '../primitives/index.js'
import { type DType, typed, type Value } from '../tensor/index.js'
import { drawing } from './drawing.js'
import { gammaDrawn, logGammaDrawn } from './gamma.js'
import { finite, positive, signsOf } from './inverse.js'
import { split } from './key.js'
import { normalDrawn } from './normal.js'
import { type DrawByOne, type DrawByTwo, parameter } from './parameter.js'
import { bitsOf } from './words.js'

const above = { above: 0 }

/**
 * Gamma with the shape parameter a and the scale 1. The least normal number of the dtype stands for less, which small parameters often give:
 * `loggamma` has it. Where an entry of a tensor is no parameter, the number is NaN.
 *
 * **Gradient**: to a, that of the number whose distribution function stays what it was.
 * **Source**: G. Marsaglia, W. W. Tsang, "A simple method for generating gamma variables", 2000; M. Figurnov, S. Mohamed, A. Mnih, "Implicit
 * reparameterization gradients", 2018.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const [small = 9, large = 0] = toNested(random.gamma(tensor([0.01, 1000]))('2')(random.key(0)))
 * assert.ok(small > 0 && small < 9 && large > 800 && large < 1200)
 *
 * @category constructors
 */
export const gamma: DrawByOne<'gamma'> = typed((a: unknown) =>
  drawing('gamma', (key, _, __, each) => gammaDrawn(key, each), { parameters: [parameter('gamma', 'a', a, above)] }),
)

/**
 * The logarithm of a gamma number, which is finite where the number itself is too small for the dtype.
 *
 * @example
 * import { random, toNumber } from 'pullback'
 *
 * assert.ok(Number.isFinite(toNumber(random.loggamma(1e-6)('')(random.key(0)))))
 *
 * @category constructors
 */
export const loggamma: DrawByOne<'loggamma'> = typed((a: unknown) =>
  drawing('loggamma', (key, _, __, each) => logGammaDrawn(key, each), { parameters: [parameter('loggamma', 'a', a, above)] }),
)

const betaDrawn = (key: Value, _: number, __: DType, a: Value, b: Value): Value => {
  const [first, second] = split()(typed(key))
  const [x, y] = [logGammaDrawn(first, a), logGammaDrawn(second, b)]
  // The greater of the two becomes 1, so that one of the quotient's parts is neither 0 nor infinite.
  const most = maximum(x, y)
  const [p, q] = [exp(sub(x, most)), exp(sub(y, most))]
  return div(p, add(p, q))
}

/**
 * Beta with the parameters a and b, from 0 to 1, which rounding may reach.
 *
 * **Source**: X / (X + Y) of gamma numbers X and Y, by their logarithms, as in JAX.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.beta(2, 5)('3')(random.key(0))).every(x => x >= 0 && x <= 1))
 *
 * @category constructors
 */
export const beta: DrawByTwo<'beta'> = typed((a: unknown, b: unknown) =>
  drawing('beta', betaDrawn, { parameters: [parameter('beta', 'a', a, above), parameter('beta', 'b', b, above)] }),
)

const chisquareDrawn = (key: Value, _: number, __: DType, df: Value): Value => scale(gammaDrawn(key, scale(df, 0.5)), 2)

/**
 * Chi-squared with degrees of freedom: the sum of so many squared normal numbers.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.chisquare(3)('3')(random.key(0))).every(x => x > 0))
 *
 * @category constructors
 */
export const chisquare: DrawByOne<'chisquare'> = typed((df: unknown) =>
  drawing('chisquare', chisquareDrawn, { parameters: [parameter('chisquare', 'df', df, above)] }),
)

const fDrawn = (key: Value, _: number, __: DType, top: Value, bottom: Value): Value => {
  const [first, second] = split()(typed(key))
  const logarithm = sub(logGammaDrawn(first, scale(top, 0.5)), logGammaDrawn(second, scale(bottom, 0.5)))
  return positive(finite(mul(exp(logarithm), div(bottom, top))))
}

/**
 * F with the degrees of freedom of the upper and of the lower part: a quotient of chi-squared numbers, each over its degrees of freedom.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.f(3, 10)('3')(random.key(0))).every(x => x > 0))
 *
 * @category constructors
 */
export const f: DrawByTwo<'f'> = typed((top: unknown, bottom: unknown) =>
  drawing('f', fDrawn, { parameters: [parameter('f', 'the upper df', top, above), parameter('f', 'the lower df', bottom, above)] }),
)

const studentTDrawn = (key: Value, n: number, dtype: DType, df: Value): Value => {
  const [first, second] = split()(typed(key))
  const half = scale(df, 0.5)
  const width = exp(scale(sub(log(half), logGammaDrawn(second, half)), 0.5))
  return finite(mul(normalDrawn(first, n, dtype), finite(width)))
}

/**
 * Student's t with degrees of freedom. What is too great for the dtype, which few degrees of freedom often give, is its greatest number.
 *
 * **Source**: a normal number over the root of a gamma number; `jax.random.t`.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.studentT(3)('3')(random.key(0))).every(Number.isFinite))
 *
 * @category constructors
 */
export const studentT: DrawByOne<'studentT'> = typed((df: unknown) =>
  drawing('studentT', studentTDrawn, { parameters: [parameter('studentT', 'df', df, above)] }),
)

/** Numbers whose density is as e^-|x|^p. */
export const generalizedDrawn = (key: Value, n: number, dtype: DType, p: Value): Value => {
  const [first, second] = split()(typed(key))
  const inverse = div(filled(p, 1), p)
  const size = finite(exp(mul(logGammaDrawn(first, inverse), inverse)))
  return mul(castTo(signsOf(bitsOf(second, n)), dtype), size)
}

/**
 * Numbers whose density is as e^-|x|^p: Laplace for p = 1, normal with variance 1/2 for p = 2.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.ok(toNested(random.generalizedNormal(4)('3')(random.key(0))).every(Number.isFinite))
 *
 * @category constructors
 */
export const generalizedNormal: DrawByOne<'generalizedNormal'> = typed((p: unknown) =>
  drawing('generalizedNormal', generalizedDrawn, { parameters: [parameter('generalizedNormal', 'p', p, above)] }),
)
