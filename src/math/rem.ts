/**
 * `rem`: the remainder of x / y truncated towards 0, with the sign of x (C's fmod), exactly.
 *
 * r begins as |x|. As long as |r| ≥ |y|, q |y| is subtracted from r, where q is the leading digits of r / |y|. That is exact: q |y| has few
 * enough digits (float32, in float64) or is carried with its rounding error (float64), and the difference is small beside r and a multiple
 * of the unit of its digits. float64 arguments whose quotient or products could overflow or underflow are divided by their fractions
 * instead, up to 52 bits at a time.
 */
import { wideElementary } from './elementary.js'
import { twoProduct } from './exact.js'
import { powerOfTwo, scale } from './exp-parts.js'
import { double } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { abs, withSignOf } from './signs.js'
import { inFloat64 } from './wide.js'

/** The remainder's size. Where a quotient was rounded up, y was subtracted once too often and is added again. */
const lifted = <K extends Kinds>(f: Formula<K>, r: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => f.add(r, f.where(f.lt(r, f.number(0)), y))

/** The remainder's size of float32's numbers, in float64. */
const remainder32 = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const r = f.variable(x)
  f.repeatWhile(() => {
    const q = f.trunc(f.float(f.clearWords(f.bits(f.div(r.value, y)), f.word((1n << 28n) - 1n))))
    r.set(f.sub(r.value, f.mul(q, y)))
    return f.ge(abs(f, r.value), y)
  })
  return f.keep(lifted(f, r.value, y))
}

/** The remainder's size in float64, where neither quotient nor products overflow or underflow. */
const nearRemainder = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const r = f.variable(x)
  f.repeatWhile(() => {
    const [product, error] = twoProduct(f, f.keep(f.trunc(f.div(r.value, y))), y)
    r.set(f.sub(f.sub(r.value, product), error))
    return f.ge(abs(f, r.value), y)
  })
  return f.keep(lifted(f, r.value, y))
}

/** A positive number as a fraction from 1 to 2 and its exponent. */
const fractionOf = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): { readonly fraction: FloatOf<K>; readonly exponent: FloatOf<K> } => {
  const subnormal = f.keepMask(f.lt(x, f.number(double.leastNormal)))
  const normal = f.keep(f.select(subnormal, f.mul(x, f.number(2 ** 54)), x))
  const field = f.sub(f.float(f.orWords(f.shiftRight(f.bits(normal), 52), f.word(0x4330000000000000n))), f.number(2 ** 52 + double.bias))
  return {
    fraction: f.keep(f.float(f.orWords(f.clearWords(f.bits(normal), f.word(double.infinity)), f.word(double.one)))),
    exponent: f.keep(f.sub(field, f.where(subnormal, f.number(54)))),
  }
}

/** The remainder's size for any positive finite x and y, by their fractions. */
const farRemainder = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const [top, bottom] = [fractionOf(f, x), fractionOf(f, y)]
  const left = f.variable(f.sub(top.exponent, bottom.exponent))
  const divisor = bottom.fraction
  const r = f.variable(f.sub(top.fraction, f.where(f.ge(top.fraction, divisor), divisor)))
  f.repeatWhile(() => {
    const shift = f.keep(f.atMost(f.atLeast(left.value, 0), 52))
    const power = powerOfTwo(f, f.bits(f.add(shift, f.number(double.rounder))))
    const dividend = f.keep(f.mul(r.value, power))
    const [product, error] = twoProduct(f, f.keep(f.trunc(f.div(dividend, divisor))), divisor)
    r.set(f.sub(f.sub(dividend, product), error))
    r.set(lifted(f, r.value, divisor))
    left.set(f.sub(left.value, shift))
    return f.gt(left.value, f.number(0))
  })
  const n = bottom.exponent
  return scale(f, r.value, { n, word: f.keepWord(f.bits(f.add(n, f.number(double.rounder)))) })
}

const remainder64 = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>): FloatOf<K> => {
  const infinity = f.number(Number.POSITIVE_INFINITY)
  const finite = f.andMasks(f.lt(x, infinity), f.andMasks(f.lt(y, infinity), f.gt(y, f.number(0))))
  const extreme = f.orMasks(f.ge(x, f.number(2 ** 500)), f.le(y, f.number(2 ** -450)))
  const isFar = f.keepMask(f.andMasks(finite, extreme))
  const near = nearRemainder(f, f.keep(f.whereNot(isFar, x)), f.keep(f.select(isFar, f.number(1), y)))
  const result = f.variable(near)
  f.when(f.any(isFar), () => {
    result.set(f.select(isFar, farRemainder(f, x, y), result.value))
  })
  return result.value
}

/** The remainder, given a function for its size: x where |x| < |y|, which holds for an infinite y too; else the size with the sign of x. */
const remainderBy = <K extends Kinds>(
  f: Formula<K>,
  x: FloatOf<K>,
  y: FloatOf<K>,
  size: (ax: FloatOf<K>, ay: FloatOf<K>) => FloatOf<K>,
): FloatOf<K> => {
  const [ax, ay] = [f.keep(abs(f, x)), f.keep(abs(f, y))]
  const remainder = size(ax, ay)
  return f.select(f.lt(ax, ay), x, withSignOf(f, remainder, x))
}

export const rem = wideElementary(
  (f, x, y) => remainderBy(f, x, y, (ax, ay) => inFloat64(f, ax, ay, remainder32)),
  (f, x, y) => remainderBy(f, x, y, (ax, ay) => f.keep(remainder64(f, ax, ay))),
)
