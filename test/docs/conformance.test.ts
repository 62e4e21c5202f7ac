/** The page of conformance has the tables of today, and names what is there. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { namedIn, rowsOf } from '../conformance/jax/names.js'
import { isThere, missingIn, modules, pageOf } from '../conformance/page.js'

const page = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8')

test('the page, but for what it says of cases, is the one that `npm run conformance` writes', () => {
  expect(pageOf(page)).toBe(page)
})

test('results of a run take the place of those before, and the others stay', () => {
  const other = pageOf(page, new Map([['ONNX nodes', 'All of 2 cases pass.']]))
  expect(other).not.toBe(page)
  expect(other).toContain('float32.\n\nAll of 2 cases pass.\n\n### PyTorch gradients\n')
  expect(pageOf(other)).toBe(other)
  expect(other.slice(other.indexOf('### PyTorch'))).toBe(page.slice(page.indexOf('### PyTorch')))
  expect(pageOf('').match(/The cases have not been run yet\./g)).toHaveLength(2)
})

describe.each(modules.map(module => [module.name, module] as const))('%s', (_, module) => {
  const rows = rowsOf(module)
  test('has each name once', () => {
    const names = rows.map(({ name }) => name)
    expect(names.length).toBeGreaterThan(0)
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([])
  })
  test('names functions and dtypes that are there', () => {
    expect(missingIn(module)).toEqual([])
  })
  test('calls no name absent that is there', () => {
    const absent = rows.filter(({ kind }) => kind === 'absent').map(({ name }) => name)
    const camelCase = (name: string): string => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    // The distributions of jax.random have the names of other functions elsewhere.
    const rooms = ['', 'linalg.', 'fft.', ...(module.name === 'jax.random' ? ['random.'] : [])]
    const possible = absent.flatMap(name => rooms.map(room => room + camelCase(name)))
    expect(possible.filter(isThere)).toEqual([])
  })
})

describe('what is looked up', () => {
  test('names of the entries, fields of a tensor, dtypes', () => {
    for (const name of ['add', 'linalg.svd', 'random.normal', 'x.shape', "'bool'", 'Math.PI']) expect(isThere(name), name).toBe(true)
    for (const name of ['svd', 'linalg.add', 'linalg.svd.u', 'x.rank', "'int64'", 'adds']) expect(isThere(name), name).toBe(false)
  })
  test('the name of a row that is here, and the names in quotes of the others', () => {
    expect(namedIn({ name: 'arccos', kind: 'here', text: 'acos' })).toEqual(['acos'])
    expect(namedIn({ name: 'inner', kind: 'made', text: '`einsum`, or `dot` of vectors' })).toEqual(['einsum', 'dot'])
    expect(rowsOf({ name: 'm', here: 'b a=c', made: { 'e d': 'f' }, absent: { g: 'h' } })).toEqual([
      { name: 'a', kind: 'here', text: 'c' },
      { name: 'b', kind: 'here', text: 'b' },
      { name: 'd', kind: 'made', text: 'f' },
      { name: 'e', kind: 'made', text: 'f' },
      { name: 'h', kind: 'absent', text: 'g' },
    ])
  })
})
