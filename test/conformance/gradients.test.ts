/** Values and gradients against PyTorch's, in float64: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { jitChangesNothing } from '../../src/laws/index.js'
import { at, bufferOf, type DType, type Value } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { flat, type Nested, Passed, readCases, report, tensorOf } from './files.js'
import { elementwise } from './ops/elementwise.js'
import { recurrent } from './ops/recurrent.js'
import type { Arguments, Run } from './ops/run.js'
import { structured } from './ops/structured.js'
import { windows } from './ops/windows.js'

interface Case {
  readonly name: string
  readonly inputs: readonly { readonly shape: readonly number[]; readonly dtype: DType; readonly values: Nested }[]
  readonly output: { readonly shape: readonly number[]; readonly values: Nested }
  readonly cotangent: Nested
  readonly gradients: readonly Nested[]
  readonly arguments?: Arguments
}
const isCases = (x: unknown): x is { readonly cases: readonly Case[] } => typeof x === 'object' && x !== null && 'cases' in x

const runs: { readonly [name: string]: Run } = { ...elementwise, ...structured, ...recurrent, ...windows }

/** Operations that are not written yet, by how their cases begin. */
const absent: readonly (readonly [beginning: RegExp, reason: string])[] = [
  [/^(atan|atan2|asin)\b/, 'no inverse trigonometric functions'],
  [/^einsum /, 'no einsum'],
  [/^(cumsum|cumprod) /, 'no cumulative operations'],
  [/^sort /, 'no sort'],
  [/^(cholesky|inverse|logdet|solve)$/, 'no linear algebra'],
]
const reasonFor = (name: string): string => absent.find(([beginning]) => beginning.test(name))?.[1] ?? ''

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
const outcomes = new Map<string, 'pass' | Passed>()

describe("PyTorch's gradients", () => {
  test.each(cases.map(entry => [entry.name, entry] as const))(
    '%s',
    (name, { inputs, output, cotangent, gradients, arguments: given = {} }) => {
      const run = runs[name]
      if (run === undefined) {
        expect(reasonFor(name), 'a reason for passing it over').not.toBe('')
        outcomes.set(name, new Passed(reasonFor(name)))
        return
      }
      const x = inputs.map(({ shape, dtype, values }) => tensorOf(shape, dtype, flat(values)))
      const [y, pullback] = vjp((values: readonly Value[]) => run(values, given))(x)
      expect(y.sizes).toEqual(output.shape)
      expectClose(y, flat(output.values), 'the value')
      const pulled = pullback(tensorOf(y.sizes, 'float64', flat(cotangent)))
      gradients.forEach((expected, i) => {
        expectClose(pulled[i] ?? y, flat(expected), `the gradient by input ${i}`)
      })
      jitChangesNothing((...values: readonly Value[]) => vjp((again: readonly Value[]) => run(again, given))(values)[1](y))(...x)
      outcomes.set(name, 'pass')
    },
  )

  afterAll(() => console.info(report('PyTorch gradients', outcomes)))
})
