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
import { castTo, concatAxis, filled, randomWords, reshapeTo, sliceAxis, threefry } from '../primitives/index.js'
import type { Expect, Given } from '../shape/index.js'
import {
  allocate,
  checkLength,
  concrete,
  described,
  fail,
  isInteger,
  isTensor,
  show,
  type Tensor,
  typed,
  type Value,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'

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
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(random.key(7)), [0, 7])
 *
 * @category constructors
 */
export const key = (seed: number): Key => {
  const held = wholeNumber('random.key', seed, shown => `${shown} is no seed`, { most: Number.MAX_SAFE_INTEGER })
  return typed<Key>(words(Math.floor(held / 2 ** 32), held % 2 ** 32))
}

/** Refuses what is no key, such as a seed or another tensor, for callers whose compiler has not done so. */
export const checkKey = (op: string, key: unknown): Value => {
  if (isTensor(key) && key.dtype === 'uint32' && key.sizes.length === 1 && key.sizes[0] === 2) return key
  const detail = `the key is ${isTensor(key) ? described(key) : show(key)}: make one with random.key(0), or split one that you have`
  if (!isTensor(key)) return fail({ _tag: 'ArgumentError', op, detail })
  return fail({ _tag: key.dtype === 'uint32' ? 'ShapeError' : 'DTypeError', detail: `${op}: ${detail}` })
}

/** Words of random bits, 'n 2', for the first n counters. */
export const blocks = (key: Value, n: number): Value => randomWords(key, { count: n, joined: false })

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
export const keys: <const N extends number>(n: Many<'random.keys', N>) => (key: Key) => Tensor<`${N} 2`, 'uint32'> = typed((n: number) => {
  const total = checkLength('random.keys', 'uint32', 2 * count('random.keys', n)) / 2
  return (key: Key): Value => blocks(checkKey('random.keys', key), total)
})

/** A number that the compiler has accepted as a number of keys. */
type Many<Op extends string, N> = Expect<WholeNumber<Op, N, 'is no number of keys'>, N>

const count = (op: string, n: number): number => wholeNumber(op, n, shown => `${shown} is no number of keys`)

/** The most keys that are given as tensors of their own. More of them should be one tensor, as `keys` gives it. */
const mostSplit = 2 ** 20

/** A tuple of up to 32 keys, a list of more or of a number that the compiler does not know. */
type KeysOf<N extends number> = N extends unknown ? (number extends N ? readonly Key[] : ExactlyOf<N>) : never
type ExactlyOf<N extends number, Acc extends readonly Key[] = readonly []> = Acc['length'] extends N
  ? Acc
  : Acc['length'] extends 32
    ? readonly Key[]
    : ExactlyOf<N, readonly [...Acc, Key]>

/** Two keys, or as many as are asked for. @category type-level */
export interface Split {
  (): (key: Key) => KeysOf<2>
  <const N extends number | undefined>(n: Many<'random.split', N>): (key: Key) => KeysOf<Given<N, 2>>
}

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
export const split: Split = typed<Split>((n = 2) => {
  const total = count('random.split', n)
  if (total > mostSplit)
    return fail({
      _tag: 'ArgumentError',
      op: 'random.split',
      detail: `${total} keys are many tensors: random.keys(${total}) makes one of them`,
    })
  return (key: Key): readonly Value[] => {
    const all = blocks(checkKey('random.split', key), total)
    return Array.from({ length: total }, (_, i) => reshapeTo(sliceAxis(all, 0, i, i + 1), [2]))
  }
})

const word = (data: number): number =>
  wholeNumber('random.foldIn', data, shown => `${shown} is no number to fold in`, { most: 2 ** 32 - 1 })

/**
 * A key made of a key and a number, such as that of a step or the position of a layer. It equals the key that `split` gives at that
 * position.
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
    checkKey('random.foldIn', key)
    if (isTensor(data) && (data.sizes.length > 0 || !isInteger(data.dtype)))
      return fail({
        _tag: 'ArgumentError',
        op: 'random.foldIn',
        detail: `${described(data)} is no number to fold in: give a scalar of int32 or uint32`,
      })
    const low = isTensor(data) ? reshapeTo(castTo(data, 'uint32'), [1]) : reshapeTo(words(0, word(data)), [2])
    const counter = isTensor(data) ? concatAxis([filled(low, 0), low], 0) : low
    return typed<Key>(threefry(key, counter))
  }
