/**
 * A data set is a tree of tensors with one leading axis: the examples. It is split, shuffled and cut into batches by keys.
 *
 * @example
 * import { arange, data, toNested } from 'pullback'
 *
 * const cut = data.batches({ size: 2 })({ x: arange(5) })
 * assert.deepEqual([...cut].map(batch => toNested(batch.x)), [[0, 1], [2, 3], [4]])
 */
import { gather, sliceAxis } from '../primitives/index.js'
import { foldIn, type Key, permutation } from '../random/index.js'
import { checkKey } from '../random/key.js'
import { dims, isNumeral, join } from '../shape/index.js'
import {
  calledAs,
  type Failure,
  fail,
  flatten,
  heldOptions,
  labelled,
  show,
  type Tensor,
  tree,
  typed,
  unflatten,
  type Value,
  wholeNumber,
} from '../tensor/index.js'

/** The error of two tensors that cannot be in one data set: one name has two sizes, or the lengths differ. */
const differing = (op: string, first: Value, second: Value, firstPath: string, secondPath: string): Failure => {
  const [a = 0, b = 0] = [first.sizes[0], second.sizes[0]]
  const [name = ''] = dims(first.shape)
  return !isNumeral(name) && dims(second.shape)[0] === name
    ? { _tag: 'SizeError', op, axis: name, first: a, second: b }
    : {
        _tag: 'ShapeError',
        detail: `${op}: '${firstPath}' has ${a} examples and '${secondPath}' has ${b}: every tensor of a data set has as many`,
      }
}

/**
 * The number of examples: the leading size that all tensors of a data set share.
 *
 * @example
 * import { data, zeros } from 'pullback'
 *
 * assert.equal(data.size({ x: zeros('5 2'), y: zeros('5') }), 5)
 *
 * @category destructors
 */
export const size = (dataset: object): number => sizeOf('data.size', dataset)

const sizeOf = (op: string, dataset: object): number => {
  const { leaves } = flatten(op, dataset)
  const names = tree.paths(dataset)
  const [first] = leaves
  if (first === undefined) return fail({ _tag: 'ArgumentError', op, detail: 'the data set has no tensors' })
  const count = first.sizes[0]
  leaves.forEach((leaf, i) => {
    const own = leaf.sizes[0]
    if (own === undefined || count === undefined)
      fail({ _tag: 'TreeError', op, path: names[i] ?? '', detail: 'is a scalar: every tensor of a data set has a leading axis' })
    else if (own !== count) fail(differing(op, first, leaf, names[0] ?? '', names[i] ?? ''))
  })
  return count ?? 0
}

type RowShape<S extends string> = string extends S
  ? string
  : S extends `${number}`
    ? `${number}`
    : S extends `${number} ${infer R}`
      ? `${number} ${R}`
      : S

/** The type of some rows of a data set. A leading name stays; a leading number becomes unknown. @category type-level */
export type Rows<T> = T extends Tensor<infer S, infer D> ? Tensor<RowShape<S>, D> : { readonly [K in keyof T]: Rows<T[K]> }

/** The shape of some rows. A leading name stays; a leading number was the length of the whole, and becomes the new count. */
const leadingShape = (shape: string, count: number): string => {
  const [lead = '', ...rest] = dims(shape)
  return join([isNumeral(lead) ? String(count) : lead, ...rest])
}

const mapLeaves = <T extends object>(op: string, dataset: T, count: number, f: (leaf: Value) => Value): T => {
  const { leaves, structure } = flatten(op, dataset)
  return typed<T>(
    unflatten(
      structure,
      leaves.map(leaf => labelled(op, leadingShape(leaf.shape, count), f(leaf))),
    ),
  )
}

const pickRows = <T extends object>(op: string, dataset: T, rows: Value): T =>
  mapLeaves(op, dataset, rows.sizes[0] ?? 0, leaf => gather(leaf, rows, { axis: 0, batch: 0 }))

const orderOf = (op: string, count: number, key: Key): Value => calledAs(op, () => permutation<number>(count)(key))

/**
 * The examples in an order drawn from a key.
 *
 * @example
 * import { arange, data, random, toNested } from 'pullback'
 *
 * const shuffled = data.shuffle(random.key(0))({ x: arange(4) })
 * assert.deepEqual([...toNested(shuffled.x)].sort(), [0, 1, 2, 3])
 *
 * @category combinators
 */
export const shuffle =
  (key: Key) =>
  <T extends object>(dataset: T): T => {
    const own = checkKey('data.shuffle', key)
    return pickRows('data.shuffle', dataset, orderOf('data.shuffle', sizeOf('data.shuffle', dataset), typed<Key>(own)))
  }

/**
 * Two parts, drawn at random: the first holds the given fraction of the examples, rounded to a whole number.
 *
 * **Errors**: a fraction outside 0 to 1; a part that would be empty.
 *
 * @example
 * import { arange, data, random } from 'pullback'
 *
 * const [train, test] = data.split({ fraction: 0.8, key: random.key(0) })({ x: arange(10) })
 * assert.deepEqual([data.size(train), data.size(test)], [8, 2])
 *
 * @category combinators
 */
export const split =
  (options: { readonly fraction: number; readonly key: Key }) =>
  <T extends object>(dataset: T): readonly [Rows<T>, Rows<T>] => {
    const op = 'data.split'
    const { fraction, key } = heldOptions(op, options, ['fraction', 'key'])
    const count = sizeOf(op, dataset)
    checkKey(op, key)
    const first = typeof fraction === 'number' ? Math.round(count * fraction) : 0
    if (!(first > 0 && first < count))
      return fail({
        _tag: 'ArgumentError',
        op,
        detail: `a fraction of ${show(fraction)} of ${count} examples leaves one part empty: give one between 0 and 1 that does not`,
      })
    const order = orderOf(op, count, key)
    return typed([pickRows(op, dataset, sliceAxis(order, 0, 0, first)), pickRows(op, dataset, sliceAxis(order, 0, first, count))])
  }

/** @category model */
export interface BatchOptions {
  /** Examples in a batch. */
  readonly size: number
  /** Passes over the data, 1 unless given. */
  readonly epochs?: number | undefined
  /** Draws a new order for each epoch; without it the order stays. */
  readonly key?: Key | undefined
  /** What becomes of a last batch with fewer examples: 'keep' (unless told otherwise) or 'drop'. */
  readonly last?: 'keep' | 'drop' | undefined
}

/** Batches of a data set, one after another. @category model */
export interface Batches<T> extends Iterable<Rows<T>> {
  /** How many there are, all epochs together. */
  readonly count: number
}

const positive = (name: string, value: number): void => {
  wholeNumber('data.batches', value, shown => `${name} is ${shown}`, { least: 1 })
}

/**
 * Batches of a data set, epoch after epoch, each cut when it is asked for. The result can be iterated again, with the same batches.
 *
 * **Errors**: a size below 1, an empty data set, a data set with no full batch where short ones are dropped.
 *
 * @example
 * import { arange, data, random } from 'pullback'
 *
 * const cut = data.batches({ size: 2, epochs: 3, key: random.key(0), last: 'drop' })({ x: arange(5) })
 * assert.equal(cut.count, 6)
 * assert.ok([...cut].every(batch => data.size(batch) === 2))
 *
 * @category combinators
 */
export const batches =
  (options: BatchOptions) =>
  <T extends object>(dataset: T): Batches<T> => {
    const op = 'data.batches'
    const { size: batchSize, epochs = 1, key, last = 'keep' } = heldOptions(op, options, ['size', 'epochs', 'key', 'last'])
    positive('size', batchSize)
    positive('epochs', epochs)
    if (key !== undefined) checkKey(op, key)
    if (last !== 'keep' && last !== 'drop')
      return fail({ _tag: 'ArgumentError', op, detail: `last is ${show(last)}: give 'keep' or 'drop'` })
    const total = sizeOf(op, dataset)
    if (total === 0) return fail({ _tag: 'ArgumentError', op, detail: 'the data set is empty' })
    const perEpoch = last === 'keep' ? Math.ceil(total / batchSize) : Math.floor(total / batchSize)
    if (perEpoch === 0)
      return fail({
        _tag: 'ArgumentError',
        op,
        detail: `${total} examples make no full batch of ${batchSize}: take a smaller size, or keep the short batch`,
      })
    return {
      count: perEpoch * epochs,
      *[Symbol.iterator]() {
        for (let epoch = 0; epoch < epochs; epoch += 1) {
          const order = key ? orderOf(op, total, foldIn(epoch)(key)) : undefined
          for (let start = 0; start < perEpoch * batchSize; start += batchSize) {
            const stop = Math.min(total, start + batchSize)
            yield typed<Rows<T>>(
              order
                ? pickRows(op, dataset, sliceAxis(order, 0, start, stop))
                : mapLeaves(op, dataset, stop - start, x => sliceAxis(x, 0, start, stop)),
            )
          }
        }
      },
    }
  }
