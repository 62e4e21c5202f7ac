/** Powers and exponentials of matrices. */
import { abs, add, broadcastAxes, filled, less, maxAxes, mul, select, stopGradient, sub, sumAxes } from '../primitives/index.js'
import { solve } from '../primitives/linalg/index.js'
import { identityLike, product } from '../primitives/linalg/matrices.js'
import { fail, type Value } from '../tensor/index.js'
import { type OfSquare, ofSquare } from './face.js'
import { inverseOf } from './values.js'

/** A power from 1 up, by squares. */
const raised = (a: Value, n: number): Value => {
  if (n === 1) return a
  const half = raised(a, Math.floor(n / 2))
  const square = product(half, half)
  return n % 2 === 0 ? square : product(square, a)
}

/**
 * A whole power of square matrices: a product of n of them, the identity for 0, and that of their inverse below 0.
 *
 * **Shapes**: '… n n' → '… n n'.
 * **Errors**: a power that is no whole number.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { matrixPower } from 'pullback/linalg'
 *
 * const a = tensor([[1, 1], [0, 1]])
 * assert.deepEqual(toNested(pipe(a, matrixPower(10))), [[1, 10], [0, 1]])
 * assert.deepEqual(toNested(pipe(a, matrixPower(-2))), [[1, -2], [0, 1]])
 */
export const matrixPower = (n: number): OfSquare<'matrixPower'> => {
  if (!Number.isSafeInteger(n))
    return fail({ _tag: 'ArgumentError', op: 'matrixPower', detail: `the power is ${n}, it must be a whole number` })
  return ofSquare('matrixPower', a => (n === 0 ? identityLike(a) : n > 0 ? raised(a, n) : raised(inverseOf(a), -n)))
}

/** Coefficients of the numerator of Padé's approximant of degree 13 to the exponential; those of the denominator differ in the signs of odd powers. */
const pade = [
  64764752532480000, 32382376266240000, 7771770303897600, 1187353796428800, 129060195264000, 10559470521600, 670442572800, 33522128640,
  1323241920, 40840800, 960960, 16380, 182, 1,
] as const

/** The greatest norm at which the approximant is right to the last digit of float64. */
const theta = 5.371920351148152

/** How often the argument may be halved: that is enough for norms up to 3.5e5, and others give NaN. */
const mostHalvings = 16

const times = (x: Value, factor: number): Value => mul(x, filled(x, factor))

const exponential = (a: Value): Value => {
  const axes = [a.sizes.length - 2, a.sizes.length - 1]
  const perMatrix = (x: Value): Value => broadcastAxes(x, a.sizes, axes)
  const sums = sumAxes(stopGradient(abs(a)), [a.sizes.length - 2])
  const norm = maxAxes(sums, [sums.sizes.length - 1])
  /** 1 where the norm asks for more than i halvings, else 0; powers of two are exact. */
  const isMore = (i: number): Value => less(filled(norm, theta * 2 ** i), norm)
  const halves = Array.from({ length: mostHalvings }, (_, i) => select(isMore(i), filled(norm, 0.5), filled(norm, 1)))
  const scale = halves.reduce(mul)
  const x = mul(a, perMatrix(scale))
  const identity = identityLike(a)
  const [x2] = [product(x, x)]
  const x4 = product(x2, x2)
  const x6 = product(x2, x4)
  const b = (i: number): number => pade[i] ?? 0
  const sum = (...terms: readonly (readonly [Value, number])[]): Value => terms.map(([value, factor]) => times(value, factor)).reduce(add)
  const odd = product(
    x,
    add(product(x6, sum([x6, b(13)], [x4, b(11)], [x2, b(9)])), sum([x6, b(7)], [x4, b(5)], [x2, b(3)], [identity, b(1)])),
  )
  const even = add(product(x6, sum([x6, b(12)], [x4, b(10)], [x2, b(8)])), sum([x6, b(6)], [x4, b(4)], [x2, b(2)], [identity, b(0)]))
  const first = solve(sub(even, odd), add(even, odd))
  const squared = halves.reduce((power, _, i) => select(perMatrix(isMore(i)), product(power, power), power), first)
  return select(perMatrix(isMore(mostHalvings)), filled(a, Number.NaN), squared)
}

/**
 * The exponential of square matrices, Σ aᵏ / k!.
 *
 * A matrix whose columns have a sum of sizes above 3.5e5 gives NaN, as in JAX.
 *
 * **Shapes**: '… n n' → '… n n'.
 * **Source**: N. J. Higham, The scaling and squaring method for the matrix exponential revisited, 2005, algorithm 2.3 with degree 13.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { expm } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(expm(tensor([[0, 3], [0, 0]], 'float64'))), [[1, 3], [0, 1]])
 */
export const expm: OfSquare<'expm'> = ofSquare('expm', exponential)
