/**
 * `scatter` combines updates with the entries of an operand at given indices, in the order of the updates: it puts them in their place
 * ('set', the last one stays), multiplies by them, or keeps the least or the greatest. Shapes and indices are those of `gather`, whose file
 * says what they are; `scatterAdd` stands there.
 *
 * Numerics: one rounding for each product. NaN is kept by 'min' and 'max'.
 *
 * Gradient: set: ct to the operand, 0 where an update stands; to the last update of each place its ct. mul: ct times the product of all
 * others. min and max: ct in equal parts to all that equal the result. None to the indices.
 */
import { type Body, type Routine, routine as r, type Statement, type Term } from '../kernel/index.js'
import { type Aval, at, type Buffer, fail, isFloat, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { castTo } from './cast.js'
import { equal } from './compare.js'
import { div } from './div.js'
import { filled } from './family/filled.js'
import { distinct, real, whole } from './family/sample.js'
import { forEachRun, type GatherOptions, type GatherParams, gather, gatheredSizes, own, scatterAdd } from './gather.js'
import { iota } from './iota.js'
import { mul } from './mul.js'
import { reshapeTo } from './reshape.js'
import { select } from './select.js'
import { lead } from './sum.js'

/** What becomes of an entry and an update. */
export type Combination = 'set' | 'mul' | 'min' | 'max'

type ScatterParams = GatherParams & { readonly by: Combination }

const combinations: { readonly [B in Combination]: (x: number, y: number) => number } = {
  set: (_, y) => y,
  mul: (x, y) => x * y,
  min: (x, y) => (Number.isNaN(x) || x <= y ? x : y),
  max: (x, y) => (Number.isNaN(x) || x >= y ? x : y),
}

/** The statements that combine an update with the entry at a place. */
const combining = (
  { dtype }: Aval,
  by: Combination,
  table: ReturnType<typeof r.writes>,
  place: Term,
  update: Term,
): readonly Statement[] => {
  if (by === 'set') return [r.store(table, place, update)]
  if (by === 'mul') return [r.store(table, place, r.mul(r.load(table, place), update))]
  const [entry, other] = [r.local(dtype), r.local(dtype)]
  const isBetter = by === 'max' ? r.lessOf(dtype)(entry, other) : r.lessOf(dtype)(other, entry)
  const replaces = isFloat(dtype) ? r.or(isBetter, r.and(r.notEqual(other, other), r.equal(entry, entry))) : isBetter
  return [r.set(entry, r.load(table, place)), r.set(other, update), r.when(replaces, [r.store(table, place, other)])]
}

const routineOf = (x: Aval, indices: Aval, { axis, batch, op, what, by }: ScatterParams): Routine => {
  const body = (): Body => {
    const { dtype } = x
    const [batches, before] = [sizeOf(x.sizes.slice(0, batch)), sizeOf(x.sizes.slice(batch, axis))]
    const [size, after, count] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1)), sizeOf(indices.sizes.slice(batch))]
    const [table, places, updates] = [r.writes(0, dtype), r.reads(0, indices.dtype), r.reads(1, dtype)]
    const [outer, i, index, row, place, c] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    // There is a single round, so that of several indices out of range the first is reported.
    const phase = r.phase(1, batches * before * count * Math.max(1, after), () => [
      r.set(place, 0),
      r.loop(outer, 0, batches * before, [
        r.loop(i, 0, count, [
          r.set(index, r.load(places, r.add(r.mul(r.div(outer, before), count), i))),
          r.when(
            r.less(index, size),
            [
              r.set(row, r.mul(r.add(r.mul(outer, size), index), after)),
              r.loop(c, 0, after, combining(x, by, table, r.add(row, c), r.load(updates, r.add(place, c)))),
            ],
            [r.report(index, size, indices.dtype === 'uint32')],
          ),
          r.set(place, r.add(place, after)),
        ]),
      ]),
    ])
    return { params: { batches, before, size, after, count }, scratch: [], phases: [phase] }
  }
  return { kind: 'routine', name: `scatter ${by}`, onto: 0, reports: { op, what }, body }
}

/** For each update whether no later one stands in its place. */
const isLast = (x: Value, indices: Value, updates: Value, params: ScatterParams): Value => {
  const order = reshapeTo(iota([sizeOf(updates.sizes)], 0, 'int32'), updates.sizes)
  const none = filled({ sizes: x.sizes, dtype: 'int32' }, -1)
  const last = scatterBy(none, indices, order, { ...params, by: 'max' })
  return equal(gather(last, indices, params), order)
}

/** The derivative of the product by each update: the product of the operand and of all other updates of the place. */
const othersOf = (x: Value, indices: Value, updates: Value, params: ScatterParams): Value => {
  const [zero, one] = [filled(updates, 0), filled(updates, 1)]
  const isZero = equal(updates, zero)
  const nonZero = select(isZero, one, updates)
  const zeros = gather(scatterAdd(filled(x, 0), indices, castTo(isZero, x.dtype), params), indices, params)
  // Without its zeros the product is divided by the update; a zero is the only one of its place, or else another makes the product 0.
  const rest = div(gather(scatterBy(x, indices, nonZero, { ...params, by: 'mul' }), indices, params), nonZero)
  return select(equal(zeros, castTo(isZero, x.dtype)), rest, zero)
}

/** How the cotangent of a place is shared: to the operand and to the updates that equal the result, in equal parts. */
const shares = (x: Value, indices: Value, updates: Value, output: Value, params: ScatterParams): readonly [Value, Value] => {
  const ofEntries = castTo(equal(x, output), x.dtype)
  const ofUpdates = castTo(equal(updates, gather(output, indices, params)), x.dtype)
  const count = scatterAdd(ofEntries, indices, ofUpdates, params)
  // A place that holds NaN equals nothing, and shares nothing.
  const whole = select(equal(count, filled(count, 0)), filled(count, 1), count)
  return [div(ofEntries, whole), div(ofUpdates, gather(whole, indices, params))]
}

const samplesBy = (by: Combination) => [
  { params: { axis: 0, batch: 0, by, ...own('scatter') }, inputs: [distinct([3, 2]), whole([2], 0, 2), distinct([2, 2])] },
  { params: { axis: 1, batch: 1, by, ...own('scatter') }, inputs: [distinct([2, 3]), whole([2, 2], 0, 2), distinct([2, 2])] },
  { params: { axis: 0, batch: 0, by, ...own('scatter') }, inputs: [whole([3], 0, 9), whole([5], 0, 2), whole([5], 0, 9)] },
]

export const scatterPrimitive: Primitive<ScatterParams> = primitive<readonly [Value, Value, Value], ScatterParams>({
  name: 'scatter',
  arity: 3,
  samples: [
    { params: { axis: 0, batch: 0, by: 'set', ...own('scatter') }, inputs: [real([3]), whole([], 0, 2), real([])] },
    ...(['set', 'mul', 'min', 'max'] as const).flatMap(samplesBy),
  ],
  shape: ([x, indices, updates], params) => {
    const expected = gatheredSizes(x, indices, params)
    if (updates.sizes.join(' ') !== expected.join(' ') || updates.dtype !== x.dtype)
      return fail({
        _tag: 'ShapeError',
        detail: `${params.op}: updates are ${updates.dtype} '${updates.sizes.join(' ')}', not ${x.dtype} '${expected.join(' ')}'`,
      })
    if (x.dtype === 'bool' && params.by !== 'set')
      return fail({ _tag: 'DTypeError', detail: `${params.op}: needs numbers, not bool: cast('int32') first` })
    return { sizes: x.sizes, dtype: x.dtype }
  },
  vjp: ([x, indices, updates], params, output) => {
    const { by } = params
    if (by === 'set')
      return [
        ct => scatterBy(ct, indices, filled(updates, 0), params),
        'zero',
        ct => select(isLast(x, indices, updates, params), gather(ct, indices, params), filled(updates, 0)),
      ]
    if (by === 'mul')
      return [
        ct => mul(ct, scatterBy(filled(x, 1), indices, updates, params)),
        'zero',
        ct => mul(gather(ct, indices, params), othersOf(x, indices, updates, params)),
      ]
    return [
      ct => mul(ct, shares(x, indices, updates, output, params)[0]),
      'zero',
      ct => mul(gather(ct, indices, params), shares(x, indices, updates, output, params)[1]),
    ]
  },
  jvp: ([x, indices, updates], [s, , t], params, output) => {
    const { by } = params
    if (by === 'set') return s || t ? [scatterBy(s ?? filled(x, 0), indices, t ?? filled(updates, 0), params)] : []
    const [ofEntries, ofUpdates] =
      by === 'mul'
        ? [scatterBy(filled(x, 1), indices, updates, params), othersOf(x, indices, updates, params)]
        : shares(x, indices, updates, output, params)
    return [...(s ? [mul(s, ofEntries)] : []), ...(t ? [scatterAdd(filled(x, 0), indices, mul(t, ofUpdates), params)] : [])]
  },
  batch: ([x, indices, updates], [xBatched, indicesBatched, updatesBatched], params, size) => {
    const rows = [lead(x, xBatched, size), lead(indices, indicesBatched, size), lead(updates, updatesBatched, size)] as const
    return perExample(scatterBy(...rows, { ...params, axis: params.axis + 1, batch: params.batch + 1 }))
  },
  evaluate: ([x, indices, updates], params): Buffer => {
    const result = x.data.slice()
    const combine = combinations[params.by]
    // Integers wrap: a product of two is taken apart so that its low bits stay exact.
    const product = (a: number, b: number): number => Math.imul(a, b)
    const one = params.by === 'mul' && !isFloat(x.dtype) ? product : combine
    forEachRun(x, indices, params, (target, place, length) => {
      for (let i = 0; i < length; i += 1) result[target + i] = one(at(result, target + i), at(updates.data, place + i))
    })
    return result
  },
  lower: ([x, indices], params) => routineOf(x, indices, params),
  uniform: 'no',
})

export const scatterBy = (
  x: Value,
  indices: Value,
  updates: Value,
  { axis, batch, op = 'scatter', what = 'index', by }: GatherOptions & { readonly by: Combination },
): Value => apply(scatterPrimitive.of({ axis, batch, op, what, by }), x, indices, updates)
