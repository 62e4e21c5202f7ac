/** Operations against ONNX's node tests: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { at, bufferOf, isFloat, isTensor, type Value } from '../../src/tensor/index.js'
import { Passed, readCases, report } from './files.js'
import { type Node, numbersOf, readerOf, Unsupported } from './onnx/node.js'
import { operators } from './onnx/operators.js'

const isNodes = (x: unknown): x is { readonly [name: string]: Node } => typeof x === 'object' && x !== null

const file = readCases('onnx-nodes.json')
const nodes = isNodes(file) ? Object.entries(file) : []
const outcomes = new Map<string, 'pass' | Passed>()

/** The cases were computed in float32, with some tens of roundings of 6e-8 each; other dtypes are exact. */
const tolerance = 1e-5
/** Inputs and results that were written down with four decimals: half a unit of the last for each. */
const rounded: ReadonlyMap<string, number> = new Map([['averagepool_2d_ceil_last_window_starts_on_pad', 1e-4]])

const expectSame = (found: Value, { shape, dtype, data }: Node['outputs'][number], expected: readonly number[], within: number): void => {
  expect(found.sizes).toEqual(shape)
  // Positions are int64 there and int32 here.
  if (dtype !== 'int64') expect(found.dtype).toBe(dtype)
  const numbers = bufferOf('test', found)
  expect(numbers.length, data).toBe(expected.length)
  expected.forEach((value, i) => {
    const other = at(numbers, i)
    const close =
      Object.is(other, value) ||
      other === value ||
      (isFloat(found.dtype) && Math.abs(other - value) <= within * Math.max(1, Math.abs(value)))
    expect(close, `at ${i}: ${other}, not ${value}`).toBe(true)
  })
}

/** The results of a node, or why it is passed over. */
const attempt = (node: Node): readonly Value[] | Passed => {
  const run = operators[node.op]
  if (run === undefined) return new Passed(`no ${node.op}`)
  try {
    const result = run(readerOf(node))
    return isTensor(result) ? [result] : result
  } catch (error) {
    if (error instanceof Unsupported) return new Passed(error.message)
    throw error
  }
}

describe('ONNX nodes', () => {
  test.each(nodes)('%s', (name, node) => {
    const results = attempt(node)
    if (results instanceof Passed) {
      outcomes.set(name, results)
      return
    }
    // Further outputs (a mean, a log-probability kept for a gradient) are optional there.
    results.forEach((found, i) => {
      const expected = node.outputs[i]
      if (expected) expectSame(found, expected, numbersOf(expected), rounded.get(name) ?? tolerance)
    })
    outcomes.set(name, 'pass')
  })

  test('every operator written has its cases', () => {
    const names = new Set(nodes.map(([, { op }]) => op))
    if (nodes.length > 0) expect(Object.keys(operators).filter(op => !names.has(op))).toEqual([])
  })

  afterAll(() => console.info(report('ONNX nodes', outcomes)))
})
