/** The two variables that lengthen the search of the laws. */
import { describe, expect, test } from 'vitest'
import { draws, wholeNumber } from '../support/draws.js'

describe('a whole number of the environment', () => {
  test.each([
    [undefined, 7],
    ['', 7],
    ['20', 20],
    ['1', 1],
  ])('%j', (text, expected) => {
    expect(wholeNumber('LAW_RUNS', text, 1, 7)).toBe(expected)
  })
  test.each(['0', '-3', '1.5', 'many', '1e10', 'NaN'])('%j is none', text => {
    expect(() => wholeNumber('LAW_RUNS', text, 1, 7)).toThrow(`LAW_RUNS is '${text}': give a whole number from 1 to 2^31 - 1`)
  })
})

test('the variables move every seed by the same and multiply every number of runs by the same', () => {
  const [first, second] = [draws(5, 10), draws(8, 30)]
  expect(second.seed - first.seed).toBe(3)
  expect(second.numRuns / first.numRuns).toBe(3)
  expect(draws(5).numRuns / first.numRuns).toBe(10)
})
