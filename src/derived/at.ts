/** Entries at places that ranges, numbers and tensors of indices name together, read and replaced. */
import {
  add,
  broadcastAxes,
  type Combination,
  filled,
  gather,
  iota,
  maximum,
  minimum,
  mul,
  padWith,
  reshapeTo,
  scatterAdd,
  scatterBy,
  select,
  sliceOf,
} from '../primitives/index.js'
import { spelledOut } from '../shape/at.js'
import { rangeOf, type SliceRange, sizeOfRange } from '../shape/slice-axis.js'
import { at, concrete, fail, sizeOf, type Value } from '../tensor/index.js'

/** A number, a range, 'newAxis', '...' or a tensor of indices. */
export type Part = number | string | Value
/** What becomes of an entry and a new value. */
export type Update = Combination | 'add'

interface Plan {
  /** For each axis the range of it that is read; the whole axis where a tensor says which places are. */
  readonly ranges: readonly SliceRange[]
  /** The tensors of indices, of which the first belongs to axis `first`, the next to the axis after it. */
  readonly indices: readonly Value[]
  readonly first: number
  /** The sizes of the result. */
  readonly sizes: readonly number[]
}

const whole = (size: number): SliceRange => ({ start: 0, stop: size, step: 1, drop: false })

const planOf = (x: Value, given: readonly Part[]): Plan => {
  const parts = spelledOut(given, x.sizes.length)
  const ranges: SliceRange[] = []
  const indices: Value[] = []
  const sizes: number[] = []
  let first = 0
  for (const part of parts) {
    if (part === 'newAxis') sizes.push(1)
    else if (typeof part === 'object') {
      if (indices.length === 0) sizes.push(...part.sizes)
      if (indices.length === 0) first = ranges.length
      indices.push(part)
      ranges.push(whole(at(x.sizes, ranges.length)))
    } else {
      const range = rangeOf('at', x.sizes.join(' '), `${part}`, ranges.length, at(x.sizes, ranges.length))
      if ('message' in range) return fail({ _tag: 'ShapeError', detail: range.message })
      ranges.push(range)
      if (!range.drop) sizes.push(sizeOfRange(range))
    }
  }
  for (const size of x.sizes.slice(ranges.length)) {
    ranges.push(whole(size))
    sizes.push(size)
  }
  return { ranges, indices, first, sizes }
}

const regionOf = ({ ranges }: Plan): readonly number[] => ranges.map(sizeOfRange)

/** Several indices as one into the axes put together; each is looked up in a list of its axis, which finds those out of range. */
const joined = (sizes: readonly number[], { indices, first }: Plan): Value => {
  const [only] = indices
  if (indices.length === 1 && only) return only
  const places = indices.map((index, i) => {
    const step = sizeOf(sizes.slice(first + i + 1, first + indices.length))
    const table = mul(iota([at(sizes, first + i)], 0, 'int32'), concrete([at(sizes, first + i)], 'int32', step))
    return gather(table, index, { axis: 0, batch: 0, op: 'at' })
  })
  return places.reduce((sum, place) => add(sum, place))
}

/** The axes that tensors index, put together. */
const together = (sizes: readonly number[], { indices, first }: Plan): readonly number[] => [
  ...sizes.slice(0, first),
  sizeOf(sizes.slice(first, first + indices.length)),
  ...sizes.slice(first + indices.length),
]

const read = (x: Value, plan: Plan): Value => {
  const { ranges, indices, first } = plan
  const part = sliceOf(x, { start: ranges.map(r => r.start), stop: ranges.map(r => r.stop), step: ranges.map(r => r.step) })
  const found =
    indices.length === 0
      ? part
      : gather(reshapeTo(part, together(part.sizes, plan)), joined(part.sizes, plan), { axis: first, batch: 0, op: 'at' })
  return reshapeTo(found, plan.sizes)
}

/** The entries at the places. */
export const getAt = (x: Value, parts: readonly Part[]): Value => read(x, planOf(x, parts))

const elementwise = { mul, min: minimum, max: maximum } as const

/** Updates of a region that ranges alone name: it is put among zeros. */
const inRegion = (x: Value, plan: Plan, values: Value, by: Update): Value => {
  const region = reshapeTo(values, regionOf(plan))
  const low = plan.ranges.map(({ start }) => start)
  const interior = plan.ranges.map(({ step }) => step - 1)
  const high = plan.ranges.map((range, axis) => {
    const size = sizeOfRange(range)
    return at(x.sizes, axis) - range.start - (size === 0 ? 0 : (size - 1) * range.step + 1)
  })
  const spread = (part: Value): Value => padWith(part, { low, high, interior })
  if (by === 'add') return add(x, spread(region))
  if (by !== 'set') return inRegion(x, plan, elementwise[by](read(x, plan), values), 'set')
  return select(spread(filled({ sizes: region.sizes, dtype: 'bool' }, 1)), spread(region), x)
}

const scattered = (x: Value, indices: Value, values: Value, axis: number, by: Update): Value =>
  by === 'add'
    ? scatterAdd(x, indices, values, { axis, batch: 0, op: 'at' })
    : scatterBy(x, indices, values, { axis, batch: 0, op: 'at', by })

/** The tensor with new values at the places, or with them combined with what is there. */
export const updateAt = (x: Value, parts: readonly Part[], values: Value, by: Update): Value => {
  const plan = planOf(x, parts)
  const all = values.sizes.length === 0 ? broadcastAxes(values, plan.sizes, [...plan.sizes.keys()]) : values
  if (plan.indices.length === 0) return inRegion(x, plan, all, by)
  const indexed = joined(x.sizes, plan)
  if (plan.ranges.every((range, axis) => !range.drop && sizeOfRange(range) === x.sizes[axis])) {
    const sizes = together(x.sizes, plan)
    const updates = [...sizes.slice(0, plan.first), ...indexed.sizes, ...sizes.slice(plan.first + 1)]
    return reshapeTo(scattered(reshapeTo(x, sizes), indexed, reshapeTo(all, updates), plan.first, by), x.sizes)
  }
  // The places themselves are read like entries, as numbers in the order of memory.
  const places = read(reshapeTo(iota([sizeOf(x.sizes)], 0, 'int32'), x.sizes), plan)
  const count = sizeOf(plan.sizes)
  const flat = scattered(reshapeTo(x, [sizeOf(x.sizes)]), reshapeTo(places, [count]), reshapeTo(all, [count]), 0, by)
  return reshapeTo(flat, x.sizes)
}
