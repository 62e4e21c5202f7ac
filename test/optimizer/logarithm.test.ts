/** The logarithm of a decay, beside the runtime's own. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { logOf } from '../../src/optimizer/logarithm.js'

test('at the ends', () => {
  expect([logOf(0), logOf(1)]).toEqual([Number.NEGATIVE_INFINITY, 0])
  expect(logOf(0.5)).toBe(-Math.LN2)
})

test('from 0 to 1 it is that of the runtime to a few units in the last place', () => {
  fc.assert(
    fc.property(fc.double({ min: 2 ** -1000, max: 1, noNaN: true }), x => {
      // Four roundings of values no larger than the result, and those of the runtime's own.
      expect(Math.abs(logOf(x) - Math.log(x))).toBeLessThanOrEqual(4 * 2 ** -52 * Math.abs(Math.log(x)))
    }),
  )
})

test('near 1 no digit is lost', () => {
  for (const gap of [1e-3, 1e-6, 1e-12]) expect(logOf(1 - gap) / Math.log1p(-(1 - (1 - gap)))).toBeCloseTo(1, 14)
})
