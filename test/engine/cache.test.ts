/** The cache of compiled operations: how much it keeps, and what. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Cache } from '../../src/engine/wasm/cache.js'
import { draws } from '../support/draws.js'

test('makes a thing once while it is in use', () => {
  const cache = new Cache<string>(2)
  const made: string[] = []
  const get = (key: string): string =>
    cache.get(key, () => {
      made.push(key)
      return `the ${key}`
    })
  expect(['a', 'b', 'a', 'c', 'a', 'd', 'a'].map(get)).toEqual(['the a', 'the b', 'the a', 'the c', 'the a', 'the d', 'the a'])
  expect(made).toEqual(['a', 'b', 'c', 'd'])
})

test('keeps the last things used, as many as its capacity, and at most twice as many', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 9 }).map(String), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      (keys, capacity) => {
        const cache = new Cache<string>(capacity)
        for (const key of keys) cache.get(key, () => key)
        const isKept = (key: string): boolean => {
          let made = false
          // A copy of the history, because asking the cache counts as a use.
          const again = new Cache<string>(capacity)
          for (const other of keys) again.get(other, () => other)
          again.get(key, () => {
            made = true
            return key
          })
          return !made
        }
        const latest = [...new Set(keys.toReversed())]
        expect(latest.slice(0, capacity).every(isKept)).toBe(true)
        expect(latest.filter(isKept).length).toBeLessThanOrEqual(2 * capacity)
      },
    ),
    draws(82),
  )
})
