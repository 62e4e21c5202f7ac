/**
 * A formula has one meaning: the interpreter, which computes one number at a time in JavaScript, and the WebAssembly engine give the same
 * bits for every elementary function. All NaNs count as one, for their bits differ between machines.
 */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { type ElementaryName, scalars } from '../../src/kernel/index.js'
import { double, elementaryFunctions, single, type WideFormulaBody } from '../../src/math/index.js'
import * as primitive from '../../src/primitives/index.js'
import { concrete, toArray, type Value } from '../../src/tensor/index.js'
import { everyExponent, near, specials, uniform } from '../engine/math/support/sample.js'
import { draws } from '../support/draws.js'
import { interpreter, type Observed, wideInterpreter } from './interpreter.js'

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>

const isElementary = (name: string): name is ElementaryName => Object.hasOwn(elementaryFunctions, name)
const names = Object.keys(elementaryFunctions).filter(isElementary)
const formats = { float32: single, float64: double }
type FormatName = keyof typeof formats
const cases = names.flatMap(name => (['float32', 'float64'] as const).map(format => ({ name, format })))

const engine = wasmEngine()

const numbersOf = (format: FormatName, x: readonly number[]): Numbers =>
  format === 'float32' ? Float32Array.from(x) : Float64Array.from(x)

/** The primitive of each elementary function has its name. */
const primitives: { readonly [N in ElementaryName]: (x: Value, y: Value) => Value } = primitive

const byEngine = (name: ElementaryName, format: FormatName, x: Numbers, y: Numbers): readonly number[] => {
  const value = (numbers: Numbers): Value => concrete([numbers.length], format, numbers)
  return withEngine(engine)(() => [...toArray(primitives[name](value(x), value(y)))].map(Number))
}

const nothing = (): Observed => ({ float64: false, branches: new Set() })

const byInterpreter = (name: ElementaryName, format: FormatName, x: Numbers, y: Numbers, observed: Observed): readonly number[] => {
  const f = elementaryFunctions[name]
  if (format === 'float64') {
    const printer = interpreter(double, observed)
    return Array.from(x, (at, i) => f.float64(printer, at, y[i] ?? at))
  }
  const printer = wideInterpreter(observed)
  const body: WideFormulaBody = f.float32
  return Array.from(x, (at, i) => body(printer, at, y[i] ?? at))
}

interface Difference {
  readonly x: number | undefined
  readonly y: number | undefined
  readonly engine: number | undefined
  readonly interpreter: number
}

/** Arguments at which the two differ. */
const differences = (name: ElementaryName, format: FormatName, x: Numbers, y: Numbers, observed = nothing()): readonly Difference[] => {
  const got = byEngine(name, format, x, y)
  return byInterpreter(name, format, x, y, observed).flatMap((expected, i) =>
    Object.is(got[i], expected) ? [] : [{ x: x[i], y: y[i], engine: got[i], interpreter: expected }],
  )
}

/** Where formulas change, of all functions: limits beyond which a result is 0, 1 or infinite, and where one polynomial gives way to another. */
const edges = [
  ...[0.58, Math.SQRT1_2, 0.82, 1, Math.SQRT2, 4, 6, 9.19, 10, 10.06, 14.22, 18, 20, 26.54, 27.23, 38, 38.5, 40, 87, 87.3, 88.7, 89, 103.9],
  ...[104, 708, 709.78, 710, 745.1, 746, 2 ** -25, 2 ** -54, 2 ** -126, 2 ** -1022, 2 ** 20, 2 ** 65, 2 ** 500, 2 ** -450],
  ...Array.from({ length: 40 }, (_, i) => (i + 0.5) * Math.LN2),
  ...Array.from({ length: 40 }, (_, i) => ((i + 1) * Math.PI) / 4),
  // The two doubles that are nearest to a multiple of π/2 (Muller, Elementary Functions, section 11.3).
  ...[6381956970095103 * 2 ** 797, 16367173 * 2 ** 72],
].flatMap(x => [x, -x, x - 1, 1 - x])

/** Zeros, infinities, NaN, subnormal numbers, every exponent, and the neighbourhoods of the edges. */
const argumentsIn = (format: FormatName): Numbers => {
  const lanes = format === 'float32' ? 'f32x4' : 'f64x2'
  return numbersOf(format, [...specials, ...edges, ...near(lanes, edges, 2, 21), ...everyExponent(lanes, format === 'float32' ? 4 : 1, 22)])
}

/** Second operands: the same numbers in another order; of every third, one near the first, so that quotients are small. */
const shuffled = (x: Numbers): Numbers => {
  const random = uniform(23)
  return x.map((at, i) =>
    i % 3 === 0 ? at * (1 + random()) : i % 3 === 1 ? (x[Math.floor(random() * x.length)] ?? at) : random() * 40 - 20,
  )
}

/** Bits as numbers. */
const numbersOfBits = (format: FormatName, bits: readonly bigint[]): Numbers => {
  const words = BigUint64Array.from(bits)
  return format === 'float32' ? new Float32Array(words.buffer) : new Float64Array(words.buffer)
}

test('the functions with formulas are those that take many instructions', () => {
  expect(names).toEqual(Object.entries(scalars).flatMap(([name, { cost }]) => (cost === 'elementary' ? [name] : [])))
})

describe.each(cases)('$name of $format', ({ name, format }) => {
  test('the engine gives the bits of the interpreter', () => {
    const x = argumentsIn(format)
    const observed = nothing()
    expect(differences(name, format, x, shuffled(x), observed)).toEqual([])
    // A branch that these arguments always take, or never, would be tried by one side only.
    expect(observed.branches.size).not.toBe(1)
    expect(observed.float64).toBe(format === 'float32' && elementaryFunctions[name].needsFloat64)
  })

  test('of any two operands that have the same special values', () => {
    const x = numbersOf(
      format,
      specials.flatMap(at => specials.map(() => at)),
    )
    const y = numbersOf(
      format,
      specials.flatMap(() => specials),
    )
    expect(differences(name, format, x, y)).toEqual([])
  })

  test('and of any bits', () => {
    const bits = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(bits, bits, (a, b) => {
        const length = Math.min(a.length, b.length)
        const [x, y] = [a, b].map(each => numbersOfBits(format, each.slice(0, length)))
        if (x && y) expect(differences(name, format, x, y)).toEqual([])
      }),
      draws(60),
    )
  })
})

/** An engine without float64 has what `Formula` has, and no more: the compiler lets it write the rows that do not need float64. */
test('float32 formulas that do not need float64 are written by a printer that has none', () => {
  const x = numbersOf('float32', [...specials, ...edges])
  const written = names.filter(name => {
    const f = elementaryFunctions[name]
    if (f.needsFloat64) return false
    const observed = nothing()
    const printer = interpreter(single, observed)
    expect('inFloat64' in printer).toBe(false)
    expect(Array.from(x, at => f.float32(printer, at, at))).toEqual(byInterpreter(name, 'float32', x, x, observed))
    return true
  })
  expect(names.filter(name => !written.includes(name))).toEqual(['cos', 'pow', 'rem', 'sin'])
})
