/** Values and gradients against PyTorch's, in float64: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { jitChangesNothing } from '../../src/laws/index.js'
import * as linalg from '../../src/linalg/index.js'
import * as operations from '../../src/ops/index.js'
import { at, bufferOf, type DType, type Value } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { flat, type Nested, NotOffered, readCases, report, tensorOf } from './files.js'
import { decompositions } from './ops/decompositions.js'
import { elementwise } from './ops/elementwise.js'
import { recurrent } from './ops/recurrent.js'
import { argumentsOf, runOf } from './ops/run.js'
import { structured } from './ops/structured.js'
import { windows } from './ops/windows.js'

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
  expect(numbers.length, what).toBe(expected.length)
  expected.forEach((value, i) => {
    expect(Math.abs(at(numbers, i) - value), `${what} at ${i}: ${at(numbers, i)}, not ${value}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(value)),
    )
  })
}

const file = readCases('torch-gradients.json')
const cases = isCases(file) ? file.cases : []
const outcomes = new Map<string, 'pass' | NotOffered>()

describe("PyTorch's gradients", () => {
  test.skipIf(file === undefined)('the file holds cases', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases.map(entry => [entry.name, entry] as const))(
    '%s',
    (name, { inputs, output, cotangent, gradients, arguments: args = {} }) => {
      const given = argumentsOf(args)
      const run = runOf(rules, name)
      if (run === undefined) {
        // An operation of that name is a promise to run its cases.
        expect(offered.has(operationOf(name).toLowerCase()), `the library has ${operationOf(name)}`).toBe(false)
        outcomes.set(name, new NotOffered(`no ${operationOf(name)}`))
        return
      }
      const x = inputs.map(({ shape, dtype, values }) => tensorOf(shape, dtype, flat(values)))
      const [y, pullback] = vjp((values: readonly Value[]) => run(values, given))(x)
      expect(given.unread(), 'arguments that nobody reads').toEqual([])
      expect(y.sizes).toEqual(output.shape)
      expect(gradients.length, 'a gradient for each input').toBe(inputs.length)
      expectClose(y, flat(output.values), 'the value')
      const pulled = pullback(tensorOf(y.sizes, y.dtype, flat(cotangent)))
      gradients.forEach((expected, i) => {
        expectClose(pulled[i] ?? y, flat(expected), `the gradient by input ${i}`)
      })
      jitChangesNothing((...values: readonly Value[]) => vjp((again: readonly Value[]) => run(again, given))(values)[1](y))(...x)
      outcomes.set(name, 'pass')
    },
  )

  afterAll(() => console.info(report('PyTorch gradients', outcomes)))
})
