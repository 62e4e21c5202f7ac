/**
 * Radix sort from the lowest digit up: for rows that are long. Each pass puts entries into the order of one digit of 8 bits and keeps the
 * order of those that have the same digit, so after the last pass they are in the order of all digits, and equal ones in their own.
 *
 * A key is one word of 32 bits, or two, whose order without a sign is the order of the entries: of a float, the bits of a number from 0 up
 * with the sign set, and those of a negative number inverted; 0 for -0, and all ones for NaN. Descending, all bits are inverted.
 *
 * A row is cut into parts, for threads. In each pass every part counts its digits; the counts give where the entries of each digit and part
 * go; and every part then moves its own. A digit that all entries have in common moves nothing and is passed over.
 *
 * Source: Knuth, The Art of Computer Programming 3, 5.2.5; the keys of floats: Terdiman, Radix sort revisited, 2000.
 */
import { type ArrayRef, type Body, type LocalRef, type RoutinePhase, routine as r, type Statement } from '../../kernel/index.js'
import { type Aval, bytesOf, isFloat } from '../../tensor/index.js'
import type { OrderParams } from './order.js'
import { rowsAlong } from './rows.js'

/** From so many entries on, a row is sorted by digits. */
export const leastRadix = 256

const digitBits = 8
const digits = 2 ** digitBits
/** Entries that are worth a part of their own, and how many parts there are at most. */
const leastPart = 65_536
const mostParts = 16

const sign = -(2 ** 31)

/** Makes a key of the entry at a place: its words from the lowest, each in a local. */
const keyOf = (from: ArrayRef, place: LocalRef, words: readonly LocalRef[], descending: boolean): readonly Statement[] => {
  const { dtype } = from
  const [low, high = low] = words
  if (low === undefined || high === undefined) return []
  const inverted = descending ? words.map(word => r.set(word, r.xor(word, -1))) : []
  if (!isFloat(dtype)) return [r.set(low, r.xor(r.load(from, place), dtype === 'int32' ? sign : 0)), ...inverted]
  const [value, mask] = [r.local(dtype), r.local()]
  const all = (bits: number): readonly Statement[] => words.map(word => r.set(word, bits))
  return [
    r.set(value, r.load(from, place)),
    ...words.map((word, i) => r.set(word, r.bits(from, r.add(r.mul(place, words.length), i)))),
    r.when(r.equal(value, r.number(dtype, 0)), all(0)),
    r.set(mask, r.sub(0, r.shiftRight(high, 31))),
    ...words.map(word => r.set(word, r.xor(word, word === high ? r.or(mask, sign) : mask))),
    r.when(r.notEqual(value, value), all(-1)),
    ...inverted,
  ]
}

export const radixSort = (x: Aval, { axis, descending }: OrderParams): Body => {
  const { dtype } = x
  const rows = rowsAlong(x, axis)
  const { outer, size, inner } = rows
  const count = outer * inner
  const parts = Math.max(1, Math.min(mostParts, Math.floor(size / leastPart)))
  const entries = Math.ceil(size / parts)
  const wordCount = bytesOf(dtype) / 4
  const [from, to] = [r.reads(0, dtype), r.writes(0, 'int32')]
  // Of each row two halves: entries are moved from the one into the other.
  const places = r.scratch(0, 'int32')
  const keys = Array.from({ length: wordCount }, (_, word) => r.scratch(1 + word, 'uint32'))
  const [counts, state] = [r.scratch(1 + wordCount, 'int32'), r.scratch(2 + wordCount, 'int32')]
  const words = keys.map(() => r.local())
  const [row, part, first, until, table, i] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
  const [source, target, place, slot, sum, next] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]

  /** Of each row: in which half its entries lie, and whether the last pass has moved them to the other. */
  const [half, moved] = [r.mul(row, 2), r.add(r.mul(row, 2), 1)]
  const seen = (after: boolean): Statement =>
    r.set(source, r.mul(r.add(r.mul(row, 2), after ? r.xor(r.load(state, half), r.load(state, moved)) : r.load(state, half)), size))
  const partly = (weight: number, body: readonly Statement[]): RoutinePhase =>
    r.phase(count * parts, entries * weight, round => [
      r.set(row, r.div(round, parts)),
      r.set(part, r.rem(round, parts)),
      r.set(table, r.mul(round, digits)),
      r.set(until, r.least(r.mul(r.add(part, 1), entries), size)),
      ...body,
    ])
  const each = (body: readonly Statement[]): Statement => r.loop(i, r.mul(part, entries), until, body)
  const slotOf = (word: LocalRef, shift: number): Statement => r.set(slot, r.add(table, r.and(r.shiftRight(word, shift), digits - 1)))
  const clear = r.loop(i, table, r.add(table, digits), [r.store(counts, i, 0)])
  const counted = r.store(counts, slot, r.add(r.load(counts, slot), 1))

  const passes = keys.flatMap((array, word) => [0, 8, 16, 24].map(shift => ({ array, own: words[word] ?? row, shift })))
  const phases = passes.flatMap(({ array, own, shift }, pass): readonly RoutinePhase[] => [
    pass === 0
      ? partly(12, [
          clear,
          r.set(first, rows.first(row)),
          r.set(source, r.mul(row, 2 * size)),
          each([
            r.set(place, r.add(first, r.mul(i, inner))),
            ...keyOf(from, place, words, descending),
            ...keys.map((key, k) => r.store(key, r.add(source, i), words[k] ?? row)),
            r.store(places, r.add(source, i), i),
            slotOf(own, shift),
            counted,
          ]),
        ])
      : partly(4, [clear, seen(true), each([r.set(own, r.load(array, r.add(source, i))), slotOf(own, shift), counted])]),
    r.phase(count, digits * parts * 4, round => [
      r.set(row, round),
      r.store(state, half, pass === 0 ? r.number('int32', 0) : r.xor(r.load(state, half), r.load(state, moved))),
      r.store(state, moved, 1),
      r.set(sum, 0),
      r.loop(i, 0, digits, [
        r.set(place, sum),
        r.loop(part, 0, parts, [
          r.set(slot, r.add(r.mul(r.add(r.mul(row, parts), part), digits), i)),
          r.set(next, r.add(sum, r.load(counts, slot))),
          r.store(counts, slot, sum),
          r.set(sum, next),
        ]),
        r.when(r.equal(r.sub(sum, place), size), [r.store(state, moved, 0)]),
      ]),
    ]),
    partly(10, [
      seen(false),
      r.set(target, r.sub(r.mul(row, 4 * size), r.sub(source, size))),
      r.when(r.notEqual(r.load(state, moved), 0), [
        each([
          r.set(own, r.load(array, r.add(source, i))),
          slotOf(own, shift),
          r.set(place, r.load(counts, slot)),
          r.store(counts, slot, r.add(place, 1)),
          r.set(place, r.add(target, place)),
          ...keys.map(key => r.store(key, place, key === array ? own : r.load(key, r.add(source, i)))),
          r.store(places, place, r.load(places, r.add(source, i))),
        ]),
      ]),
    ]),
  ])
  const last = partly(2, [
    r.set(first, rows.first(row)),
    seen(true),
    each([r.store(to, r.add(first, r.mul(i, inner)), r.load(places, r.add(source, i)))]),
  ])
  const doubled = 2 * count * size
  return {
    params: { outer, size, inner, parts },
    scratch: [
      { dtype: 'int32', length: doubled },
      ...keys.map(() => ({ dtype: 'uint32' as const, length: doubled })),
      { dtype: 'int32', length: count * parts * digits },
      { dtype: 'int32', length: 2 * count },
    ],
    phases: [...phases, last],
  }
}
