/**
 * Under `vmap` a result may be the same for all examples. What is computed from it is then computed once: the equations that follow have no
 * axis for the examples. No operation of the library has such a result where its inputs are batched, so two are made here.
 */
import { describe, expect, test } from 'vitest'
import { add, exp, filled, mul, sub, sumAxes } from '../../src/primitives/index.js'
import { check, type Equation, type Program } from '../../src/program/index.js'
import { concrete, numerals, toNested, type Value } from '../../src/tensor/index.js'
import { apply, bind, primitive, severalPrimitive, trace } from '../../src/trace/index.js'
import { vmapProgram } from '../../src/transform/index.js'
import { vector } from '../support/vectors.js'

const none = {}
type None = typeof none
const scalar = { sizes: [], dtype: 'float64', low: -1, high: 1 } as const

const example = concrete([], 'float64', 0)

/** The sum over the examples of a batch; of one example, the example. */
const { of: total } = primitive<readonly [Value], None>({
  name: 'total',
  arity: 1,
  samples: [{ params: none, inputs: [{ sizes: [2], dtype: 'float64', low: -1, high: 1 }] }],
  shape: ([x]) => x,
  vjp: () => [ct => ct],
  jvp: 'transpose',
  batch: ([x]) => ({ value: sumAxes(x, [0]), batched: false }),
  evaluate: ([x]) => x.data,
  lower: () => ({ kind: 'identity' }),
  uniform: 'no',
})

/** Twice the first and thrice the second. */
const { of: twiceAndThrice } = severalPrimitive<readonly [Value, Value], readonly [Value, Value], None>({
  name: 'twiceAndThrice',
  arity: 2,
  outputs: 2,
  samples: [{ params: none, inputs: [scalar, scalar] }],
  shape: ([x, y]) => [x, y],
  vjp:
    () =>
    ([ofX, ofY]) => [ofX && mul(ofX, filled(ofX, 2)), ofY && mul(ofY, filled(ofY, 3))],
  jvp: 'transpose',
  batch: ([x, y], [xBatched, yBatched]) => {
    const [twice = x, thrice = y] = bind(twiceAndThrice(none), [x, y])
    return [
      { value: twice, batched: xBatched },
      { value: thrice, batched: yBatched },
    ]
  },
  evaluate: ([x, y]) => [x.data.map(value => 2 * value), y.data.map(value => 3 * value)],
  lower: inputs => {
    const given = inputs.map(({ sizes, dtype }) => ({ shape: numerals(sizes), sizes, dtype }))
    const { program } = trace(([x = example, y = x]) => [mul(x, filled(x, 2)), mul(y, filled(y, 3))], given)
    return { kind: 'call', program }
  },
  uniform: 'no',
})

const rows = vector([1, 2, 3], 'float64')

/** The program of a function over the three rows, and what it gives. */
const mapped = (f: (x: Value) => readonly Value[]): { readonly program: Program; readonly results: unknown } => {
  const { program, captured } = trace(([x = example]) => f(x), [example])
  const over = (values: readonly Value[]): readonly Value[] => vmapProgram(program, values, [true, ...captured.map(() => false)], 3)
  return {
    program: check(trace(over, [rows, ...captured]).program),
    results: over([rows, ...captured]).map(y => toNested(y)),
  }
}

const sizesOf = ({ equations }: Program, name: string): readonly (readonly number[])[] =>
  equations.filter(({ operation }: Equation) => operation.name === name).map(({ outputs }) => outputs[0]?.sizes ?? [])

describe('what follows a result that all examples share is computed once', () => {
  test('a sum over the examples, of which an exponential is taken', () => {
    const { program, results } = mapped(x => [sub(x, exp(apply(total(none), x)))])
    expect(sizesOf(program, 'exp')).toEqual([[]])
    expect(results).toEqual([[1, 2, 3].map(x => x - Math.exp(6))])
  })

  test('one of two results, from an input that all share', () => {
    const scale = vector([5], 'float64')
    const { program, results } = mapped(x => {
      const [twice = x, thrice = x] = bind(twiceAndThrice(none), [x, sumAxes(scale, [0])])
      return [add(exp(twice), twice), mul(thrice, thrice)]
    })
    expect(sizesOf(program, 'exp')).toEqual([[3]])
    expect(sizesOf(program, 'mul')).toEqual([[]])
    expect(results).toEqual([[1, 2, 3].map(x => Math.exp(2 * x) + 2 * x), [225, 225, 225]])
  })
})
