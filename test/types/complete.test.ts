import { readdirSync, readFileSync } from 'node:fs'
import * as pullback from 'pullback'
import { expect, test } from 'vitest'
import { mistakes } from './compilers.js'

const folder = new URL('../../types-tests/', import.meta.url)
const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.test-d.ts'))
  .map(file => readFileSync(new URL(file, folder), 'utf8').replaceAll(/^import (?:[^']|\n)*'.*'$/gm, ''))

/** fp-ts' own functions, and `shape`, which is types and has tests of its own. */
const elsewhere = ['flow', 'pipe', 'shape']
const exported = Object.entries(pullback).filter(([name]) => !elsewhere.includes(name))
const functions = exported.flatMap(([name, value]) => (typeof value === 'function' ? [name] : []))
const members = exported.flatMap(([name, value]) =>
  typeof value === 'function'
    ? []
    : Object.entries(value).flatMap(([member, inner]) => (typeof inner === 'function' ? [`${name}.${member}`] : [])),
)

/** Is this name used, not merely imported or written inside a message? */
const uses =
  (name: string) =>
  (text: string): boolean =>
    new RegExp(`(?<![\\w.'])${name.replace('.', '\\.')}(?![\\w':])`).test(text)

test('every public function has a type test', () => {
  expect(functions.length).toBeGreaterThan(100)
  expect(functions.filter(name => !tests.some(uses(name)))).toEqual([])
})

test('every public function of a namespace has a type test', () => {
  expect(members.length).toBeGreaterThan(50)
  expect(members.filter(name => !tests.some(uses(name)))).toEqual([])
})

test('every public function has a call that does not compile', () => {
  // These ask what an unknown value is: they take anything.
  const total = ['isPullbackError', 'isTensor']
  const codes = mistakes.map(({ code }) => code)
  expect(functions.filter(name => !total.includes(name) && !codes.some(uses(name)))).toEqual([])
})
