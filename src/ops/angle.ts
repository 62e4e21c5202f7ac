/**
 * Angles and hyperbolic functions of each entry; the shape stays.
 *
 * @example
 * import { atan2, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(pipe(tensor(1), atan2(-1))) - (3 * Math.PI) / 4) < 1e-6)
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import { type Binary, binaryOp } from './apply-binary.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * The angle, from -π/2 to π/2 radians, whose sine is x; NaN beyond -1 and 1.
 *
 * @example
 * import { asin, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(asin(tensor(1))) - Math.PI / 2) < 1e-6)
 *
 * @category primitives
 */
export const asin: Unary<'asin', 'float'> = unaryOp('asin', 'float', primitive.asin)

/**
 * The angle, from 0 to π radians, whose cosine is x; NaN beyond -1 and 1.
 *
 * @example
 * import { acos, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(acos(tensor(-1))) - Math.PI) < 1e-6)
 *
 * @category primitives
 */
export const acos: Unary<'acos', 'float'> = unaryOp('acos', 'float', primitive.acos)

/**
 * The angle, from -π/2 to π/2 radians, whose tangent is x.
 *
 * @example
 * import { atan, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(atan(tensor(1))) - Math.PI / 4) < 1e-6)
 *
 * @category primitives
 */
export const atan: Unary<'atan', 'float'> = unaryOp('atan', 'float', primitive.atan)

/**
 * The angle, from -π to π radians, of the point whose ordinate is piped in and whose abscissa is given: `pipe(y, atan2(x))`.
 *
 * The signs of zeros count, and an infinite point lies in the middle of its quadrant, as in C. **Gradient**: x / (x² + y²) to the ordinate, -y / (x² + y²)
 * to the abscissa; NaN at the origin.
 *
 * @example
 * import { atan2, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(pipe(tensor(1), atan2(-1))) - (3 * Math.PI) / 4) < 1e-6)
 *
 * @category primitives
 */
export const atan2: Binary<'atan2', 'float'> = binaryOp('atan2', 'float', primitive.atan2)

/**
 * √(x² + y²), without overflow on the way; infinite where x or y is, also beside NaN.
 *
 * **Gradient**: x / √(x² + y²) and y / √(x² + y²); 0 where both are 0.
 *
 * @example
 * import { hypot, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([3, 3e30]), hypot(tensor([4, 4e30])))), [5, Math.fround(5e30)])
 *
 * @category primitives
 */
export const hypot: Binary<'hypot', 'float'> = binaryOp('hypot', 'float', primitive.hypot)

/**
 * (e^x - e^-x) / 2, the hyperbolic sine.
 *
 * @example
 * import { sinh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(sinh(tensor(1))) - Math.sinh(1)) < 1e-6)
 *
 * @category primitives
 */
export const sinh: Unary<'sinh', 'float'> = unaryOp('sinh', 'float', primitive.sinh)

/**
 * (e^x + e^-x) / 2, the hyperbolic cosine.
 *
 * @example
 * import { cosh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(cosh(tensor(1))) - Math.cosh(1)) < 1e-6)
 *
 * @category primitives
 */
export const cosh: Unary<'cosh', 'float'> = unaryOp('cosh', 'float', primitive.cosh)

/**
 * The inverse of sinh.
 *
 * @example
 * import { asinh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(asinh(tensor(1))) - Math.asinh(1)) < 1e-6)
 *
 * @category primitives
 */
export const asinh: Unary<'asinh', 'float'> = unaryOp('asinh', 'float', primitive.asinh)

/**
 * The inverse of cosh, from 0 up; NaN below 1.
 *
 * @example
 * import { acosh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(acosh(tensor(2))) - Math.acosh(2)) < 1e-6)
 *
 * @category primitives
 */
export const acosh: Unary<'acosh', 'float'> = unaryOp('acosh', 'float', primitive.acosh)

/**
 * The inverse of tanh; infinite at -1 and 1, NaN beyond.
 *
 * @example
 * import { atanh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(atanh(tensor(0.5))) - Math.atanh(0.5)) < 1e-6)
 *
 * @category primitives
 */
export const atanh: Unary<'atanh', 'float'> = unaryOp('atanh', 'float', primitive.atanh)

/**
 * sin πx / πx, and 1 at 0: numpy's, with π.
 *
 * At whole numbers it is 0. All derivatives are right at 0 too.
 *
 * @example
 * import { sinc, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(sinc(tensor([0, 1, -2]))).map(Math.abs), [1, 0, 0])
 */
export const sinc: Unary<'sinc', 'float'> = unaryOp('sinc', 'float', derived.sinc)

/**
 * Degrees from radians.
 *
 * @example
 * import { degrees, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(degrees(tensor(Math.PI))), 180)
 */
export const degrees: Unary<'degrees', 'float'> = unaryOp('degrees', 'float', x => derived.scale(x, 180 / Math.PI))

/**
 * Radians from degrees.
 *
 * @example
 * import { radians, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(radians(tensor(180, 'float64'))), Math.PI)
 */
export const radians: Unary<'radians', 'float'> = unaryOp('radians', 'float', x => derived.scale(x, Math.PI / 180))
