/** Derivatives, compared with the differences whose limit they are. */
import { allocate, at, bufferOf, concrete, flatten, isFloat, relabel, typed, unflatten, type Value } from '../tensor/index.js'
import { vjpOf } from '../transform/index.js'
import { leavesOf, placeOf, readLeaf, sameForm, violated } from './compare.js'
import { genericCotangent } from './cotangent.js'

const law = 'matchesDifferences'

/** How much a derivative may be off, in proportion to the terms that it is the sum of. */
const tolerance = 1e-6

/** Half a unit in the last place, in proportion to the number. */
const rounding = { float64: 2 ** -53, float32: 2 ** -24, int32: 0, uint32: 0, bool: 0 } as const
/** By how many of these a result of a few operations may be off. */
const roundings = 16

/**
 * The first step, in proportion to the magnitudes that are there. It is then tried with these factors: eight times as long, or as short,
 * and so on.
 */
const firstStep = 1e-4
const scalings = [0, -1, 1, -2, 2, -3, 3].map(power => 8 ** power)

const withEntry = (x: Value, i: number, value: number): Value => {
  const buffer = allocate(x.dtype, bufferOf(law, x).length)
  buffer.set(bufferOf(law, x))
  buffer[i] = value
  return relabel(x.shape, concrete(x.sizes, x.dtype, buffer))
}

/** Steps to try at an entry, the likeliest first: by its own size, by the greatest of its leaf, by 1. */
const stepsAt = (value: number, greatest: number): readonly number[] => {
  const magnitudes = new Set([Math.abs(value), greatest, 1])
  return scalings.flatMap(scaling => [...magnitudes].filter(size => size > 0).map(size => firstStep * scaling * size))
}

interface Slope {
  readonly value: number
  /** The sum of the sizes of the terms. */
  readonly terms: number
  /** How much of the value may be rounding of the results. */
  readonly noise: number
}

/** Over how long a step the number at a place of a leaf of the result stays as it is; 0 if a long step changes it. */
type Kept = (leaf: number, place: number) => number

/** The difference of two results along a cotangent, over the distance of their arguments. Numbers are subtracted before they are summed. */
const slopeBetween = (cotangent: object, above: object, below: object, distance: number, kept: Kept): Slope => {
  let [value, terms, noise] = [0, 0, 0]
  const pairs = sameForm(law, 'the result and the result nearby', cotangent, above)
  const others = leavesOf(law, below)
  pairs.forEach(([weights, upper], leaf) => {
    if (!isFloat(upper.dtype)) return
    const [high, low] = [readLeaf(law, upper), readLeaf(law, others[leaf] ?? upper)]
    const unit = roundings * rounding[upper.dtype]
    readLeaf(law, weights).forEach((weight, i) => {
      const term = (weight * (at(high, i) - at(low, i))) / distance
      value += term
      terms += Math.abs(term)
      noise += (Math.abs(weight) * unit * (Math.abs(at(high, i)) + Math.abs(at(low, i)))) / Math.max(distance, kept(leaf, i))
    })
  })
  return { value, terms, noise }
}

/** Finds the numbers that are the same in three results whose arguments are so far apart. */
const sameIn = (first: object, second: object, third: object, distance: number): Kept => {
  const [a, b, c] = [first, second, third].map(tree => leavesOf(law, tree).map(leaf => readLeaf(law, leaf)))
  return (leaf, place) => {
    const [x, y, z] = [a, b, c].map(leaves => leaves?.[leaf]?.[place])
    return x === y && y === z ? distance : 0
  }
}

interface Estimate {
  readonly value: number
  readonly terms: number
  /** How far the derivative may be from the value. */
  readonly doubt: number
}

/**
 * The derivative from the slopes over one step and over two steps. The error of a slope is nearly a multiple of the step's square, so most
 * of it cancels in a combination of the two; it bounds what is left.
 */
const extrapolated = (near: Slope, far: Slope): Estimate => {
  const correction = (near.value - far.value) / 3
  return {
    value: near.value + correction,
    terms: Math.max(near.terms, far.terms),
    doubt: Math.abs(correction) + near.noise + (near.noise + far.noise) / 3,
  }
}

/**
 * The pullback of `f` at `x` is what central differences give. All leaves of `x` are float64, and `f` is smooth at `x`.
 *
 * Every bound follows from the magnitudes of the numbers at hand. Steps are in proportion to the entry's own size, to the greatest entry of
 * its leaf, or to 1, whichever gives the surest result. Results are subtracted from each other before they are summed. A derivative holds
 * if it is within a relative 1e-6 of the terms of such a sum. Where no step is that sure, it must be within the doubt of the surest one,
 * which is what two steps differ by, and the rounding of the results over the step.
 *
 * @example
 * import { mul, pipe, sin, tensor, type Tensor } from 'pullback'
 * import { matchesDifferences } from 'pullback/laws'
 *
 * matchesDifferences((x: Tensor<'2', 'float64'>) => pipe(x, sin, mul(x)))(tensor([0.3, -1.2], 'float64'))
 *
 * @category laws
 */
export const matchesDifferences =
  <A extends object, R extends object>(f: (x: A) => R) =>
  (x: A): void => {
    const { leaves, structure } = flatten(law, x)
    leaves.forEach((leaf, i) => {
      if (leaf.dtype !== 'float64') violated(law, `'${placeOf(x, i, 0)}' is ${leaf.dtype}: differences need the precision of float64`)
    })
    const [y, pullback] = vjpOf(f)(x)
    const cotangent = genericCotangent(y)
    const gradient = leavesOf(law, pullback(cotangent))
    const moved = (leaf: number, entry: number, value: number): R =>
      f(
        typed<A>(
          unflatten(
            structure,
            leaves.map((other, i) => (i === leaf ? withEntry(other, entry, value) : other)),
          ),
        ),
      )

    const check = (leaf: number, entry: number, value: number, greatest: number, derivative: number): void => {
      const estimate = (step: number, kept: Kept): Estimate => {
        const slope = (length: number): Slope => {
          // The distance is what the floats near the value allow, and not the length itself.
          const [above, below] = [value + length, value - length]
          return slopeBetween(cotangent, moved(leaf, entry, above), moved(leaf, entry, below), above - below, kept)
        }
        return extrapolated(slope(step), slope(2 * step))
      }
      const isSure = (found: Estimate): boolean => {
        const error = Math.abs(found.value - derivative)
        return error <= tolerance * found.terms || error === 0
      }
      const [first = 0, ...others] = stepsAt(value, greatest)
      if (isSure(estimate(first, () => 0))) return
      // A number that two long steps do not change has next to nothing to do with this entry, however great it is and however it is
      // rounded.
      const long = 1 + greatest
      const kept = sameIn(y, moved(leaf, entry, value + long), moved(leaf, entry, value - long), long)
      let surest: Estimate | undefined
      for (const step of [first, ...others]) {
        const found = estimate(step, kept)
        if (isSure(found)) return
        if (found.doubt < (surest?.doubt ?? Number.POSITIVE_INFINITY)) surest = found
      }
      const { value: found, doubt } = surest ?? { value: Number.NaN, doubt: 0 }
      if (!(Math.abs(found - derivative) <= doubt))
        violated(law, `at ${placeOf(x, leaf, entry)} the pullback gives ${derivative} and central differences give ${found}`)
    }

    leaves.forEach((leaf, i) => {
      const found = readLeaf(law, gradient[i] ?? leaf)
      const entries = Array.from(readLeaf(law, leaf))
      const greatest = entries.reduce((most, entry) => Math.max(most, Math.abs(entry)), 0)
      entries.forEach((value, entry) => {
        check(i, entry, value, greatest, at(found, entry))
      })
    })
  }
