/** PyTorch's cases, each with what runs it: values and gradients in float64. The tests and the page of conformance both run them. */
import assert from 'node:assert/strict'
import { jitChangesNothing } from '../../../src/laws/index.js'
import * as linalg from '../../../src/linalg/index.js'
import * as operations from '../../../src/ops/index.js'
import { at, bufferOf, type DType, type Value } from '../../../src/tensor/index.js'
import { vjp } from '../../../src/transform/index.js'
import { flat, type Nested, NotOffered, type Outcome, readCases, type Suite, tensorOf } from '../files.js'
import { decompositions } from './decompositions.js'
import { elementwise } from './elementwise.js'
import { recurrent } from './recurrent.js'
import { argumentsOf, runOf } from './run.js'
import { structured } from './structured.js'
import { windows } from './windows.js'

interface Case {
  readonly name: string
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: DType; readonly values: Nested }[]
  readonly output: { readonly shape: readonly number[]; readonly values: Nested }
  readonly cotangent: Nested
  readonly gradients: readonly Nested[]
  readonly arguments?: { readonly [name: string]: Nested }
}
const isCases = (x: unknown): x is { readonly cases: readonly Case[] } => typeof x === 'object' && x !== null && 'cases' in x

const rules = [...elementwise, ...structured, ...recurrent, ...windows, ...decompositions]

/** What a name begins with: the operation. */
const operationOf = (name: string): string => /^[A-Za-z0-9]*/.exec(name)?.[0] ?? name
/** The names of this library's operations. */
const offered: ReadonlySet<string> = new Set(Object.keys({ ...operations, ...linalg }).map(name => name.toLowerCase()))

/** Two libraries round the same formulas in other orders: some tens of roundings of 1e-16 of terms up to about 100, no more. */
const tolerance = 1e-12

const expectClose = (found: Value, expected: readonly number[], what: string): void => {
  const numbers = bufferOf('test', found)
  assert.equal(numbers.length, expected.length, what)
  expected.forEach((value, i) => {
    assert.ok(
      Math.abs(at(numbers, i) - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${what} at ${i}: ${at(numbers, i)}, not ${value}`,
    )
  })
}

const run = ({ name, inputs, output, cotangent, gradients, arguments: args = {} }: Case): Outcome => {
  const given = argumentsOf(args)
  const f = runOf(rules, name)
  if (f === undefined) {
    // An operation of that name is a promise to run its cases.
    assert.ok(!offered.has(operationOf(name).toLowerCase()), `the library has ${operationOf(name)}`)
    return new NotOffered(`no ${operationOf(name)}`)
  }
  const x = inputs.map(({ shape, dtype, values }) => tensorOf(shape, dtype, flat(values)))
  const [y, pullback] = vjp((values: readonly Value[]) => f(values, given))(x)
  assert.deepEqual(given.unread(), [], 'arguments that nobody reads')
  assert.deepEqual([...y.sizes], output.shape)
  assert.equal(gradients.length, inputs.length, 'a gradient for each input')
  expectClose(y, flat(output.values), 'the value')
  const pulled = pullback(tensorOf(y.sizes, y.dtype, flat(cotangent)))
  gradients.forEach((expected, i) => {
    expectClose(pulled[i] ?? y, flat(expected), `the gradient by input ${i}`)
  })
  jitChangesNothing((...values: readonly Value[]) => vjp((again: readonly Value[]) => f(again, given))(values)[1](y))(...x)
  return 'pass'
}

const file = readCases('torch-gradients.json')

export const torchGradients: Suite = {
  title: 'PyTorch gradients',
  isHere: file !== undefined,
  cases: isCases(file) ? file.cases.map(entry => [entry.name, () => run(entry)] as const) : [],
}
