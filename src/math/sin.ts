/**
 * `sin` and `cos`.
 *
 * The angle is reduced to a quarter turn (quarter.ts), in float64 for both formats. Then sin r = r + r³ s(r²) and cos r = 1 - r²/2 + r⁴
 * c(r²), and the quarter says which of them the result is, and its sign. s and c are minimax polynomials (test/engine/math/fit.test.ts).
 * Source: Cody and Waite 1980, chapter 8; for how the rest of a reduced angle enters, FreeBSD's k_sin.c and k_cos.c, by their comments.
 *
 * The reduction is right for every finite argument.
 * Greatest errors measured: sin float32 1.58 ulp, float64 0.77 ulp; cos float32 1.59 ulp, float64 0.76 ulp.
 */
import { wideElementary } from './elementary.js'
import { type Both, choose } from './format.js'
import type { FloatOf, Formula, Kinds, MaskOf, WideFormula, WordOf } from './formula.js'
import { polynomial } from './polynomial.js'
import { farQuarters, limit, nearQuarters, nearQuartersRough } from './quarter.js'
import { abs, flipped, signOf } from './signs.js'

/** (sin r - r) / r³ in r². */
export const sinCoefficients: Both<readonly number[]> = {
  float32: [-0.166666552, 0.00833215844, -0.000195149711],
  float64: [
    -0.1666666666666663, 0.008333333333322063, -0.0001984126982954402, 0.000002755731360512854, -2.505074514199547e-8,
    1.589607384491547e-10,
  ],
}

/** (cos r - 1 + r²/2) / r⁴ in r². */
export const cosCoefficients: Both<readonly number[]> = {
  float32: [0.0416666456, -0.00138873141, 0.0000244328548],
  float64: [
    0.041666666666666595, -0.001388888888887298, 0.00002480158728880273, -2.755731416468978e-7, 2.0875698798283757e-9,
    -1.1358427876439082e-11,
  ],
}

interface Angle<K extends Kinds> {
  /** It has the quarter in its low bits. */
  readonly word: WordOf<K>
  readonly r: FloatOf<K>
  readonly rest: FloatOf<K> | undefined
}

/** The sine of an angle that is `quarters` further on. */
const turned = <K extends Kinds>(f: Formula<K>, { word, r, rest }: Angle<K>, quarters: 0 | 1): FloatOf<K> => {
  const z = f.keep(f.mul(r, r))
  const cube = f.mul(z, r)
  const half = f.keep(f.mul(z, f.number(0.5)))
  const s = polynomial(f, z, choose(f, sinCoefficients))
  const slope = rest ? f.add(f.mul(cube, s), f.sub(rest, f.mul(half, rest))) : f.mul(cube, s)
  const sine = f.keep(f.add(r, slope))
  const top = f.keep(f.sub(f.number(1), half))
  const c = f.mul(f.mul(z, z), polynomial(f, z, choose(f, cosCoefficients)))
  const lost = f.sub(f.sub(f.number(1), top), half)
  const cosine = f.keep(f.add(top, f.add(lost, rest ? f.sub(c, f.mul(r, rest)) : c)))
  const quarter = f.keepWord(quarters === 0 ? word : f.addWords(word, f.word(1n)))
  const sign = f.shiftLeft(f.shiftRight(quarter, 1), f.format.bits - 1)
  return flipped(f, f.select(f.isOdd(quarter), cosine, sine), sign)
}

/** Whether the angle needs the long reduction. */
const far = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>): MaskOf<K> =>
  f.andMasks(f.gt(y, f.number(limit)), f.lt(y, f.number(Number.POSITIVE_INFINITY)))

const angle64 = <K extends Kinds>(f: Formula<K>, y: FloatOf<K>): Angle<K> => {
  const near = nearQuarters(f, y)
  const [word, r, rest] = [f.wordVariable(near.word), f.variable(near.r), f.variable(near.rest)]
  const isFar = f.keepMask(far(f, y))
  f.when(f.any(isFar), () => {
    const reduced = farQuarters(f, y)
    word.set(f.selectWords(isFar, reduced.word, word.value))
    r.set(f.select(isFar, reduced.r, r.value))
    rest.set(f.select(isFar, reduced.rest, rest.value))
  })
  return { word: word.value, r: r.value, rest: rest.value }
}

const angle32 = <K extends Kinds>(f: WideFormula<K>, y: FloatOf<K>): Angle<K> =>
  f.inFloat64(part => {
    const near = part.reduced(y, nearQuartersRough)
    const [word, r] = [f.wordVariable(near.word), f.variable(near.r)]
    const isFar = f.keepMask(far(f, y))
    f.when(f.any(isFar), () => {
      const reduced = part.reducedRarely(y, farQuarters)
      word.set(f.selectWords(isFar, reduced.word, word.value))
      r.set(f.select(isFar, reduced.r, r.value))
    })
    return { word: word.value, r: r.value, rest: undefined }
  })

/** The sine of x, given a function for the reduced angle of |x|. */
const sineBy = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, angle: (y: FloatOf<K>) => Angle<K>): FloatOf<K> => {
  const y = f.keep(abs(f, x))
  return flipped(f, f.keep(turned(f, angle(y), 0)), signOf(f, x))
}

export const sin = wideElementary(
  (f, x) => sineBy(f, x, y => angle32(f, y)),
  (f, x) => sineBy(f, x, y => angle64(f, y)),
)

export const cos = wideElementary(
  (f, x) => turned(f, angle32(f, f.keep(abs(f, x))), 1),
  (f, x) => turned(f, angle64(f, f.keep(abs(f, x))), 1),
)
