/**
 * Binary operations, data last: `pipe(x, sub(y))` is x - y. The second operand is a tensor of the same dtype or a number.
 * The shapes are equal or one broadcasts to the other; the result has one of the two shapes, never a third.
 *
 * @example
 * import { add, div, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, add(tensor([10, 20])))), [[11, 22], [13, 24]])
 * assert.deepEqual(toNested(pipe(x, div(2))), [[0.5, 1], [1.5, 2]])
 */
import * as derived from '../derived/index.js'
import * as primitive from '../primitives/index.js'
import { type Binary, binaryOp } from './apply-binary.js'

/**
 * x + y.
 *
 * @example
 * import { add, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), add(tensor([10, 20])))), [[11, 22], [13, 24]])
 *
 * @category primitives
 */
export const add: Binary<'add', 'numeric'> = binaryOp('add', 'numeric', primitive.add)
/**
 * x - y.
 *
 * @example
 * import { pipe, sub, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([5, 7]), sub(2))), [3, 5])
 *
 * @category primitives
 */
export const sub: Binary<'sub', 'numeric'> = binaryOp('sub', 'numeric', primitive.sub)
/**
 * x · y.
 *
 * @example
 * import { mul, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), mul(tensor([3, 4])))), [3, 8])
 *
 * @category primitives
 */
export const mul: Binary<'mul', 'numeric'> = binaryOp('mul', 'numeric', primitive.mul)
/**
 * x / y, of floats.
 *
 * @example
 * import { div, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), div(4))), [0.25, 0.5])
 *
 * @category primitives
 */
export const div: Binary<'div', 'float'> = binaryOp('div', 'float', primitive.div)
/**
 * The remainder of x / y, with the sign of x (C's fmod); of integers by 0 it is 0. `mod` has that with the sign of y.
 *
 * @example
 * import { pipe, rem, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([5, -5]), rem(3))), [2, -2])
 *
 * @category primitives
 */
export const rem: Binary<'rem', 'numeric'> = binaryOp('rem', 'numeric', primitive.rem)
/**
 * The remainder of x / y, with the sign of y (Python's %): x less y times the quotient rounded down; of integers by 0 it is 0.
 *
 * **Gradient**: 1 to x and minus the quotient rounded down to y.
 *
 * @example
 * import { mod, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([5, -5]), mod(3))), [2, 1])
 */
export const mod: Binary<'mod', 'numeric'> = binaryOp('mod', 'numeric', derived.mod)
/**
 * x / y rounded down (Python's //), of floats or of integers; of integers by 0 it is 0. Its derivative is 0.
 *
 * @example
 * import { floorDiv, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([7, -7], 'int32'), floorDiv(2))), [3, -4])
 */
export const floorDiv: Binary<'floorDiv', 'numeric'> = binaryOp('floorDiv', 'numeric', derived.floorDiv)
/**
 * x to the power y, of floats.
 *
 * @example
 * import { pipe, pow, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([2, 3]), pow(2))), [4, 9])
 *
 * @category primitives
 */
export const pow: Binary<'pow', 'float'> = binaryOp('pow', 'float', primitive.pow)
/**
 * The greater of x and y.
 *
 * @example
 * import { maximum, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-1, 2]), maximum(0))), [0, 2])
 *
 * @category primitives
 */
export const maximum: Binary<'maximum', 'numeric'> = binaryOp('maximum', 'numeric', primitive.maximum)
/**
 * The lesser of x and y.
 *
 * @example
 * import { minimum, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-1, 2]), minimum(0))), [-1, 0])
 *
 * @category primitives
 */
export const minimum: Binary<'minimum', 'numeric'> = binaryOp('minimum', 'numeric', primitive.minimum)

/**
 * x = y, a bool.
 *
 * @example
 * import { equal, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), equal(2))), [false, true])
 *
 * @category primitives
 */
export const equal: Binary<'equal', 'any', 'bool'> = binaryOp('equal', 'any', primitive.equal)
/**
 * x ≠ y, a bool.
 *
 * @example
 * import { notEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), notEqual(2))), [true, false])
 *
 * @category primitives
 */
export const notEqual: Binary<'notEqual', 'any', 'bool'> = binaryOp('notEqual', 'any', (x, y) => primitive.not(primitive.equal(x, y)))
/**
 * x < y, a bool.
 *
 * @example
 * import { less, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), less(2))), [true, false, false])
 *
 * @category primitives
 */
export const less: Binary<'less', 'any', 'bool'> = binaryOp('less', 'any', primitive.less)
/**
 * x ≤ y, a bool.
 *
 * @example
 * import { lessEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), lessEqual(2))), [true, true, false])
 *
 * @category primitives
 */
export const lessEqual: Binary<'lessEqual', 'any', 'bool'> = binaryOp('lessEqual', 'any', primitive.lessEqual)
/**
 * x > y, a bool.
 *
 * @example
 * import { greater, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), greater(2))), [false, false, true])
 *
 * @category primitives
 */
export const greater: Binary<'greater', 'any', 'bool'> = binaryOp('greater', 'any', (x, y) => primitive.less(y, x))
/**
 * x ≥ y, a bool.
 *
 * @example
 * import { greaterEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), greaterEqual(2))), [false, true, true])
 *
 * @category primitives
 */
export const greaterEqual: Binary<'greaterEqual', 'any', 'bool'> = binaryOp('greaterEqual', 'any', (x, y) => primitive.lessEqual(y, x))

/**
 * x and y: of bools, or of integers bit by bit.
 *
 * @example
 * import { and, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([true, true]), and(tensor([true, false])))), [true, false])
 *
 * @category primitives
 */
export const and: Binary<'and', 'bits'> = binaryOp('and', 'bits', primitive.and)
/**
 * x or y: of bools, or of integers bit by bit.
 *
 * @example
 * import { or, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([false, false]), or(tensor([true, false])))), [true, false])
 *
 * @category primitives
 */
export const or: Binary<'or', 'bits'> = binaryOp('or', 'bits', primitive.or)
/**
 * Either x or y: of bools, or of integers bit by bit.
 *
 * @example
 * import { pipe, tensor, toNested, xor } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([true, true]), xor(tensor([true, false])))), [false, true])
 *
 * @category primitives
 */
export const xor: Binary<'xor', 'bits'> = binaryOp('xor', 'bits', primitive.xor)
/**
 * The bits of an integer moved up by y places, y modulo 32.
 *
 * @example
 * import { pipe, shiftLeft, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 5], 'int32'), shiftLeft(2))), [4, 20])
 *
 * @category primitives
 */
export const shiftLeft: Binary<'shiftLeft', 'integer'> = binaryOp('shiftLeft', 'integer', primitive.shiftLeft)
/**
 * The bits of an integer moved down by y places, y modulo 32; int32 keeps its sign.
 *
 * @example
 * import { pipe, shiftRight, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-8, 5], 'int32'), shiftRight(1))), [-4, 2])
 *
 * @category primitives
 */
export const shiftRight: Binary<'shiftRight', 'integer'> = binaryOp('shiftRight', 'integer', primitive.shiftRight)
