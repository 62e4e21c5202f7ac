/**
 * Random orders: of whole numbers, of rows, and of each line by itself.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * assert.deepEqual([...toNested(random.permutation(3)(random.key(0)))].sort(), [0, 1, 2])
 */
import { checkTensor, held } from '../ops/apply-rule.js'
import { argsortAxis, gather, iota, moveAxis, reshapeTo } from '../primitives/index.js'
import { type Axis, type AxisOf, axisPositions, type Expect } from '../shape/index.js'
import {
  at,
  calledAs,
  type DType,
  fail,
  heldFlag,
  heldOptions,
  isTensor,
  mostListed,
  relabel,
  sizeOf,
  type Tensor,
  typed,
  type Value,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'
import { checkKey, type Key, split } from './key.js'
import { bitsOf } from './words.js'

/** In so many rounds it is unlikely that two random words of all rounds are equal. */
const roundsFor = (n: number): number => Math.ceil((3 * Math.log(Math.max(1, n))) / Math.log(2 ** 32 - 1))

/** The entries along the last axis, sorted by random words: each line for itself. */
const sortedByWords = (lines: Value, key: Key): Value => {
  const { sizes } = lines
  const last = sizes.length - 1
  let [current, order] = [key, lines]
  for (let round = 0; round < roundsFor(sizeOf(sizes)); round += 1) {
    const [next, own] = split()(current)
    const places = argsortAxis(reshapeTo(bitsOf(own, sizeOf(sizes)), sizes), last)
    order = gather(order, places, { axis: last, batch: last, op: 'permutation' })
    current = next
  }
  return order
}

/** The numbers from 0 to n - 1 in random order. */
export const orderOf = (n: number, key: Key): Value => sortedByWords(iota([n], 0, 'int32'), key)

/** @category model */
export interface PermutationOptions {
  /** Whether each line along the axis has an order of its own; false unless given. */
  readonly independent?: boolean | undefined
}

/** Whole numbers, or the entries of a tensor along an axis, in random order. @category type-level */
export interface Permutation {
  <const N extends number>(n: Expect<WholeNumber<'permutation', N, 'is not a length'>, N>): (key: Key) => Tensor<`${N}`, 'int32'>
  <S extends string, D extends DType, const A extends Axis>(
    x: Expect<AxisOf<'permutation', S, A>, Tensor<S, D>>,
    axis: A,
    options?: PermutationOptions,
  ): (key: Key) => Tensor<S, D>
}

const checkLength = (n: number): void => {
  if (n > mostListed) fail({ _tag: 'ArgumentError', op: 'permutation', detail: `${n} is more than can be sorted: at most ${mostListed}` })
}

const permuted = (x: Value, axis: number, independent: boolean, key: Key): Value => {
  const last = x.sizes.length - 1
  if (!independent) return gather(x, orderOf(at(x.sizes, axis), key), { axis, batch: 0, op: 'permutation' })
  return moveAxis(sortedByWords(moveAxis(x, axis, last), key), last, axis)
}

/**
 * 0 to n - 1 in random order, by sorting random words (JAX's rounds: enough that equal words do not matter); or the entries of a tensor in random order
 * along an axis, whole slices together, or with `independent` each line by itself. The orders of numbers and of slices are JAX's, bit for bit; those
 * of lines are along the last axis.
 *
 * **Gradient**: to the tensor, each cotangent to the place where its entry came from.
 * **Source**: `jax.random.permutation`.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const order = random.permutation(5)(random.key(1))
 * assert.deepEqual([...toNested(order)].sort(), [0, 1, 2, 3, 4])
 * const rows = toNested(random.permutation(tensor([[1, 2], [3, 4], [5, 6]]), 0)(random.key(1)))
 * assert.ok(rows.every(([a = 0, b]) => b === a + 1))
 *
 * @category constructors
 */
export const permutation: Permutation = typed((of: number | Value, axis?: Axis, options?: PermutationOptions) => {
  const op = 'permutation'
  if (axis === undefined && !isTensor(of)) {
    const n = wholeNumber(op, of, shown => `${shown} is not a length`)
    checkLength(n)
    return (key: Key): Value => {
      checkKey(op, key)
      return calledAs(op, () => orderOf(n, key))
    }
  }
  if (!isTensor(of)) return checkTensor(op, of)
  const { independent } = heldOptions(op, options, ['independent'])
  const each = heldFlag(op, 'independent', independent, false)
  const [place = 0] = held(axisPositions(op, of.shape, axis ?? 0))
  checkLength(each ? sizeOf(of.sizes) : at(of.sizes, place))
  return (key: Key): Value => {
    checkKey(op, key)
    return relabel(
      of.shape,
      calledAs(op, () => permuted(of, place, each, key)),
    )
  }
})
