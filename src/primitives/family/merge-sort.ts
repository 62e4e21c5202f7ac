/** Merge sort from the bottom up, with runs of 1, 2, 4 … entries: for rows that are short. */
import { type Body, routine as r, type Term } from '../../kernel/index.js'
import type { Aval } from '../../tensor/index.js'
import { goesBefore, type OrderParams } from './order.js'
import { rowsAlong } from './rows.js'

/**
 * The routine has a round for each row along the axis. Runs lie in one half of an array that the routine works in, and are merged into the
 * other half, pair by pair, until one run is left: the positions that are the result.
 */
export const mergeSort = (x: Aval, { axis, descending }: OrderParams): Body => {
  const { dtype } = x
  const rows = rowsAlong(x, axis)
  const { outer, size, inner } = rows
  const count = outer * inner
  const [from, to, runs] = [r.reads(0, dtype), r.writes(0, 'int32'), r.scratch(0, 'int32')]
  const [first, source, target, spare, width] = [r.local(), r.local(), r.local(), r.local(), r.local()]
  const [i, left, right, middle, end] = [r.local(), r.local(), r.local(), r.local(), r.local()]
  const [a, b] = [r.local(dtype), r.local(dtype)]
  const entry = (run: Term): Term => r.load(from, r.add(first, r.mul(r.load(runs, r.add(source, run)), inner)))
  const take = (side: typeof left) => [
    r.store(runs, r.add(target, i), r.load(runs, r.add(source, side))),
    r.set(side, r.add(side, 1)),
    r.set(i, r.add(i, 1)),
  ]
  const mergeRuns = [
    r.set(left, i),
    r.set(right, r.least(r.add(i, width), size)),
    r.set(middle, right),
    r.set(end, r.least(r.add(i, r.mul(width, 2)), size)),
    r.during(r.and(r.less(left, middle), r.less(right, end)), [
      r.set(a, entry(left)),
      r.set(b, entry(right)),
      // The entry of the right run goes first only where it must, so that equal ones keep their order.
      r.when(goesBefore(dtype, descending)(b, a), take(right), take(left)),
    ]),
    r.during(r.less(left, middle), take(left)),
    r.during(r.less(right, end), take(right)),
  ]
  const phase = r.phase(count, size * 16 * Math.ceil(Math.log2(size + 1)), round => [
    r.set(first, rows.first(round)),
    r.set(source, r.mul(round, 2 * size)),
    r.set(target, r.add(source, size)),
    r.loop(i, 0, size, [r.store(runs, r.add(source, i), i)]),
    r.set(width, 1),
    r.during(r.less(width, size), [
      r.set(i, 0),
      r.during(r.less(i, size), mergeRuns),
      r.set(spare, source),
      r.set(source, target),
      r.set(target, spare),
      r.set(width, r.mul(width, 2)),
    ]),
    r.loop(i, 0, size, [r.store(to, r.add(first, r.mul(i, inner)), r.load(runs, r.add(source, i)))]),
  ])
  return { params: { outer, size, inner }, scratch: [{ dtype: 'int32', length: 2 * count * size }], phases: [phase] }
}
