import { describe, expect, test } from 'vitest'
import { atan2 } from '../../../src/math/atan.js'
import { hypot } from '../../../src/math/hypot.js'
import { pow } from '../../../src/math/pow.js'
import { rem } from '../../../src/math/rem.js'
import { arithmetics } from '../support/relaxed.js'
import { angleFixed } from './support/arcs.js'
import { powIn64 } from './support/double.js'
import { fixedOf, type Precise, powOracle, precise, rootFixed, times, ulpsFrom } from './support/precise.js'
import { mapper } from './support/run.js'
import { everyExponent, type Lanes, specials, ulps32, uniform } from './support/sample.js'

const arrayOf = (lanes: Lanes, x: readonly number[]): Float32Array | Float64Array =>
  lanes === 'f32x4' ? Float32Array.from(x) : Float64Array.from(x)

const formats = ['f32x4', 'f64x2'] as const

const left = specials.flatMap(x => specials.map(() => x))
const right = specials.flatMap(() => specials)

/** Indices at which something does not hold, with the operands. */
const failures = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  got: ArrayLike<number>,
  holds: (got: number, x: number, y: number) => boolean,
): unknown[] => Array.from(x).flatMap((a, i) => (holds(got[i]!, a, y[i]!) ? [] : [{ x: a, y: y[i], got: got[i] }]))

describe.each(arithmetics)('%s: rem is exact', arithmetic => {
  const exact = (got: number, x: number, y: number): boolean => Object.is(got, x % y)

  test.each(formats)('%s: special values', lanes => {
    const [x, y] = [arrayOf(lanes, left), arrayOf(lanes, right)]
    expect(failures(x, y, mapper(lanes, rem, x.length, arithmetic).map(x, y), exact)).toEqual([])
  })

  test.each(formats)('%s: quotients of all sizes', lanes => {
    const random = uniform(11)
    const a = everyExponent(lanes, lanes === 'f32x4' ? 200 : 30, 12)
    const x = arrayOf(lanes, a)
    const n = x.length
    const y = arrayOf(
      lanes,
      // Any other number; a smaller one of a quotient to 60 bits; one of which x is nearly or exactly a multiple.
      a.map((_, i) =>
        i % 3 === 0
          ? x[Math.floor(random() * n)]!
          : i % 3 === 1
            ? x[i]! * random() * 2 ** -(random() * 60)
            : x[i]! / Math.ceil(random() * 1e6),
      ),
    )
    expect(failures(x, y, mapper(lanes, rem, n, arithmetic).map(x, y), exact)).toEqual([])
  })
})

/** atan2 and hypot, both of which are the runtime's own to two units of float64, and so to far less of float32. */
describe.each(arithmetics)('%s: of points', arithmetic => {
  const cases = [
    ['atan2', atan2, Math.atan2, 1.9],
    ['hypot', hypot, Math.hypot, 1.2],
  ] as const

  test.each(cases)('%s: special values', (_, f, exact) => {
    for (const lanes of formats) {
      const [x, y] = [arrayOf(lanes, left), arrayOf(lanes, right)]
      const unit = lanes === 'f32x4' ? 2 ** -22 : 2 ** -50
      const rounded = (value: number): number => (lanes === 'f32x4' ? Math.fround(value) : value)
      const holds = (got: number, a: number, b: number): boolean => {
        const expected = rounded(exact(a, b))
        return (
          Object.is(got, expected) ||
          Math.abs(got - expected) <= Math.abs(expected) * unit + (lanes === 'f32x4' ? 2 ** -149 : Number.MIN_VALUE)
        )
      }
      expect(failures(x, y, mapper(lanes, f, x.length, arithmetic).map(x, y), holds)).toEqual([])
    }
  })

  test.each(cases)('%s: digits of float32', (_, f, exact, ulps) => {
    const random = uniform(17)
    const x = Float32Array.from(
      { length: 30_000 },
      (_, i) => (random() * 2 - 1) * (i % 2 === 0 ? 1 : 2 ** Math.floor(random() * 200 - 100)),
    )
    const y = x.map((a, i) => (i % 3 === 0 ? random() * 2 - 1 : a * (random() * 4 - 2) * 2 ** Math.floor(random() * 12 - 6)))
    expect(failures(x, y, mapper('f32x4', f, x.length, arithmetic).map(x, y), (z, a, b) => ulps32(z, exact(a, b)) <= ulps)).toEqual([])
  })

  test.each(cases)('%s: digits of float64', (name, f, _, ulps) => {
    const random = uniform(19)
    const x = Float64Array.from({ length: 600 }, () => (random() * 2 - 1) * 2 ** Math.floor(random() * 60 - 30))
    const y = x.map(a => a * (random() * 4 - 2) * 2 ** Math.floor(random() * 12 - 6))
    const value = (a: number, b: number): Precise => {
      const [u, v] = [fixedOf(a), fixedOf(b)]
      if (name === 'hypot') return precise(rootFixed(times(u, u) + times(v, v)))
      return precise(a < 0 ? -angleFixed(-u, v) : angleFixed(u, v))
    }
    expect(failures(x, y, mapper('f64x2', f, x.length, arithmetic).map(x, y), (z, a, b) => ulpsFrom(z, value(a, b)) <= ulps)).toEqual([])
  })
})

describe.each(arithmetics)('%s: pow', arithmetic => {
  test.each(formats)('%s: special values', lanes => {
    const [x, y] = [arrayOf(lanes, left), arrayOf(lanes, right)]
    const holds = (got: number, a: number, b: number): boolean => {
      const value = powIn64(a, b)
      const expected = lanes === 'f32x4' ? Math.fround(value) : value
      // What the tests of accuracy leave to this one is signs, zeros, infinities and NaN.
      return (
        Object.is(got, expected) ||
        (Math.sign(got) === Math.sign(expected) && Math.abs(got / expected - 1) <= (lanes === 'f32x4' ? 2 ** -22 : 2 ** -51))
      )
    }
    expect(failures(x, y, mapper(lanes, pow, x.length, arithmetic).map(x, y), holds)).toEqual([])
  })

  /** Bases of all sizes and near 1, with powers such that results are of all sizes too, and beyond. */
  const operands = (lanes: Lanes, count: number): readonly [number[], number[]] => {
    const random = uniform(13)
    const sizes = everyExponent(lanes, 1, 14).map(Math.abs)
    const [least, greatest] = lanes === 'f32x4' ? [-105, 90] : [-747, 711]
    const x = Array.from({ length: count }, (_, i) =>
      i % 3 === 0
        ? 0.5 + 1.5 * random()
        : i % 3 === 1
          ? sizes[Math.floor(random() * sizes.length)]!
          : 1 + (random() - 0.5) * 2 ** -(random() * 20),
    ).map(a => (lanes === 'f32x4' ? Math.fround(a) : a))
    return [x, x.map((a, i) => (i % 4 === 3 ? 10 * random() - 5 : (least + (greatest - least) * random()) / (Math.log(a) || 1)))]
  }

  test('float32: at most 0.6 ulp', () => {
    const [a, b] = operands('f32x4', 150_000)
    const [x, y] = [Float32Array.from(a), Float32Array.from(b)]
    const got = mapper('f32x4', pow, x.length, arithmetic).map(x, y)
    expect(failures(x, y, got, (z, base, power) => ulps32(z, powIn64(base, power)) <= 0.6)).toEqual([])
  })

  test('float64: at most 1 ulp', () => {
    const [a, b] = operands('f64x2', 12_000)
    const [x, y] = [Float64Array.from(a), Float64Array.from(b)]
    const got = mapper('f64x2', pow, x.length, arithmetic).map(x, y)
    expect(failures(x, y, got, (z, base, power) => ulpsFrom(z, powOracle(base, power)) <= 1)).toEqual([])
  })
})
