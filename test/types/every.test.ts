import { readdirSync, readFileSync } from 'node:fs'
import * as pullback from 'pullback'
import * as fft from 'pullback/fft'
import * as linalg from 'pullback/linalg'
import { expect, test } from 'vitest'

/** The rows of the table: `known('name', …)` or `unknown('name', …)`, each from the beginning of a line to the next. */
const rows = readFileSync(new URL('../../types-tests/every.test-d.ts', import.meta.url), 'utf8')
  .replaceAll(/^\/\/.*$/gm, '')
  .split(/^(?=(?:known|unknown)\()/m)
  .slice(1)
  .map(row => {
    const [, kind = '', name = '', code = ''] = /^(\w+)\(\s*'([\w.]+)',(.*)$/s.exec(row) ?? []
    return { kind, name, code }
  })

/** Public functions without a row, each with the reason: no tensor goes in, or no type comes out that a shape could be in. */
const withoutShapes: { readonly [name: string]: string } = {
  'data.decodeRows': 'takes rows of JSON',
  'data.describeRejected': 'takes what decodeRows found',
  'data.parseJson': 'takes a text',
  'data.parseJsonOrThrow': 'takes a text',
  'data.rowsOf': 'takes rows of JSON',
  'data.rowsOfOrThrow': 'takes rows of JSON',
  'data.someRows': 'takes rows of JSON',
  'data.someRowsOrThrow': 'takes rows of JSON',
  deviceBufferOf: 'gives what an engine keeps',
  isPullbackError: 'takes anything',
  isTensor: 'takes anything',
  onDevice: 'takes sizes as an engine sees them, without types',
  'random.key': 'takes a number',
  'reference.apply': 'takes tensors as an engine sees them, without types',
  'reference.prepare': 'takes a program',
  setDefaultEngine: 'takes an engine',
  'tree.sameStructure': 'takes structures',
  'tree.unflatten': 'takes a structure and tensors of any shape, gives unknown',
  wasmEngine: 'takes options',
}

/** The functions of `shape` are the rules themselves, which have tests of their own. */
const functions = Object.entries(pullback).flatMap(([name, value]) =>
  typeof value === 'function'
    ? [name]
    : name === 'shape'
      ? []
      : Object.entries(value).flatMap(([member, inner]) => (typeof inner === 'function' ? [`${name}.${member}`] : [])),
)
const named = (kind: string): readonly string[] => [...new Set(rows.filter(row => row.kind === kind).map(({ name }) => name))].sort()

test('every public function that takes tensors has rows for shapes that are known and for one that is not', () => {
  const expected = functions.filter(name => !Object.hasOwn(withoutShapes, name)).sort()
  expect(expected.length).toBeGreaterThan(150)
  expect(named('known')).toEqual(expected)
  expect(named('unknown')).toEqual(expected)
})

test('the functions without a row are public', () => {
  expect(Object.keys(withoutShapes).filter(name => !functions.includes(name))).toEqual([])
})

test.each(Object.entries({ linalg, fft }))(
  'every function of the entry pullback/%s is tried on shapes that are known and on one that is not',
  (entry, functions) => {
    const folder = new URL(`../../types-tests/${entry}/`, import.meta.url)
    const tried = readdirSync(folder)
      .map(file => readFileSync(new URL(file, folder), 'utf8'))
      .join('')
    const isTried = (name: string): boolean =>
      [`^known\\('${name}', .*\\b${name}\\(`, `^unknown\\('${name}', .*\\b${name}\\(`, `@ts-expect-error .*\\n${name}\\(`].every(form =>
        new RegExp(form, 'm').test(tried),
      )
    expect(Object.keys(functions).filter(name => !isTried(name))).toEqual([])
  },
)

test('a row calls the function that it names', () => {
  const calls = ({ name, code }: { readonly name: string; readonly code: string }): boolean =>
    new RegExp(`(?<![\\w.'])${name.replace('.', '\\.')}(?![\\w':])`).test(code)
  expect(rows.filter(row => !calls(row)).map(({ name }) => name)).toEqual([])
})
