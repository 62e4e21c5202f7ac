/**
 * `rem`: the remainder of x / y truncated towards 0, with the sign of x (C's fmod), exactly.
 *
 * r = |x|; as long as |r| ≥ |y|, r loses q |y| with q the leading digits of r / |y|. That is exact: q |y| has few enough digits (float32, in
 * float64) or is carried with its rounding error (float64), and the difference is small beside r and a multiple of the digits' unit.
 * float64 arguments whose quotient or products could overflow or underflow are divided by their fractions instead, up to 52 bits at a time.
 */
import { scale } from './exp-parts.js'
import { double } from './format.js'
import type { Formula, Vector } from './formula.js'
import { inFloat64 } from './halves.js'
import { binary } from './vector-function.js'

/** Repeats a body while any lane of a mask is set; the body runs at least once. */
const repeat = (f: Formula, body: () => Vector): void => {
  f.code.loop(() => {
    body()()
    f.code.do('v128.any_true').brIf(0)
  })
}

/** The remainder's size, given that quotients rounded up may have taken y once too often. */
const lifted = (f: Formula, r: Vector, y: Vector): Vector => f.add(r, f.and(f.lt(r, f.number(0)), y))

/** Of float32's numbers in float64 lanes. */
const remainder32 = (f: Formula, x: Vector, y: Vector): Vector => {
  const r = f.variable(x)
  repeat(f, () => {
    const q = f.trunc(f.without(f.div(r.value, y), f.word((1n << 28n) - 1n)))
    r.set(f.sub(r.value, f.mul(q, y)))
    return f.ge(f.abs(r.value), y)
  })
  return f.keep(lifted(f, r.value, y))
}

const nearRemainder = (f: Formula, x: Vector, y: Vector): Vector => {
  const r = f.variable(x)
  repeat(f, () => {
    const [product, error] = f.twoProduct(f.keep(f.trunc(f.div(r.value, y))), y)
    r.set(f.sub(f.sub(r.value, product), error))
    return f.ge(f.abs(r.value), y)
  })
  return f.keep(lifted(f, r.value, y))
}

/** A positive number as a fraction from 1 to 2 and its exponent. */
const fractionOf = (f: Formula, x: Vector): { readonly fraction: Vector; readonly exponent: Vector } => {
  const subnormal = f.keep(f.lt(x, f.number(double.leastNormal)))
  const normal = f.keep(f.select(subnormal, f.mul(x, f.number(2 ** 54)), x))
  const field = f.sub(f.or(f.right(normal, 52), f.word(0x4330000000000000n)), f.number(2 ** 52 + double.bias))
  return {
    fraction: f.keep(f.or(f.without(normal, f.word(double.infinity)), f.word(double.one))),
    exponent: f.keep(f.sub(field, f.and(subnormal, f.number(54)))),
  }
}

const farRemainder = (f: Formula, x: Vector, y: Vector): Vector => {
  const [top, bottom] = [fractionOf(f, x), fractionOf(f, y)]
  const left = f.variable(f.sub(top.exponent, bottom.exponent))
  const divisor = bottom.fraction
  const r = f.variable(f.sub(top.fraction, f.and(f.ge(top.fraction, divisor), divisor)))
  repeat(f, () => {
    const shift = f.keep(f.atMost(f.atLeast(left.value, 0), 52))
    const power = f.addWords(f.left(f.add(shift, f.number(double.rounder)), 52), f.word(double.one))
    const dividend = f.keep(f.mul(r.value, power))
    const [product, error] = f.twoProduct(f.keep(f.trunc(f.div(dividend, divisor))), divisor)
    r.set(f.sub(f.sub(dividend, product), error))
    r.set(lifted(f, r.value, divisor))
    left.set(f.sub(left.value, shift))
    return f.gt(left.value, f.number(0))
  })
  const n = bottom.exponent
  return scale(f, r.value, { n, word: f.keep(f.add(n, f.number(double.rounder))) })
}

const remainder64 = (f: Formula, x: Vector, y: Vector): Vector => {
  const infinity = f.number(Number.POSITIVE_INFINITY)
  const finite = f.and(f.lt(x, infinity), f.and(f.lt(y, infinity), f.gt(y, f.number(0))))
  const extreme = f.or(f.ge(x, f.number(2 ** 500)), f.le(y, f.number(2 ** -450)))
  const isFar = f.keep(f.and(finite, extreme))
  const near = nearRemainder(f, f.keep(f.without(x, isFar)), f.keep(f.select(isFar, f.number(1), y)))
  const result = f.variable(near)
  f.when(f.flag(isFar), () => {
    result.set(f.select(isFar, farRemainder(f, x, y), result.value))
  })
  return result.value
}

/** With the remainder's size: x where |x| < |y|, which also settles an infinite y; else the size with the sign of x. */
const signed = (f: Formula, x: Vector, ax: Vector, ay: Vector, size: Vector): Vector => f.select(f.lt(ax, ay), x, f.or(size, f.signOf(x)))

export const rem = binary(
  (f, x, y) => {
    const [ax, ay] = [f.keep(f.abs(x)), f.keep(f.abs(y))]
    return signed(f, x, ax, ay, inFloat64(f, ax, ay, remainder32))
  },
  (f, x, y) => {
    const [ax, ay] = [f.keep(f.abs(x)), f.keep(f.abs(y))]
    return signed(f, x, ax, ay, f.keep(remainder64(f, ax, ay)))
  },
)
