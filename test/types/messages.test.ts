import { beforeAll, describe, expect, test } from 'vitest'
import { type Compiler, compile, mistakes, type Said, withDisarmedTests } from './compilers.js'

const compilers: readonly Compiler[] = ['TypeScript 7', 'TypeScript 5.9']
/** Users choose whether a property that may be missing may also be `undefined`; the library says the same to all of them. */
const names = compilers.flatMap(name => [name, `${name} without exactOptionalPropertyTypes`])
const said = new Map<string, Said>()
const saidBy = (name: string): Said => said.get(name) ?? new Map()

beforeAll(async () => {
  await withDisarmedTests(project =>
    Promise.all(
      compilers.map(async name => {
        said.set(name, await compile(name, project, true))
        said.set(`${name} without exactOptionalPropertyTypes`, await compile(name, project, false))
      }),
    ),
  )
}, 600_000)

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
