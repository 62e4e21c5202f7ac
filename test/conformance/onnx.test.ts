/** Operations against ONNX's node tests, on both engines: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import * as operations from '../../src/ops/index.js'
import { at, bufferOf, isFloat, type Value } from '../../src/tensor/index.js'
import { NotOffered, readCases, report } from './files.js'
import { attempt } from './onnx/attempt.js'
import { type Data, type Node, numbersOf } from './onnx/node.js'

const isNodes = (x: unknown): x is { readonly [name: string]: Node } => typeof x === 'object' && x !== null

const file = readCases('onnx-nodes.json')
const nodes = isNodes(file) ? Object.entries(file) : []
const outcomes = new Map<string, 'pass' | NotOffered>()

/** Whether all these float32 numbers are ones that somebody wrote down with so many decimals. */
const hasDecimals = (numbers: readonly number[], decimals: number): boolean =>
  numbers.every(x => Number.isFinite(x) && Math.fround(Number(x.toFixed(decimals))) === x)

/**
 * The cases were computed in float32, with some tens of roundings of 6e-8 each; other dtypes are exact. Some results were written down with
 * four decimals, half a unit of the last for each of the inputs and for the result.
 */
const toleranceOf = (expected: readonly number[]): number => (hasDecimals(expected, 4) && !hasDecimals(expected, 3) ? 1e-4 : 1e-5)

const expectSame = (found: Value, output: Data): void => {
  const expected = numbersOf(output)
  expect(found.sizes).toEqual(output.shape)
  // Positions are int64 there and int32 here.
  expect(found.dtype).toBe(output.dtype === 'int64' ? 'int32' : output.dtype)
  const numbers = bufferOf('test', found)
  expect(numbers.length, output.data).toBe(expected.length)
  const within = toleranceOf(expected)
  expected.forEach((value, i) => {
    const other = at(numbers, i)
    const close =
      Object.is(other, value) ||
      other === value ||
      (isFloat(found.dtype) && Math.abs(other - value) <= within * Math.max(1, Math.abs(value)))
    expect(close, `at ${i}: ${other}, not ${value}`).toBe(true)
  })
}

/** The names of this library's operations. */
const offered: ReadonlySet<string> = new Set(Object.keys(operations).map(name => name.toLowerCase()))

describe('ONNX nodes', () => {
  test.skipIf(file === undefined)('the file holds cases', () => {
    expect(nodes.length).toBeGreaterThan(0)
  })

  test.each(nodes)('%s', (name, node) => {
    const results = attempt(node)
    if (results instanceof NotOffered) {
      // An operation of the operator's name is a promise to run its cases.
      expect(results.message === `no ${node.op}` && offered.has(node.op.toLowerCase()), `the library has ${node.op}`).toBe(false)
      outcomes.set(name, results)
      return
    }
    const plain = withEngine(reference)(() => attempt(node))
    for (const values of [results, plain instanceof NotOffered ? [] : plain]) {
      expect(values.length).toBe(results.length)
      node.outputNames.forEach((output, i) => {
        const [found, expected] = [values[i], node.outputs.find(({ name }) => name === output)]
        if (found !== undefined && expected !== undefined) expectSame(found, expected)
      })
    }
    outcomes.set(name, 'pass')
  })

  afterAll(() => console.info(report('ONNX nodes', outcomes)))
})
