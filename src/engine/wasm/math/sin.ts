/**
 * `sin` and `cos`.
 *
 * The angle is reduced to a quarter turn (quarter.ts), in float64 for both formats; then sin r = r + r³ s(r²), cos r = 1 - r²/2 + r⁴ c(r²),
 * and the quarter says which of them it is, and its sign. s and c are minimax polynomials (test/engine/math/fit.test.ts).
 * Source: Cody and Waite 1980, chapter 8; how the rest of a reduced angle enters: FreeBSD's k_sin.c and k_cos.c, by their comments.
 *
 * The reduction is right for every finite argument.
 * Greatest errors measured: sin float32 1.58 ulp, float64 0.77 ulp; cos float32 1.59 ulp, float64 0.76 ulp.
 */
import { type Both, double } from './format.js'
import type { Formula, Vector } from './formula.js'
import { demoted, lowHalves, promoted, promotedUpper, upperHalf } from './halves.js'
import { farQuarters, limit, nearQuarters, nearQuartersRough } from './quarter.js'
import { unary } from './vector-function.js'

/** (sin r - r) / r³ in r². */
export const sinCoefficients: Both<readonly number[]> = {
  f32x4: [-0.166666552, 0.00833215844, -0.000195149711],
  f64x2: [
    -0.1666666666666663, 0.008333333333322063, -0.0001984126982954402, 0.000002755731360512854, -2.505074514199547e-8,
    1.589607384491547e-10,
  ],
}

/** (cos r - 1 + r²/2) / r⁴ in r². */
export const cosCoefficients: Both<readonly number[]> = {
  f32x4: [0.0416666456, -0.00138873141, 0.0000244328548],
  f64x2: [
    0.041666666666666595, -0.001388888888887298, 0.00002480158728880273, -2.755731416468978e-7, 2.0875698798283757e-9,
    -1.1358427876439082e-11,
  ],
}

interface Angle {
  /** The quarter in its low bits. */
  readonly word: Vector
  readonly r: Vector
  readonly rest: Vector | undefined
}

/** The sine of an angle that is `quarters` further on. */
const turned = (f: Formula, { word, r, rest }: Angle, quarters: 0 | 1): Vector => {
  const z = f.keep(f.mul(r, r))
  const cube = f.mul(z, r)
  const half = f.keep(f.mul(z, f.number(0.5)))
  const s = f.polynomial(z, f.choose(sinCoefficients))
  const slope = rest ? f.add(f.mul(cube, s), f.sub(rest, f.mul(half, rest))) : f.mul(cube, s)
  const sine = f.keep(f.add(r, slope))
  const top = f.keep(f.sub(f.number(1), half))
  const c = f.mul(f.mul(z, z), f.polynomial(z, f.choose(cosCoefficients)))
  const lost = f.sub(f.sub(f.number(1), top), half)
  const cosine = f.keep(f.add(top, f.add(lost, rest ? f.sub(c, f.mul(r, rest)) : c)))
  const quarter = f.keep(quarters === 0 ? word : f.addWords(word, f.word(1n)))
  const odd = f.subWords(f.word(0n), f.and(quarter, f.word(1n)))
  const sign = f.left(f.right(quarter, 1), f.format.words === 'i32x4' ? 31 : 63)
  return f.xor(f.select(odd, cosine, sine), sign)
}

const far = (f: Formula, y: Vector): Vector => f.and(f.gt(y, f.number(limit)), f.lt(y, f.number(Number.POSITIVE_INFINITY)))

const angle64 = (f: Formula, y: Vector): Angle => {
  const near = nearQuarters(f, y)
  const [word, r, rest] = [f.variable(near.word), f.variable(near.r), f.variable(near.rest)]
  const isFar = f.keep(far(f, y))
  f.when(f.flag(isFar), () => {
    const reduced = farQuarters(f, y)
    word.set(f.select(isFar, reduced.word, word.value))
    r.set(f.select(isFar, reduced.r, r.value))
    rest.set(f.select(isFar, reduced.rest, rest.value))
  })
  return { word: word.value, r: r.value, rest: rest.value }
}

/** The low word of each of four. */
const lowWords = [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]

const angle32 = (f: Formula, y: Vector): Angle => {
  const wide = f.in(double)
  const low = nearQuartersRough(wide, wide.keep(promoted(f, y)))
  const high = nearQuartersRough(wide, wide.keep(promotedUpper(f, y)))
  const word = f.variable(f.shuffle(lowWords, low.word, high.word))
  const r = f.variable(f.shuffle(lowHalves, demoted(f, low.r), demoted(f, high.r)))
  const isFar = f.keep(far(f, y))
  f.when(f.flag(isFar), () => {
    // Two rounds, each for the low half of what is left; results come in at the upper half and move down.
    const left = f.variable(y)
    const [words, angles] = [f.variable(y), f.variable(y)]
    const round = f.code.local('i32')
    f.code.i32(2).set(round)
    f.code.loop(() => {
      const reduced = farQuarters(wide, wide.keep(promoted(f, left.value)))
      words.set(f.shuffle([...upperHalf.slice(0, 8), 16, 17, 18, 19, 24, 25, 26, 27], words.value, reduced.word))
      angles.set(f.shuffle([...upperHalf.slice(0, 8), 16, 17, 18, 19, 20, 21, 22, 23], angles.value, demoted(f, reduced.r)))
      left.set(f.shuffle(upperHalf, left.value, left.value))
      f.code.get(round).i32(-1).do('i32.add').tee(round).brIf(0)
    })
    f.code.release(round)
    word.set(f.select(isFar, words.value, word.value))
    r.set(f.select(isFar, angles.value, r.value))
  })
  wide.release()
  return { word: word.value, r: r.value, rest: undefined }
}

export const sin = unary(
  (f, x) => {
    const y = f.keep(f.abs(x))
    return f.xor(f.keep(turned(f, angle32(f, y), 0)), f.signOf(x))
  },
  (f, x) => {
    const y = f.keep(f.abs(x))
    return f.xor(f.keep(turned(f, angle64(f, y), 0)), f.signOf(x))
  },
)

export const cos = unary(
  (f, x) => turned(f, angle32(f, f.keep(f.abs(x))), 1),
  (f, x) => turned(f, angle64(f, f.keep(f.abs(x))), 1),
)
