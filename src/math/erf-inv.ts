/**
 * `erfInv`: the inverse of erf, from -1 to 1.
 *
 * A start of some 20 bits comes from the polynomials of M. Giles, "Approximating the erfinv function", GPU Computing Gems 2, 2010, in w = -log(1 -
 * x²). In float64, from 1 - 2^-10 on, one in √(-log(1 - |x|)) takes their place, for they end where float32 does. Each step of Halley's
 * iteration then triples the digits: y - e / (1 + y e) with e = √π/2 e^(y²) (erf y - x). From 0.6 on, the difference is that of the
 * complements 1 - |x|, which is exact, and erfc y.
 *
 * Greatest error measured: float32 1.79 ulp, float64 1.25 ulp.
 */
import { elementary } from './elementary.js'
import { erf } from './erf.js'
import { erfc } from './erfc.js'
import { exp } from './exp.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { log } from './log.js'
import { polynomial } from './polynomial.js'
import { abs, negated, withSignOf } from './signs.js'

/** erf⁻¹(x) / x in w - 2.5, for w up to 5, and in √w - 3 beyond. Source: Giles 2010, table 5. */
const central: readonly number[] = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6, 3.43273939e-7, 2.81022636e-8,
]
const outer: readonly number[] = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322, 0.000100950558, -0.000200214257,
]
/** The inverse of erfc at e^(-s²) in s - 4.25, with a relative error of 5e-6 for e^(-s²) from 2^-53 to 2^-10. Fitted by least squares. */
const farOut: readonly number[] = [4.0090748, 1.02983575, -0.00397417802, 0.000411405432]

const startOf = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>, rest: FloatOf<K>): FloatOf<K> => {
  const product = f.keep(f.mul(rest, f.add(f.number(1), y)))
  const w = f.keep(negated(f, log[f.format.name](f, product, product)))
  const inside = polynomial(f, f.keep(f.sub(w, f.number(2.5))), central, false)
  const outside = polynomial(f, f.keep(f.sub(f.sqrt(w), f.number(3))), outer, false)
  const factor = f.keep(f.select(f.lt(w, f.number(5)), f.keep(inside), f.keep(outside)))
  const start = f.keep(f.mul(factor, y))
  if (f.format.name === 'float32') return start
  const s = f.sqrt(negated(f, log.float64(f, rest, rest)))
  return f.select(f.lt(rest, f.number(2 ** -10)), polynomial(f, f.keep(f.sub(s, f.number(4.25))), farOut, false), start)
}

export const erfInv = elementary((f, x) => {
  const { name } = f.format
  const one = f.number(1)
  const size = f.keep(abs(f, x))
  const rest = f.keep(f.sub(one, size))
  const isFar = f.keepMask(f.gt(size, f.number(0.6)))
  const y = f.variable(startOf(f, size, rest))
  f.times(name === 'float32' ? 1 : 2, () => {
    const here = y.value
    const difference = f.keep(
      f.select(isFar, f.sub(rest, f.keep(erfc[name](f, here, here))), f.sub(f.keep(erf[name](f, here, here)), size)),
    )
    const square = f.keep(f.mul(here, here))
    const e = f.keep(f.mul(f.mul(difference, f.number(Math.sqrt(Math.PI) / 2)), exp[name](f, square, square)))
    y.set(f.sub(here, f.div(e, f.add(one, f.mul(here, e)))))
  })
  const ends = f.select(f.eq(size, one), f.number(Number.POSITIVE_INFINITY), f.number(Number.NaN))
  return withSignOf(f, f.select(f.lt(size, one), y.value, ends), x)
})
