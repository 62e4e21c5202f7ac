/** A primitive without one of its rules does not compile: every field of the record is removed in turn and the compiler is asked. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** One line a field: the record of a primitive that doubles its input. */
const fields = [
  "name: 'double',",
  'arity: 1,',
  "samples: [{ params: {}, inputs: [{ sizes: [2], dtype: 'float64', low: 0, high: 1 }] }],",
  'shape: ([x]) => x,',
  'vjp: () => [ct => ct],',
  'jvp: (_, [tangent]) => (tangent ? [tangent] : []),',
  'batch: ([x]) => ({ value: x, batched: true }),',
  'evaluate: ([x]) => x.data,',
  "lower: () => ({ kind: 'identity' }),",
  "uniform: 'no',",
] as const

const nameOf = (line: string): string => line.slice(0, line.indexOf(':'))

const fixture = (lines: readonly string[]): string => `
import { primitive } from '${root}src/trace/index.js'
import type { Value } from '${root}src/tensor/index.js'

export const double = primitive<readonly [Value], { readonly [name: string]: never }>({
  ${lines.join('\n  ')}
})
`

test('each field of the record is required', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-'))
  try {
    writeFileSync(join(folder, 'whole.mts'), fixture(fields))
    for (const line of fields) writeFileSync(join(folder, `without-${nameOf(line)}.mts`), fixture(fields.filter(other => other !== line)))
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
        include: ['*.mts'],
      }),
    )
    const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false', '-p', folder], {
      encoding: 'utf8',
      cwd: folder,
    })
    const errors = stdout.split('\n').filter(line => /^[\w-]+\.mts\(/.test(line))
    const told = errors.map(line => [line.slice(0, line.indexOf('(')), /Property '(\w+)' is missing/.exec(line)?.[1] ?? line])
    expect(told.toSorted()).toEqual(fields.map(line => [`without-${nameOf(line)}.mts`, nameOf(line)]).toSorted())
  } finally {
    rmSync(folder, { recursive: true })
  }
})
