/** Keys: JAX's published values, and the laws of splitting. */
import * as fc from 'fast-check'
import { jit, random, tensor, toArray, toNested, vmap } from 'pullback'
import { describe, expect, test } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const words = (key: random.Key): readonly number[] => [...toArray(key)]
const seeds = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

describe('known answers', () => {
  test('a seed is two words, the high one first', () => {
    expect(words(random.key(0))).toEqual([0, 0])
    expect(words(random.key(42))).toEqual([0, 42])
    expect(words(random.key(2 ** 32 + 5))).toEqual([1, 5])
    expect(words(random.key(Number.MAX_SAFE_INTEGER))).toEqual([2 ** 21 - 1, 2 ** 32 - 1])
  })
  test('jax.random.split(key(0))', () => {
    // jax 0.4.36 and later, jax_threefry_partitionable
    expect(random.split()(random.key(0)).map(words)).toEqual([
      [1797259609, 2579123966],
      [928981903, 3453687069],
    ])
  })
  test('jax.random.normal', () => {
    // The same digits as JAX prints; the last bits depend on its log, 2e-7 of the value.
    expect(toNested(random.normal('')(random.key(0)))).toBeCloseTo(1.6226422, 6)
    expect(toNested(random.normal('')(random.key(42)))).toBeCloseTo(-0.028304616, 8)
  })
})

describe('splitting', () => {
  test('the first keys of more are the same keys', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }), (seed, n, more) => {
        const few = random.split(n)(random.key(seed)).map(words)
        const many = random
          .split(n + more)(random.key(seed))
          .map(words)
        expect(many.slice(0, n)).toEqual(few)
      }),
      draws(61, 40),
    )
  })
  test('foldIn(i) is the key at place i, given as a number or as a tensor', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 9 }), (seed, i) => {
        const key = random.key(seed)
        const at = words(random.split<number>(10)(key)[i] ?? key)
        expect(words(random.foldIn(i)(key))).toEqual(at)
        expect(words(random.foldIn(tensor(i, 'int32'))(key))).toEqual(at)
        expect(words(random.foldIn(tensor(i, 'uint32'))(key))).toEqual(at)
      }),
      draws(62, 40),
    )
  })
  test('keys(n) holds the rows of split(n)', () => {
    const rows = random.split(5)(random.key(3)).map(words)
    expect(toNested(random.keys(5)(random.key(3)))).toEqual(rows)
    expect(random.keys(0)(random.key(3)).sizes).toEqual([0, 2])
  })
  test('no two keys of a tree of splits are the same', () => {
    fc.assert(
      fc.property(seeds, seed => {
        const level = random.split(8)(random.key(seed))
        const all = [random.key(seed), ...level, ...level.flatMap(key => random.split<number>(8)(key))]
        // 73 of 2^64 keys: two alike by chance once in 10^16 runs
        expect(new Set(all.map(key => words(key).join())).size).toBe(all.length)
      }),
      draws(63, 20),
    )
  })
  test('other seeds give other numbers, the same seed the same', () => {
    fc.assert(
      fc.property(seeds, seeds, (a, b) => {
        const [x, y] = [a, b].map(seed => [...toArray(random.bits('4')(random.key(seed)))])
        if (a === b) expect(x).toEqual(y)
        else expect(x).not.toEqual(y)
      }),
      draws(64, 40),
    )
  })
})

test('vmap over keys is map', () => {
  const draw = (key: random.Key) => ({ x: random.normal('3')(key), next: random.split()(key)[1] })
  const batched = vmap('4')(draw)(random.keys(4)(random.key(9)))
  const single = random.split(4)(random.key(9)).map(draw)
  expect(toNested(batched.x)).toEqual(single.map(({ x }) => toNested(x)))
  expect(toNested(batched.next)).toEqual(single.map(({ next }) => toNested(next)))
})

describe('what is no seed, no number of keys', () => {
  test.each([-1, 1.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY])('key(%d)', seed => {
    const { _tag, message } = errorOf(() => random.key(seed))
    expect([_tag, message]).toEqual(['ArgumentError', `random.key: ${seed} is no seed: give a whole number from 0 to 2^53 - 1`])
  })
  test('split, keys, foldIn', () => {
    const key = random.key(0)
    expect(errorOf(() => random.split<number>(-1)(key)).message).toBe(
      'random.split: -1 is no number of keys: give a whole number from 0 up',
    )
    expect(errorOf(() => random.keys<number>(1.5)(key)).message).toBe(
      'random.keys: 1.5 is no number of keys: give a whole number from 0 up',
    )
    for (const data of [-3, 0.5, 2 ** 32])
      expect(errorOf(() => random.foldIn(data)(key)).message).toBe(
        `random.foldIn: ${data} is no number to fold in: give a whole number from 0 to 2^32 - 1`,
      )
  })
  test('a float is no key', () => {
    expect(errorOf(() => loose(random.split)()(tensor([0, 1])))._tag).toBe('DTypeError')
    expect(errorOf(() => loose(random.split)()(tensor([0, 1, 2], 'uint32')))._tag).toBe('ShapeError')
  })
})

test('a traced key can be split, drawn from and put in order by', () => {
  const drawn = jit((key: random.Key) => random.uniform('2')(random.foldIn(1)(key)))
  sameBits('jit', 'the two', drawn(random.key(5)), random.uniform('2')(random.foldIn(1)(random.key(5))))
  sameBits('jit', 'the orders', jit(random.permutation(30))(random.key(0)), random.permutation(30)(random.key(0)))
})
