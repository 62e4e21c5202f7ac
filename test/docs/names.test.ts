/** Pages speak of files, functions and commands that exist. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { declares, filesIn, linksIn, scriptsIn } from './names.js'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
/** Files of the repository: what was installed or built is none. */
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    if (['.git', 'node_modules', 'dist'].includes(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : [path]
  })
const files = filesOf('')
const pages = files.filter(path => path.endsWith('.md') && !path.startsWith('bench/'))
const { scripts }: { readonly scripts: { readonly [name: string]: string } } = JSON.parse(read('package.json'))
/** What the build makes is there only after it. */
const isBuilt = (path: string): boolean => path.startsWith('dist/')

test('the pages are found', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/life-of-a-tensor.md']) expect(pages).toContain(page)
})

describe.each(pages)('%s', page => {
  test('links to what is there', () => {
    for (const { line, path, name } of linksIn(read(page))) {
      const target = normalize(join(dirname(page), path))
      expect(existsSync(join(root, target)), `${page}:${line}: ${path}`).toBe(true)
      if (name !== undefined) expect(declares(read(target), name), `${page}:${line}: ${path} declares ${name}`).toBe(true)
    }
  })
  test('names files that are there', () => {
    for (const { line, path } of filesIn(read(page)).filter(({ path }) => !isBuilt(path)))
      expect(
        files.some(file => file === path || file.endsWith(`/${path}`)),
        `${page}:${line}: ${path}`,
      ).toBe(true)
  })
  test('tells to run scripts that package.json has', () => {
    for (const name of scriptsIn(read(page)).filter(name => name !== 'bench')) expect(Object.keys(scripts), page).toContain(name)
  })
})

test('the page of a batch names a function at every step', () => {
  const named = linksIn(read('docs/life-of-a-tensor.md')).filter(({ name }) => name !== undefined)
  expect(named.length).toBeGreaterThan(40)
})

describe('finding names', () => {
  test('in links: the file, and the name that is its text', () => {
    expect(
      linksIn('see [`train.fold`](../src/a.ts), [`b.ts`](b.ts),\n[words](c.md#there), [`run(base)`](d.ts) and [far](https://e.f)'),
    ).toEqual([
      { line: 1, path: '../src/a.ts', name: 'fold' },
      { line: 1, path: 'b.ts', name: undefined },
      { line: 2, path: 'c.md', name: undefined },
      { line: 2, path: 'd.ts', name: 'run' },
    ])
  })
  test('in backquotes, but not inside fences', () => {
    expect(filesIn('`a/b.ts`\n```ts\n`c.ts`\n```\n`x.shape` and `d.test.ts`').map(({ line, path }) => [line, path])).toEqual([
      [1, 'a/b.ts'],
      [5, 'd.test.ts'],
    ])
  })
  test('scripts', () => {
    expect(scriptsIn('`npm run test:unit`, then `npm run types -- --x`')).toEqual(['test:unit', 'types'])
  })
  test('declarations: what is only used, or only begins so, is none', () => {
    const source =
      'export const fold = 1\nclass A {\n  readonly #held = 2\n  write(x: number): void {\n  }\n}\nuse(other)\n  other(x => {\n  return\n  })\nconst folded = 3\n'
    expect(['fold', 'held', 'write', 'A', 'other', 'use', 'fol'].map(name => declares(source, name))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
      false,
    ])
  })
})
