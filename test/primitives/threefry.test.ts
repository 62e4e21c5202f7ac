/**
 * Threefry-2x32 with 20 rounds against the known answers that its authors publish (Random123, tests/kat_vectors).
 */
import { expect, test } from 'vitest'
import { concatAxis, reshapeTo, threefry } from '../../src/primitives/index.js'
import { toArray } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'
import { vector } from '../support/vectors.js'

type Pair = readonly [number, number]

const known: readonly (readonly [counter: Pair, key: Pair, answer: Pair])[] = [
  [
    [0, 0],
    [0, 0],
    [0x6b200159, 0x99ba4efe],
  ],
  [
    [0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x1cb996fc, 0xbb002be7],
  ],
  // The first digits of π.
  [
    [0x243f6a88, 0x85a308d3],
    [0x13198a2e, 0x03707344],
    [0xc4923a9c, 0x483df7a0],
  ],
]
const words = (pair: Pair) => vector(pair, 'uint32')

test.each(known)('counter %j under key %j is %j', (counter, key, answer) => {
  expect([...toArray(threefry(words(key), words(counter)))]).toEqual(answer)
})

test('rows are independent', () => {
  const rows = (pick: (row: (typeof known)[number]) => Pair) =>
    concatAxis(
      known.map(row => reshapeTo(words(pick(row)), [1, 2])),
      0,
    )
  const answers = threefry(
    rows(([, key]) => key),
    rows(([counter]) => counter),
  )
  expect([...toArray(answers)]).toEqual(known.flatMap(([, , answer]) => answer))
})

test('errors: other dtypes, other sizes', () => {
  expect(errorOf(() => threefry(vector([0, 0], 'int32'), words([0, 0]))).message).toBe(
    'threefry: key and counter are int32 and uint32, not uint32',
  )
  expect(errorOf(() => threefry(vector([0, 0, 0], 'uint32'), vector([0, 0, 0], 'uint32'))).message).toBe("threefry: '3' does not end in 2")
  expect(errorOf(() => threefry(words([0, 0]), vector([0, 0, 0], 'uint32'))).message).toBe("threefry: '2' and '3' differ")
})
