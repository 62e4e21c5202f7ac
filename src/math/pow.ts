/**
 * `pow`: x to the power y as IEEE 754 has it. Any number to the power 0 is 1, and so are 1 to any power and -1 to an infinite one.
 *
 * |x|^y = e^(y log |x|), which float32 computes in float64. float64 computes the logarithm and the product as sums of two numbers: log |x|
 * = k log 2 + 2 (s + s³ (1/3 + s² t(s²))) with s = f / (2 + f), as in log. All of it but t is computed in such sums.
 * Source: the formula of log.ts; the exact sums and products of Dekker 1971.
 *
 * Greatest error measured: float32 0.56 ulp, float64 0.92 ulp.
 */
import { wideElementary } from './elementary.js'
import { fastTwoSum, type Pair, twoProduct, twoSum } from './exact.js'
import { expCoefficients, expReduced, limits, ln2High, ln2Low, powerOfTwo, reduce, scale } from './exp-parts.js'
import { double } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { partsOf } from './log.js'
import { polynomial } from './polynomial.js'
import { abs, signOf } from './signs.js'
import { inFloat64 } from './wide.js'

/** (log((1 + s) / (1 - s)) - 2 s) / s³ in s², to 37 bits. */
export const roughCoefficients: readonly number[] = [0.6666666564106902, 0.40000336248942414, 0.2853723739085199, 0.23583573409487996]

/** ((log((1 + s) / (1 - s)) / 2 s - 1) / s² - 1/3) / s² in s². */
export const tailCoefficients: readonly number[] = [
  0.1999999999999999, 0.14285714285722606, 0.11111111108755833, 0.09090909436681198, 0.07692278331297382, 0.06668162729123953,
  0.058373274231497296, 0.05995190121323484,
]

/** 1/3 as the nearest number and the rest. */
const third: readonly [number, number] = [1 / 3, 2 ** -54 / 3]

/** e^(y log x) of float32's numbers, in float64. */
const power32 = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const { k, m } = partsOf(f, x)
  const s = f.keep(f.div(f.sub(m, f.number(1)), f.add(m, f.number(1))))
  const z = f.keep(f.mul(s, s))
  const fraction = f.mul(s, f.add(f.number(2), f.mul(z, polynomial(f, z, roughCoefficients))))
  const product = f.mul(y, f.add(f.mul(k, f.number(Math.LN2)), fraction))
  const { word, r } = reduce(f, f.keep(f.atMost(f.atLeast(product, limits.float32[0]), limits.float32[1])))
  const sum = f.add(f.number(1), f.add(r, f.mul(f.mul(r, r), polynomial(f, r, expCoefficients.float32))))
  return f.mul(sum, powerOfTwo(f, word))
}

const times = <K extends Kinds>(f: Formula<K>, [a, aRest]: Pair<K>, [b, bRest]: Pair<K>): Pair<K> => {
  const [product, error] = twoProduct(f, a, b)
  return [product, f.keep(f.add(error, f.add(f.mul(a, bRest), f.mul(aRest, b))))]
}

const logPair = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): Pair<K> => {
  const subnormal = f.keepMask(f.lt(x, f.number(double.leastNormal)))
  const parts = partsOf(f, f.keep(f.select(subnormal, f.mul(x, f.number(2 ** 54)), x)))
  const k = f.keep(f.sub(parts.k, f.where(subnormal, f.number(54))))
  const y = f.keep(f.sub(parts.m, f.number(1)))
  const [below, belowRest] = twoSum(f, parts.m, f.number(1))
  const quotient = f.keep(f.div(y, below))
  const [product, error] = twoProduct(f, quotient, below)
  const left = f.sub(f.sub(f.sub(y, product), error), f.mul(quotient, belowRest))
  const s: Pair<K> = [quotient, f.keep(f.div(left, below))]
  const z = times(f, s, s)
  const tail = f.keep(f.mul(z[0], polynomial(f, z[0], tailCoefficients)))
  const [sum, sumRest] = fastTwoSum(f, f.number(third[0]), tail)
  const inner: Pair<K> = [sum, f.keep(f.add(sumRest, f.number(third[1])))]
  const cube = times(f, s, times(f, z, inner))
  const [half, halfRest] = fastTwoSum(f, s[0], cube[0])
  const fractionRest = f.add(halfRest, f.add(s[1], cube[1]))
  const [high, highRest] = twoSum(f, f.keep(f.mul(k, f.number(ln2High.float64))), f.keep(f.add(half, half)))
  const rest = f.keep(f.add(highRest, f.add(f.mul(fractionRest, f.number(2)), f.mul(k, f.number(ln2Low.float64)))))
  return fastTwoSum(f, high, rest)
}

/** e^(y log x) for positive finite x. */
const power64 = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const [least, greatest] = limits.float64
  const [product, error] = times(f, [y, f.number(0)], logPair(f, x))
  const between = f.keep(f.atMost(f.atLeast(product, least), greatest))
  const reduced = reduce(f, between)
  const rest = f.keep(f.add(reduced.rest, f.where(f.eq(product, between), error)))
  const [r, tail] = twoSum(f, reduced.r, rest)
  return scale(f, expReduced(f, r, tail), reduced)
}

/** Completes the definition, given |x|^y for positive finite |x|. */
const withEdges = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, ax: FloatOf<K>, y: FloatOf<K>, size: FloatOf<K>): FloatOf<K> => {
  const [zero, one, infinity] = [f.number(0), f.number(1), f.number(Number.POSITIVE_INFINITY)]
  const infinite = f.keepMask(f.eq(ax, infinity))
  const edge = f.orMasks(infinite, f.eq(ax, zero))
  const atEdge = f.where(f.xorMasks(infinite, f.lt(y, zero)), infinity)
  const positive = f.keep(f.select(f.andMasks(f.eq(x, x), f.eq(y, y)), f.select(edge, atEdge, size), f.add(x, y)))
  const whole = f.keepMask(f.eq(f.trunc(y), y))
  const half = f.keep(f.mul(y, f.number(0.5)))
  const odd = f.andMasks(whole, f.ne(f.trunc(half), half))
  const signed = f.float(f.orWords(f.bits(positive), f.whereWords(odd, signOf(f, x))))
  const undefinedThere = f.exceptMasks(f.andMasks(f.lt(x, zero), f.gt(x, f.number(Number.NEGATIVE_INFINITY))), whole)
  const defined = f.keep(f.select(undefinedThere, f.number(Number.NaN), signed))
  return f.select(f.orMasks(f.eq(y, zero), f.eq(x, one)), one, defined)
}

/** To a power beyond this, any number but 1 overflows or vanishes. */
const greatestPower = 2 ** 65

/** x^y, given a function for |x| to a power that is not beyond that. */
const powerBy = <K extends Kinds>(
  f: Formula<K>,
  x: FloatOf<K>,
  y: FloatOf<K>,
  power: (ax: FloatOf<K>, y: FloatOf<K>) => FloatOf<K>,
): FloatOf<K> => {
  const ax = f.keep(abs(f, x))
  const bounded = f.keep(f.atMost(f.atLeast(y, -greatestPower), greatestPower))
  return withEdges(f, x, ax, y, power(ax, bounded))
}

export const pow = wideElementary(
  (f, x, y) => powerBy(f, x, y, (ax, bounded) => inFloat64(f, ax, bounded, power32)),
  (f, x, y) => powerBy(f, x, y, (ax, bounded) => f.keep(power64(f, ax, bounded))),
)
