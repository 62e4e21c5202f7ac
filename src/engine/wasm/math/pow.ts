/**
 * `pow`: x to the power y as IEEE 754 has it: any number to the power 0, 1 to any power and -1 to an infinite one are 1.
 *
 * |x|^y = e^(y log |x|). float32 computes that in float64. float64 computes the logarithm and the product as sums of two numbers:
 * log = k log 2 + 2 (s + s³ (1/3 + s² t(s²))), s = f / (2 + f) as in log; all but t in double precision and a half.
 * Source: the formula of log.ts; the exact sums and products of Dekker 1971.
 *
 * Greatest error measured: float32 0.56 ulp, float64 0.92 ulp.
 */
import { expCoefficients, expReduced, limits, ln2High, ln2Low, powerOfTwo, reduce, scale } from './exp-parts.js'
import { double } from './format.js'
import type { Formula, Vector } from './formula.js'
import { inFloat64 } from './halves.js'
import { partsOf } from './log.js'
import { binary } from './vector-function.js'

/** (log((1 + s) / (1 - s)) - 2 s) / s³ in s², to 37 bits. */
export const roughCoefficients: readonly number[] = [0.6666666564106902, 0.40000336248942414, 0.2853723739085199, 0.23583573409487996]

/** ((log((1 + s) / (1 - s)) / 2 s - 1) / s² - 1/3) / s² in s². */
export const tailCoefficients: readonly number[] = [
  0.1999999999999999, 0.14285714285722606, 0.11111111108755833, 0.09090909436681198, 0.07692278331297382, 0.06668162729123953,
  0.058373274231497296, 0.05995190121323484,
]

/** 1/3 as the nearest number and the rest. */
const third: readonly [number, number] = [1 / 3, 2 ** -54 / 3]

/** e^(y log x) of float32's numbers in float64 lanes. */
const power32 = (f: Formula, x: Vector, y: Vector): Vector => {
  const { k, m } = partsOf(f, x)
  const s = f.keep(f.div(f.sub(m, f.number(1)), f.add(m, f.number(1))))
  const z = f.keep(f.mul(s, s))
  const fraction = f.mul(s, f.add(f.number(2), f.mul(z, f.polynomial(z, roughCoefficients))))
  const product = f.mul(y, f.add(f.mul(k, f.number(Math.LN2)), fraction))
  const { word, r } = reduce(f, f.keep(f.atMost(f.atLeast(product, limits.f32x4[0]), limits.f32x4[1])))
  const sum = f.add(f.number(1), f.add(r, f.mul(f.mul(r, r), f.polynomial(r, expCoefficients.f32x4))))
  return f.mul(sum, powerOfTwo(f, word))
}

/** A sum of two numbers, the second far smaller. */
type Pair = readonly [Vector, Vector]

const times = (f: Formula, [a, aRest]: Pair, [b, bRest]: Pair): Pair => {
  const [product, error] = f.twoProduct(a, b)
  return [product, f.keep(f.add(error, f.add(f.mul(a, bRest), f.mul(aRest, b))))]
}

const logPair = (f: Formula, x: Vector): Pair => {
  const subnormal = f.keep(f.lt(x, f.number(double.leastNormal)))
  const parts = partsOf(f, f.keep(f.select(subnormal, f.mul(x, f.number(2 ** 54)), x)))
  const k = f.keep(f.sub(parts.k, f.and(subnormal, f.number(54))))
  const y = f.keep(f.sub(parts.m, f.number(1)))
  const [below, belowRest] = f.twoSum(parts.m, f.number(1))
  const quotient = f.keep(f.div(y, below))
  const [product, error] = f.twoProduct(quotient, below)
  const left = f.sub(f.sub(f.sub(y, product), error), f.mul(quotient, belowRest))
  const s: Pair = [quotient, f.keep(f.div(left, below))]
  const z = times(f, s, s)
  const tail = f.keep(f.mul(z[0], f.polynomial(z[0], tailCoefficients)))
  const [sum, sumRest] = f.fastTwoSum(f.number(third[0]), tail)
  const inner: Pair = [sum, f.keep(f.add(sumRest, f.number(third[1])))]
  const cube = times(f, s, times(f, z, inner))
  const [half, halfRest] = f.fastTwoSum(s[0], cube[0])
  const fractionRest = f.add(halfRest, f.add(s[1], cube[1]))
  const [high, highRest] = f.twoSum(f.keep(f.mul(k, f.number(ln2High.f64x2))), f.keep(f.add(half, half)))
  const rest = f.keep(f.add(highRest, f.add(f.mul(fractionRest, f.number(2)), f.mul(k, f.number(ln2Low.f64x2)))))
  return f.fastTwoSum(high, rest)
}

/** e^(y log x) for positive finite x. */
const power64 = (f: Formula, x: Vector, y: Vector): Vector => {
  const [least, greatest] = limits.f64x2
  const [product, error] = times(f, [y, f.number(0)], logPair(f, x))
  const between = f.keep(f.atMost(f.atLeast(product, least), greatest))
  const reduced = reduce(f, between)
  const rest = f.keep(f.add(reduced.rest, f.and(f.eq(product, between), error)))
  const [r, tail] = f.twoSum(reduced.r, rest)
  return scale(f, expReduced(f, r, tail), reduced)
}

/** From |x|^y for positive finite |x|, the rest of the definition. */
const withEdges = (f: Formula, x: Vector, ax: Vector, y: Vector, size: Vector): Vector => {
  const [zero, one, infinity] = [f.number(0), f.number(1), f.number(Number.POSITIVE_INFINITY)]
  const infinite = f.keep(f.eq(ax, infinity))
  const edge = f.or(infinite, f.eq(ax, zero))
  const atEdge = f.and(f.xor(infinite, f.lt(y, zero)), infinity)
  const positive = f.keep(f.select(f.and(f.eq(x, x), f.eq(y, y)), f.select(edge, atEdge, size), f.add(x, y)))
  const whole = f.keep(f.eq(f.trunc(y), y))
  const half = f.keep(f.mul(y, f.number(0.5)))
  const odd = f.and(whole, f.ne(f.trunc(half), half))
  const signed = f.or(positive, f.and(odd, f.signOf(x)))
  const undefinedThere = f.without(f.and(f.lt(x, zero), f.gt(x, f.number(Number.NEGATIVE_INFINITY))), whole)
  const defined = f.keep(f.select(undefinedThere, f.number(Number.NaN), signed))
  return f.select(f.or(f.eq(y, zero), f.eq(x, one)), one, defined)
}

/** Beyond this any number but 1 overflows or vanishes. */
const greatestPower = 2 ** 65

export const pow = binary(
  (f, x, y) => {
    const ax = f.keep(f.abs(x))
    const bounded = f.keep(f.atMost(f.atLeast(y, -greatestPower), greatestPower))
    return withEdges(f, x, ax, y, inFloat64(f, ax, bounded, power32))
  },
  (f, x, y) => {
    const ax = f.keep(f.abs(x))
    const bounded = f.keep(f.atMost(f.atLeast(y, -greatestPower), greatestPower))
    return withEdges(f, x, ax, y, f.keep(power64(f, ax, bounded)))
  },
)
