import { isLeft } from 'fp-ts/lib/Either.js'
import * as pullback from 'pullback'
import * as fft from 'pullback/fft'
import * as linalg from 'pullback/linalg'
import { expect, test } from 'vitest'
import { mistakes } from './compilers.js'

const { random, zeros } = pullback

/** The tensors of types-tests/given.ts that have a value. */
const given = {
  x: zeros('2 3'),
  vector: zeros('3'),
  scalar: zeros(''),
  images: zeros('batch 784', { batch: 2 }),
  doubles: zeros('3', {}, 'float64'),
  ints: zeros('3', {}, 'int32'),
  words: zeros('3', {}, 'uint32'),
  flags: zeros('3', {}, 'bool'),
  key: random.key(0),
}
/** What a mistake may name: in the tests of an entry of its own the functions of that entry, too. */
const scopeOf = (file: string): { readonly [name: string]: unknown } => ({
  ...pullback,
  ...given,
  ...(/(^|\/)linalg\//.test(file) ? linalg : /(^|\/)fft\//.test(file) ? fft : {}),
})

/** The names a piece of code refers to: not what is in quotes, after a dot or before a colon. */
const names = (code: string): readonly string[] => code.replaceAll(/'[^']*'/g, "''").match(/(?<![\w.])[A-Za-z_]\w*(?!\w*\s*:)/g) ?? []

/** What is thrown, or given as a `Left`, when the code runs. */
const messageOf = (code: string, scope: { readonly [name: string]: unknown }): string => {
  try {
    const result = new Function(...Object.keys(scope), `return ${code}`)(...Object.values(scope))
    return isLeft(result) && result.left instanceof Error ? result.left.message : 'runs'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/**
 * The mistakes that can be run as they stand and whose sentence is the library's own: it reads `what: …`, or says how a pattern does not fit. A
 * function without an annotation is a mistake for the compiler alone.
 */
const runnable = mistakes.flatMap(({ code, expected, file }) => {
  const [, message] = /^.* type '"(.*)"'\.$/.exec(expected) ?? []
  if (!message?.includes(': ') || expected.includes('" | "') || message.includes('annotate the argument')) return []
  const scope = scopeOf(file)
  return names(code).every(name => name in scope || name === 'true') ? [{ code, message, scope }] : []
})

test('what the compiler says of a mistake is what is thrown when it runs', () => {
  expect(runnable.length).toBeGreaterThan(100)
  expect(runnable.map(({ code, scope }) => `${code}\n${messageOf(code, scope)}`)).toEqual(
    runnable.map(({ code, message }) => `${code}\n${message}`),
  )
})
