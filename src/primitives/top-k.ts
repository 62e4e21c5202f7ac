/**
 * `topK`: the positions of the k greatest or least entries along an axis, from the most extreme on, the first of equals first. NaN counts as
 * greater than every number, as in `argsort`. int32.
 *
 * A row is gone through once, with the k best entries so far in a heap whose root is the worst of them. Rows are cut into parts, for threads,
 * and the best of all parts are sorted. Where k is a good part of the row, all of it is sorted.
 *
 * Gradient: none, the answer is an integer; values are gathered at these positions.
 */
import { type ArrayRef, type Body, type LocalRef, type Routine, routine as r, type Statement, type Term } from '../kernel/index.js'
import { type Aval, allocate, at, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { argsortAxis } from './argsort.js'
import { callOf } from './family/call.js'
import { checkOrdered, goesBefore, type OrderParams, ordering } from './family/order.js'
import { leastRadix } from './family/radix-sort.js'
import { rowsAlong } from './family/rows.js'
import { distinct, whole } from './family/sample.js'
import { sliceAxis } from './slice.js'

type TopKParams = OrderParams & { readonly k: number }

/** With more than one entry in so many among the best, a row is sorted: rows that are long are sorted quickly, for each entry. */
const leastShare = (size: number): number => (size < leastRadix ? 4 : 16)
/** Entries that are worth a part of their own, for each of the best also, and how many parts there are at most. */
const leastPart = 65_536
const leastForEach = 256
const mostParts = 16

/** Heaps of entries with their positions, whose roots are the worst: last in the order, and of equals the one with the greatest position. */
const heaps = (values: ArrayRef, places: ArrayRef, descending: boolean) => {
  const { dtype } = values
  const before = goesBefore(dtype, descending)
  const [value, place] = [r.local(dtype), r.local()]
  const [node, child, one, other] = [r.local(), r.local(), r.local(dtype), r.local(dtype)]
  const worse = (x: Term, xPlace: Term, y: Term, yPlace: Term): Term =>
    r.or(before(y, x), r.and(r.equal(before(x, y), 0), r.less(yPlace, xPlace)))
  /** Puts `value` and `place` into a heap from a node on that is free, down to where nothing below is worse. */
  const sift = (base: Term, from: Term, count: Term): readonly Statement[] => {
    const at = (i: Term): Term => r.add(base, i)
    return [
      r.set(node, from),
      r.set(child, r.add(r.mul(node, 2), 1)),
      r.during(r.less(child, count), [
        r.set(one, r.load(values, at(child))),
        r.when(r.less(r.add(child, 1), count), [
          r.set(other, r.load(values, r.add(at(child), 1))),
          r.when(worse(other, r.load(places, r.add(at(child), 1)), one, r.load(places, at(child))), [
            r.set(child, r.add(child, 1)),
            r.set(one, other),
          ]),
        ]),
        r.when(
          worse(one, r.load(places, at(child)), value, place),
          [
            r.store(values, at(node), one),
            r.store(places, at(node), r.load(places, at(child))),
            r.set(node, child),
            r.set(child, r.add(r.mul(node, 2), 1)),
          ],
          [r.set(child, count)],
        ),
      ]),
      r.store(values, at(node), value),
      r.store(places, at(node), place),
    ]
  }
  const taken = (i: Term): readonly Statement[] => [r.set(value, r.load(values, i)), r.set(place, r.load(places, i))]
  const i = r.local()
  /** Makes a heap of entries that lie there. */
  const heapify = (base: LocalRef, count: number): readonly Statement[] => [
    r.set(i, Math.floor(count / 2)),
    r.during(r.notEqual(i, 0), [r.set(i, r.sub(i, 1)), ...taken(r.add(base, i)), ...sift(base, i, r.number('int32', count))]),
  ]
  /** Puts a heap in order: the worst, again and again, behind the others. */
  const inOrder = (base: LocalRef, count: number): readonly Statement[] => [
    r.set(i, count),
    r.during(r.less(1, i), [
      r.set(i, r.sub(i, 1)),
      ...taken(r.add(base, i)),
      r.store(values, r.add(base, i), r.load(values, base)),
      r.store(places, r.add(base, i), r.load(places, base)),
      ...sift(base, r.number('int32', 0), i),
    ]),
  ]
  return { value, place, before, sift, heapify, inOrder }
}

const routineOf = (x: Aval, { axis, k, descending }: TopKParams): Routine => {
  const body = (): Body => {
    const { dtype } = x
    const rows = rowsAlong(x, axis)
    const { outer, size, inner } = rows
    const count = outer * inner
    const parts = Math.max(1, Math.min(mostParts, Math.floor(size / Math.max(leastPart, leastForEach * k))))
    const entries = Math.ceil(size / parts)
    const [from, to, values, places] = [r.reads(0, dtype), r.writes(0, 'int32'), r.scratch(0, dtype), r.scratch(1, 'int32')]
    const { value, place, before, sift, heapify, inOrder } = heaps(values, places, descending)
    const [row, base, first, start, until, i] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const worst = r.local(dtype)
    const entry = (position: Term): Term => r.load(from, r.add(first, r.mul(position, inner)))
    const best = r.phase(count * parts, entries * 3, round => [
      r.set(row, r.div(round, parts)),
      r.set(base, r.mul(round, k)),
      r.set(first, rows.first(row)),
      r.set(start, r.mul(r.rem(round, parts), entries)),
      r.set(until, r.least(r.add(start, entries), size)),
      r.loop(i, 0, k, [r.store(values, r.add(base, i), entry(r.add(start, i))), r.store(places, r.add(base, i), r.add(start, i))]),
      ...heapify(base, k),
      r.set(worst, r.load(values, base)),
      r.loop(i, r.add(start, k), until, [
        r.set(value, entry(i)),
        r.when(before(value, worst), [
          r.set(place, i),
          ...sift(base, r.number('int32', 0), r.number('int32', k)),
          r.set(worst, r.load(values, base)),
        ]),
      ]),
    ])
    const sorted = r.phase(count, parts * k * 16 * Math.ceil(Math.log2(parts * k + 1)), round => [
      r.set(base, r.mul(round, parts * k)),
      ...heapify(base, parts * k),
      ...inOrder(base, parts * k),
      r.set(first, r.add(r.mul(r.div(round, inner), k * inner), r.rem(round, inner))),
      r.loop(i, 0, k, [r.store(to, r.add(first, r.mul(i, inner)), r.load(places, r.add(base, i)))]),
    ])
    const length = count * parts * k
    return {
      params: { outer, size, inner, k, parts },
      scratch: [
        { dtype, length },
        { dtype: 'int32', length },
      ],
      phases: [best, sorted],
    }
  }
  return { kind: 'routine', name: 'topK', body }
}

export const topKPrimitive: Primitive<TopKParams> = primitive<readonly [Value], TopKParams>({
  name: 'topK',
  arity: 1,
  samples: [
    { params: { axis: 1, k: 2, descending: true }, inputs: [distinct([2, 9])] },
    { params: { axis: 0, k: 3, descending: false }, inputs: [whole([13, 2], 0, 3)] },
    { params: { axis: 0, k: 3, descending: true }, inputs: [whole([4], 0, 9)] },
  ],
  shape: ([x], { axis, k }) => {
    checkOrdered('topK', x, axis)
    if (!(Number.isInteger(k) && k >= 0 && k <= at(x.sizes, axis)))
      return fail({ _tag: 'ShapeError', detail: `topK: ${k} of axis ${axis} of '${x.sizes.join(' ')}'` })
    return { sizes: x.sizes.map((size, i) => (i === axis ? k : size)), dtype: 'int32' }
  },
  vjp: () => ['zero'],
  jvp: () => [],
  batch: ([x], _, params) => perExample(topKAxis(x, { ...params, axis: params.axis + 1 })),
  evaluate: ([x], { axis, k, descending }, output) => {
    const result = allocate('int32', sizeOf(output.sizes))
    const [size, after] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1))]
    const order = ordering(descending)
    for (let row = 0; row < result.length / Math.max(1, k); row += 1) {
      const [block, column] = [Math.floor(row / after), row % after]
      const entry = (i: number): number => at(x.data, (block * size + i) * after + column)
      const positions = Array.from({ length: size }, (_, i) => i).sort((i, j) => order(entry(i), entry(j)))
      for (let i = 0; i < k; i += 1) result[(block * k + i) * after + column] = at(positions, i)
    }
    return result
  },
  lower: ([x], params) => {
    const { axis, k, descending } = params
    const isFew = k > 0 && k * leastShare(at(x.sizes, axis)) <= at(x.sizes, axis)
    return isFew ? routineOf(x, params) : callOf(all => sliceAxis(argsortAxis(all, axis, descending), axis, 0, k), [x])
  },
  uniform: 'no',
})

export const topKAxis = (x: Value, params: TopKParams): Value => apply(topKPrimitive.of(params), x)
