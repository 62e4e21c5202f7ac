/** Values and gradients against PyTorch's, in float64: cases that nobody here wrote. */
import { afterAll, describe, expect, test } from 'vitest'
import { type Outcome, report } from './files.js'
import { torchGradients } from './ops/cases.js'

const { title, isHere, cases } = torchGradients
const outcomes = new Map<string, Outcome>()

describe("PyTorch's gradients", () => {
  test.skipIf(!isHere)('the file holds cases', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases)('%s', (name, run) => {
    outcomes.set(name, run())
  })

  afterAll(() => console.info(report(title, outcomes)))
})
