import { expect, test } from 'vitest'
import { asinCoefficients, quarterTurn } from '../../../src/math/asin.js'
import { atanCoefficients } from '../../../src/math/atan.js'
import { cbrtCoefficients } from '../../../src/math/cbrt.js'
import { digammaCoefficients, digammaZero } from '../../../src/math/digamma.js'
import { erfCoefficients, logErfcCoefficients, scaledErfcCoefficients } from '../../../src/math/erf.js'
import { erfcCoefficients, erfcMiddle } from '../../../src/math/erfc.js'
import { expCoefficients, ln2High, ln2Low } from '../../../src/math/exp-parts.js'
import { expm1Coefficients } from '../../../src/math/expm1.js'
import type { Both } from '../../../src/math/format.js'
import { lgammaCoefficients } from '../../../src/math/lgamma.js'
import { log2eHigh, log2eLow, log10eHigh, log10eLow, log10Of2High, log10Of2Low, logCoefficients } from '../../../src/math/log.js'
import { roughCoefficients, tailCoefficients } from '../../../src/math/pow.js'
import { halfPi, halfPiParts, twoOverPi } from '../../../src/math/quarter.js'
import { cosCoefficients, sinCoefficients } from '../../../src/math/sin.js'
import { tanhCoefficients } from '../../../src/math/tanh.js'
import { asinFixed, atanFixed, cubeRootFixed } from './support/arcs.js'
import { digammaFixed, lgammaFixed } from './support/gamma.js'
import {
  cosFixed,
  erfFixed,
  expFixed,
  fixedOf,
  ln2,
  logFixed,
  numberOf,
  one,
  over,
  pi,
  rootFixed,
  scaledErfcFixed,
  sinFixed,
  times,
  widePi,
  widePiBits,
} from './support/precise.js'
import { minimax } from './support/remez.js'

/** Every polynomial of src/math, as what it stands for, how its errors count, and where. */
interface Case {
  readonly name: string
  readonly f: (x: bigint) => bigint
  readonly weight: (x: number) => number
  readonly from: number
  readonly to: number
  readonly coefficients: readonly number[]
  /** The greatest weighted error is below 2^-bits. */
  readonly bits: number
  readonly single: boolean
}

const exp = (x: bigint): bigint => {
  const { fixed, exponent } = expFixed(x)
  return exponent < 0 ? fixed >> BigInt(-exponent) : fixed << BigInt(exponent)
}
const halfLn2 = (Math.LN2 / 2) * 1.0001
const eighth = (Math.PI / 4) ** 2 * 1.001
const greatestS = ((Math.SQRT2 - 1) / (Math.SQRT2 + 1)) ** 2 * 1.001

const expTail = (r: bigint): bigint => over(over(exp(r) - one - r, r), r)
const sinTail = (z: bigint): bigint => {
  const x = rootFixed(z)
  return over(over(sinFixed(x) - x, x), z)
}
const cosTail = (z: bigint): bigint => over(over(cosFixed(rootFixed(z)) - one + z / 2n, z), z)
const logTail = (z: bigint): bigint => {
  const s = rootFixed(z)
  return over(over(logFixed(over(one + s, one - s)) - 2n * s, s), z)
}
const tanhTail = (z: bigint): bigint => {
  const x = rootFixed(z)
  const e = exp(2n * x)
  return over(over(over(e - one, e + one) - x, x), z)
}
const erfExcess = (z: bigint): bigint => {
  const x = rootFixed(z)
  return over(erfFixed(x), x) - one
}
/** 1 - erf x in float64, which is enough for a weight. Source: DLMF 7.9.3. */
const complement = (x: number): number => {
  let fraction = x
  for (let n = 80; n >= 1; n -= 1) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction
}
const unmapped = (w: number): number => (2 * (1 + w)) / (1 - w)
const scaledErfc = (w: bigint): bigint => {
  const x = over(2n * (one + w), one - w)
  return times(one - erfFixed(x), exp(times(x, x)))
}

/** (x + 7/16) e^(x²) erfc x. */
const erfcTail = (w: bigint): bigint => {
  const x = over(4n * (one + w), one - w)
  return times(x + (7n * one) / 16n, scaledErfcFixed(x))
}
const erfcTailFrom = (limit: number): Omit<Case, 'name' | 'coefficients' | 'bits' | 'single'> => ({
  f: erfcTail,
  weight: w => 1 / numberOf(erfcTail(fixedOf(w))),
  from: (0.57 - 4) / (0.57 + 4),
  to: (limit - 4) / (limit + 4),
})

/** (f(s) - s) / s³ in s². */
const arcTail =
  (f: (x: bigint) => bigint) =>
  (z: bigint): bigint => {
    const s = rootFixed(z)
    return over(over(f(s) - s, s), z)
  }
const logTen = logFixed((5n * one) / 4n) + 3n * ln2
const eulerSlope = one + digammaFixed(one)
const lgammaTail = (t: bigint): bigint => over(over(lgammaFixed(2n * one + t) - times(eulerSlope, t), t), t)
/** The zero of digamma, by Newton's steps with a slope that is near enough for each to double the digits. */
const zero = ((): bigint => {
  let x = fixedOf(digammaZero.float64[0])
  for (let i = 0; i < 3; i += 1) {
    const step = one >> 90n
    x -= over(digammaFixed(x), over(digammaFixed(x + step) - digammaFixed(x - step), 2n * step))
  }
  return x
})()
const digammaQuotient = (t: bigint): bigint => over(digammaFixed((3n * one) / 2n + t), (3n * one) / 2n + t - zero)

const both = (coefficients: Both<readonly number[]>, bits: Both<number>, rest: Omit<Case, 'coefficients' | 'bits' | 'single'>): Case[] =>
  (['float32', 'float64'] as const).map(format => ({
    ...rest,
    name: `${rest.name}, ${format}`,
    coefficients: coefficients[format],
    bits: bits[format],
    single: format === 'float32',
  }))

const cases: readonly Case[] = [
  ...both(
    expCoefficients,
    { float32: 28.2, float64: 57.9 },
    { name: 'exp', f: expTail, weight: r => r ** 2 / Math.exp(r), from: -halfLn2, to: halfLn2 },
  ),
  ...both(
    expm1Coefficients,
    { float32: 26.1, float64: 61.7 },
    { name: 'expm1', f: expTail, weight: r => r ** 2 / Math.abs(Math.expm1(r)), from: -halfLn2, to: halfLn2 },
  ),
  ...both(logCoefficients, { float32: 30.1, float64: 59.4 }, { name: 'log', f: logTail, weight: z => z / 2, from: 0, to: greatestS }),
  ...both(
    sinCoefficients,
    { float32: 27.9, float64: 57.9 },
    { name: 'sin', f: sinTail, weight: z => z ** 1.5 / Math.sin(Math.sqrt(z)), from: 0, to: eighth },
  ),
  ...both(
    cosCoefficients,
    { float32: 32.9, float64: 63.9 },
    { name: 'cos', f: cosTail, weight: z => z ** 2 / Math.cos(Math.sqrt(z)), from: 0, to: eighth },
  ),
  ...both(erfCoefficients, { float32: 29.8, float64: 62.9 }, { name: 'erf', f: erfExcess, weight: () => 0.9, from: 0, to: 1 }),
  {
    name: 'tanh',
    f: tanhTail,
    weight: z => z ** 1.5 / Math.tanh(Math.sqrt(z)),
    from: 0,
    to: (Math.LN2 * 1.0001) ** 2,
    coefficients: tanhCoefficients,
    bits: 26.1,
    single: true,
  },
  {
    name: 'log (1 - erf)',
    f: u => logFixed(one - erfFixed(u + 2n * one)),
    weight: u => complement(u + 2) / (1 - complement(u + 2)),
    from: -1,
    to: 2,
    coefficients: logErfcCoefficients,
    bits: 29.7,
    single: true,
  },
  {
    name: 'scaled 1 - erf',
    f: scaledErfc,
    weight: w => Math.exp(-(unmapped(w) ** 2)) / (1 - complement(unmapped(w))),
    from: -1 / 3,
    to: 1 / 2,
    coefficients: scaledErfcCoefficients,
    bits: 60.5,
    single: false,
  },
  { ...erfcTailFrom(10.06), name: 'erfc, float32', coefficients: erfcCoefficients.float32, bits: 29.2, single: true },
  { ...erfcTailFrom(27.23), name: 'erfc, float64', coefficients: erfcCoefficients.float64, bits: 61.2, single: false },
  ...both(
    asinCoefficients,
    { float32: 27.6, float64: 59.8 },
    { name: 'asin', f: arcTail(asinFixed), weight: z => z ** 1.5 / Math.asin(Math.sqrt(z)), from: 0, to: 0.25 },
  ),
  ...both(
    atanCoefficients,
    { float32: 27.4, float64: 57.7 },
    { name: 'atan', f: arcTail(atanFixed), weight: z => z ** 1.5 / Math.atan(Math.sqrt(z)), from: 0, to: 0.25 },
  ),
  ...both(
    lgammaCoefficients,
    { float32: 28.1, float64: 58.2 },
    {
      name: 'lgamma',
      f: lgammaTail,
      weight: t => t ** 2 / Math.abs(numberOf(lgammaFixed(fixedOf(2 + t)))),
      from: Math.SQRT2 - 2.0001,
      to: 0.7072,
    },
  ),
  ...both(
    digammaCoefficients,
    { float32: 27.9, float64: 58.5 },
    { name: 'digamma', f: digammaQuotient, weight: t => 1 / numberOf(digammaQuotient(fixedOf(t))), from: -0.5001, to: 0.5001 },
  ),
  {
    name: 'cbrt',
    f: u => cubeRootFixed(one + u),
    weight: u => 1 / Math.cbrt(1 + u),
    from: Math.SQRT1_2 - 1,
    to: Math.SQRT2 - 1,
    coefficients: cbrtCoefficients,
    bits: 13.7,
    single: true,
  },
  {
    name: 'log for pow, float32',
    f: logTail,
    weight: z => z / 2,
    from: 0,
    to: greatestS,
    coefficients: roughCoefficients,
    bits: 37.5,
    single: false,
  },
  {
    name: 'log for pow, float64',
    f: z => over(logTail(z) / 2n - one / 3n, z),
    weight: z => z ** 2,
    from: 0,
    to: greatestS,
    coefficients: tailCoefficients,
    bits: 73.5,
    single: false,
  },
]

test.each(cases)(
  'the coefficients of $name are the minimax polynomial, to $bits bits',
  ({ f, weight, from, to, coefficients, bits, single }) => {
    const fit = minimax(f, weight, from, to, coefficients.length - 1)
    expect(Math.log2(fit.error)).toBeLessThan(-bits)
    // Written with nine digits, which determine a float32.
    expect(coefficients.map(Math.fround)).toEqual(fit.coefficients.map(Math.fround))
    if (!single) expect(coefficients).toEqual(fit.coefficients)
  },
)

test('the first coefficient of erfc in two parts', () => {
  for (const [format, bits] of [
    ['float32', 29],
    ['float64', 59],
  ] as const) {
    const [first, rest] = erfcMiddle[format]
    expect(Math.abs(numberOf(fixedOf(first) + fixedOf(rest) - erfcTail(0n)))).toBeLessThan(2 ** -bits)
    if (format === 'float32') expect(Math.fround(first)).toBe(first)
  }
})

test('log 2, its inverse and π/2 in parts', () => {
  expect(ln2Low.float64).toBe(numberOf(ln2 - fixedOf(ln2High.float64)))
  expect(Math.fround(ln2Low.float32)).toBe(Math.fround(numberOf(ln2 - fixedOf(ln2High.float32))))
  // Products with the exponent, of 8 and 11 bits, are exact.
  expect((ln2High.float32 * 2 ** 16) % 1).toBe(0)
  expect((ln2High.float64 * 2 ** 42) % 1).toBe(0)
  const log2e = over(one, ln2)
  expect(log2eLow.float64).toBe(numberOf(log2e - fixedOf(log2eHigh.float64)))
  expect(Math.fround(log2eLow.float32)).toBe(Math.fround(numberOf(log2e - fixedOf(log2eHigh.float32))))
  // So are those with the upper half of a number, of 12 and 26 digits.
  expect((log2eHigh.float32 * 2 ** 11) % 1).toBe(0)
  expect((log2eHigh.float64 * 2 ** 25) % 1).toBe(0)
  const [first, second, third, fourth] = halfPiParts
  expect(halfPi).toEqual([Math.PI / 2, numberOf(pi / 2n - fixedOf(Math.PI / 2))])
  expect(fourth).toBe(numberOf(pi / 2n - fixedOf(first) - fixedOf(second) - fixedOf(third)))
  for (const part of [first, second, third]) expect((part / 2 ** (Math.floor(Math.log2(part)) - 32)) % 1).toBe(0)
})

test('constants in two parts have the digits of their sums', () => {
  const known: readonly (readonly [name: string, parts: readonly number[], value: bigint, bits: number])[] = [
    ['π/2 of float32', quarterTurn.float32, pi / 2n, 50],
    ['π/2 of float64', quarterTurn.float64, pi / 2n, 107],
    ['1 / log 10 of float32', [log10eHigh.float32, log10eLow.float32], over(one, logTen), 38],
    ['1 / log 10 of float64', [log10eHigh.float64, log10eLow.float64], over(one, logTen), 82],
    ['log 2 / log 10 of float32', [log10Of2High.float32, log10Of2Low.float32], over(ln2, logTen), 42],
    ['log 2 / log 10 of float64', [log10Of2High.float64, log10Of2Low.float64], over(ln2, logTen), 97],
    ['the zero of digamma, of float32', digammaZero.float32, zero, 52],
    ['the zero of digamma, of float64', digammaZero.float64, zero, 106],
  ]
  for (const [name, parts, value, bits] of known) {
    const sum = parts.reduce((total, part) => total + fixedOf(part), 0n)
    expect(Math.abs(numberOf(sum - value)), name).toBeLessThan(2 ** -bits)
  }
})

test('2/π in 1280 bits', () => {
  const digits = 1n << 1280n
  const quotient = (2n * digits * (1n << widePiBits)) / widePi
  expect(twoOverPi).toBe(quotient.toString(16).padStart(320, '0'))
})
