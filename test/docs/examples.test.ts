/** Every example in the documentation compiles, runs and says the truth; every mistake it shows gets the sentence it promises. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { setDefaultEngine, wasmEngine } from 'pullback'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { commentsOf, examplesOf, fencesOf, moduleOf, type Snippet } from './snippets.js'

const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '')
const cache = `${root}/node_modules/.cache`
mkdirSync(cache, { recursive: true })
const folder = mkdtempSync(`${cache}/pullback-examples-`)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

// An example may make another engine the default, which those after it do not expect.
const usual = wasmEngine()
afterEach(() => setDefaultEngine(usual))

const sources = readdirSync(`${root}/src`, { recursive: true, encoding: 'utf8' })
  .filter(path => path.endsWith('.ts'))
  .map(path => `src/${path}`)
  .sort()
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  ...readdirSync(`${root}/docs`)
    .filter(path => path.endsWith('.md'))
    .map(path => `docs/${path}`)
    .sort(),
].filter(file => existsSync(`${root}/${file}`))
const read = (file: string): string => readFileSync(`${root}/${file}`, 'utf8')
const snippets: readonly Snippet[] = [
  ...sources.flatMap(file => examplesOf(file, read(file))),
  ...pages.flatMap(file => fencesOf(file, read(file))),
]

/** One file for each snippet, named after the place where it stands. */
const nameOf = ({ file, line }: Snippet): string => `${file.replaceAll(/[^\w]+/g, '-')}-line-${line}.ts`

const write = (): void => {
  for (const snippet of snippets) writeFileSync(`${folder}/${nameOf(snippet)}`, moduleOf(snippet, root))
  writeFileSync(`${folder}/package.json`, JSON.stringify({ type: 'module' }))
  writeFileSync(
    `${folder}/tsconfig.json`,
    JSON.stringify({
      extends: `${root}/tsconfig.json`,
      // A snippet may name a thing only to show its type.
      compilerOptions: { noUnusedLocals: false },
      files: snippets.map(nameOf),
      include: [],
    }),
  )
}

/** What the compiler says of each file, one run for all of them. */
const compile = (): ReadonlyMap<string, string> => {
  const said = new Map<string, string>()
  const output = ((): string => {
    try {
      return execFileSync(process.execPath, [`${root}/node_modules/typescript/bin/tsc`, '-p', folder, '--pretty', 'false'], {
        encoding: 'utf8',
      })
    } catch (error) {
      if (error instanceof Error && 'stdout' in error && error.stdout !== '') return String(error.stdout)
      throw error
    }
  })()
  let file = 'elsewhere'
  for (const line of output.split('\n')) {
    file = /([\w-]+\.ts)\(\d+,\d+\): error/.exec(line)?.[1] ?? file
    if (line !== '') said.set(file, `${said.get(file) ?? ''}${line}\n`)
  }
  return said
}

write()
const said = compile()

test('there are examples in every room', () => {
  const rooms = new Set(snippets.map(({ file }) => file.split('/')[1]))
  for (const room of ['codec', 'data', 'layer', 'loss', 'ops', 'optimizer', 'random', 'shape', 'tensor', 'train', 'transform'])
    expect(rooms).toContain(room)
})

describe.each(snippets.map(snippet => [`${snippet.file}:${snippet.line}`, snippet] as const))('%s', (_, snippet) => {
  if (snippet.mistaken)
    test('is explained by the compiler in the words of its comment', () => {
      const sentences = [...(said.get(nameOf(snippet)) ?? '').matchAll(/is not assignable to (?:parameter of )?type '"(.*)"'/g)].map(
        match => match[1],
      )
      expect(sentences.length).toBeGreaterThan(0)
      const comments = commentsOf(snippet.code)
      for (const sentence of sentences) expect(comments.some(comment => comment.includes(sentence ?? '\n'))).toBe(true)
    })
  else
    test('compiles and runs', async () => {
      expect(said.get(nameOf(snippet)) ?? '').toBe('')
      await import(/* @vite-ignore */ pathToFileURL(`${folder}/${nameOf(snippet)}`).href)
    })
})

describe('finding snippets', () => {
  test('an example ends at the next tag or at the end of the comment, and knows its line', () => {
    const text = ['/**', ' * Doc.', ' *', ' * @example', ' * f(1)', ' *', ' * g(2)', ' * @category x', ' */', '/** @example */'].join('\n')
    expect(examplesOf('a.ts', text)).toEqual([{ file: 'a.ts', line: 5, code: 'f(1)\n\ng(2)', mistaken: false }])
  })
  test('fences of TypeScript, and those that show a mistake', () => {
    const text = ['```sh', 'npm i', '```', '```ts', 'f(1)', '```', 'text', '```ts error', 'g() // no', '```'].join('\n')
    expect(fencesOf('b.md', text)).toEqual([
      { file: 'b.md', line: 5, code: 'f(1)', mistaken: false },
      { file: 'b.md', line: 9, code: 'g() // no', mistaken: true },
    ])
  })
  test('comments, joined where they run over lines', () => {
    expect(commentsOf('f() // one\n// two\ng()\n  // three')).toEqual(['one two', 'three'])
  })
  test('a module keeps the line numbers of its file and finds what stands beside it', () => {
    const code = "import { f } from './f.js'\nassert.ok(f)"
    expect(moduleOf({ file: 'src/a/b.ts', line: 3, code, mistaken: false }, '/r')).toBe(
      "import assert from 'node:assert/strict'\n\nimport { f } from '/r/src/a/f.js'\nassert.ok(f)\nexport {}\n",
    )
  })
})
