/**
 * Special functions of each entry, and logarithms of sums and products; the shape stays.
 *
 * @example
 * import { exp, lgamma, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(exp(lgamma(tensor(5)))) - 24) < 1e-4)
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import { type Binary, binaryOp } from './apply-binary.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * log |Γ(x)|, the logarithm of the size of the gamma function; infinite at 0 and at whole numbers below it.
 *
 * **Gradient**: digamma.
 *
 * @example
 * import { lgamma, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(lgamma(tensor([1, 2, 0]))), [0, 0, Number.POSITIVE_INFINITY])
 *
 * @category primitives
 */
export const lgamma: Unary<'lgamma', 'float'> = unaryOp('lgamma', 'float', primitive.lgamma)

/**
 * The derivative of lgamma, Γ′(x) / Γ(x); NaN at whole numbers below 0, -∞ at 0.
 *
 * @example
 * import { digamma, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(digamma(tensor(1))) - -0.5772156649) < 1e-6)
 *
 * @category primitives
 */
export const digamma: Unary<'digamma', 'float'> = unaryOp('digamma', 'float', primitive.digamma)

/**
 * The inverse of erf; infinite at -1 and 1, NaN beyond.
 *
 * @example
 * import { erfInv, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(erfInv(tensor(0.5))) - 0.4769362762) < 1e-6)
 *
 * @category primitives
 */
export const erfInv: Unary<'erfInv', 'float'> = unaryOp('erfInv', 'float', primitive.erfInv)

/**
 * log(e^x + e^y), without overflow.
 *
 * Where x and y are the same infinity the gradient goes to y.
 *
 * @example
 * import { logAddExp, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(pipe(tensor(1000), logAddExp(1000))) - 1000 - Math.LN2) < 1e-4)
 */
export const logAddExp: Binary<'logAddExp', 'float'> = binaryOp('logAddExp', 'float', derived.logAddExp)

/**
 * log₂(2^x + 2^y), without overflow.
 *
 * @example
 * import { logAddExp2, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(pipe(tensor(1000), logAddExp2(1000))), 1001)
 */
export const logAddExp2: Binary<'logAddExp2', 'float'> = binaryOp('logAddExp2', 'float', derived.logAddExp2)

/**
 * x log y, and 0 where x is 0, whatever number y is: the terms of an entropy.
 *
 * **Gradient**: log y and x / y; both 0 where x is 0 and log y is not finite.
 *
 * @example
 * import { pipe, tensor, toNested, xlogy } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([0, 2]), xlogy(tensor([0, 1])))), [0, 0])
 */
export const xlogy: Binary<'xlogy', 'float'> = binaryOp('xlogy', 'float', derived.xlogy)

/**
 * x log(1 + y), and 0 where x is 0, whatever number y is.
 *
 * **Gradient**: log(1 + y) and x / (1 + y); both 0 where x is 0 and log(1 + y) is not finite.
 *
 * @example
 * import { pipe, tensor, toNested, xlog1py } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([0, 2]), xlog1py(tensor([-1, 0])))), [0, 0])
 */
export const xlog1py: Binary<'xlog1py', 'float'> = binaryOp('xlog1py', 'float', derived.xlog1py)
