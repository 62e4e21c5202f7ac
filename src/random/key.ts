/**
 * Randomness is a key: a value that is split, never a hidden state. The same key gives the same numbers, so a key is used once.
 * The algorithm is JAX's (threefry2x32, partitionable), bit for bit.
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * const [first, second] = random.split()(random.key(42))
 * assert.notDeepEqual(toArray(first), toArray(second))
 */
import { broadcastAxes, castTo, concatAxis, filled, iota, reshapeTo, sliceAxis, threefry } from '../primitives/index.js'
import { allocate, checkLength, concrete, fail, isTensor, type Tensor, typed, type Value, wholeNumber } from '../tensor/index.js'

/** @category model */
export type Key = Tensor<'2', 'uint32'>

const words = (high: number, low: number): Value => {
  const buffer = allocate('uint32', 2)
  buffer.set([high, low])
  return concrete([2], 'uint32', buffer)
}

/**
 * A key from a seed, a whole number from 0 to 2^53 - 1.
 *
 * @category constructors
 */
export const key = (seed: number): Key => {
  const held = wholeNumber('random.key', seed, shown => `${shown} is no seed`, { most: Number.MAX_SAFE_INTEGER })
  return typed<Key>(words(Math.floor(held / 2 ** 32), held % 2 ** 32))
}

/** The counters (0, 0), (0, 1), … (0, n - 1) as 'n 2'. */
const counters = (n: number): Value => {
  const low = reshapeTo(iota([n], 0, 'uint32'), [n, 1])
  return concatAxis([filled(low, 0), low], 1)
}

/** Words of random bits, 'n 2', for the first n counters. */
export const blocks = (key: Value, n: number): Value => threefry(broadcastAxes(key, [n, 2], [0]), counters(n))

/**
 * n keys as one tensor, for `vmap`.
 *
 * @example
 * import { random, vmap } from 'pullback'
 *
 * const rows = vmap('8')((key: random.Key) => random.normal('3')(key))(random.keys(8)(random.key(0)))
 * assert.equal(rows.shape, '8 3')
 *
 * @category combinators
 */
export const keys =
  <const N extends number>(n: N) =>
  (key: Key): Tensor<`${N} 2`, 'uint32'> =>
    typed(blocks(key, checkLength('random.keys', 'uint32', 2 * count('random.keys', n)) / 2))

const count = (op: string, n: number): number => wholeNumber(op, n, shown => `${shown} is no number of keys`)

/** Keys as tensors of their own: more of them are better one tensor. */
const mostSplit = 2 ** 20

type KeysOf<N extends number, Acc extends readonly Key[] = []> = number extends N
  ? readonly Key[]
  : Acc['length'] extends N | 32
    ? Acc['length'] extends N
      ? Acc
      : readonly Key[]
    : KeysOf<N, readonly [...Acc, Key]>

/**
 * New keys from a key, two unless told otherwise. The first n of more are the same keys.
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * const [a, b, c] = random.split(3)(random.key(0))
 * assert.deepEqual(toArray(a), toArray(random.split()(random.key(0))[0]))
 *
 * @category combinators
 */
export const split =
  <const N extends number = 2>(n?: N) =>
  (key: Key): KeysOf<N> => {
    const total = count('random.split', n ?? 2)
    if (total > mostSplit)
      return fail({
        _tag: 'ArgumentError',
        op: 'random.split',
        detail: `${total} keys are many tensors: random.keys(${total}) makes one of them`,
      })
    const all = blocks(key, total)
    return typed<KeysOf<N>>(Array.from({ length: total }, (_, i) => reshapeTo(sliceAxis(all, 0, i, i + 1), [2])))
  }

const word = (data: number): number =>
  wholeNumber('random.foldIn', data, shown => `${shown} is no number to fold in`, { most: 2 ** 32 - 1 })

/**
 * A key made of a key and a number: a step, a layer's place. Equals the key at that place of `split`.
 *
 * @example
 * import { random, toArray } from 'pullback'
 *
 * const [, second] = random.split()(random.key(0))
 * assert.deepEqual(toArray(random.foldIn(1)(random.key(0))), toArray(second))
 *
 * @category combinators
 */
export const foldIn =
  (data: number | Tensor<'', 'int32' | 'uint32'>) =>
  (key: Key): Key => {
    const low = isTensor(data) ? reshapeTo(castTo(data, 'uint32'), [1]) : reshapeTo(words(0, word(data)), [2])
    const counter = isTensor(data) ? concatAxis([filled(low, 0), low], 0) : low
    return typed<Key>(threefry(key, counter))
  }
