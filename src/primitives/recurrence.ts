/**
 * `recurrence`: h₀ = b₀ and hᵢ = aᵢ hᵢ₋₁ + bᵢ along an axis, or from its end to its beginning in reverse. The first a is not read.
 *
 * It is linear in b and its derivatives are recurrences again, so those of cumulative products need no division, and zeros are no exception.
 *
 * Gradient: with g the recurrence of ct in the other direction, gᵢ = ctᵢ + aᵢ₊₁ gᵢ₊₁: g to b, and gᵢ hᵢ₋₁ to aᵢ.
 * Numerics: h is carried in float64 and rounded where it is stored.
 */
import { type Body, type Routine, routine as r } from '../kernel/index.js'
import { type Aval, allocate, at, fail, isFloat, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { add } from './add.js'
import { concatAxis } from './concat.js'
import { filled } from './family/filled.js'
import { alongRows, carries, carryOf, rowsOf } from './family/running.js'
import { real } from './family/sample.js'
import { mul } from './mul.js'
import { sliceAxis } from './slice.js'
import { lead } from './sum.js'

type RecurrenceParams = { readonly axis: number; readonly reverse: boolean }

const routineOf = (a: Aval, { axis, reverse }: RecurrenceParams): Routine => {
  const body = (): Body => {
    const { dtype } = a
    const rows = rowsOf(a, axis, reverse)
    const { outer, size, inner } = rows
    const [factors, terms, to] = [r.reads(0, dtype), r.reads(1, dtype), r.writes(0, dtype)]
    const carryIn = carryOf(rows, r.scratch(0, 'float64'), 'float64')
    const phase = alongRows(rows, 3, {
      together: 1,
      begin: () => [],
      step: (row, entry) => {
        const [carry, place] = [carryIn(row), row.place(entry)]
        const wide = (from: typeof factors) => r.convert('float64', r.load(from, place))
        return [
          r.when(r.equal(entry, 0), [carry.set(wide(terms))], [carry.set(r.add(r.mul(wide(factors), carry.get), wide(terms)))]),
          r.store(to, place, r.convert(dtype, carry.get)),
        ]
      },
      single: () => [],
      end: () => [],
    })
    const scratch = inner === 1 ? [] : [{ dtype: 'float64' as const, length: carries(rows) }]
    return { params: { outer, size, inner }, scratch, phases: [phase] }
  }
  return { kind: 'routine', name: 'recurrence', body }
}

/** Each entry one place further in the direction of the axis, a value in the place of the first. */
export const shiftedAlong = (x: Value, axis: number, reverse: boolean, value: number): Value => {
  const size = at(x.sizes, axis)
  if (size === 0) return x
  const one = filled({ ...x, sizes: x.sizes.map((own, i) => (i === axis ? 1 : own)) }, value)
  return concatAxis(reverse ? [sliceAxis(x, axis, 1, size), one] : [one, sliceAxis(x, axis, 0, size - 1)], axis)
}

export const recurrencePrimitive: Primitive<RecurrenceParams> = primitive<readonly [Value, Value], RecurrenceParams>({
  name: 'recurrence',
  arity: 2,
  samples: [
    { params: { axis: 1, reverse: false }, inputs: [real([2, 4]), real([2, 4])] },
    { params: { axis: 0, reverse: true }, inputs: [real([4, 2]), real([4, 2])] },
  ],
  shape: ([a, b], { axis }) => {
    if (!(axis >= 0 && axis < a.sizes.length))
      return fail({ _tag: 'ShapeError', detail: `recurrence: axis ${axis} of '${a.sizes.join(' ')}'` })
    if (a.sizes.join(' ') !== b.sizes.join(' '))
      return fail({ _tag: 'ShapeError', detail: `recurrence: '${a.sizes.join(' ')}' and '${b.sizes.join(' ')}' differ` })
    if (!isFloat(a.dtype) || a.dtype !== b.dtype)
      return fail({ _tag: 'DTypeError', detail: `recurrence: ${a.dtype} and ${b.dtype}: needs floats of one dtype` })
    return { sizes: a.sizes, dtype: a.dtype }
  },
  vjp: ([a], { axis, reverse }, h) => {
    const back = (ct: Value): Value => recurrence(shiftedAlong(a, axis, !reverse, 0), ct, { axis, reverse: !reverse })
    return [ct => mul(back(ct), shiftedAlong(h, axis, reverse, 0)), back]
  },
  jvp: ([a], [s, t], { axis, reverse }, h) => {
    const factor = s === undefined ? undefined : mul(s, shiftedAlong(h, axis, reverse, 0))
    const terms = [factor, t].filter(x => x !== undefined)
    const [first, second] = terms
    if (first === undefined) return []
    return [recurrence(a, second === undefined ? first : add(first, second), { axis, reverse })]
  },
  batch: ([a, b], [aBatched, bBatched], { axis, reverse }, size) =>
    perExample(recurrence(lead(a, aBatched, size), lead(b, bBatched, size), { axis: axis + 1, reverse })),
  evaluate: ([a, b], { axis, reverse }, output) => {
    const result = allocate(output.dtype, sizeOf(output.sizes))
    const [size, after] = [at(a.sizes, axis), sizeOf(a.sizes.slice(axis + 1))]
    for (let row = 0; row < result.length / Math.max(1, size); row += 1) {
      let h = 0
      for (let i = 0; i < size; i += 1) {
        const place = Math.floor(row / after) * size * after + (row % after) + (reverse ? size - 1 - i : i) * after
        h = i === 0 ? at(b.data, place) : at(a.data, place) * h + at(b.data, place)
        result[place] = h
      }
    }
    return result
  },
  lower: ([a], params) => routineOf(a, params),
  uniform: 'no',
})

export const recurrence = (a: Value, b: Value, params: RecurrenceParams): Value => apply(recurrencePrimitive.of(params), a, b)
