/**
 * Signs and neighbours of floats.
 *
 * @example
 * import { copySign, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, -2]), copySign(tensor([-3, 4])))), [-1, 2])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import { type Binary, binaryOp } from './apply-binary.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * |x| with the sign of y, which -0 has too; that of NaN counts as positive.
 *
 * **Gradient**: to x alone, negated where the sign is changed.
 *
 * @example
 * import { copySign, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, -2]), copySign(tensor([-3, 4])))), [-1, 2])
 *
 * @category primitives
 */
export const copySign: Binary<'copySign', 'float'> = binaryOp('copySign', 'float', primitive.copySign)

/**
 * Whether x has the sign of negative numbers, which -0 has too; that of NaN counts as positive.
 *
 * @example
 * import { signBit, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(signBit(tensor([1, -1, 0, -0]))), [false, true, false, true])
 */
export const signBit: Unary<'signBit', 'numeric', 'bool'> = unaryOp('signBit', 'numeric', derived.hasSign)

/**
 * The number of the dtype that comes next after x on the way to y.
 *
 * **Gradient**: to x alone, as it is.
 *
 * @example
 * import { nextAfter, pipe, tensor, toNumber } from 'pullback'
 *
 * assert.equal(toNumber(pipe(tensor(1), nextAfter(2))), 1 + 2 ** -23)
 *
 * @category primitives
 */
export const nextAfter: Binary<'nextAfter', 'float'> = binaryOp('nextAfter', 'float', primitive.nextAfter)

/**
 * The step function: 0 below 0, 1 above, and the number given at 0. NaN stays.
 *
 * **Gradient**: to the number given, where x is 0.
 *
 * @example
 * import { heaviside, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-2, 0, 3]), heaviside(0.5))), [0, 0.5, 1])
 */
export const heaviside: Binary<'heaviside', 'float'> = binaryOp('heaviside', 'float', derived.heaviside)
