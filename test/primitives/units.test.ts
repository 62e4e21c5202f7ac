/** Every primitive at numbers that a reader can check by hand; bit for bit. */
import { describe, expect, test } from 'vitest'
import { sameBits } from '../../src/laws/compare.js'
import { registry } from '../../src/primitives/registry.js'
import { binary } from './units/binary.js'
import { conv } from './units/conv.js'
import { logic } from './units/logic.js'
import { reduce } from './units/reduce.js'
import { shape } from './units/shape.js'
import { unary } from './units/unary.js'

const units = [...unary, ...binary, ...logic, ...shape, ...reduce, ...conv]

describe.each(registry.map(({ name }) => name))('%s', name => {
  const own = units.filter(({ of }) => of === name)

  test('has unit numbers', () => expect(own.length).toBeGreaterThan(0))

  test.each(own.map(unit => [unit.what, unit] as const))('%s', (what, { actual, expected }) => {
    sameBits(name, `what it gives and what it should (${what})`, actual(), expected)
  })
})

test('no unit is of a primitive that is not there', () => {
  const names = registry.map(({ name }) => name)
  for (const { of } of units) expect(names).toContain(of)
})
