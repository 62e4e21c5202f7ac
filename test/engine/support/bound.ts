/**
 * How far an engine may be from the reference. Integers and bools: not at all. Floats: not at all either, but for what is listed here.
 */
import { allocate, at, bufferOf, concrete, type DType, isFloat, sizeOf, type Value } from '../../../src/tensor/index.js'
import type { Flat } from './run.js'

/**
 * Units in the last place, in the dtype of the result: an engine's functions are within 2.5 of them (test/engine/math), and the reference's
 * own within 2.2 of float64 (test/primitives/accuracy.test.ts); the worst of both at one argument has not been met.
 */
const units = 4
const functions: ReadonlySet<string> = new Set([
  'acos',
  'acosh',
  'asin',
  'asinh',
  'atan',
  'atan2',
  'atanh',
  'cbrt',
  'cos',
  'cosh',
  'erf',
  'erfInv',
  'erfc',
  'exp',
  'exp2',
  'expm1',
  'hypot',
  'log',
  'log10',
  'log1p',
  'log2',
  'normalCdf',
  'pow',
  'rsqrt',
  'sigmoid',
  'sin',
  'sinh',
  'tanh',
])

/**
 * Functions with zeros near which the plain loops have no more digits than beside 1: units of the greater of 1 and the value. On both sides they
 * are within 4 of them (test/engine/math, test/primitives/accuracy.test.ts).
 */
export const withZeros: ReadonlySet<string> = new Set(['lgamma', 'digamma'])

/** Float sums: the reference adds in float64, an engine in the dtype and in an order of its own. Every addition may be off by half a unit of the sum of sizes. */
const sums: ReadonlySet<string> = new Set(['sum', 'contract', 'conv', 'overlapAdd', 'prod'])

const unit: { readonly [D in DType]: number } = { float32: 2 ** -23, float64: 2 ** -52, int32: 0, uint32: 0, bool: 0 }

/** Below these numbers, entries of a dtype are as far apart as at them. */
const least: { readonly [D in DType]: number } = { float32: 2 ** -126, float64: 2 ** -1022, int32: 0, uint32: 0, bool: 0 }

const mapped = (x: Value, f: (value: number) => number): Value => {
  const buffer = allocate(x.dtype, sizeOf(x.sizes))
  buffer.set(bufferOf('bound', x).map(f))
  return concrete(x.sizes, x.dtype, buffer)
}

const absolute = (x: Value): Value => (isFloat(x.dtype) ? mapped(x, Math.abs) : x)

/** An operation, perhaps over a further leading axis. */
export interface Named {
  readonly name: string
  readonly f: Flat
}

/** The additions at each place of a sum, which are its value on ones. Of a product: its factors. */
const additions = ({ name, f }: Named, inputs: readonly Value[], result: Value): readonly number[] => {
  if (name === 'prod') return [...bufferOf('bound', result)].map(() => sizeOf(inputs[0]?.sizes ?? []) / sizeOf(result.sizes))
  const [counts = result] = f(inputs.map(x => mapped(x, () => 1)))
  return [...bufferOf('bound', counts)]
}

/** For each entry of the operation's result how far from the reference it may be. */
export const boundOf = (operation: Named, inputs: readonly Value[], result: Value): readonly number[] => {
  const values = [...bufferOf('bound', result)]
  const own = unit[result.dtype]
  if (isFloat(result.dtype) && functions.has(operation.name))
    return values.map(value => units * own * Math.max(Math.abs(value), least[result.dtype]))
  if (isFloat(result.dtype) && withZeros.has(operation.name)) return values.map(value => 8 * own * Math.max(Math.abs(value), 1))
  if (!isFloat(result.dtype) || !sums.has(operation.name)) return values.map(() => 0)
  const [sizes = result] = operation.f(inputs.map(absolute))
  const magnitudes = bufferOf('bound', sizes)
  return additions(operation, inputs, result).map((count, i) => count * own * at(magnitudes, i))
}

/** Throws where two tensors are further apart than the bound. */
export const within = (what: string, expected: Value, actual: Value, bound: readonly number[]): void => {
  const form = (x: Value): string => `${x.dtype} '${x.sizes.join(' ')}'`
  if (form(expected) !== form(actual)) throw new Error(`${what}: ${form(actual)} in the place of ${form(expected)}`)
  const [left, right] = [bufferOf('bound', expected), bufferOf('bound', actual)]
  left.forEach((value, i) => {
    const other = at(right, i)
    const distance = Math.abs(value - other)
    // Zeros of two signs, an infinity and a finite number, NaN and a number are never close.
    const isClose = distance > 0 && distance <= (bound[i] ?? 0) && Number.isFinite(distance)
    if (!Object.is(value, other) && !isClose)
      throw new Error(`${what}: entry ${i} is ${other} in the place of ${value}, further away than ${bound[i]}`)
  })
}
