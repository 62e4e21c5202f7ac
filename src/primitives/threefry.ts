/**
 * `threefry`: 64 random bits for each key and counter, as two uint32 words: 'n… 2' keys and 'n… 2' counters give 'n… 2' words.
 *
 * Source: Threefry-2x32 with 20 rounds; Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011. The same
 * function as JAX's threefry2x32.
 *
 * `randomWords`: those words for the counters (0, 0), (0, 1) … (0, n - 1) of each key, 'n… 2' to 'n… count 2'; or joined, the exclusive or of the two,
 * 'n… count'. No counter is stored, so that a draw of ten million numbers reads its key and writes its words.
 * Gradient: none.
 */

import { type Body, type Routine, routine as r, type Statement, type Term } from '../kernel/index.js'
import { type Aval, allocate, at, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { checkSameSizes, type None, none } from './family/elementwise.js'
import { whole } from './family/sample.js'
import { lead } from './sum.js'

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const
/** The key schedule's parity word. */
const parity = 0x1bd11bda

const rotate = (x: number, count: number): number => (x << count) | (x >>> (32 - count))

const block = (key0: number, key1: number, counter0: number, counter1: number): readonly [number, number] => {
  const schedule = [key0, key1, key0 ^ key1 ^ parity]
  let x = (counter0 + key0) | 0
  let y = (counter1 + key1) | 0
  for (let group = 1; group <= 5; group += 1) {
    for (const count of rotations[group % 2 === 1 ? 0 : 1]) {
      x = (x + y) | 0
      y = rotate(y, count) ^ x
    }
    x = (x + at(schedule, group % 3)) | 0
    y = (y + at(schedule, (group + 1) % 3) + group) | 0
  }
  return [x, y]
}

/** The locals of a routine that does the same as `block`, and its statements: the key lies in the first two of the schedule, x and y become the words. */
const blockStatements = () => {
  const [x, y, key0, key1, key2] = [r.local(), r.local(), r.local(), r.local(), r.local()]
  const schedule = [key0, key1, key2]
  const scheduled = (i: number) => schedule[i % 3] ?? key0
  const group = (number: number): readonly Statement[] => [
    ...rotations[number % 2 === 1 ? 0 : 1].flatMap(count => [r.set(x, r.add(x, y)), r.set(y, r.xor(r.rotateLeft(y, count), x))]),
    r.set(x, r.add(x, scheduled(number))),
    r.set(y, r.add(r.add(y, scheduled(number + 1)), number)),
  ]
  const of = (first: Term | number, second: Term | number): readonly Statement[] => [
    r.set(key2, r.xor(r.xor(key0, key1), parity)),
    r.set(x, r.add(first, key0)),
    r.set(y, r.add(second, key1)),
    ...[1, 2, 3, 4, 5].flatMap(group),
  ]
  return { x, y, key0, key1, of }
}

/** A block takes about so many simple operations. */
const weight = 40

/** Does the same as `block`; each round of the routine does it for one key and counter. */
const routineOf = ({ sizes }: Aval): Routine => {
  const body = (): Body => {
    const blocks = sizeOf(sizes) / 2
    const [keys, counters, results] = [r.reads(0, 'uint32'), r.reads(1, 'uint32'), r.writes(0, 'uint32')]
    const { x, y, key0, key1, of } = blockStatements()
    const first = r.local()
    const phase = r.phase(blocks, weight, round => [
      r.set(first, r.mul(round, 2)),
      r.set(key0, r.load(keys, first)),
      r.set(key1, r.load(keys, r.add(first, 1))),
      ...of(r.load(counters, first), r.load(counters, r.add(first, 1))),
      r.store(results, first, x),
      r.store(results, r.add(first, 1), y),
    ])
    return { params: { blocks }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'threefry', body }
}

const words = [2, 2]
const any32 = (sizes: readonly number[]) => whole(sizes, 0, 2 ** 32 - 1, 'uint32')

export const threefryPrimitive: Primitive<None> = primitive<readonly [Value, Value], None>({
  name: 'threefry',
  arity: 2,
  samples: [{ params: none, inputs: [any32(words), any32(words)] }],
  shape: ([key, counter]) => {
    checkSameSizes('threefry', key, counter)
    if (key.dtype !== 'uint32' || counter.dtype !== 'uint32')
      return fail({ _tag: 'DTypeError', detail: `threefry: key and counter are ${key.dtype} and ${counter.dtype}, not uint32` })
    if (key.sizes.at(-1) !== 2) return fail({ _tag: 'ShapeError', detail: `threefry: '${key.sizes.join(' ')}' does not end in 2` })
    return { sizes: key.sizes, dtype: 'uint32' }
  },
  vjp: () => ['zero', 'zero'],
  jvp: () => [],
  batch: ([key, counter], [keyBatched, counterBatched], _, size) =>
    perExample(threefry(lead(key, keyBatched, size), lead(counter, counterBatched, size))),
  evaluate: ([key, counter], _, output) => {
    const result = allocate('uint32', sizeOf(output.sizes))
    for (let i = 0; i < result.length; i += 2) {
      const [x, y] = block(at(key.data, i), at(key.data, i + 1), at(counter.data, i), at(counter.data, i + 1))
      result[i] = x
      result[i + 1] = y
    }
    return result
  },
  lower: ([key]) => routineOf(key),
  uniform: 'no',
})
const operation = threefryPrimitive.of(none)

export const threefry = (key: Value, counter: Value): Value => apply(operation, key, counter)

type RandomWordsParams = { readonly count: number; readonly joined: boolean }

/** Each round does one block: of the counter that is the place of the round among those of its key. */
const wordsRoutine = ({ sizes }: Aval, { count, joined }: RandomWordsParams): Routine => {
  const body = (): Body => {
    const rows = sizeOf(sizes) / 2
    const [keys, results] = [r.reads(0, 'uint32'), r.writes(0, 'uint32')]
    const { x, y, key0, key1, of } = blockStatements()
    const [row, first] = [r.local(), r.local()]
    const phase = r.phase(rows * count, weight, round => [
      r.set(row, rows === 1 ? 0 : r.div(round, count)),
      r.set(key0, r.load(keys, r.mul(row, 2))),
      r.set(key1, r.load(keys, r.add(r.mul(row, 2), 1))),
      ...of(0, r.sub(round, r.mul(row, count))),
      ...(joined
        ? [r.store(results, round, r.xor(x, y))]
        : [r.set(first, r.mul(round, 2)), r.store(results, first, x), r.store(results, r.add(first, 1), y)]),
    ])
    return { params: { rows, count, joined: Number(joined) }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'randomWords', body }
}

export const randomWordsPrimitive: Primitive<RandomWordsParams> = primitive<readonly [Value], RandomWordsParams>({
  name: 'randomWords',
  arity: 1,
  samples: [
    { params: { count: 5, joined: true }, inputs: [any32([2])] },
    { params: { count: 3, joined: false }, inputs: [any32([2, 2])] },
  ],
  shape: ([key], { count, joined }) => {
    if (key.dtype !== 'uint32') return fail({ _tag: 'DTypeError', detail: `randomWords: the key is ${key.dtype}, not uint32` })
    if (key.sizes.at(-1) !== 2) return fail({ _tag: 'ShapeError', detail: `randomWords: '${key.sizes.join(' ')}' does not end in 2` })
    return { sizes: [...key.sizes.slice(0, -1), count, ...(joined ? [] : [2])], dtype: 'uint32' }
  },
  vjp: () => ['zero'],
  jvp: () => [],
  batch: ([key], _, params) => perExample(randomWords(key, params)),
  evaluate: ([key], { count, joined }, output) => {
    const result = allocate('uint32', sizeOf(output.sizes))
    for (let place = 0; place < result.length / (joined ? 1 : 2); place += 1) {
      const row = 2 * Math.floor(place / count)
      const [x, y] = block(at(key.data, row), at(key.data, row + 1), 0, place % count)
      if (joined) result[place] = x ^ y
      else result.set([x, y], 2 * place)
    }
    return result
  },
  lower: ([key], params) => wordsRoutine(key, params),
  uniform: 'no',
})

export const randomWords = (key: Value, params: RandomWordsParams): Value => apply(randomWordsPrimitive.of(params), key)
