/**
 * The compiler's normal form of an expression is that of run time: both compilers read a file of random expressions with the texts that the
 * functions give.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { addSizes, divideSize, multiplySizes } from '../../src/shape/arithmetic.js'
import { normal } from '../../src/shape/expression.js'
import { expressions } from '../shape/expressions.js'
import { compilers } from './compilers.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'expressions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const drawn = (seed: number): readonly string[] =>
  [...new Set(fc.sample(expressions(), { numRuns: 80, seed }))].filter(axis => axis.length < 120)
const [left, right] = [drawn(1), drawn(2)]
/** Types with the texts that they should be. */
const rows: readonly (readonly [type: string, text: string | undefined])[] = [
  ...left.map(axis => [`Normal<'${axis}'>`, normal(axis)] as const),
  ...left.flatMap((axis, i) => {
    const [x, y] = [normal(axis), normal(right[i] ?? 'n')]
    return [
      [`AddSizes<'${x}', '${y}'>`, addSizes(x, y)],
      [`MultiplySizes<'${x}', '${y}'>`, multiplySizes(x, y)],
      [`DivideSize<'${x}', ${(i % 6) + 1}>`, divideSize(x, BigInt((i % 6) + 1))],
    ] as const
  }),
]

const program = [
  `import type { AddSizes, DivideSize, MultiplySizes } from '${root}src/shape/arithmetic.js'`,
  `import type { Normal } from '${root}src/shape/expression.js'`,
  `import type { Assert, Equal } from '${root}types-tests/assert.js'`,
  'export type Cases = [',
  ...rows.map(([type, text]) => `  Assert<Equal<${type}, ${text === undefined ? 'never' : `'${text}'`}>>,`),
  ']',
]

describe.each(Object.entries(compilers))('%s', (_, compiler) => {
  test('gives every expression the text that it has at run time', { timeout: 120_000 }, () => {
    expect(rows.length).toBeGreaterThan(200)
    writeFileSync(join(folder, 'cases.ts'), program.join('\n'))
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions: { noEmit: true, types: [] }, include: ['cases.ts'] }),
    )
    const wrong = (() => {
      try {
        return execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
      } catch (error) {
        return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error)
      }
    })()
    const places = [...wrong.matchAll(/cases\.ts\((\d+),/g)].map(([, line]) => program[Number(line) - 1])
    expect(places.concat(places.length === 0 ? wrong.trim() : [])).toEqual([''])
  })
})
