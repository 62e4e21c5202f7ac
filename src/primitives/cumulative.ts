/**
 * `cumSum`, `cumProd`, `cumMax` and `cumMin`: the sum, product, greatest or least of all entries up to each along an axis, or from each to the
 * end in reverse; `exclusive` leaves the entry itself out, so that the first is the sum, product or extreme of nothing.
 *
 * Gradient: cumSum: the cumulative sum of ct in the other direction. cumProd: by recurrences, without division, so that it is exact at zeros.
 * cumMax and cumMin: ct goes to the entry that is kept, the first of equals.
 * Numerics: floats are added and multiplied in float64 and rounded where they are stored; `family/cumulative.ts` gives the order of a sum.
 * Integers wrap. Of a NaN on, extremes are NaN.
 */
import { monoids } from '../kernel/index.js'
import { type Aval, at, fail, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive, type Rules } from '../trace/index.js'
import { and } from './bits.js'
import { equal } from './compare.js'
import { type CumulativeParams, cumulativeLoops, cumulativeRoutine } from './family/cumulative.js'
import { filled } from './family/filled.js'
import { linear } from './family/linear.js'
import { distinct, real, whole } from './family/sample.js'
import { gather, scatterAdd } from './gather.js'
import { iota } from './iota.js'
import { mul } from './mul.js'
import { not } from './not.js'
import { moveAxis } from './permute.js'
import { recurrence, shiftedAlong } from './recurrence.js'
import { select } from './select.js'

export type { CumulativeParams } from './family/cumulative.js'

const shapeOf =
  (name: string) =>
  ({ sizes, dtype }: Aval, { axis }: CumulativeParams): Aval => {
    if (!(axis >= 0 && axis < sizes.length)) return fail({ _tag: 'ShapeError', detail: `${name}: axis ${axis} of '${sizes.join(' ')}'` })
    if (dtype === 'bool') return fail({ _tag: 'DTypeError', detail: `${name}: needs numbers, not bool: cast('int32') first` })
    return { sizes, dtype }
  }

const lifted = (params: CumulativeParams): CumulativeParams => ({ ...params, axis: params.axis + 1 })
const back = (params: CumulativeParams): CumulativeParams => ({ ...params, reverse: !params.reverse })

const [forwards, backwards] = [
  { axis: 1, reverse: false, exclusive: false },
  { axis: 0, reverse: true, exclusive: true },
]

export const cumSumPrimitive: Primitive<CumulativeParams> = primitive(
  linear<CumulativeParams>({
    name: 'cumSum',
    samples: [
      { params: forwards, inputs: [real([2, 6])] },
      { params: { ...forwards, exclusive: true }, inputs: [real([2, 5])] },
      { params: backwards, inputs: [real([5, 2])] },
      { params: { ...forwards, reverse: true }, inputs: [whole([2, 5], -9, 9)] },
      { params: forwards, inputs: [whole([2, 0], 0, 1)] },
    ],
    shape: shapeOf('cumSum'),
    transpose: (ct, _, params) => cumSum(ct, back(params)),
    self: params => cumSumPrimitive.of(params),
    lift: lifted,
    evaluate: (x, params, output) => cumulativeLoops('sum', x, params, output),
    lower: (x, params) => cumulativeRoutine('sum', x, params),
    keepsUniform: false,
  }),
)

export const cumProdPrimitive: Primitive<CumulativeParams> = primitive<readonly [Value], CumulativeParams>({
  name: 'cumProd',
  arity: 1,
  samples: [
    { params: forwards, inputs: [real([2, 4])] },
    { params: { ...forwards, exclusive: true }, inputs: [real([2, 4])] },
    { params: backwards, inputs: [real([4, 2])] },
    { params: { ...backwards, exclusive: false }, inputs: [whole([4, 2], -3, 3)] },
  ],
  shape: ([x], params) => shapeOf('cumProd')(x, params),
  // With factors f, which are the entries or, exclusive, those before them: yᵢ = fᵢ yᵢ₋₁, and so dyᵢ = fᵢ dyᵢ₋₁ + yᵢ₋₁ dfᵢ.
  vjp: ([x], { axis, reverse, exclusive }, y) => {
    const factors = exclusive ? shiftedAlong(x, axis, reverse, 1) : x
    const following = shiftedAlong(factors, axis, !reverse, 0)
    return [
      ct => {
        const toFactors = mul(shiftedAlong(y, axis, reverse, 1), recurrence(following, ct, { axis, reverse: !reverse }))
        return exclusive ? shiftedAlong(toFactors, axis, !reverse, 0) : toFactors
      },
    ]
  },
  jvp: ([x], [tangent], { axis, reverse, exclusive }, y) => {
    if (tangent === undefined) return []
    const before = shiftedAlong(y, axis, reverse, 1)
    const [factors, along] = exclusive ? [shiftedAlong(x, axis, reverse, 1), shiftedAlong(tangent, axis, reverse, 0)] : [x, tangent]
    return [recurrence(factors, mul(before, along), { axis, reverse })]
  },
  batch: ([x], _, params) => perExample(cumProd(x, lifted(params))),
  evaluate: ([x], params, output) => cumulativeLoops('prod', x, params, output),
  lower: ([x], params) => cumulativeRoutine('prod', x, params),
  uniform: 'no',
})

/**
 * The place along the axis of the entry that is kept up to each place. It changes where the value does, and so is itself an extreme: the
 * last place up to this one where the value changed.
 */
const keptPlaces = (y: Value, by: 'max' | 'min', { axis, reverse, exclusive }: CumulativeParams): Value => {
  const size = at(y.sizes, axis)
  const before = shiftedAlong(y, axis, reverse, monoids[by].identity(y.dtype))
  const changes = and(not(equal(y, before)), equal(before, before))
  const places = iota(y.sizes, axis, 'int32')
  const first = filled(places, reverse ? size - 1 : 0)
  const own = exclusive ? shiftedAlong(places, axis, reverse, reverse ? size - 1 : 0) : places
  return (reverse ? cumMin : cumMax)(select(changes, own, first), { axis, reverse, exclusive: false })
}

const extreme = (by: 'max' | 'min', self: (x: Value, params: CumulativeParams) => Value): Rules<readonly [Value], CumulativeParams> => {
  const name = by === 'max' ? 'cumMax' : 'cumMin'
  /** Values in the place of an extreme of nothing, which has no derivative, as 0. */
  const withoutFirst = (values: Value, { axis, reverse, exclusive }: CumulativeParams): Value => {
    if (!exclusive) return values
    const places = iota(values.sizes, axis, 'int32')
    return select(equal(places, filled(places, reverse ? at(values.sizes, axis) - 1 : 0)), filled(values, 0), values)
  }
  return {
    name,
    arity: 1,
    samples: [
      { params: forwards, inputs: [distinct([2, 5])] },
      { params: { ...backwards, exclusive: false }, inputs: [distinct([5, 2])] },
      // The extreme of nothing is infinite, and infinities have no differences: exclusive ones are tried with integers.
      { params: { ...forwards, exclusive: true }, inputs: [whole([2, 5], -9, 9)] },
      { params: backwards, inputs: [whole([5, 2], 0, 2 ** 32 - 1, 'uint32')] },
    ],
    shape: ([x], params) => shapeOf(name)(x, params),
    vjp: ([x], params, y) => {
      const { axis } = params
      const last = x.sizes.length - 1
      return [
        ct => {
          const [rows, places] = [moveAxis(withoutFirst(ct, params), axis, last), moveAxis(keptPlaces(y, by, params), axis, last)]
          return moveAxis(scatterAdd(filled(rows, 0), places, rows, { axis: last, batch: last, op: name }), last, axis)
        },
      ]
    },
    jvp: (_, [tangent], params, y) => {
      if (tangent === undefined) return []
      const [axis, last] = [params.axis, tangent.sizes.length - 1]
      const [rows, places] = [moveAxis(tangent, axis, last), moveAxis(keptPlaces(y, by, params), axis, last)]
      return [withoutFirst(moveAxis(gather(rows, places, { axis: last, batch: last, op: name }), last, axis), params)]
    },
    batch: ([x], _, params) => perExample(self(x, lifted(params))),
    evaluate: ([x], params, output) => cumulativeLoops(by, x, params, output),
    lower: ([x], params) => cumulativeRoutine(by, x, params),
    uniform: 'no',
  }
}

export const cumMaxPrimitive: Primitive<CumulativeParams> = primitive(extreme('max', (x, params) => cumMax(x, params)))
export const cumMinPrimitive: Primitive<CumulativeParams> = primitive(extreme('min', (x, params) => cumMin(x, params)))

export const cumSum = (x: Value, params: CumulativeParams): Value => apply(cumSumPrimitive.of(params), x)
export const cumProd = (x: Value, params: CumulativeParams): Value => apply(cumProdPrimitive.of(params), x)
export const cumMax = (x: Value, params: CumulativeParams): Value => apply(cumMaxPrimitive.of(params), x)
export const cumMin = (x: Value, params: CumulativeParams): Value => apply(cumMinPrimitive.of(params), x)
