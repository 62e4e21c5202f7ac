/** The elementary functions against decimal expansions to 20 places (DLMF; Abramowitz and Stegun), not against JavaScript's own. */
import { describe, expect, test } from 'vitest'
import * as p from '../../src/primitives/index.js'
import { toArray, type Value } from '../../src/tensor/index.js'
import { vector } from '../support/vectors.js'

/** Four units in the last place: one or two for the function, one for reading the decimal. */
const tolerance = 4 * Number.EPSILON

/** Decimals as text, since they have more digits than a number holds. */
const table: readonly (readonly [name: string, f: (x: Value) => Value, values: readonly (readonly [x: number, y: string])[]])[] = [
  [
    'exp',
    p.exp,
    [
      [1, '2.71828182845904523536'],
      [-1, '0.36787944117144232160'],
      [0.5, '1.64872127070012814685'],
    ],
  ],
  [
    'expm1',
    p.expm1,
    [
      [1, '1.71828182845904523536'],
      [1e-5, '1.00000500001666670833e-5'],
    ],
  ],
  [
    'log',
    p.log,
    [
      [2, '0.69314718055994530942'],
      [10, '2.30258509299404568402'],
    ],
  ],
  [
    'log1p',
    p.log1p,
    [
      [1, '0.69314718055994530942'],
      [1e-5, '9.99995000033333083353e-6'],
    ],
  ],
  [
    'log2',
    p.log2,
    [
      [3, '1.58496250072115618145'],
      [10, '3.32192809488736234787'],
    ],
  ],
  ['sqrt', p.sqrt, [[2, '1.41421356237309504880']]],
  ['rsqrt', p.rsqrt, [[2, '0.70710678118654752440']]],
  [
    'sin',
    p.sin,
    [
      [1, '0.84147098480789650665'],
      [-0.5, '-0.47942553860420300027'],
    ],
  ],
  [
    'cos',
    p.cos,
    [
      [1, '0.54030230586813971740'],
      [0.5, '0.87758256189037271612'],
    ],
  ],
  [
    'tanh',
    p.tanh,
    [
      [1, '0.76159415595576488812'],
      [-0.5, '-0.46211715726000975850'],
    ],
  ],
  [
    'sigmoid',
    p.sigmoid,
    [
      [1, '0.73105857863000487926'],
      [-1, '0.26894142136999512075'],
    ],
  ],
  [
    'erf',
    p.erf,
    [
      [0.1, '0.11246291601828489220'],
      [0.5, '0.52049987781304653768'],
      [1, '0.84270079294971486934'],
      [-1, '-0.84270079294971486934'],
      [2, '0.99532226501895273416'],
      [2.9, '0.99995890212190054116'],
      [3, '0.99997790950300141456'],
      [4, '0.99999998458274209972'],
      [5, '0.99999999999846254021'],
    ],
  ],
  [
    'erfc',
    p.erfc,
    [
      [-1, '1.84270079294971486934'],
      [0.5, '0.47950012218695346232'],
      [1, '0.15729920705028513066'],
      [2, '0.00467773498104726584'],
      [5, '1.5374597944280348502e-12'],
      [10, '2.0884875837625447570e-45'],
      [26, '5.6631924088561428465e-296'],
    ],
  ],
  [
    'normalCdf',
    p.normalCdf,
    [
      [1, '0.84134474606854294859'],
      [-1, '0.15865525393145705141'],
      [-5, '2.8665157187919391167e-7'],
      [-13, '6.1171643995498796823e-39'],
      [-37, '5.7255712225245768227e-300'],
    ],
  ],
  ['asin', p.asin, [[0.5, '0.52359877559829887308']]],
  ['acos', p.acos, [[0.5, '1.04719755119659774615']]],
  ['atan', p.atan, [[2, '1.10714871779409050302']]],
  ['sinh', p.sinh, [[1, '1.17520119364380145688']]],
  ['cosh', p.cosh, [[1, '1.54308063481524377848']]],
  ['asinh', p.asinh, [[1, '0.88137358701954302523']]],
  ['acosh', p.acosh, [[2, '1.31695789692481670863']]],
  ['atanh', p.atanh, [[0.5, '0.54930614433405484570']]],
  ['exp2', p.exp2, [[0.5, '1.41421356237309504880']]],
  ['log10', p.log10, [[2, '0.30102999566398119521']]],
  ['cbrt', p.cbrt, [[2, '1.25992104989487316477']]],
  [
    'lgamma',
    p.lgamma,
    [
      [0.5, '0.57236494292470008707'],
      [10, '12.80182748008146961121'],
      [-0.5, '1.26551212348464539649'],
    ],
  ],
  [
    'digamma',
    p.digamma,
    [
      [1, '-0.57721566490153286061'],
      [0.5, '-1.96351002602142347944'],
      [10, '2.25175258906672110765'],
    ],
  ],
  [
    'erfInv',
    p.erfInv,
    [
      [0.5, '0.47693627620446987338'],
      [0.9, '1.16308715367667425300'],
    ],
  ],
]

describe.each(table)('%s', (_, f, values) => {
  test.each(values)('of %d is %s', (x, decimal) => {
    const y = Number(decimal)
    const [found = Number.NaN] = toArray(f(vector([x])))
    expect(Math.abs(found - y)).toBeLessThanOrEqual(tolerance * Math.abs(y))
  })
})

test('erf is continuous where its formula changes, odd and increasing', () => {
  const points = Array.from({ length: 1201 }, (_, i) => (i - 600) / 100)
  const values = toArray(p.erf(vector(points)))
  values.forEach((value, i) => {
    expect(value).toBe(-(values[1200 - i] ?? Number.NaN) + 0)
    if (i > 0) expect(value).toBeGreaterThanOrEqual(values[i - 1] ?? Number.NaN)
  })
})

describe('erfc', () => {
  const points = Array.from({ length: 1401 }, (_, i) => (i - 700) / 50)
  const values = toArray(p.erfc(vector(points)))
  test('never increases, and decreases where there are numbers for it', () => {
    for (let i = 1; i < points.length; i += 1) {
      const [before = Number.NaN, here = Number.NaN] = [values[i - 1], values[i]]
      expect(here).toBeLessThanOrEqual(before)
      if (Math.abs(points[i] ?? 0) < 5) expect(here).toBeLessThan(before)
    }
  })
  test('is 1 - erf, and 2 less that of the negative', () => {
    const complements = toArray(p.erf(vector(points)))
    values.forEach((value, i) => {
      // Two roundings of numbers up to 2.
      expect(Math.abs(value + (complements[i] ?? Number.NaN) - 1)).toBeLessThanOrEqual(2 * tolerance)
      expect(Math.abs(value + (values[1400 - i] ?? Number.NaN) - 2)).toBeLessThanOrEqual(2 * tolerance)
    })
  })
  test('keeps its digits to the least numbers', () => {
    // erfc x lies between e^(-x²) / (x √π) times 1 - 1/2x² and 1, DLMF 7.8.4; the exponents are exact, with 1/64 steps of x.
    for (let x = 6; x < 26.4; x += 1 / 64) {
      const bound = Math.exp(-x * x) / (x * Math.sqrt(Math.PI))
      const [value = Number.NaN] = toArray(p.erfc(vector([x])))
      expect(value).toBeLessThan(bound)
      expect(value).toBeGreaterThan(bound * (1 - 0.5 / x ** 2))
    }
    // 1.0885125885442265332e-309, 3.43e-324 and 1.98e-324: the last is nearer to 0 than to the least number.
    const [small = 0, ...least] = toArray(p.erfc(vector([26.6, 27.22, 27.23])))
    expect(Math.abs(small - 1.088512588544227e-309)).toBeLessThanOrEqual(2 * Number.MIN_VALUE)
    expect(least).toEqual([Number.MIN_VALUE, 0])
  })
})
