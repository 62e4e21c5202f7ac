import { beforeAll, describe, expect, test } from 'vitest'
import { printedOf } from './compilers.js'
import { programs } from './programs.js'

/** What a terminal shows at once: some ten lines. The longest are those of transformations, whose types say of a function whether it is generic. */
const longest = 800

let printed: ReadonlyMap<string, readonly string[]> = new Map()
beforeAll(async () => {
  printed = await printedOf(programs.map(({ code }) => `${code.replaceAll(/^ {6}/gm, '').trim()}\n`))
}, 600_000)

/** The words that a message ends with: the last type in quotes, or the last member of a union of them. */
const lastWords = (text: string): string => /(?:["`'])([^"`]*)["`]'\.$/.exec(text.split('\n').at(-1) ?? '')?.[1] ?? `no sentence: ${text}`

const combinations = ['TypeScript 7', 'TypeScript 5.9'].flatMap(name => [`${name}, exact optional properties`, name])

describe.each(combinations)('%s', name => {
  const saidOf = (i: number): string => printed.get(name)?.[i] ?? ''

  test('ends with the sentence', () => {
    expect(programs.map(({ mistake }, i) => [mistake, lastWords(saidOf(i))])).toEqual(programs.map(({ mistake, says }) => [mistake, says]))
  })

  test(`prints at most ${longest} characters for a mistake`, () => {
    const tooLong = programs.map(({ mistake }, i) => [mistake, saidOf(i).length] as const).filter(([, length]) => length > longest)
    expect(tooLong).toEqual([])
    expect(programs.filter((_, i) => saidOf(i) === '').map(({ mistake }) => mistake)).toEqual([])
  })
})
