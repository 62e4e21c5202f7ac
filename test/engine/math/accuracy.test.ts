import { describe, expect, test } from 'vitest'
import { acos, asin } from '../../../src/math/asin.js'
import { acosh, asinh, atanh } from '../../../src/math/asinh.js'
import { atan } from '../../../src/math/atan.js'
import { cbrt } from '../../../src/math/cbrt.js'
import { digamma } from '../../../src/math/digamma.js'
import { erf } from '../../../src/math/erf.js'
import { erfInv } from '../../../src/math/erf-inv.js'
import { erfc, normalCdf } from '../../../src/math/erfc.js'
import { exp } from '../../../src/math/exp.js'
import { exp2 } from '../../../src/math/exp2.js'
import { expm1 } from '../../../src/math/expm1.js'
import type { ElementaryFunction } from '../../../src/math/index.js'
import { lgamma } from '../../../src/math/lgamma.js'
import { log, log1p, log2, log10 } from '../../../src/math/log.js'
import { sigmoid } from '../../../src/math/sigmoid.js'
import { cos, sin } from '../../../src/math/sin.js'
import { cosh, sinh } from '../../../src/math/sinh.js'
import { tanh } from '../../../src/math/tanh.js'
import { arithmetics } from '../support/relaxed.js'
import { arcs } from './support/arcs.js'
import { inFloat64 } from './support/double.js'
import { gammas } from './support/gamma.js'
import { oracle, ulpsFrom } from './support/precise.js'
import { mapper } from './support/run.js'
import { between, everyExponent, near, specials, ulps32 } from './support/sample.js'

/** Multiples of π/2 from small to huge, and the two doubles that are nearest to one (Muller, Elementary Functions, section 11.3). */
const quarters = [
  ...Array.from({ length: 40 }, (_, i) => ((i + 1) * Math.PI) / 2),
  ...Array.from({ length: 60 }, (_, i) => (Math.round(1.7 ** (i + 8)) * Math.PI) / 2),
  2 ** 20,
  6381956970095103 * 2 ** 797,
  16367173 * 2 ** 72,
]
const halves = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => (from + i + 0.5) * Math.LN2)

const exact = { ...oracle, ...arcs, ...gammas }

interface Case {
  readonly name: keyof typeof exact
  readonly f: ElementaryFunction
  readonly range: readonly [number, number]
  readonly range64: readonly [number, number]
  readonly points: readonly number[]
  /** Of float32 and of float64. */
  readonly ulps: readonly [number, number]
  readonly values: { readonly [x: string]: number }
  /** Where the function has real values: the oracle of float64 ends there. */
  readonly domain?: readonly [least: number, greatest: number]
  /** By how much fewer arguments are tried: those of functions whose parts have their rows above, or whose oracles take long. */
  readonly part?: number
}

/**
 * Where each function has its interesting arguments, where its formula changes, the greatest error that it may have, and what it is at the
 * points where the oracles end.
 * The bounds are a little above what was measured over many more arguments.
 */
const cases: readonly Case[] = [
  {
    name: 'exp',
    f: exp,
    range: [-104, 89],
    range64: [-746, 710],
    points: [...halves(-150, 128), -87.3, -103.9, 88.7, -708.4, -745.1, 709.78],
    ulps: [1.1, 1.1],
    values: { Infinity: Infinity, '-Infinity': 0, 0: 1 },
  },
  {
    name: 'expm1',
    f: expm1,
    range: [-18, 89],
    range64: [-38, 710],
    points: [...halves(-30, 128), 2 ** -25, 2 ** -54, 88.7, 709.78],
    ulps: [1.7, 1.6],
    values: { Infinity: Infinity, '-Infinity': -1, 0: 0, '-0': -0 },
  },
  {
    name: 'log',
    f: log,
    domain: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    range: [0.01, 100],
    range64: [0.01, 100],
    points: [1, Math.SQRT1_2, Math.SQRT2, 0.5, 2, 2 ** -126, 2 ** -1022],
    ulps: [0.9, 0.9],
    values: { Infinity: Infinity, '-Infinity': NaN, 0: -Infinity, '-0': -Infinity, '-1': NaN, 1: 0 },
  },
  {
    name: 'log1p',
    f: log1p,
    domain: [-1 + 2 ** -53, Number.POSITIVE_INFINITY],
    range: [-0.999, 10],
    range64: [-0.999, 10],
    points: [-1, Math.SQRT1_2 - 1, Math.SQRT2 - 1, 1, 2 ** -24, 2 ** -53],
    ulps: [1, 0.9],
    values: { Infinity: Infinity, '-Infinity': NaN, 0: 0, '-0': -0, '-1': -Infinity, '-2': NaN },
  },
  {
    name: 'log2',
    f: log2,
    domain: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    range: [0.01, 100],
    range64: [0.01, 100],
    points: [1, Math.SQRT1_2, Math.SQRT2, 0.5, 2, 2 ** -126, 2 ** -1022],
    ulps: [0.9, 0.9],
    values: { Infinity: Infinity, '-Infinity': NaN, 0: -Infinity, '-0': -Infinity, '-1': NaN, 1: 0 },
  },
  {
    name: 'tanh',
    f: tanh,
    range: [-10, 10],
    range64: [-20, 20],
    points: [0.625, -0.625, ...halves(0, 28).flatMap(x => [x / 2, x + Math.LN2 / 2, -x])],
    ulps: [1.4, 2.3],
    values: { Infinity: 1, '-Infinity': -1, 0: 0, '-0': -0 },
  },
  {
    name: 'sigmoid',
    f: sigmoid,
    range: [-104, 20],
    range64: [-746, 40],
    points: [...halves(-150, 30), -87.3, -103.9, -708.4, -745.1],
    ulps: [2, 1.9],
    values: { Infinity: 1, '-Infinity': 0, 0: 0.5, '-0': 0.5 },
  },
  {
    name: 'erf',
    f: erf,
    range: [-4.5, 4.5],
    range64: [-6.5, 6.5],
    points: [1, -1, 2, 3.9, 4, 5.9, 6],
    ulps: [1.6, 1.4],
    values: { Infinity: 1, '-Infinity': -1, 0: 0, '-0': -0 },
  },
  {
    name: 'erfc',
    f: erfc,
    range: [-4.5, 10.2],
    range64: [-6.5, 27.4],
    points: [0.5, 0.58, -0.58, 4, 9.19, 10.05, 26.54, 27.22],
    ulps: [1.9, 2],
    values: { Infinity: 0, '-Infinity': 2, 0: 1, '-0': 1 },
  },
  {
    name: 'normalCdf',
    f: normalCdf,
    range: [-14.4, 6],
    range64: [-38.6, 9],
    points: [0.5, 0.82, -0.82, -4, -13, -14.17, -37.52, -38.48],
    ulps: [2.4, 2.4],
    values: { Infinity: 1, '-Infinity': 0, 0: 0.5, '-0': 0.5 },
  },
  {
    name: 'sin',
    f: sin,
    range: [-1000, 1000],
    range64: [-1e5, 1e5],
    points: quarters,
    ulps: [1.7, 0.9],
    values: { Infinity: NaN, '-Infinity': NaN, 0: 0, '-0': -0 },
  },
  {
    name: 'cos',
    f: cos,
    range: [-1000, 1000],
    range64: [-1e5, 1e5],
    points: quarters,
    ulps: [1.7, 0.9],
    values: { Infinity: NaN, '-Infinity': NaN, 0: 1, '-0': 1 },
  },
  {
    name: 'asin',
    f: asin,
    range: [-1, 1],
    range64: [-1, 1],
    points: [0.5, -0.5, 0.84, 1, -1],
    ulps: [2.1, 2],
    values: { 0: 0, '-0': -0, 2: NaN, Infinity: NaN },
    domain: [-1, 1],
    part: 10,
  },
  {
    name: 'acos',
    f: acos,
    range: [-1, 1],
    range64: [-1, 1],
    points: [0.5, -0.5, 1, -1],
    ulps: [1.2, 1.2],
    values: { 1: 0, 2: NaN, '-Infinity': NaN },
    domain: [-1, 1],
    part: 10,
  },
  {
    name: 'atan',
    f: atan,
    range: [-20, 20],
    range64: [-20, 20],
    points: [0.5, 1, 2, -0.5],
    ulps: [1.8, 1.8],
    values: { 0: 0, '-0': -0 },
    part: 10,
  },
  {
    name: 'sinh',
    f: sinh,
    range: [-90, 90],
    range64: [-711, 711],
    points: [2 ** -12, 2 ** -27, 89.41, 710.47],
    ulps: [2.1, 1.9],
    values: { Infinity: Infinity, '-Infinity': -Infinity, 0: 0, '-0': -0 },
    part: 10,
  },
  {
    name: 'cosh',
    f: cosh,
    range: [-90, 90],
    range64: [-711, 711],
    points: [0.35, 89.41, 710.47],
    ulps: [1.4, 1.4],
    values: { Infinity: Infinity, '-Infinity': Infinity, 0: 1, '-0': 1 },
    part: 10,
  },
  {
    name: 'asinh',
    f: asinh,
    range: [-100, 100],
    range64: [-100, 100],
    points: [0.5, 2 ** 13, 2 ** 28],
    ulps: [1.7, 1.5],
    values: { Infinity: Infinity, '-Infinity': -Infinity, 0: 0, '-0': -0 },
    part: 10,
  },
  {
    name: 'acosh',
    f: acosh,
    range: [1, 100],
    range64: [1, 100],
    points: [1, 1.027, 2 ** 13, 2 ** 28],
    ulps: [2.3, 1.5],
    values: { Infinity: Infinity, '-Infinity': NaN, 1: 0, 0.5: NaN, '-5': NaN },
    domain: [1, Number.POSITIVE_INFINITY],
    part: 10,
  },
  {
    name: 'atanh',
    f: atanh,
    range: [-1, 1],
    range64: [-1, 1],
    points: [0.5, -0.5, 0.999, 2 ** -20],
    ulps: [1.9, 1.5],
    values: { 1: Infinity, '-1': -Infinity, 0: 0, '-0': -0, 2: NaN, Infinity: NaN },
    domain: [-1 + 2 ** -53, 1 - 2 ** -53],
    part: 10,
  },
  {
    name: 'exp2',
    f: exp2,
    range: [-150, 129],
    range64: [-1076, 1025],
    points: [0.5, 1, -126.5, -149.9, 127.9, -1022.5, 1023.9],
    ulps: [1.1, 1.1],
    values: { Infinity: Infinity, '-Infinity': 0, 0: 1, 10: 1024, '-149': 2 ** -149 },
    part: 10,
  },
  {
    name: 'log10',
    f: log10,
    range: [0.01, 100],
    range64: [0.01, 100],
    points: [1, 10, Math.SQRT1_2, Math.SQRT2, 0.1, 2 ** -126, 2 ** -1022],
    ulps: [0.7, 0.7],
    values: { Infinity: Infinity, '-Infinity': NaN, 0: -Infinity, '-0': -Infinity, '-1': NaN, 1: 0, 1000: 3 },
    domain: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    part: 10,
  },
  {
    name: 'cbrt',
    f: cbrt,
    range: [-100, 100],
    range64: [-100, 100],
    points: [1, 8, 27, Math.SQRT2, 2 ** -126, 2 ** -1022],
    ulps: [0.7, 0.7],
    values: { Infinity: Infinity, '-Infinity': -Infinity, 0: 0, '-0': -0, 27: 3, '-8': -2 },
    part: 10,
  },
  {
    name: 'lgamma',
    f: lgamma,
    range: [0, 20],
    range64: [0, 20],
    points: [0.71, 1, 1.417, 2, 2.5, 8],
    ulps: [3.6, 2.7],
    values: { Infinity: Infinity, '-Infinity': Infinity, 0: Infinity, '-0': Infinity, '-3': Infinity, 1: 0, 2: 0 },
    domain: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    part: 30,
  },
  {
    name: 'digamma',
    f: digamma,
    range: [0, 20],
    range64: [0, 20],
    points: [1, 1.4616321449683622, 2, 2.02, 8],
    ulps: [3.6, 2.7],
    values: { Infinity: Infinity, '-Infinity': NaN, 0: -Infinity, '-0': Infinity, '-3': NaN },
    domain: [Number.MIN_VALUE, Number.POSITIVE_INFINITY],
    part: 30,
  },
  {
    name: 'erfInv',
    f: erfInv,
    range: [-1, 1],
    range64: [-1, 1],
    points: [0.5, 0.6, -0.6, 0.999, -0.999],
    ulps: [1.9, 1.5],
    values: { 1: Infinity, '-1': -Infinity, 0: 0, '-0': -0, 2: NaN, Infinity: NaN },
    domain: [-1 + 2 ** -53, 1 - 2 ** -53],
    part: 30,
  },
]

interface Worst {
  readonly ulps: number
  readonly at: number
  readonly got: number
}

const worstOf = (x: ArrayLike<number>, got: ArrayLike<number>, ulps: (got: number, x: number) => number): Worst => {
  let worst: Worst = { ulps: 0, at: 0, got: 0 }
  for (let i = 0; i < x.length; i += 1) {
    const error = ulps(got[i]!, x[i]!)
    if (!(error <= worst.ulps)) worst = { ulps: error, at: x[i]!, got: got[i]! }
  }
  return worst
}

const everywhere = arithmetics.flatMap(arithmetic => cases.map(each => ({ ...each, arithmetic })))

// A fused multiply-add rounds once where strict arithmetic rounds twice: the bounds are the same.
describe.each(everywhere)('$arithmetic: $name', ({ arithmetic, name, f, range, range64, points, ulps, values, domain, part = 1 }) => {
  const [least, greatest] = domain ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
  const isIn = (x: number): boolean => x >= least && x <= greatest
  const some = (count: number): number => Math.ceil(count / part)

  test(`float32: at most ${ulps[0]} ulp`, () => {
    const x = Float32Array.from([
      ...everyExponent('f32x4', some(100), 1),
      ...between(...range, some(200_000), 2),
      ...between(-4, 4, some(100_000), 3),
      ...near('f32x4', points, some(300), 4),
      ...specials,
    ]).filter(at => domain === undefined || isIn(at))
    const worst = worstOf(x, mapper('f32x4', f, x.length, arithmetic).map(x), (got, at) => ulps32(got, inFloat64[name](at)))
    expect(worst.ulps, JSON.stringify(worst)).toBeLessThanOrEqual(ulps[0])
  })

  test(`float64: at most ${ulps[1]} ulp`, () => {
    const x = Float64Array.from([
      ...everyExponent('f64x2', 2, 5).filter((_, i) => i % part === 0),
      ...between(...range64, some(3000), 6),
      ...between(-4, 4, some(3000), 7),
      ...near('f64x2', points, 12, 8),
      ...specials,
    ]).filter(at => Number.isFinite(at) && isIn(at))
    const worst = worstOf(x, mapper('f64x2', f, x.length, arithmetic).map(x), (got, at) => ulpsFrom(got, exact[name](at)))
    expect(worst.ulps, JSON.stringify(worst)).toBeLessThanOrEqual(ulps[1])
  })

  test.each(['f32x4', 'f64x2'] as const)('%s: zeros, infinities, NaN', lanes => {
    const x = [...Object.keys(values).map(Number), Number.NaN]
    const expected = [...Object.values(values), Number.NaN]
    const got =
      lanes === 'f32x4'
        ? mapper(lanes, f, 64, arithmetic).map(Float32Array.from(x))
        : mapper(lanes, f, 64, arithmetic).map(Float64Array.from(x))
    expect([...got]).toEqual(expected)
  })

  test.each(['f32x4', 'f64x2'] as const)('%s: a result depends on its own argument alone', lanes => {
    const x = [...specials, ...between(-3, 3, 30, 9), ...everyExponent(lanes, 1, 10)]
    const alone = mapper(lanes, f, 4, arithmetic)
    const one = (at: number): number =>
      lanes === 'f32x4' ? alone.map(Float32Array.of(at, at, at, at))[0]! : alone.map(Float64Array.of(at, at))[0]!
    const got =
      lanes === 'f32x4'
        ? mapper(lanes, f, x.length, arithmetic).map(Float32Array.from(x))
        : mapper(lanes, f, x.length, arithmetic).map(Float64Array.from(x))
    expect([...got]).toEqual(x.map(one))
  })
})
