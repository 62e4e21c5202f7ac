/** Entries put around a tensor: zeros, a number, or its own entries again. */
import { concatAxis, gather, padWith } from '../primitives/index.js'
import { at, concrete, type Value } from '../tensor/index.js'

type Ends = readonly [low: number, high: number]

/** One number around the entries of each axis. */
export const padConstant = (x: Value, ends: readonly Ends[], value: number): Value => {
  if (Object.is(value, 0))
    return padWith(x, { low: ends.map(([low]) => low), high: ends.map(([, high]) => high), interior: ends.map(() => 0) })
  return ends.reduce((padded, [low, high], axis) => {
    const block = (length: number): readonly Value[] =>
      length === 0
        ? []
        : [
            concrete(
              padded.sizes.map((size, i) => (i === axis ? length : size)),
              x.dtype,
              value,
            ),
          ]
    return low + high === 0 ? padded : concatAxis([...block(low), padded, ...block(high)], axis)
  }, x)
}

const modulo = (i: number, n: number): number => ((i % n) + n) % n

/** Which of n entries stands at place i, which may lie outside, by the name that numpy gives to the pattern. */
export const places = {
  edge: (i: number, n: number): number => Math.max(0, Math.min(n - 1, i)),
  wrap: modulo,
  symmetric: (i: number, n: number): number => {
    const place = modulo(i, 2 * n)
    return place < n ? place : 2 * n - 1 - place
  },
  reflect: (i: number, n: number): number => {
    const place = modulo(i, Math.max(1, 2 * n - 2))
    return place < n ? place : 2 * n - 2 - place
  },
} as const

/** Around each axis its own entries, at the places that the pattern says. */
export const padWithin = (x: Value, ends: readonly Ends[], placeOf: (i: number, n: number) => number): Value =>
  ends.reduce((padded, [low, high], axis) => {
    if (low + high === 0) return padded
    const n = at(padded.sizes, axis)
    const indices = Int32Array.from({ length: low + n + high }, (_, i) => placeOf(i - low, n))
    return gather(padded, concrete([indices.length], 'int32', indices), { axis, batch: 0, op: 'pad' })
  }, x)
