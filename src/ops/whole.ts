/**
 * Functions of integers: counts of bits, divisors and multiples.
 *
 * @example
 * import { gcd, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([12, 18], 'int32'), gcd(8))), [4, 2])
 */
import * as derived from '../derived/index.js'
import { type Binary, binaryOp } from './apply-binary.js'
import { type Unary, unaryOp } from './apply-unary.js'

/**
 * How many of the 32 bits are 1; of an int32, those of its two's complement.
 *
 * @example
 * import { populationCount, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(populationCount(tensor([7, -1], 'int32'))), [3, 32])
 */
export const populationCount: Unary<'populationCount', 'integer'> = unaryOp('populationCount', 'integer', derived.populationCount)

/**
 * How many of the 32 bits above the highest 1 are 0; 32 for 0.
 *
 * @example
 * import { leadingZeros, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(leadingZeros(tensor([0, 1, 255], 'uint32'))), [32, 31, 24])
 */
export const leadingZeros: Unary<'leadingZeros', 'integer'> = unaryOp('leadingZeros', 'integer', derived.leadingZeros)

/**
 * The greatest common divisor, not negative; of x and 0 it is |x|.
 *
 * @example
 * import { gcd, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([12, -18], 'int32'), gcd(8))), [4, 2])
 */
export const gcd: Binary<'gcd', 'integer'> = binaryOp('gcd', 'integer', derived.greatestCommonDivisor)

/**
 * The least common multiple, not negative; 0 where either is. A multiple beyond 32 bits wraps.
 *
 * @example
 * import { lcm, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([4, -6], 'int32'), lcm(10))), [20, 30])
 */
export const lcm: Binary<'lcm', 'integer'> = binaryOp('lcm', 'integer', derived.leastCommonMultiple)
