/**
 * The greatest or the least entry over axes; NaN if any entry is NaN; the monoid's identity over no entries.
 *
 * Gradient: ct to the extreme entry, shared equally among equal ones (as in JAX); 0 to the others, also where ct is infinite. NaN to all if
 * any entry is NaN.
 */
import { type MonoidName, monoids } from '../../kernel/index.js'
import { allocate, at, fail, sizeOf, type Value } from '../../tensor/index.js'
import { perExample, type Rules } from '../../trace/index.js'
import { castTo } from '../cast.js'
import { equal } from '../compare.js'
import { div } from '../div.js'
import { select } from '../select.js'
import { broadcastAxes, sumAxes } from '../sum.js'
import { filled } from './filled.js'
import { checkAxes, shifted } from './linear.js'
import { distinct, whole } from './sample.js'
import { forEachOffset, stridesWithout } from './strided.js'

export type ExtremeParams = { readonly axes: readonly number[] }

interface ExtremeRules {
  readonly name: MonoidName
  /** The one of two numbers that is kept; NaN if either is. */
  readonly pick: (x: number, y: number) => number
  readonly isInside: Inside
  readonly self: (x: Value, axes: readonly number[]) => Value
}

/** Whether x is less extreme than y: less, where the greatest is sought. */
export type Inside = (x: Value, y: Value) => Value

/** What an extreme is taken of: how y stands beside the entries of x, and their sum. */
interface Reduced {
  readonly spread: (y: Value) => Value
  readonly total: (x: Value) => Value
}

/** How many entries are extreme. Where y is NaN, which equals nothing, the count is NaN. */
const ties = (x: Value, y: Value, { spread, total }: Reduced): Value => {
  const count = total(castTo(equal(x, spread(y)), x.dtype))
  return select(equal(count, filled(count, 0)), filled(count, Number.NaN), count)
}

/** The derivatives of an extreme y of the entries x. */
export const extremeDerivatives = (isInside: Inside, x: Value, y: Value, reduced: Reduced) => {
  const { spread, total } = reduced
  /**
   * Puts 0 for entries that are not extreme; where y is NaN, no comparison is true and all are kept. They are chosen and not multiplied by
   * a mask, because 0 · ∞ is NaN.
   */
  const chosen = (values: Value): Value => select(isInside(x, spread(y)), filled(values, 0), values)
  return {
    /** The cotangent of the entries for that of y. */
    pullback: (ct: Value): Value => chosen(spread(div(ct, ties(x, y, reduced)))),
    /** The tangent of y for that of the entries. */
    push: (tangent: Value): Value => div(total(chosen(tangent)), ties(x, y, reduced)),
  }
}

export const extreme = ({ name, pick, isInside, self }: ExtremeRules): Rules<readonly [Value], ExtremeParams> => {
  const derivatives = (x: Value, y: Value, axes: readonly number[]) =>
    extremeDerivatives(isInside, x, y, { spread: values => broadcastAxes(values, x.sizes, axes), total: values => sumAxes(values, axes) })
  return {
    name,
    arity: 1,
    samples: [
      { params: { axes: [1] }, inputs: [distinct([3, 4])] },
      { params: { axes: [0, 2] }, inputs: [distinct([2, 3, 2])] },
      { params: { axes: [0] }, inputs: [whole([4, 2], -9, 9)] },
    ],
    shape: ([x], { axes }) => {
      checkAxes(name, axes, x.sizes.length)
      if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: `${name}: needs numbers, not bool: cast('int32') first` })
      return { sizes: x.sizes.filter((_, axis) => !axes.includes(axis)), dtype: x.dtype }
    },
    vjp: ([x], { axes }, y) => [derivatives(x, y, axes).pullback],
    jvp: ([x], [tangent], { axes }, y) => (tangent === undefined ? [] : [derivatives(x, y, axes).push(tangent)]),
    batch: ([x], _, { axes }) => perExample(self(x, shifted(axes))),
    evaluate: ([x], { axes }, output) => {
      const result = allocate(output.dtype, sizeOf(output.sizes)).fill(monoids[name].identity(output.dtype))
      let place = 0
      forEachOffset(x.sizes, stridesWithout(x.sizes, axes), 0, offset => {
        result[offset] = pick(at(result, offset), at(x.data, place))
        place += 1
      })
      return result
    },
    lower: (_, { axes }) => ({ kind: 'reduce', by: name, axes }),
    uniform: 'no',
  }
}
