/**
 * `gather` reads entries along an axis at given indices; `scatterAdd` adds updates there. Each is the other's transpose.
 *
 *   operand 'B… A… n C…', indices 'B… I…'  →  gather 'B… A… I… C…'
 *
 * where the first `batch` axes B are common, `axis` is the position of n, and the indices are integers from 0 to n - 1; any other index is
 * an error. `scatterAdd` adds in the order of the updates.
 *
 * Gradient: gather: ct scattered into zeros. scatterAdd: ct to the operand, ct gathered to the updates. None to the indices.
 */
import type { Operand } from '../program/index.js'
import { type Aval, allocate, at, type Buffer, fail, isInteger, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, primitive } from '../trace/index.js'
import { filled } from './family/filled.js'
import { real, whole } from './family/sample.js'
import { copyStrided } from './family/strided.js'
import { moveAxis } from './permute.js'
import { lead } from './sum.js'

type GatherParams = { readonly axis: number; readonly batch: number }

const text = (x: Aval): string => `'${x.sizes.join(' ')}'`

/** The sizes of what is gathered. */
const gatheredSizes = (op: string, operand: Aval, indices: Aval, { axis, batch }: GatherParams): readonly number[] => {
  if (!isInteger(indices.dtype)) return fail({ _tag: 'DTypeError', detail: `${op}: indices are ${indices.dtype}: cast('int32') first` })
  const common = indices.sizes.slice(0, batch).every((size, i) => size === operand.sizes[i])
  if (!(axis >= batch && axis < operand.sizes.length && indices.sizes.length >= batch && common))
    return fail({ _tag: 'ShapeError', detail: `${op}: ${text(operand)} at ${text(indices)} along axis ${axis}, ${batch} axes in common` })
  return [...operand.sizes.slice(0, axis), ...indices.sizes.slice(batch), ...operand.sizes.slice(axis + 1)]
}

/** Calls `visit(place in the operand, place in the gathered, length)` for each run of neighbours, in the order of the gathered. */
const forEachRun = (
  op: string,
  operand: Aval,
  indices: Operand,
  { axis, batch }: GatherParams,
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
        if (!(index >= 0 && index < size)) fail({ _tag: 'IndexError', op, index, size })
        visit(((b * before + a) * size + index) * after, place, after)
        place += after
      }
}

export const gatherPrimitive: Primitive<GatherParams> = primitive<readonly [Value, Value], GatherParams>({
  name: 'gather',
  arity: 2,
  samples: [
    { params: { axis: 0, batch: 0 }, inputs: [real([3, 2]), whole([4], 0, 2)] },
    { params: { axis: 1, batch: 0 }, inputs: [real([2, 3, 2]), whole([2, 2], 0, 2)] },
    { params: { axis: 1, batch: 1 }, inputs: [real([2, 3]), whole([2], 0, 2)] },
    { params: { axis: 0, batch: 0 }, inputs: [whole([3], 0, 9), whole([], 0, 2)] },
  ],
  shape: ([x, indices], params) => ({ sizes: gatheredSizes('gather', x, indices, params), dtype: x.dtype }),
  vjp: ([x, indices], params) => [ct => scatterAdd(filled(x, 0), indices, ct, params), 'zero'],
  jvp: ([, indices], [tangent], params) => (tangent === undefined ? [] : [gather(tangent, indices, params)]),
  batch: ([x, indices], [operandBatched, indicesBatched], { axis, batch }, size) => {
    if (batch === 0 && !indicesBatched) return gather(x, indices, { axis: axis + 1, batch })
    if (batch === 0 && !operandBatched) return moveAxis(gather(x, indices, { axis, batch }), axis, 0)
    return gather(lead(x, operandBatched, size), lead(indices, indicesBatched, size), { axis: axis + 1, batch: batch + 1 })
  },
  evaluate: ([x, indices], params, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    forEachRun('gather', x, indices, params, (source, place, length) => {
      copyStrided([length], { data: x.data, steps: [1], start: source }, { data: result, steps: [1], start: place })
    })
    return result
  },
  lower: (_, { axis, batch }) => ({ kind: 'gather', axis, batch }),
  uniform: 'no',
})

export const scatterAddPrimitive: Primitive<GatherParams> = primitive<readonly [Value, Value, Value], GatherParams>({
  name: 'scatterAdd',
  arity: 3,
  samples: [
    { params: { axis: 0, batch: 0 }, inputs: [real([3, 2]), whole([4], 0, 2), real([4, 2])] },
    { params: { axis: 1, batch: 1 }, inputs: [real([2, 3]), whole([2, 2], 0, 2), real([2, 2])] },
    { params: { axis: 0, batch: 0 }, inputs: [whole([3], 0, 9), whole([5], 0, 2), whole([5], 0, 9)] },
  ],
  shape: ([x, indices, updates], params) => {
    const expected = gatheredSizes('scatterAdd', x, indices, params)
    if (updates.sizes.join(' ') !== expected.join(' ') || updates.dtype !== x.dtype)
      return fail({
        _tag: 'ShapeError',
        detail: `scatterAdd: updates are ${updates.dtype} ${text(updates)}, not ${x.dtype} '${expected.join(' ')}'`,
      })
    return { sizes: x.sizes, dtype: x.dtype }
  },
  vjp: ([, indices], params) => [ct => ct, 'zero', ct => gather(ct, indices, params)],
  jvp: ([x, indices, updates], [s, , t], params) =>
    s || t ? [scatterAdd(s ?? filled(x, 0), indices, t ?? filled(updates, 0), params)] : [],
  batch: ([x, indices, updates], [xBatched, indicesBatched, updatesBatched], { axis, batch }, size) => {
    return scatterAdd(lead(x, xBatched, size), lead(indices, indicesBatched, size), lead(updates, updatesBatched, size), {
      axis: axis + 1,
      batch: batch + 1,
    })
  },
  evaluate: ([x, indices, updates], params, output): Buffer => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    result.set(x.data)
    forEachRun('scatterAdd', x, indices, params, (target, place, length) => {
      for (let i = 0; i < length; i += 1) result[target + i] = at(result, target + i) + at(updates.data, place + i)
    })
    return result
  },
  lower: (_, { axis, batch }) => ({ kind: 'scatterAdd', axis, batch }),
  uniform: 'no',
})

export const gather = (x: Value, indices: Value, params: GatherParams): Value => apply(gatherPrimitive.of(params), x, indices)

export const scatterAdd = (x: Value, indices: Value, updates: Value, params: GatherParams): Value =>
  apply(scatterAddPrimitive.of(params), x, indices, updates)
