/** Operations against ONNX's node tests, on both engines: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { type Outcome, report } from './files.js'
import { onnxNodes } from './onnx/cases.js'

const { title, isHere, cases } = onnxNodes
const outcomes = new Map<string, Outcome>()

describe('ONNX nodes', () => {
  test.skipIf(!isHere)('the file holds cases', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases)('%s', (name, run) => {
    outcomes.set(name, run())
  })

  afterAll(() => console.info(report(title, outcomes)))
})
