import { beforeAll, describe, expect, test } from 'vitest'
import { type Compiler, compile, mistakes, type Said, withDisarmedTests } from './compilers.js'

const names: readonly Compiler[] = ['TypeScript 7', 'TypeScript 5.9']
const said = new Map<Compiler, Said>()
const saidBy = (name: Compiler): Said => said.get(name) ?? new Map()

beforeAll(async () => {
  await withDisarmedTests(project => Promise.all(names.map(async name => said.set(name, await compile(name, project)))))
}, 120_000)

const placed = mistakes.map(mistake => ({ ...mistake, place: `${mistake.file}:${mistake.line}` }))

describe.each(names)('%s', name => {
  test('prints, as the last line for a mistake, the sentence beside it', () => {
    const actual = placed.map(({ place, code }) => [place, code, ...(saidBy(name).get(place) ?? ['compiles'])].join('\n'))
    expect(placed.length).toBeGreaterThan(100)
    expect(actual).toEqual(placed.map(({ place, code, expected }) => [place, code, expected].join('\n')))
  })

  test('accepts everything else', () => {
    const places = new Set(placed.map(({ place }) => place))
    expect([...saidBy(name)].filter(([place]) => !places.has(place))).toEqual([])
  })
})
