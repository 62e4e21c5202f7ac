/** The rules of shapes, called without types: a sentence under the name that the caller wrote, in time that grows with what was given. */
import { associativeScan, isPullbackError, optimizer, scan, shape, sum, wasmEngine } from 'pullback'
import { describe, expect, test } from 'vitest'
import { loose } from '../support/loose.js'

const said = (f: () => unknown): string => {
  try {
    return `gives ${String(f())}`
  } catch (error) {
    return isPullbackError(error) ? error.message : `raw: ${String(error)}`
  }
}

describe('what an untyped caller may give a rule', () => {
  const windows = { stride: 1, padding: 'valid', dilation: 1 }
  test.each([
    ["shape.matMul: 2 is no dimension string: write '2'", () => loose(shape.matMul)(2, '2 3')],
    ["shape.rank: null is no dimension string: write one such as 'batch 784'", () => loose(shape.rank)(null)],
    ["shape 'batch,2': write one space between axes", () => shape.transpose('batch,2')],
    ['shape.concat: "2 3" is no list', () => loose(shape.concat)(0, '2 3')],
    ["shape.concat: 3 is no dimension string: write '3'", () => loose(shape.concat)(0, [3])],
    ['shape.stack: "n" is no number', () => loose(shape.stack)('n', ['2'])],
    ['shape.join: 2 is no text', () => loose(shape.join)([2])],
    ['shape.product: "1.5" is no size: give digits', () => shape.product(['1.5'])],
    ['shape.product: "batch" is no size: give digits', () => shape.product(['batch'])],
    ['shape.reduce: undefined is no text', () => loose(shape.reduce)(undefined, '2 3', 0, false)],
    ['shape.conv: 3 is no record of stride, padding and dilation', () => loose(shape.conv)('1 4', '1 1 2', 3, 1)],
    ['shape.windowAxis: undefined is no list', () => loose(shape.windowAxis)(4, [2], { padding: 0, dilation: 1 }, 0)],
    [
      'shape.windowAxis: a padding has two ends, before and after',
      () => loose(shape.windowAxis)(4, [2], { ...windows, padding: [[1]] }, 0),
    ],
    ['shape.substShape: undefined is no record of axes by their names', () => loose(shape.substShape)('n', {})],
    ['shape.rank: 5000 characters: a rule takes 4096 at most', () => shape.rank('x'.repeat(5000))],
    ['shape.namesOf: 5000 axes: a rule takes 4096 at most', () => shape.namesOf(new Array<string>(5000).fill('n'))],
  ])('%s', (sentence, f) => {
    expect(said(f)).toBe(sentence)
  })
  test('what a rule itself has a sentence for, it says as a value', () => {
    expect(loose(shape.axisIndex)('sum', '2 3', {})).toEqual({
      message: 'sum: an axis is given by its position or its name, not by an object',
    })
    expect(shape.broadcastTo('2', '1.5')).toEqual(shape.shape('1.5'))
  })
  test('windows that are whole are placed as before', () => {
    expect(shape.windowAxis(4, [2], { stride: [2], padding: [[1, 0]], dilation: 1 }, 0)).toEqual({
      stride: 2,
      dilation: 1,
      low: 1,
      high: 0,
    })
  })
})

test('every function of the rules has a face', async () => {
  const rules = await import('../../src/shape/index.js')
  expect(Object.keys(shape).sort()).toEqual(Object.keys(rules).sort())
})

test('a sum of very many names is put together in one pass', () => {
  const count = 50_000
  const list = Array.from({ length: count }, () => 'batch 3')
  expect(shape.concat(0, list)).toEqual({ shape: `batch*${count} 3` })
  expect(shape.concat(0, [...list, '2 3', '3 3', '0 3'])).toEqual({ shape: `batch*${count}+5 3` })
  const names = Array.from({ length: count }, (_, i) => `n${10 * count + i}`)
  expect(shape.concat(0, names.toReversed().concat('4'))).toEqual({ shape: `${names.join('+')}+4` })
})

test.each([
  ['sum: keepDims is "no": give true or false', () => loose(sum)(0, { keepDims: 'no' })],
  ['sum: keepDims is null: give true or false', () => loose(sum)(0, { keepDims: null })],
  ['trace: nesterov is 1: give true or false', () => loose(optimizer.trace)(0.9, { nesterov: 1 })],
  ['wasmEngine: relaxed is "yes": give true or false', () => loose(wasmEngine)({ relaxed: 'yes' })],
  ['scan: reverse is "no": give true or false', () => loose(scan)('3', { reverse: 'no' })],
  ['associativeScan: reverse is 0: give true or false', () => loose(associativeScan)('3', { reverse: 0 })],
])('an option that is true or false is one of them: %s', (sentence, f) => {
  expect(said(f)).toBe(sentence)
})
