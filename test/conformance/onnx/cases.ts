/** ONNX's node tests, each with what runs it on both engines. The tests and the page of conformance both run them. */
import assert from 'node:assert/strict'
import { withEngine } from '../../../src/engine/current.js'
import { reference } from '../../../src/engine/reference/index.js'
import * as operations from '../../../src/ops/index.js'
import { at, bufferOf, isFloat, type Value } from '../../../src/tensor/index.js'
import { NotOffered, type Outcome, readCases, type Suite } from '../files.js'
import { attempt } from './attempt.js'
import { type Data, type Node, numbersOf } from './node.js'

const isNodes = (x: unknown): x is { readonly [name: string]: Node } => typeof x === 'object' && x !== null

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
  assert.deepEqual([...found.sizes], output.shape)
  // Positions are int64 there and int32 here.
  assert.equal(found.dtype, output.dtype === 'int64' ? 'int32' : output.dtype)
  const numbers = bufferOf('test', found)
  assert.equal(numbers.length, expected.length, output.data)
  const within = toleranceOf(expected)
  expected.forEach((value, i) => {
    const other = at(numbers, i)
    const close =
      Object.is(other, value) ||
      other === value ||
      (isFloat(found.dtype) && Math.abs(other - value) <= within * Math.max(1, Math.abs(value)))
    assert.ok(close, `at ${i}: ${other}, not ${value}`)
  })
}

/** The names of this library's operations. */
const offered: ReadonlySet<string> = new Set(Object.keys(operations).map(name => name.toLowerCase()))

const run = (node: Node): Outcome => {
  const results = attempt(node)
  if (results instanceof NotOffered) {
    // An operation of the operator's name is a promise to run its cases.
    assert.ok(results.message !== `no ${node.op}` || !offered.has(node.op.toLowerCase()), `the library has ${node.op}`)
    return results
  }
  const plain = withEngine(reference)(() => attempt(node))
  for (const values of [results, plain instanceof NotOffered ? [] : plain]) {
    assert.equal(values.length, results.length)
    node.outputNames.forEach((output, i) => {
      const [found, expected] = [values[i], node.outputs.find(({ name }) => name === output)]
      if (found !== undefined && expected !== undefined) expectSame(found, expected)
    })
  }
  return 'pass'
}

const file = readCases('onnx-nodes.json')

export const onnxNodes: Suite = {
  title: 'ONNX nodes',
  isHere: file !== undefined,
  cases: isNodes(file) ? Object.entries(file).map(([name, node]) => [name, () => run(node)] as const) : [],
}
