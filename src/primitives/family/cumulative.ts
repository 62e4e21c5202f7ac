/**
 * The routines of cumulative sums, products and extremes, and their plain loops.
 *
 * **The order of a sum** is meaning, and the same on every engine and for every number of threads. A row is cut into parts of 16,384 entries
 * from its beginning (its end, in reverse). In a part, a sum of the fours before is carried; of the next four entries a b c d come
 * carry + a, carry + (a + b), carry + ((a + b) + c) and carry + ((a + b) + (c + d)), and the last of these is carried on; what is left at the
 * end is added one by one. The sums of whole parts are added one by one, and what they give is added to each entry of the next part. Floats
 * are added in float64 and rounded where they are stored, and no rounding makes a sum of numbers from 0 up descend.
 *
 * Fours are there because four such sums take as long as one: an addition need not wait but for one in four others. Parts are there for threads.
 *
 * **Products** are carried in float64 from entry to entry, because a part of a row may be beyond all numbers where the whole is not. **Extremes**
 * are exact in any order; NaN stays from the first on.
 */
import { type Body, monoids, type Routine, routine as r, type Statement, type Term } from '../../kernel/index.js'
import type { Operand } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, type DType, isFloat, sizeOf } from '../../tensor/index.js'
import { alongRows, carriedIn, carries, carryOf, rowsOf } from './running.js'

export type Cumulated = 'sum' | 'prod' | 'max' | 'min'

/** Along which axis, from its end or its beginning, and whether an entry itself is left out of its result. */
export type CumulativeParams = { readonly axis: number; readonly reverse: boolean; readonly exclusive: boolean }

/** Entries of a part of a sum, a multiple of four. */
const entriesPerPart = 16_384

/** A cumulative sum, in parts where the row is long. */
const sums = (x: Aval, { axis, reverse, exclusive }: CumulativeParams): Body => {
  const { dtype } = x
  const wide = carriedIn(dtype)
  const rows = rowsOf(x, axis, reverse, entriesPerPart)
  const { outer, size, inner, parts } = rows
  const [from, to, running, before] = [r.reads(0, dtype), r.writes(0, dtype), r.scratch(0, wide), r.scratch(1, wide)]
  const carryIn = carryOf(rows, running, wide)
  const [a, b, c, d] = [r.local(wide), r.local(wide), r.local(wide), r.local(wide)]
  const [ab, cd, offset] = [r.local(wide), r.local(wide), r.local(wide)]
  const read = (place: Term): Term => r.convert(wide, r.load(from, place))
  const whole = alongRows(rows, 2, {
    together: 4,
    begin: row => [carryIn(row).set(0), ...(parts > 1 && inner === 1 ? [r.set(offset, r.load(before, row.part))] : [])],
    step: (row, entry) => {
      const carry = carryIn(row)
      const shift = parts > 1 && inner > 1 ? [r.set(offset, r.load(before, row.part))] : []
      const write = (after: number, value: Term): Statement =>
        r.store(to, row.place(entry, after), r.convert(dtype, parts > 1 ? r.add(offset, value) : value))
      const carried = [ab, r.add(ab, c), r.add(ab, cd)].map(sum => r.add(carry.get, sum))
      const [one = a, two = a, three = a] = carried
      const results = exclusive ? [carry.get, r.add(carry.get, a), one, two] : [r.add(carry.get, a), one, two, three]
      return [
        ...shift,
        ...[a, b, c, d].map((local, i) => r.set(local, read(row.place(entry, i)))),
        r.set(ab, r.add(a, b)),
        r.set(cd, r.add(c, d)),
        ...results.map((value, i) => write(i, value)),
        carry.set(three),
      ]
    },
    single: (row, entry) => {
      const carry = carryIn(row)
      const shift = parts > 1 && inner > 1 ? [r.set(offset, r.load(before, row.part))] : []
      const result = parts > 1 ? r.add(offset, carry.get) : carry.get
      const add = carry.set(r.add(carry.get, a))
      const write = r.store(to, row.place(entry), r.convert(dtype, result))
      return [...shift, r.set(a, read(row.place(entry))), ...(exclusive ? [write, add] : [add, write])]
    },
    end: () => [],
  })
  if (parts === 1)
    return { params: { outer, size, inner }, scratch: inner === 1 ? [] : [{ dtype: wide, length: carries(rows) }], phases: [whole] }
  const totals = alongRows(rows, 1, {
    together: 4,
    begin: row => [carryIn(row).set(0)],
    step: (row, entry) => {
      const carry = carryIn(row)
      return [
        ...[a, b, c, d].map((local, i) => r.set(local, read(row.place(entry, i)))),
        carry.set(r.add(carry.get, r.add(r.add(a, b), r.add(c, d)))),
      ]
    },
    single: (row, entry) => [carryIn(row).set(r.add(carryIn(row).get, read(row.place(entry))))],
    end: row => [r.store(before, row.part, carryIn(row).get)],
  })
  const [part, place, next] = [r.local(), r.local(), r.local(wide)]
  const offsets = r.phase(outer * inner, parts, row => [
    r.set(place, r.add(r.mul(r.div(row, inner), parts * inner), r.rem(row, inner))),
    r.set(offset, r.number(wide, 0)),
    r.loop(part, 0, parts, [
      r.set(next, r.add(offset, r.load(before, place))),
      r.store(before, place, offset),
      r.set(offset, next),
      r.set(place, r.add(place, inner)),
    ]),
  ])
  const length = carries(rows)
  return {
    params: { outer, size, inner, parts },
    scratch: [
      { dtype: wide, length },
      { dtype: wide, length },
    ],
    phases: [totals, offsets, whole],
  }
}

/** A cumulative product or extreme, from entry to entry. */
const others = (by: 'prod' | 'max' | 'min', x: Aval, { axis, reverse, exclusive }: CumulativeParams): Body => {
  const { dtype } = x
  const wide = by === 'prod' ? carriedIn(dtype) : dtype
  const rows = rowsOf(x, axis, reverse)
  const { outer, size, inner } = rows
  const [from, to] = [r.reads(0, dtype), r.writes(0, dtype)]
  const carryIn = carryOf(rows, r.scratch(0, wide), wide)
  const value = r.local(wide)
  const isLess = r.lessOf(dtype)
  const phase = alongRows(rows, 2, {
    together: 1,
    begin: row => [carryIn(row).set(monoids[by].identity(dtype))],
    step: (row, entry) => {
      const carry = carryIn(row)
      const beyond = by === 'max' ? isLess(carry.get, value) : isLess(value, carry.get)
      const isFirstNaN = r.and(r.notEqual(value, value), r.equal(carry.get, carry.get))
      const write = r.store(to, row.place(entry), r.convert(dtype, carry.get))
      const combine =
        by === 'prod' ? carry.set(r.mul(carry.get, value)) : r.when(isFloat(dtype) ? r.or(beyond, isFirstNaN) : beyond, [carry.set(value)])
      return [r.set(value, r.convert(wide, r.load(from, row.place(entry)))), ...(exclusive ? [write, combine] : [combine, write])]
    },
    single: () => [],
    end: () => [],
  })
  return { params: { outer, size, inner }, scratch: inner === 1 ? [] : [{ dtype: wide, length: carries(rows) }], phases: [phase] }
}

const names: { readonly [C in Cumulated]: string } = { sum: 'cumSum', prod: 'cumProd', max: 'cumMax', min: 'cumMin' }

export const cumulativeRoutine = (by: Cumulated, x: Aval, params: CumulativeParams): Routine => ({
  kind: 'routine',
  name: names[by],
  body: () => (by === 'sum' ? sums(x, params) : others(by, x, params)),
})

type Combine = (x: number, y: number) => number

/** Integers wrap at every step, so that no sum or product is beyond what a float64 holds. */
const added = (dtype: DType): Combine => (isFloat(dtype) ? (x, y) => x + y : (x, y) => (x + y) | 0)
const multiplied = (dtype: DType): Combine => (isFloat(dtype) ? (x, y) => x * y : Math.imul)
/** The greater of two numbers, the first of equals; NaN if either is, the first of two. */
const greater: Combine = (x, y) => (y > x || (Number.isNaN(y) && !Number.isNaN(x)) ? y : x)
const lesser: Combine = (x, y) => (y < x || (Number.isNaN(y) && !Number.isNaN(x)) ? y : x)

/** The running sums of a row, in the order that is written at the head of this file, and the sum before each. */
const runningSums = (entries: readonly number[], add: Combine): readonly (readonly [before: number, upTo: number])[] => {
  const results: (readonly [number, number])[] = []
  let offset = 0
  for (let from = 0; from < entries.length; from += entriesPerPart) {
    const part = entries.slice(from, from + entriesPerPart)
    const local = [0]
    let carry = 0
    part.forEach((entry, i) => {
      if (i >= part.length - (part.length % 4)) carry = add(carry, entry)
      else if (i % 4 === 3) {
        const [a, b, c] = [at(part, i - 3), at(part, i - 2), at(part, i - 1)]
        const ab = add(a, b)
        local.push(add(carry, a), add(carry, ab), add(carry, add(ab, c)))
        carry = add(carry, add(ab, add(c, entry)))
      } else return
      local.push(carry)
    })
    part.forEach((_, i) => {
      results.push([add(offset, at(local, i)), add(offset, at(local, i + 1))])
    })
    offset = add(offset, carry)
  }
  return results
}

/** The running values of a row, and the value before each. */
const running = (entries: readonly number[], identity: number, combine: Combine): readonly (readonly [before: number, upTo: number])[] => {
  let carry = identity
  return entries.map(entry => {
    const before = carry
    carry = combine(carry, entry)
    return [before, carry]
  })
}

const runningOf = (by: Cumulated, dtype: DType) => (entries: readonly number[]) => {
  if (by === 'sum') return runningSums(entries, added(dtype))
  const combine = by === 'prod' ? multiplied(dtype) : by === 'max' ? greater : lesser
  return running(entries, monoids[by].identity(dtype), combine)
}

export const cumulativeLoops = (by: Cumulated, x: Operand, { axis, reverse, exclusive }: CumulativeParams, output: Aval): Buffer => {
  const result = allocate(output.dtype, sizeOf(output.sizes))
  const [size, after] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1))]
  const along = runningOf(by, output.dtype)
  for (let row = 0; row < result.length / Math.max(1, size); row += 1) {
    const start = Math.floor(row / after) * size * after + (row % after)
    const places = Array.from({ length: size }, (_, i) => start + (reverse ? size - 1 - i : i) * after)
    along(places.map(place => at(x.data, place))).forEach(([before, upTo], i) => {
      result[at(places, i)] = exclusive ? before : upTo
    })
  }
  return result
}
