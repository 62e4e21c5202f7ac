/** Every primitive there is stands in the registry, once. */
import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { holders } from '../../src/control/registry.js'
import { collectives } from '../../src/primitives/collective/registry.js'
import type { Registered } from '../../src/primitives/registry.js'
import { registry } from '../../src/primitives/registry.js'
import { cases } from '../support/cases.js'

const folder = new URL('../../src/primitives/', import.meta.url)
const filesOf = (place: string): readonly string[] =>
  readdirSync(new URL(place, folder)).filter(file => file.endsWith('.ts') && file !== 'index.ts' && file !== 'registry.ts')
const files = filesOf('.')

const isRecord = (x: unknown): x is Registered => typeof x === 'object' && x !== null && 'cases' in x && 'of' in x

const recordsOf = async (file: string): Promise<readonly Registered[]> => {
  const exports: { readonly [name: string]: unknown } = await import(new URL(file, folder).href)
  return Object.values(exports).filter(isRecord)
}

describe.each(files)('%s', file => {
  test('exports primitives, all of them in the registry', async () => {
    const records = await recordsOf(file)
    expect(records.length).toBeGreaterThan(0)
    for (const record of records) expect(registry, record.name).toContain(record)
  })
})

test('every collective there is stands in the list of them, and the laws try it over all examples', async () => {
  const records = (await Promise.all(filesOf('collective').map(file => recordsOf(`collective/${file}`)))).flat()
  expect(new Set(records)).toEqual(new Set(collectives))
  const tried = new Set(cases.map(({ operation }) => operation.name))
  for (const { name } of records) expect(tried).toContain(`${name} of all`)
})

test('no name stands twice, and every primitive has a case', () => {
  const all = [...registry, ...holders, ...collectives]
  const names = all.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const { name, cases } of all) expect(cases.length, name).toBeGreaterThan(0)
})
