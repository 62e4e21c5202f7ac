/** Sine and cosine of half turns, π x, for what x is beyond the nearest whole number: that difference is exact, and so is a quarter less it. */
import { choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs, withSignOf } from './signs.js'
import { cosCoefficients, sinCoefficients } from './sin.js'

/** sin(π r) and cos(π r) for |r| at most ½. */
export const halfTurns = <K extends Kinds>(f: Formula<K>, r: FloatOf<K>): { readonly sine: FloatOf<K>; readonly cosine: FloatOf<K> } => {
  const size = f.keep(abs(f, r))
  const isFar = f.keepMask(f.gt(size, f.number(0.25)))
  const angle = f.keep(f.mul(f.select(isFar, f.sub(f.number(0.5), size), size), f.number(Math.PI)))
  const z = f.keep(f.mul(angle, angle))
  const sine = f.keep(f.add(angle, f.mul(f.mul(z, angle), polynomial(f, z, choose(f, sinCoefficients)))))
  const tail = f.mul(f.mul(z, z), polynomial(f, z, choose(f, cosCoefficients)))
  const cosine = f.keep(f.add(f.sub(f.number(1), f.mul(z, f.number(0.5))), tail))
  return { sine: f.keep(withSignOf(f, f.select(isFar, cosine, sine), r)), cosine: f.keep(f.select(isFar, sine, cosine)) }
}
