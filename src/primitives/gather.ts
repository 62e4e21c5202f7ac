/**
 * `gather` reads entries along an axis at given indices; `scatterAdd` adds updates there. Each is the other's transpose.
 *
 *   operand 'B… A… n C…', indices 'B… I…'  →  gather 'B… A… I… C…'
 *
 * where the first `batch` axes B are common, `axis` is the position of n, and the indices are integers from 0 to n - 1; any other index is
 * an error. `scatterAdd` adds in the order of the updates.
 * Numerics of scatterAdd: floats are added in float64 and rounded once at the end, on every engine; integers wrap.
 *
 * Gradient: gather: ct scattered into zeros. scatterAdd: ct to the operand, ct gathered to the updates. None to the indices.
 */
import { type Body, type Routine, routine as r } from '../kernel/index.js'
import type { Operand } from '../program/index.js'
import { type Aval, allocate, at, type Buffer, bytesOf, fail, heldDType, indexDType, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { filled } from './family/filled.js'
import { real, whole } from './family/sample.js'
import { copyStrided } from './family/strided.js'
import { moveAxis } from './permute.js'
import { lead } from './sum.js'

/** Along which axis, and whose indices they are: an index out of range is reported as `what` of the public operation `op`. */
export type GatherParams = { readonly axis: number; readonly batch: number; readonly op: string; readonly what: string }

/** What errors call the indices where a primitive is used by its own name. */
export const own = (op: string): { readonly op: string; readonly what: string } => ({ op, what: 'index' })

const text = (x: Aval): string => `'${x.sizes.join(' ')}'`

/** The sizes of what is gathered. */
export const gatheredSizes = (operand: Aval, indices: Aval, { op, what, axis, batch }: GatherParams): readonly number[] => {
  heldDType(indexDType(op, what === 'index' ? 'indices' : `${what}s`, indices.dtype))
  const common = indices.sizes.slice(0, batch).every((size, i) => size === operand.sizes[i])
  if (!(axis >= batch && axis < operand.sizes.length && indices.sizes.length >= batch && common))
    return fail({ _tag: 'ShapeError', detail: `${op}: ${text(operand)} at ${text(indices)} along axis ${axis}, ${batch} axes in common` })
  return [...operand.sizes.slice(0, axis), ...indices.sizes.slice(batch), ...operand.sizes.slice(axis + 1)]
}

/** Calls `visit(place in the operand, place in the gathered, length)` for each run of neighbours, in the order of the gathered. */
export const forEachRun = (
  operand: Aval,
  indices: Operand,
  { op, what, axis, batch }: GatherParams,
  visit: (operandPlace: number, gatheredPlace: number, length: number) => void,
): void => {
  const size = at(operand.sizes, axis)
  const batches = sizeOf(operand.sizes.slice(0, batch))
  const before = sizeOf(operand.sizes.slice(batch, axis))
  const after = sizeOf(operand.sizes.slice(axis + 1))
  const count = sizeOf(indices.sizes.slice(batch))
  let place = 0
  for (let b = 0; b < batches; b += 1)
    for (let a = 0; a < before; a += 1)
      for (let i = 0; i < count; i += 1) {
        const index = at(indices.data, b * count + i)
        if (!(index >= 0 && index < size)) fail({ _tag: 'IndexError', op, what, index, size })
        visit(((b * before + a) * size + index) * after, place, after)
        place += after
      }
}

/** A run of at least this many bytes is moved as a block; a shorter one is moved entry by entry. */
const leastBlock = 64

/**
 * Both routines go through the runs in the order of the gathered tensor. An index out of range is reported, and its run is skipped. There
 * is a single round, so that of several such indices the first is reported.
 */
const routineOf = (name: 'gather' | 'scatterAdd', x: Aval, indices: Aval, { axis, batch, op, what }: GatherParams): Routine => {
  const body = (): Body => {
    const { dtype } = x
    const [batches, before] = [sizeOf(x.sizes.slice(0, batch)), sizeOf(x.sizes.slice(batch, axis))]
    const [size, after, count] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1)), sizeOf(indices.sizes.slice(batch))]
    const isGather = name === 'gather'
    const [table, places] = isGather ? [r.reads(0, dtype), r.reads(1, indices.dtype)] : [r.writes(0, dtype), r.reads(0, indices.dtype)]
    const gathered = isGather ? r.writes(0, dtype) : r.reads(1, dtype)
    const [outer, i, index, row, place, c] = [r.local(), r.local(), r.local(), r.local(), r.local(), r.local()]
    const [from, to] = [r.add(row, c), r.add(place, c)]
    const one = isGather
      ? r.store(gathered, to, r.load(table, from))
      : r.store(table, from, r.add(r.load(table, from), r.load(gathered, to)))
    const run = isGather && after * bytesOf(dtype) >= leastBlock ? r.copy(gathered, place, table, row, after) : r.loop(c, 0, after, [one])
    const phase = r.phase(1, batches * before * count * Math.max(1, after), () => [
      r.set(place, 0),
      r.loop(outer, 0, batches * before, [
        r.loop(i, 0, count, [
          r.set(index, r.load(places, r.add(r.mul(r.div(outer, before), count), i))),
          r.when(
            r.less(index, size),
            [r.set(row, r.mul(r.add(r.mul(outer, size), index), after)), run],
            [r.report(index, size, indices.dtype === 'uint32')],
          ),
          r.set(place, r.add(place, after)),
        ]),
      ]),
    ])
    return { params: { batches, before, size, after, count }, scratch: [], phases: [phase] }
  }
  // Two literals rather than a spread, because this is done at every operation.
  const reports = { op, what }
  return name === 'gather' ? { kind: 'routine', name, moves: true, reports, body } : { kind: 'routine', name, onto: 0, reports, body }
}

export const gatherPrimitive: Primitive<GatherParams> = primitive<readonly [Value, Value], GatherParams>({
  name: 'gather',
  arity: 2,
  samples: [
    { params: { axis: 0, batch: 0, ...own('gather') }, inputs: [real([3, 2]), whole([4], 0, 2)] },
    { params: { axis: 1, batch: 0, ...own('gather') }, inputs: [real([2, 3, 2]), whole([2, 2], 0, 2)] },
    { params: { axis: 1, batch: 1, ...own('gather') }, inputs: [real([2, 3]), whole([2], 0, 2)] },
    { params: { axis: 0, batch: 0, ...own('gather') }, inputs: [whole([3], 0, 9), whole([], 0, 2)] },
  ],
  shape: ([x, indices], params) => ({ sizes: gatheredSizes(x, indices, params), dtype: x.dtype }),
  vjp: ([x, indices], params) => [ct => scatterAdd(filled(x, 0), indices, ct, params), 'zero'],
  jvp: ([, indices], [tangent], params) => (tangent === undefined ? [] : [gather(tangent, indices, params)]),
  batch: ([x, indices], [operandBatched, indicesBatched], params, size) => {
    const { axis, batch } = params
    if (batch === 0 && !indicesBatched) return perExample(gather(x, indices, { ...params, axis: axis + 1 }))
    if (batch === 0 && !operandBatched) return perExample(moveAxis(gather(x, indices, params), axis, 0))
    const rows = [lead(x, operandBatched, size), lead(indices, indicesBatched, size)] as const
    return perExample(gather(...rows, { ...params, axis: axis + 1, batch: batch + 1 }))
  },
  evaluate: ([x, indices], params, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    forEachRun(x, indices, params, (source, place, length) => {
      copyStrided([length], { data: x.data, steps: [1], start: source }, { data: result, steps: [1], start: place })
    })
    return result
  },
  lower: ([x, indices], params) => routineOf('gather', x, indices, params),
  uniform: 'no',
})

export const scatterAddPrimitive: Primitive<GatherParams> = primitive<readonly [Value, Value, Value], GatherParams>({
  name: 'scatterAdd',
  arity: 3,
  samples: [
    { params: { axis: 0, batch: 0, ...own('scatterAdd') }, inputs: [real([3, 2]), whole([4], 0, 2), real([4, 2])] },
    { params: { axis: 1, batch: 1, ...own('scatterAdd') }, inputs: [real([2, 3]), whole([2, 2], 0, 2), real([2, 2])] },
    { params: { axis: 0, batch: 0, ...own('scatterAdd') }, inputs: [whole([3], 0, 9), whole([5], 0, 2), whole([5], 0, 9)] },
  ],
  shape: ([x, indices, updates], params) => {
    const expected = gatheredSizes(x, indices, params)
    if (updates.sizes.join(' ') !== expected.join(' ') || updates.dtype !== x.dtype)
      return fail({
        _tag: 'ShapeError',
        detail: `${params.op}: updates are ${updates.dtype} ${text(updates)}, not ${x.dtype} '${expected.join(' ')}'`,
      })
    return { sizes: x.sizes, dtype: x.dtype }
  },
  vjp: ([, indices], params) => [ct => ct, 'zero', ct => gather(ct, indices, params)],
  jvp: ([x, indices, updates], [s, , t], params) =>
    s || t ? [scatterAdd(s ?? filled(x, 0), indices, t ?? filled(updates, 0), params)] : [],
  batch: ([x, indices, updates], [xBatched, indicesBatched, updatesBatched], params, size) => {
    const rows = [lead(x, xBatched, size), lead(indices, indicesBatched, size), lead(updates, updatesBatched, size)] as const
    return perExample(scatterAdd(...rows, { ...params, axis: params.axis + 1, batch: params.batch + 1 }))
  },
  evaluate: ([x, indices, updates], params, output): Buffer => {
    // A float64 holds a sum of integers exactly until it is wrapped, as in `addStrided`.
    const totals = new Float64Array(x.data)
    forEachRun(x, indices, params, (target, place, length) => {
      for (let i = 0; i < length; i += 1) totals[target + i] = at(totals, target + i) + at(updates.data, place + i)
    })
    const result = allocate(output.dtype, totals.length)
    result.set(totals)
    return result
  },
  lower: ([x, indices], params) => routineOf('scatterAdd', x, indices, params),
  uniform: 'no',
})

/** Parameters of which those for errors may be left out; errors then name the primitive itself. */
export type GatherOptions = Pick<GatherParams, 'axis' | 'batch'> & Partial<GatherParams>

export const gather = (x: Value, indices: Value, { axis, batch, op = 'gather', what = 'index' }: GatherOptions): Value =>
  apply(gatherPrimitive.of({ axis, batch, op, what }), x, indices)

export const scatterAdd = (
  x: Value,
  indices: Value,
  updates: Value,
  { axis, batch, op = 'scatterAdd', what = 'index' }: GatherOptions,
): Value => apply(scatterAddPrimitive.of({ axis, batch, op, what }), x, indices, updates)
