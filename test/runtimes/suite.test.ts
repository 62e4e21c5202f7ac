/** The part of `npm run test:runtimes` that needs no other runtime: the tests can be bundled, run outside of vitest, and what is wrong is found. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const run = (...given: readonly string[]): { readonly status: number | null; readonly lines: readonly string[] } => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/test-runtimes.mjs', ...given, 'own'], {
    cwd: root,
    encoding: 'utf8',
  })
  return { status, lines: `${stdout}${stderr}`.split('\n') }
}

const withoutSeconds = (line: string): string => line.replace(/; \d+ s$/, '')

test('the samples of every primitive have the same bits from plain modules, on one thread and on two', () => {
  const { status, lines } = run('--only=engine/samples')
  const results = lines.filter(line => line.startsWith('own')).map(withoutSeconds)
  expect(results.map(line => line.replace(/[1-9]\d+ (passed|hashes)/g, 'many $1'))).toEqual(
    [1, 2].map(threads => `own ${process.versions.node}, threads ${threads}: many passed, 0 failed, 0 skipped; many hashes equal`),
  )
  expect(status).toBe(0)
})

test('each test that fails is named, and each hash that differs, and the end is no success', () => {
  const { status, lines } = run('--file=test/runtimes/broken.ts')
  const where = `  own ${process.versions.node}, test/runtimes/broken.ts`
  const failed = ['an equality', 'an inline snapshot', 'a golden file', 'promise 1', 'promise 2', 'a global']
  for (const name of failed)
    expect(lines.filter(line => line.startsWith(`${where}: test/runtimes/broken.ts > broken > ${name}: `))).toHaveLength(2)
  expect(lines.filter(line => /broken > a hash, hash 1: [0-9a-f]{16}, not [0-9a-f]{16}$/.test(line))).toHaveLength(1)
  expect(lines.filter(line => line.startsWith('own')).map(withoutSeconds)).toEqual([
    `own ${process.versions.node}, threads 1: 2 passed, 6 failed, 0 skipped; 1 hash equal`,
    `own ${process.versions.node}, threads 2: 2 passed, 6 failed, 0 skipped; 1 of 1 hash differs`,
  ])
  expect(status).toBe(1)
})

test('a runtime that there is not is refused', () => {
  const { status, lines } = run('abacus')
  expect(lines.join('\n')).toContain('no runtime abacus: there are node20, ')
  expect(status).toBe(1)
})

test('what is left to Node is there', () => {
  const { lines } = run('--only=pipe')
  const left = lines.filter(line => line.startsWith('left to Node')).map(line => /npm test: ([^,]+), which /.exec(line)?.[1] ?? line)
  expect(left.length).toBeGreaterThan(0)
  for (const path of left) expect(existsSync(fileURLToPath(new URL(`../../${path}`, import.meta.url))), path).toBe(true)
})
