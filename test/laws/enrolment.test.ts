/** Every primitive there is stands in the registry, once. */
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { holders } from '../../src/control/registry.js'
import type { Registered } from '../../src/primitives/registry.js'
import { registry } from '../../src/primitives/registry.js'

const folder = new URL('../../src/primitives/', import.meta.url)
const files = readdirSync(folder).filter(file => file.endsWith('.ts') && file !== 'index.ts' && file !== 'registry.ts')

const isRecord = (x: unknown): x is Registered => typeof x === 'object' && x !== null && 'cases' in x && 'of' in x

describe.each(files)('%s', file => {
  test('exports primitives, all of them in the registry', async () => {
    const exports: { readonly [name: string]: unknown } = await import(new URL(file, folder).href)
    const records = Object.values(exports).filter(isRecord)
    expect(records.length).toBeGreaterThan(0)
    for (const record of records) expect(registry, record.name).toContain(record)
  })
})

test('no name stands twice, and every primitive has a case', () => {
  const all = [...registry, ...holders]
  const names = all.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, cases } of all) expect(cases.length, name).toBeGreaterThan(0)
})
