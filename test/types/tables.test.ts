/**
 * What is forgotten does not compile: a row is taken out of each table that must be complete, and the compiler names what is missing, in the table
 * or where it is used.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from '@tsd/typescript'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)

/** Files as they are, read once for all programs. */
const parsed = new Map<string, ts.SourceFile | undefined>()

/** The complaints about one file of a program in which another, or the same, has other text. */
const complaints = (about: string, changed: string, change: (text: string) => string): readonly string[] => {
  const path = `${root}src/${changed}`
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after, `${changed} has no such row`).not.toBe(before)
  const host = ts.createCompilerHost(options)
  const { readFile, getSourceFile } = host
  host.readFile = file => (file === path ? after : readFile(file))
  host.getSourceFile = (file, ...rest) => {
    if (file === path) return ts.createSourceFile(file, after, rest[0])
    if (!parsed.has(file)) parsed.set(file, getSourceFile(file, ...rest))
    return parsed.get(file)
  }
  const program = ts.createProgram([`${root}src/${about}`], options, host)
  const source = program.getSourceFile(`${root}src/${about}`)
  return program.getSemanticDiagnostics(source).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const without =
  (row: RegExp) =>
  (text: string): string =>
    text.replace(row, '')

test.each([
  ['the formula of an elementary function', 'math/functions.ts', /^ {2}tanh,\n/m, /'tanh' is missing/],
  ['a rule of a scalar function', 'engine/wasm/scalar-rules.ts', /^ {2}sqrt: .*\n/m, /'sqrt' is missing/],
  ['an operator of routines', 'engine/wasm/routine.ts', /^ {2}rotateLeft: .*\n/m, /'rotateLeft' is missing/],
  ["a dtype's instructions", 'engine/wasm/instructions.ts', /^ {2}uint32: \{.*\n/m, /'uint32' is missing/],
  ['how a monoid combines', 'engine/wasm/instructions.ts', /, minimum: 'min'/, /'minimum' is missing/],
  ['the facts of a dtype', 'tensor/dtype.ts', /^ {2}bool: \{.*\n/m, /'bool' is missing/],
])('%s', (_, file, row, message) => {
  expect(complaints(file, file, without(row)).join('\n')).toMatch(message)
})

test('a float32 formula that computes in float64 does not compile unless it says so', () => {
  const silent = (text: string): string => text.replace('import { wideElementary }', 'import { elementary as wideElementary }')
  expect(complaints('math/sin.ts', 'math/sin.ts', silent).join('\n')).toMatch(/'inFloat64' is missing/)
})

test.each([
  ['a scalar function that a primitive uses', 'primitives/tanh.ts', 'kernel/scalars.ts', /^ {2}tanh: .*\n/m, /'"tanh"' is not assignable/],
  ['a scalar function that has a formula', 'math/functions.ts', 'kernel/scalars.ts', /^ {2}tanh: .*\n/m, /'tanh' does not exist/],
  [
    'a scalar function that an engine has a rule for',
    'engine/wasm/scalar-rules.ts',
    'kernel/scalars.ts',
    /^ {2}sqrt: .*\n/m,
    /'sqrt' does not exist/,
  ],
  ['a monoid that a primitive reduces by', 'primitives/min.ts', 'kernel/monoids.ts', /^ {2}min: .*\n/m, /'"min"' is not assignable/],
  [
    'a primitive that its public face uses',
    'ops/sort.ts',
    'primitives/index.ts',
    /^export \* from '.\/argsort.js'\n/m,
    /'argsortAxis' does not exist/,
  ],
])('%s', (_, about, changed, row, message) => {
  expect(complaints(about, changed, without(row)).join('\n')).toMatch(message)
})
