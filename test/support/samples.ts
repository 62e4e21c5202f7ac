/** Random inputs from the samples that every primitive brings with it. */
import * as fc from 'fast-check'
import { values } from '../../src/laws/arbitrary.js'
import { allocate, bufferOf, concrete, isFloat, sizeOf, type Value } from '../../src/tensor/index.js'
import type { SampleInput } from '../../src/trace/index.js'

/** Evenly spaced values in a random order. The irrational offset keeps them, and differences around them, away from whole numbers. */
const distinct = ({ sizes, dtype, low, high }: SampleInput): fc.Arbitrary<Value> => {
  const places = Array.from({ length: sizeOf(sizes) }, (_, i) => i)
  return fc.shuffledSubarray(places, { minLength: places.length }).map(order => {
    const buffer = allocate(dtype, places.length)
    buffer.set(order.map(place => low + ((high - low) * (place + Math.SQRT2 - 1)) / places.length))
    return concrete(sizes, dtype, buffer)
  })
}

/** Matrices with dominant diagonals, which grow from the first to the last. */
const dominant = ({ sizes, high }: SampleInput, x: Value): Value => {
  const [n = 1, m = 1] = [sizes.at(-1), sizes.at(-2)]
  const buffer = bufferOf('test', x).slice()
  buffer.forEach((entry, place) => {
    const [i, j] = [Math.floor(place / n) % m, place % n]
    if (i === j) buffer[place] = entry + (i + 1) * n * high
  })
  return concrete(x.sizes, x.dtype, buffer)
}

/** The same with floats from the edges of their dtype. Integers, which may be indices, are as the sample has them. */
export const edgy = (input: SampleInput, leading: readonly number[] = []): fc.Arbitrary<Value> =>
  isFloat(input.dtype) ? values([...leading, ...input.sizes], input.dtype, { ...input, edges: true }) : drawn(input, leading)

/** One tensor as a sample describes it, with further leading axes. */
export const drawn = (input: SampleInput, leading: readonly number[] = []): fc.Arbitrary<Value> => {
  const sizes = [...leading, ...input.sizes]
  if (input.distinct) return distinct({ ...input, sizes })
  const made = values(sizes, input.dtype, input)
  return input.dominant ? made.map(x => dominant(input, x)) : made
}

export const drawnAll = (
  inputs: readonly SampleInput[],
  leading: (i: number) => readonly number[] = () => [],
): fc.Arbitrary<readonly Value[]> => fc.tuple(...inputs.map((input, i) => drawn(input, leading(i))))

/** Every way to mark at least one of n things. */
export const nonEmptySubsets = (n: number): readonly (readonly boolean[])[] =>
  Array.from({ length: 2 ** n - 1 }, (_, subset) => Array.from({ length: n }, (_, i) => (((subset + 1) >> i) & 1) === 1))
