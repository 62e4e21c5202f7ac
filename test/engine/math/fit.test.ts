import { expect, test } from 'vitest'
import { erfCoefficients, logErfcCoefficients, scaledErfcCoefficients } from '../../../src/engine/wasm/math/erf.js'
import { erfcCoefficients, erfcMiddle } from '../../../src/engine/wasm/math/erfc.js'
import { expCoefficients, ln2High, ln2Low } from '../../../src/engine/wasm/math/exp-parts.js'
import { expm1Coefficients } from '../../../src/engine/wasm/math/expm1.js'
import type { Both } from '../../../src/engine/wasm/math/format.js'
import { log2eHigh, log2eLow, logCoefficients } from '../../../src/engine/wasm/math/log.js'
import { roughCoefficients, tailCoefficients } from '../../../src/engine/wasm/math/pow.js'
import { halfPi, halfPiParts, twoOverPi } from '../../../src/engine/wasm/math/quarter.js'
import { cosCoefficients, sinCoefficients } from '../../../src/engine/wasm/math/sin.js'
import { tanhCoefficients } from '../../../src/engine/wasm/math/tanh.js'
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

/** Every polynomial of src/engine/wasm/math, as what it stands for, how its errors count, and where. */
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

const both = (coefficients: Both<readonly number[]>, bits: Both<number>, rest: Omit<Case, 'coefficients' | 'bits' | 'single'>): Case[] =>
  (['f32x4', 'f64x2'] as const).map(lanes => ({
    ...rest,
    name: `${rest.name}, ${lanes}`,
    coefficients: coefficients[lanes],
    bits: bits[lanes],
    single: lanes === 'f32x4',
  }))

const cases: readonly Case[] = [
  ...both(
    expCoefficients,
    { f32x4: 28.2, f64x2: 57.9 },
    { name: 'exp', f: expTail, weight: r => r ** 2 / Math.exp(r), from: -halfLn2, to: halfLn2 },
  ),
  ...both(
    expm1Coefficients,
    { f32x4: 26.1, f64x2: 61.7 },
    { name: 'expm1', f: expTail, weight: r => r ** 2 / Math.abs(Math.expm1(r)), from: -halfLn2, to: halfLn2 },
  ),
  ...both(logCoefficients, { f32x4: 30.1, f64x2: 59.4 }, { name: 'log', f: logTail, weight: z => z / 2, from: 0, to: greatestS }),
  ...both(
    sinCoefficients,
    { f32x4: 27.9, f64x2: 57.9 },
    { name: 'sin', f: sinTail, weight: z => z ** 1.5 / Math.sin(Math.sqrt(z)), from: 0, to: eighth },
  ),
  ...both(
    cosCoefficients,
    { f32x4: 32.9, f64x2: 63.9 },
    { name: 'cos', f: cosTail, weight: z => z ** 2 / Math.cos(Math.sqrt(z)), from: 0, to: eighth },
  ),
  ...both(erfCoefficients, { f32x4: 29.8, f64x2: 62.9 }, { name: 'erf', f: erfExcess, weight: () => 0.9, from: 0, to: 1 }),
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
  { ...erfcTailFrom(10.06), name: 'erfc, f32x4', coefficients: erfcCoefficients.f32x4, bits: 29.2, single: true },
  { ...erfcTailFrom(27.23), name: 'erfc, f64x2', coefficients: erfcCoefficients.f64x2, bits: 61.2, single: false },
  {
    name: 'log for pow, f32x4',
    f: logTail,
    weight: z => z / 2,
    from: 0,
    to: greatestS,
    coefficients: roughCoefficients,
    bits: 37.5,
    single: false,
  },
  {
    name: 'log for pow, f64x2',
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
  for (const [lanes, bits] of [
    ['f32x4', 29],
    ['f64x2', 59],
  ] as const) {
    const [first, rest] = erfcMiddle[lanes]
    expect(Math.abs(numberOf(fixedOf(first) + fixedOf(rest) - erfcTail(0n)))).toBeLessThan(2 ** -bits)
    if (lanes === 'f32x4') expect(Math.fround(first)).toBe(first)
  }
})

test('log 2, its inverse and π/2 in parts', () => {
  expect(ln2Low.f64x2).toBe(numberOf(ln2 - fixedOf(ln2High.f64x2)))
  expect(Math.fround(ln2Low.f32x4)).toBe(Math.fround(numberOf(ln2 - fixedOf(ln2High.f32x4))))
  // Products with the exponent, of 8 and 11 bits, are exact.
  expect((ln2High.f32x4 * 2 ** 16) % 1).toBe(0)
  expect((ln2High.f64x2 * 2 ** 42) % 1).toBe(0)
  const log2e = over(one, ln2)
  expect(log2eLow.f64x2).toBe(numberOf(log2e - fixedOf(log2eHigh.f64x2)))
  expect(Math.fround(log2eLow.f32x4)).toBe(Math.fround(numberOf(log2e - fixedOf(log2eHigh.f32x4))))
  // So are those with the upper half of a number, of 12 and 26 digits.
  expect((log2eHigh.f32x4 * 2 ** 11) % 1).toBe(0)
  expect((log2eHigh.f64x2 * 2 ** 25) % 1).toBe(0)
  const [first, second, third, fourth] = halfPiParts
  expect(halfPi).toEqual([Math.PI / 2, numberOf(pi / 2n - fixedOf(Math.PI / 2))])
  expect(fourth).toBe(numberOf(pi / 2n - fixedOf(first) - fixedOf(second) - fixedOf(third)))
  for (const part of [first, second, third]) expect((part / 2 ** (Math.floor(Math.log2(part)) - 32)) % 1).toBe(0)
})

test('2/π in 1280 bits', () => {
  const digits = 1n << 1280n
  const quotient = (2n * digits * (1n << widePiBits)) / widePi
  expect(twoOverPi).toBe(quotient.toString(16).padStart(320, '0'))
})
