/** Every primitive at numbers that a reader can check by hand; bit for bit. */
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { sameBits } from '../../src/laws/compare.js'
import { registry } from '../../src/primitives/registry.js'
import { engines } from '../support/engines.js'
import { binary } from './units/binary.js'
import { conv } from './units/conv.js'
import { elementary } from './units/elementary.js'
import { linalg } from './units/linalg.js'
import { logic } from './units/logic.js'
import { reduce } from './units/reduce.js'
import { shape } from './units/shape.js'
import { unary } from './units/unary.js'

const units = [...unary, ...binary, ...elementary, ...logic, ...shape, ...reduce, ...conv, ...linalg]

describe.each(registry.map(({ name }) => name))('%s', name => {
  const own = units.filter(({ of }) => of === name)

  test('has unit numbers', () => expect(own.length).toBeGreaterThan(0))

  const each = own.flatMap(unit =>
    engines.flatMap(([on, engine]) => (unit.plain && engine !== reference ? [] : [[unit.what, on, engine, unit] as const])),
  )
  test.each(each)('%s, on the %s engine', (what, _, engine, { actual, expected }) => {
    sameBits(name, `what it gives and what it should (${what})`, withEngine(engine)(actual), expected)
  })
})

test('no unit is of a primitive that is not there', () => {
  const names = registry.map(({ name }) => name)
  for (const { of } of units) expect(names).toContain(of)
})
