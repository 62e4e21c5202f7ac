/**
 * `searchsorted`: where each query would be put into a sorted row, so that it stays sorted: before the entries that equal it (left), or
 * after them (right). The order is that of `argsort`: NaN comes after every number. int32.
 *
 *   sorted 'B… n', queries 'B… Q…'  →  'B… Q…'
 *
 * where the first `batch` axes B are common. Of a row that is not sorted the result is some position.
 *
 * Gradient: none, the answer is an integer.
 */
import { type Body, type Routine, routine as r } from '../kernel/index.js'
import { type Aval, allocate, at, fail, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { checkOrdered, goesBefore, ordering } from './family/order.js'
import { distinct, whole } from './family/sample.js'
import { lead } from './sum.js'

type SearchParams = { readonly batch: number; readonly right: boolean }

/** Queries that a round of the routine looks up. */
const abreast = 1024

/** Each step halves what may hold the place: entries before `low` go before the query, and those from `high` on do not. */
const routineOf = (sorted: Aval, queries: Aval, { batch, right }: SearchParams): Routine => {
  const body = (): Body => {
    const { dtype } = sorted
    const [size, rows] = [at(sorted.sizes, batch), sizeOf(sorted.sizes.slice(0, batch))]
    const count = sizeOf(queries.sizes.slice(batch))
    const [row, asked, to] = [r.reads(0, dtype), r.reads(1, dtype), r.writes(0, 'int32')]
    const [first, start, i, low, high, middle] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const [query, entry] = [r.local(dtype), r.local(dtype)]
    const before = goesBefore(dtype, false)
    const isBefore = right ? r.equal(before(query, entry), 0) : before(entry, query)
    const groups = Math.ceil(count / abreast)
    const phase = r.phase(rows * groups, abreast * 8 * Math.ceil(Math.log2(size + 2)), round => [
      r.set(first, r.mul(r.div(round, groups), size)),
      r.set(start, r.mul(r.div(round, groups), count)),
      r.loop(i, r.mul(r.rem(round, groups), abreast), r.least(r.mul(r.add(r.rem(round, groups), 1), abreast), count), [
        r.set(query, r.load(asked, r.add(start, i))),
        r.set(low, 0),
        r.set(high, size),
        r.during(r.less(low, high), [
          r.set(middle, r.shiftRight(r.add(low, high), 1)),
          r.set(entry, r.load(row, r.add(first, middle))),
          r.when(isBefore, [r.set(low, r.add(middle, 1))], [r.set(high, middle)]),
        ]),
        r.store(to, r.add(start, i), low),
      ]),
    ])
    return { params: { rows, size, count, right: Number(right) }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: 'searchsorted', body }
}

export const searchsortedPrimitive: Primitive<SearchParams> = primitive<readonly [Value, Value], SearchParams>({
  name: 'searchsorted',
  arity: 2,
  samples: [
    { params: { batch: 0, right: false }, inputs: [distinct([5]), distinct([2, 3])] },
    { params: { batch: 1, right: true }, inputs: [whole([2, 5], 0, 3), whole([2, 4], 0, 3)] },
    { params: { batch: 0, right: true }, inputs: [whole([0], 0, 1), whole([3], 0, 1)] },
  ],
  shape: ([sorted, queries], { batch }) => {
    checkOrdered('searchsorted', sorted, batch)
    const common = sorted.sizes.slice(0, batch).every((size, i) => size === queries.sizes[i])
    if (!common || sorted.sizes.length !== batch + 1 || queries.sizes.length < batch)
      return fail({
        _tag: 'ShapeError',
        detail: `searchsorted: '${sorted.sizes.join(' ')}' and '${queries.sizes.join(' ')}', ${batch} axes in common`,
      })
    if (sorted.dtype !== queries.dtype)
      return fail({ _tag: 'DTypeError', detail: `searchsorted: ${sorted.dtype} and ${queries.dtype}: dtypes differ` })
    return { sizes: queries.sizes, dtype: 'int32' }
  },
  vjp: () => ['zero', 'zero'],
  jvp: () => [],
  batch: ([sorted, queries], [sortedBatched, queriesBatched], params, size) => {
    // Further queries of one row are queries as others are.
    if (!sortedBatched && params.batch === 0) return perExample(searchsorted(sorted, queries, params))
    const rows = [lead(sorted, sortedBatched, size), lead(queries, queriesBatched, size)] as const
    return perExample(searchsorted(...rows, { ...params, batch: params.batch + 1 }))
  },
  // The meaning of the halving for every row, sorted or not: how often it goes to the right.
  evaluate: ([sorted, queries], { batch, right }, output) => {
    const result = allocate('int32', sizeOf(output.sizes))
    const size = at(sorted.sizes, batch)
    const count = sizeOf(queries.sizes.slice(batch))
    const order = ordering(false)
    for (let i = 0; i < result.length; i += 1) {
      const first = Math.floor(i / count) * size
      let [low, high] = [0, size]
      while (low < high) {
        const middle = Math.floor((low + high) / 2)
        const side = order(at(sorted.data, first + middle), at(queries.data, i))
        if (side < 0 || (right && side === 0)) low = middle + 1
        else high = middle
      }
      result[i] = low
    }
    return result
  },
  lower: ([sorted, queries], params) => routineOf(sorted, queries, params),
  uniform: 'no',
})

export const searchsorted = (sorted: Value, queries: Value, params: SearchParams): Value =>
  apply(searchsortedPrimitive.of(params), sorted, queries)
