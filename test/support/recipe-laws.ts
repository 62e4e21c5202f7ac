/** What must hold of every recipe: on each engine and number of threads, at once and compiled, and of its derivatives and batches. */
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { scalars } from '../../src/kernel/index.js'
import { innerProduct, sameBits, sameForm, violated } from '../../src/laws/compare.js'
import { genericCotangent } from '../../src/laws/cotangent.js'
import { vmapIsMapAndStack } from '../../src/laws/index.js'
import { type Engine, type Equation, type Program, print, walk } from '../../src/program/index.js'
import { at, bufferOf, concrete, isFloat, relabel, sizeOf, type Value } from '../../src/tensor/index.js'
import { bind, trace } from '../../src/trace/index.js'
import { jit, jvp, vjp } from '../../src/transform/index.js'
import { withZeros } from '../engine/support/bound.js'
import type { Flat } from './derived.js'
import { inputsOf, planned, type Recipe, rows, transformed } from './recipe.js'

const entries = (x: Value): readonly number[] => [...bufferOf('recipe', x)]

/** One equation, its operands given. */
const alone = (engine: Engine, { operation }: Equation, inputs: readonly Value[]): readonly Value[] =>
  withEngine(engine)(() => bind(operation, inputs))

const unit = { float32: 2 ** -24, float64: 2 ** -53, int32: 0, uint32: 0, bool: 0 } as const
const leastNormal = { float32: 2 ** -126, float64: 2 ** -1022, int32: 0, uint32: 0, bool: 0 } as const

/**
 * How many units in the last place the two engines may differ in an elementary function: the WebAssembly engine is within 2.5 of the true
 * value, and JavaScript's own functions within about one.
 */
const elementaryUnits = 4

/**
 * How far the engines may differ where an operation gives a number. Sums and products of n terms are rounded at most n times in another order,
 * each time by half a unit in the last place of what the terms' sizes add up to; exact functions and moves do not differ.
 */
const boundOf = ({ operation }: Equation, inputs: readonly Value[]): ((value: number, dtype: Value['dtype']) => number) => {
  const lowered = operation.lower(inputs)
  const most = inputs
    .filter(({ dtype }) => isFloat(dtype))
    .map(x => entries(x).reduce((reach, value) => Math.max(reach, Math.abs(value)), 0))
  const terms = inputs.reduce((count, x) => Math.max(count, sizeOf(x.sizes)), 1)
  const exact = () => 0
  const relative = (units: number) => (value: number, dtype: Value['dtype']) =>
    2 * units * unit[dtype] * Math.max(Math.abs(value), leastNormal[dtype])
  switch (lowered.kind) {
    case 'map':
      if (scalars[lowered.name].exact) return exact
      // Beside their zeros these are looked at in units of 1.
      return withZeros.has(lowered.name)
        ? (value, dtype) => 2 * 2 * elementaryUnits * unit[dtype] * Math.max(Math.abs(value), 1)
        : relative(elementaryUnits)
    case 'reduce':
      if (lowered.by === 'prod') return relative(terms)
      return lowered.by === 'sum' ? (_, dtype) => 2 * terms * terms * unit[dtype] * (most[0] ?? 0) : exact
    case 'contract':
      return (_, dtype) => 2 * terms * terms * unit[dtype] * (most[0] ?? 0) * (most[1] ?? 0)
    case 'call':
      return (value, dtype) =>
        8 * terms * terms * unit[dtype] * most.reduce((product, reach) => product * Math.max(1, reach), Math.max(1, Math.abs(value)))
    default:
      return exact
  }
}

/** Runs a program an equation at a time on an engine, and compares what each gives with the reference, which is given the same operands. */
const staysNearReference = (engine: Engine, program: Program, inputs: readonly Value[]): readonly Value[] => {
  const seen: Value[] = []
  walk<Value>(
    program,
    inputs,
    value => value,
    (equation, operands) => {
      const [found, expected] = [alone(engine, equation, operands), alone(reference, equation, operands)]
      const bound = boundOf(equation, operands)
      sameForm('reference', equation.operation.name, expected, found).forEach(([x, y]) => {
        const right = entries(y)
        entries(x).forEach((value, i) => {
          const other = at(right, i)
          const near = Object.is(value, other) || Math.abs(value - other) <= bound(value, x.dtype)
          // Terms beyond the greatest number add up to infinity in one order and not in the other.
          const overflows = !Number.isFinite(bound(value, x.dtype))
          if (!(near || overflows))
            violated('reference', `${equation.operation.name} gives ${value} by its loops and ${other} on the engine`)
        })
      })
      seen.push(...found)
      return found
    },
  )
  return seen
}

/** Products of numbers larger than this are rounded so much that a comparison would say little. */
const tame = 1e3

/** The cotangent of a pushed tangent and the tangent of a pulled cotangent have one inner product, in float64 and where numbers are tame. */
const isAdjoint = (f: Flat, inputs: readonly Value[], engine: Engine): void => {
  const g = (x: readonly Value[]): readonly Value[] => f(...x)
  const tangent = genericCotangent(inputs)
  const pushed = trace(x => jvp(g)(x, tangent)[1], inputs)
  const pulled = trace(x => {
    const [y, pullback] = vjp(g)(x)
    return pullback(genericCotangent(y))
  }, inputs)
  const all = [pushed, pulled].flatMap(({ program, captured }) => staysNearReference(engine, program, [...inputs, ...captured]))
  const floats = all.filter(({ dtype }) => isFloat(dtype))
  const reach = floats
    .flatMap(entries)
    .reduce((most, value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : Math.max(most, Math.abs(value))), 1)
  if (reach > tame) return
  const [y, pullback] = vjp(g)(inputs)
  const cotangent = genericCotangent(y)
  const left = innerProduct('adjoint', 'the cotangent and the pushed tangent', cotangent, jvp(g)(inputs, tangent)[1])
  const right = innerProduct('adjoint', 'the pulled cotangent and the tangent', pullback(cotangent), tangent)
  // Hundreds of roundings of terms that are at most reach²; single precision has its own unit.
  const precision = [...floats, ...y].some(({ dtype }) => dtype === 'float32') ? 1e-5 : 1e-13
  const terms = floats.reduce((count, x) => count + sizeOf(x.sizes), 1)
  if (Math.abs(left.value - right.value) > precision * terms * reach ** 2)
    violated('adjoint', `<ct, J t> is ${left.value} and <Jᵀ ct, t> is ${right.value}`)
}

export interface Engines {
  readonly one: Engine
  readonly two: Engine
}

/** The names of the steps that took part; throws, with the program, where something does not hold. */
export const holds = (recipe: Recipe, { one, two }: Engines): readonly string[] => {
  const inputs = inputsOf(recipe)
  const { f, names } = withEngine(reference)(() => planned(recipe, inputs))
  const whole = transformed(f, recipe)
  let printed = ''
  try {
    const { program, captured } = withEngine(one)(() => trace(x => whole(...x), inputs))
    printed = print(program)
    const eager = withEngine(one)(() => whole(...inputs))
    const compiled = jit(whole, { engine: one })
    sameBits('jit', 'the function and its first jitted call', eager, compiled(...inputs))
    sameBits('jit', 'the function and its second jitted call', eager, compiled(...inputs))
    sameBits('jit', 'the function and jit of its jit', eager, jit(jit(whole, { engine: one }), { engine: one })(...inputs))
    sameBits('threads', 'one thread and two, compiled', eager, jit(whole, { engine: two })(...inputs))
    sameBits(
      'threads',
      'one thread and two, operation by operation',
      eager,
      withEngine(two)(() => whole(...inputs)),
    )
    const values = staysNearReference(one, program, [...inputs, ...captured])
    const plain = withEngine(reference)(() => whole(...inputs))
    sameBits('jit', 'the function and its jit on the reference', plain, jit(whole, { engine: reference })(...inputs))
    // Large batches are there to be divided among threads; the laws below would take long on them.
    if (values.some(x => sizeOf(x.sizes) > 1000)) return names
    withEngine(one)(() => {
      isAdjoint(whole, inputs, one)
      const batch = inputs.map(x => relabel(`2 ${x.shape}`, rows(x, 2)))
      vmapIsMapAndStack('2')(whole)(...batch)
      vmapIsMapAndStack('0')(whole)(...inputs.map(x => relabel(`0 ${x.shape}`, concrete([0, ...x.sizes], x.dtype, 0))))
    })
    return names
  } catch (error) {
    const message = error instanceof Error ? `${error.message}` : String(error)
    throw new Error(`${message}\nThe recipe, for test/laws/fuzz.test.ts:\n${JSON.stringify(recipe)}\nThe program:\n${printed}`, {
      cause: error,
    })
  }
}
