/** Derivatives against what they are the limit of. */
import { allocate, at, bufferOf, concrete, flatten, relabel, typed, unflatten, type Value } from '../tensor/index.js'
import { vjp } from '../transform/index.js'
import { innerProduct, leavesOf, placeOf, readLeaf, violated } from './compare.js'
import { genericCotangent } from './cotangent.js'

const law = 'matchesDifferences'

/** The cube root of float64's precision, where truncation (h²) and rounding (ε / h) are of one size, near 4e-11. */
const step = 6e-6
/** Well above that, for values and third derivatives up to about 10⁴; a wrong rule is off by far more. */
const tolerance = 1e-6

const withEntry = (x: Value, i: number, value: number): Value => {
  const buffer = allocate(x.dtype, bufferOf(law, x).length)
  buffer.set(bufferOf(law, x))
  buffer[i] = value
  return relabel(x.shape, concrete(x.sizes, x.dtype, buffer))
}

/**
 * The pullback of `f` at `x` is what central differences give, to a relative 1e-6. All leaves of `x` are float64, and `f` is smooth at `x`.
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
    const [y, pullback] = vjp(f)(x)
    const cotangent = genericCotangent(y)
    const gradient = leavesOf(law, pullback(cotangent))
    const along = (leaf: number, entry: number, value: number): number => {
      const moved = leaves.map((other, i) => (i === leaf ? withEntry(other, entry, value) : other))
      return innerProduct(law, 'the result and the result nearby', cotangent, f(typed<A>(unflatten(structure, moved)))).value
    }
    leaves.forEach((leaf, i) => {
      const found = readLeaf(law, gradient[i] ?? leaf)
      readLeaf(law, leaf).forEach((value, entry) => {
        const h = step * Math.max(1, Math.abs(value))
        // What is added is what the floats near `value` allow, not h itself.
        const [above, below] = [value + h, value - h]
        const slope = (along(i, entry, above) - along(i, entry, below)) / (above - below)
        const derivative = at(found, entry)
        if (!(Math.abs(slope - derivative) <= tolerance * Math.max(1, Math.abs(slope), Math.abs(derivative))))
          violated(law, `at ${placeOf(x, i, entry)} the pullback gives ${derivative} and central differences give ${slope}`)
      })
    })
  }
