/** Arguments to try a function at: every exponent, neighbourhoods of given points, dense sweeps, special values. Deterministic. */

export type Lanes = 'f32x4' | 'f64x2'

/** Uniform in [0, 1) with 53 random bits. Source: xorshift128, Marsaglia 2003. */
export const uniform = (seed: number): (() => number) => {
  const state = Uint32Array.of(seed, 362436069, 521288629, 88675123)
  const next = (): number => {
    const t = state[0]! ^ (state[0]! << 11)
    state.copyWithin(0, 1)
    state[3] = state[2]! ^ (state[2]! >>> 19) ^ t ^ (t >>> 8)
    return state[3]!
  }
  for (let i = 0; i < 20; i += 1) next()
  return () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53
}

const exponents: { readonly [L in Lanes]: readonly [number, number] } = { f32x4: [-149, 127], f64x2: [-1074, 1023] }

/** `each` random fractions at every exponent, of both signs. */
export const everyExponent = (lanes: Lanes, each: number, seed: number): readonly number[] => {
  const random = uniform(seed)
  const [least, greatest] = exponents[lanes]
  return Array.from({ length: (greatest - least + 1) * each }, (_, i) => {
    const x = (1 + random()) * 2 ** (least + Math.floor(i / each))
    return random() < 0.5 ? -x : x
  })
}

export const between = (from: number, to: number, count: number, seed: number): readonly number[] => {
  const random = uniform(seed)
  return Array.from({ length: count }, (_, i) => from + ((to - from) * (i + random())) / count)
}

/** Numbers at `count` distances around points: from units in the last place to the point's own size. */
export const near = (lanes: Lanes, points: readonly number[], count: number, seed: number): readonly number[] => {
  const random = uniform(seed)
  const digits = lanes === 'f32x4' ? 23 : 52
  return points.flatMap(point =>
    Array.from({ length: count }, () => {
      const distance = Math.abs(point) * random() * 2 ** -Math.floor(random() * (digits + 1))
      return point + (random() < 0.5 ? -distance : distance)
    }),
  )
}

/** Zeros, ones, infinities, NaN, the least and greatest of either format, integers around the limits of exactness. */
export const specials: readonly number[] = [
  0,
  1,
  2,
  3,
  0.5,
  1.5,
  Number.POSITIVE_INFINITY,
  2 ** -149,
  2 ** -126,
  2 ** 24,
  2 ** 23 + 1,
  (2 - 2 ** -23) * 2 ** 127,
  Number.MIN_VALUE,
  2 ** -1022,
  2 ** 52 + 1,
  2 ** 53 + 2,
  Number.MAX_VALUE,
]
  .flatMap(x => [x, -x])
  .concat(Number.NaN)

/** In units of float32's last place, how far a float32 is from a real value that a float64 gives well enough. */
export const ulps32 = (got: number, exact: number): number => {
  if (Number.isNaN(exact)) return Number.isNaN(got) ? 0 : Number.POSITIVE_INFINITY
  // 2^128 less half a unit: from there on rounding gives infinity.
  if (Math.abs(exact) >= (2 - 2 ** -24) * 2 ** 127)
    return got === Math.sign(exact) * Number.POSITIVE_INFINITY || Math.abs(got) === maximum32 ? 0 : Number.POSITIVE_INFINITY
  const exponent = Math.max(exponentOf(exact), -126)
  return Math.abs(got - exact) / 2 ** (exponent - 23)
}

const maximum32 = (2 - 2 ** -23) * 2 ** 127

const float = new Float64Array(1)
const words = new Uint32Array(float.buffer)
/** The exponent of a float64, -1023 for subnormal ones. */
const exponentOf = (x: number): number => {
  float[0] = x
  return ((words[1]! >>> 20) & 0x7ff) - 1023
}
