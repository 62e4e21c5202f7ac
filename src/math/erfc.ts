/**
 * `erfc`, which is 1 - erf x with its digits however small it becomes, and `normalCdf`, which is Φ(x) = ½ erfc(-x / √2), likewise.
 *
 * Below 0.58, erfc x = 1 - x - x p(x²), where p is the polynomial of erf. From 0.58 on, it is e^(-x²) h(w) / (x + 7/16) with w = (x - 4) /
 * (x + 4). Here h stands for (x + 7/16) e^(x²) erfc x, which stays between 0.56 and 0.62 and is smooth to infinity in that variable
 * (Shepherd and Laframboise 1981); its polynomial is minimax (test/engine/math/fit.test.ts). For negative x, erfc x = 2 - erfc |x|.
 *
 * An absolute error of x² becomes a relative error of e^(-x²) that is as large. So x² is not rounded: it enters as the square of the upper
 * half of the digits of x, which is exact, and the rest. The errors of sums are carried along, and added once, with the last digits of the
 * quotient.
 *
 * Greatest errors measured: erfc float32 1.80 ulp, float64 1.90 ulp; normalCdf float32 2.34 ulp, float64 2.28 ulp.
 */
import { elementary } from './elementary.js'
import { erfCoefficients } from './erf.js'
import { fastTwoSum, split } from './exact.js'
import { expExcess, type Reduced, reduce, scale } from './exp-parts.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds } from './formula.js'
import { polynomial } from './polynomial.js'
import { abs } from './signs.js'

/** (x + 7/16) e^(x²) erfc x in (x - 4) / (x + 4), for x from 0.57 to where erfc x is 0. */
export const erfcCoefficients: Both<readonly number[]> = {
  float32: [
    0.607935093, -0.0536187886, -0.00598010682, 0.0443136804, -0.0573315162, 0.0508253051, -0.0350947571, 0.0193058024, -0.00851957233,
    0.00269163848,
  ],
  float64: [
    0.6079350932112099, -0.05361880537277052, -0.005980153881081561, 0.04431464067092657, -0.05732973160559208, 0.050810655976730075,
    -0.03512137393830454, 0.019386504394230654, -0.00835263350846405, 0.0025659304314194927, -0.00037752651181226926,
    -0.00010456490936617139, 0.00007672046441140594, -0.000012080161553230196, -0.00000579464538814045, 0.0000028789900814807693,
    1.638381482230494e-7, -4.160470919752277e-7, 3.676514142929792e-8, 5.2798058655015627e-8, -9.54518361025935e-9, -5.006306109459817e-9,
    1.1314937993011715e-9,
  ],
}

/** The first coefficient, which is nearly all of h, as a number of the format and what that lacks of it. */
export const erfcMiddle: Both<readonly [number, number]> = {
  float32: [0.6079350709915161, 2.2219693804353162e-8],
  float64: [0.6079350932112099, 5.2751452829238505e-17],
}

/** Where the two formulas meet. */
const middle = 0.58

/** From here on the result is 0. */
const limits: Both<number> = { float32: 10.06, float64: 27.23 }

/** erfc x for |x| below the middle. 1 enters as two halves, so that no difference is rounded by more than the result is. */
const inner = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>): FloatOf<K> => {
  const half = f.number(0.5)
  return f.add(f.sub(half, x), f.sub(half, f.mul(x, polynomial(f, f.keep(f.mul(x, x)), choose(f, erfCoefficients)))))
}

/** -x² times a factor of 1 or ½, reduced. It is computed from the square of the upper half of the digits, which is exact, and the rest. */
const reducedSquare = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, factor: number): Reduced<K> => {
  const [high, low] = split(f, x)
  const first = f.keep(f.mul(f.mul(high, high), f.number(-factor)))
  return reduce(f, first, 0, f.mul(f.mul(low, f.add(x, high)), f.number(factor)))
}

/** erfc y for y from the middle to the limit, before it is scaled by 2^n. */
const outer = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>, { r, rest }: Reduced<K>): FloatOf<K> => {
  const [, ...others] = choose(f, erfcCoefficients)
  const [first, firstRest] = choose(f, erfcMiddle)
  const w = f.keep(f.div(f.sub(y, f.number(4)), f.add(y, f.number(4))))
  const [h, hRest] = fastTwoSum(f, f.number(first), f.keep(f.mul(w, polynomial(f, w, others))))
  // h e^r is h + h (e^r - 1).
  const [product, productRest] = fastTwoSum(f, h, f.keep(f.mul(h, expExcess(f, r, rest))))
  const [below, belowRest] = fastTwoSum(f, y, f.number(7 / 16))
  const inverse = f.keep(f.div(f.number(1), below))
  // First the quotient to half its digits, by which the halves of the divisor can be multiplied exactly; then what is left gives the others.
  const [quotient] = split(f, f.keep(f.mul(product, inverse)))
  const [belowHigh, belowLow] = split(f, below)
  const left = f.sub(f.sub(product, f.mul(quotient, belowHigh)), f.mul(quotient, belowLow))
  const rests = f.sub(f.add(f.add(productRest, hRest), f.number(firstRest)), f.mul(quotient, belowRest))
  return f.add(quotient, f.mul(f.add(left, rests), inverse))
}

export const erfc = elementary((f, x) => {
  const size = f.keep(abs(f, x))
  const y = f.keep(f.atMost(size, choose(f, limits)))
  const reduced = reducedSquare(f, y, 1)
  const tail = f.keep(scale(f, outer(f, y, reduced), reduced))
  const far = f.keep(f.select(f.lt(x, f.number(0)), f.sub(f.number(2), tail), tail))
  return f.select(f.lt(size, f.number(middle)), f.keep(inner(f, x)), far)
})

/** ½ erfc(-x / √2). The polynomials are given the rounded -x / √2, which does them no harm; e^(-x²/2) is computed from x itself. */
export const normalCdf = elementary((f, x) => {
  const size = f.keep(f.atMost(abs(f, x), choose(f, limits) * Math.SQRT2))
  const reduced = reducedSquare(f, size, 0.5)
  const y = f.keep(f.mul(size, f.number(Math.SQRT1_2)))
  const tail = f.keep(scale(f, f.mul(outer(f, y, reduced), f.number(0.5)), reduced))
  const far = f.keep(f.select(f.lt(x, f.number(0)), tail, f.sub(f.number(1), tail)))
  const near = f.mul(inner(f, f.keep(f.mul(x, f.number(-Math.SQRT1_2)))), f.number(0.5))
  return f.select(f.lt(y, f.number(middle)), f.keep(near), far)
})
