/**
 * A user's package that exports models, steps, gradients and partial applications emits declarations that name the entries of this library
 * and nothing inside it, under the oldest compiler that is supported and under the newest.
 *
 * The library lies in `node_modules` as npm packs it, and what it depends on lies inside its folder, so that a declaration which names a file
 * of another package, as `import("fp-ts/lib/Either.js")` does, is not portable here, as it is not under package managers that hoist nothing.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as pullback from 'pullback'
import * as fft from 'pullback/fft'
import * as laws from 'pullback/laws'
import * as linalg from 'pullback/linalg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { compilers as current } from './compilers.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const require = createRequire(import.meta.url)
const fixture = join(root, 'types-tests/package')

const compilers = { ...current, 'TypeScript 5.4': join(dirname(require.resolve('typescript-5.4/package.json')), 'typescript/lib/tsc.js') }
const names = ['TypeScript 7', 'TypeScript 5.9', 'TypeScript 5.4'] as const

/** A folder with the user's package and the library, as it is installed. */
let folder = ''

const write = (path: string, value: object): void => writeFileSync(join(folder, path), JSON.stringify(value))

/** What a compiler prints, nothing where all is well. */
const run = (compiler: keyof typeof compilers, project: string, options: object, files: readonly string[]): string => {
  const compilerOptions = { target: 'es2022', lib: ['es2023'], module: 'nodenext', strict: true, types: [], ...options }
  write(`${project}.json`, { compilerOptions, files })
  return spawnSync(process.execPath, [compilers[compiler], '-p', `${project}.json`, '--pretty', 'false'], { cwd: folder, encoding: 'utf8' })
    .stdout
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'declarations-'))
  const library = join(folder, 'node_modules/pullback')
  mkdirSync(join(library, 'node_modules'), { recursive: true })
  for (const name of ['fp-ts', 'io-ts']) symlinkSync(join(root, 'node_modules', name), join(library, 'node_modules', name), 'dir')
  symlinkSync(join(root, 'node_modules/fast-check'), join(folder, 'node_modules/fast-check'), 'dir')
  execFileSync(process.execPath, [
    current['TypeScript 7'],
    ...['-p', join(root, 'tsconfig.build.json'), '--emitDeclarationOnly', '--outDir', join(library, 'dist')],
  ])
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  write('node_modules/pullback/package.json', { name: 'pullback', version: '0.0.0', type: 'module', exports })
  write('package.json', { name: 'user-model', version: '1.0.0', type: 'module' })
  cpSync(fixture, join(folder, 'package'), { recursive: true })
  cpSync(join(root, 'types-tests/assert.ts'), join(folder, 'assert.ts'))
}, 240_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(names)('%s', { timeout: 240_000 }, compiler => {
  const out = compiler.replaceAll(/\W/g, '-')
  const modules = ['model', 'laws', 'linalg', 'fft']

  test('a package that exports partial applications of every public function emits its declarations', () => {
    const options = { declaration: true, emitDeclarationOnly: true, outDir: out, rootDir: '.', skipLibCheck: true }
    expect(
      run(
        compiler,
        out,
        options,
        modules.map(name => `package/${name}.ts`),
      ),
    ).toBe('')
    for (const name of modules) {
      const declarations = readFileSync(join(folder, out, `package/${name}.d.ts`), 'utf8')
      const named = [...declarations.matchAll(/(?:from |import\()["']([^"']+)["']/g)].map(([, entry = '']) => entry)
      expect(named.filter(entry => !/^(pullback(\/\w+)?|fast-check)$/.test(entry))).toEqual([])
    }
  })

  test('who uses that package finds the types that its modules have, and all declarations are sound', () => {
    cpSync(join(fixture, 'consumer.ts'), join(folder, out, 'package/consumer.ts'))
    cpSync(join(folder, 'assert.ts'), join(folder, out, 'assert.ts'))
    expect(run(compiler, `${out}-consumer`, { noEmit: true, skipLibCheck: false }, [`${out}/package/consumer.ts`])).toBe('')
  })
})

test('the package exports every public function', () => {
  const text = readdirSync(fixture)
    .map(file => readFileSync(join(fixture, file), 'utf8'))
    .join('\n')
  const functions = Object.entries(pullback).flatMap(([name, value]) =>
    typeof value === 'function'
      ? [`p.${name}`]
      : name === 'shape'
        ? []
        : Object.entries(value).flatMap(([member, inner]) => (typeof inner === 'function' ? [`p.${name}.${member}`] : [])),
  )
  const lawNames = Object.keys(laws).map(name => `laws.${name}`)
  const linalgNames = Object.keys(linalg).map(name => `linalg.${name}`)
  const fftNames = Object.keys(fft).map(name => `fft.${name}`)
  const isUsed = (name: string): boolean => new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(text)
  expect([...functions, ...lawNames, ...linalgNames, ...fftNames].filter(name => !isUsed(name))).toEqual([])
})
