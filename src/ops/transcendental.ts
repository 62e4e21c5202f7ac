/**
 * Exponentials and logarithms, functions of angles, and the error functions, of each entry; the shape stays.
 *
 * @example
 * import { exp, log, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(pipe(tensor(2), log, exp)) - 2) < 1e-6)
 */
import * as primitive from '../primitives/index.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * e to the power x.
 *
 * @example
 * import { exp, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(exp(tensor(1))) - Math.E) < 1e-6)
 *
 * @category primitives
 */
export const exp: Unary<'exp', 'float'> = unaryOp('exp', 'float', primitive.exp)

/**
 * e^x - 1, exact near 0.
 *
 * @example
 * import { expm1, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(expm1(tensor(1e-20, 'float64'))), 1e-20)
 *
 * @category primitives
 */
export const expm1: Unary<'expm1', 'float'> = unaryOp('expm1', 'float', primitive.expm1)

/**
 * The natural logarithm.
 *
 * @example
 * import { log, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(log(tensor(10))) - Math.LN10) < 1e-6)
 *
 * @category primitives
 */
export const log: Unary<'log', 'float'> = unaryOp('log', 'float', primitive.log)

/**
 * log(1 + x), exact near 0.
 *
 * @example
 * import { log1p, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(log1p(tensor(1e-20, 'float64'))), 1e-20)
 *
 * @category primitives
 */
export const log1p: Unary<'log1p', 'float'> = unaryOp('log1p', 'float', primitive.log1p)

/**
 * The logarithm to base 2, a whole number at powers of two.
 *
 * @example
 * import { log2, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(log2(tensor([0.25, 1, 8]))), [-2, 0, 3])
 *
 * @category primitives
 */
export const log2: Unary<'log2', 'float'> = unaryOp('log2', 'float', primitive.log2)

/**
 * 2 to the power x, exact for whole x.
 *
 * @example
 * import { exp2, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(exp2(tensor([-1, 0, 10]))), [0.5, 1, 1024])
 *
 * @category primitives
 */
export const exp2: Unary<'exp2', 'float'> = unaryOp('exp2', 'float', primitive.exp2)

/**
 * The logarithm to base 10, a whole number at powers of ten.
 *
 * @example
 * import { log10, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(log10(tensor([1, 1000]))), [0, 3])
 *
 * @category primitives
 */
export const log10: Unary<'log10', 'float'> = unaryOp('log10', 'float', primitive.log10)

/**
 * The sine of x radians.
 *
 * @example
 * import { sin, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(sin(tensor(Math.PI / 2))) - 1) < 1e-6)
 *
 * @category primitives
 */
export const sin: Unary<'sin', 'float'> = unaryOp('sin', 'float', primitive.sin)

/**
 * The cosine of x radians.
 *
 * @example
 * import { cos, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(cos(tensor(Math.PI))) - -1) < 1e-6)
 *
 * @category primitives
 */
export const cos: Unary<'cos', 'float'> = unaryOp('cos', 'float', primitive.cos)

/**
 * The tangent of x radians.
 *
 * @example
 * import { tan, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(tan(tensor(Math.PI / 4))) - 1) < 1e-6)
 */
export const tan: Unary<'tan', 'float'> = unaryOp('tan', 'float', x => primitive.div(primitive.sin(x), primitive.cos(x)))

/**
 * The hyperbolic tangent.
 *
 * @example
 * import { tanh, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(tanh(tensor(1))) - Math.tanh(1)) < 1e-6)
 *
 * @category primitives
 */
export const tanh: Unary<'tanh', 'float'> = unaryOp('tanh', 'float', primitive.tanh)

/**
 * The error function.
 *
 * @example
 * import { erf, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(erf(tensor(1))) - 0.8427007929) < 1e-6)
 *
 * @category primitives
 */
export const erf: Unary<'erf', 'float'> = unaryOp('erf', 'float', primitive.erf)

/**
 * 1 - erf x, to the last digit also where that is tiny.
 *
 * @example
 * import { erfc, tensor, toNumber } from 'pullback'
 *
 * assert.ok(Math.abs(toNumber(erfc(tensor(5, 'float64'))) / 1.5374597944280349e-12 - 1) < 1e-12)
 *
 * @category primitives
 */
export const erfc: Unary<'erfc', 'float'> = unaryOp('erfc', 'float', primitive.erfc)

/**
 * 1 / (1 + e^-x).
 *
 * @example
 * import { sigmoid, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(sigmoid(tensor([0]))), [0.5])
 *
 * @category primitives
 */
export const sigmoid: Unary<'sigmoid', 'float'> = unaryOp('sigmoid', 'float', primitive.sigmoid)
