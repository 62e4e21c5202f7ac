/**
 * Every function that a user can import, with values that nobody means to give it, in each of its stages. Functions are found in the modules, so
 * that a new one is tried too. What comes out is a value, or an error of this library that names what was called, and whose stack begins in
 * the caller's file.
 */
import * as p from 'pullback'
import * as testing from 'pullback/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, explore, functionsOf } from './explore.js'

/** Namespaces and functions that may answer otherwise, and why. */
const exceptions: readonly (readonly [RegExp, reason: string])[] = [
  [/^flow$/, 'fp-ts’ own function'],
  [/^setDefaultEngine$/, 'is of all that follows; test/errors/hostile.test.ts gives it what is no engine'],
  [/^reference\./, 'an engine is called by the library, with programs'],
  [/^assertAllClose$/, 'throws an AssertionError, for test runners'],
]

/** What a message may name in place of the function that was called, and why. */
const others: readonly (readonly [RegExp, names: RegExp, reason: string])[] = [
  [/./, /^shape '/, 'a malformed dimension string is quoted, in the words of the compiler'],
  [/^data\.(parseJson|rowsOf|someRows)/, /^\[1\]: /, 'the origin of the data, which the caller has named'],
  [/^tree\.flatten$/, /^(x+|2 3|int32|\[1\])(: |… \()/, 'its first argument is the name for errors'],
  [/^layer\.make$/, /^apply: /, 'the apply of a layer, given as a function of one’s own'],
  [/^oneExample\./, /^axis\.\w+: /, 'an axis, whatever name the caller has given it'],
  [/^train\./, /^dense\(2\): /, 'the stage of the model that lacks its parameters'],
]

/** What the caller's own functions throw is passed on: these are the callbacks among the arguments. */
const isOfCallback = ({ text }: Call, message: string): boolean =>
  (text.includes('a loss') && message.startsWith('meanSquaredError: ')) || (text.includes('total') && message.startsWith('sum: '))

const names = (called: string, message: string): boolean =>
  [called, called.slice(called.lastIndexOf('.') + 1)].some(name => message.startsWith(name) && /^[:.(]/.test(message.slice(name.length)))

const faultOf = (call: Call): string | undefined => {
  const { name, error } = call
  if (!p.isPullbackError(error)) return `a raw error: ${String(error)}`
  const { message } = error
  if (error._tag === 'InternalError') return `a defect: ${message}`
  const isNamed = names(name, message) || isOfCallback(call, message) || others.some(([of, form]) => of.test(name) && form.test(message))
  return isNamed ? undefined : `names another: ${message.slice(0, 200)}`
}

const functions = [...functionsOf(p), ...functionsOf(testing)].filter(([name]) => !exceptions.some(([form]) => form.test(name)))

test('the functions are found, and so are all exceptions', () => {
  expect(functions.length).toBeGreaterThan(200)
  const all = [...functionsOf(p), ...functionsOf(testing)].map(([name]) => name)
  for (const [form] of exceptions) expect(all.some(name => form.test(name))).toBe(true)
})

/** The first line of a stack that is a frame. */
const firstFrame = (error: Error): string =>
  error.stack?.slice(error.stack.indexOf(error.message) + error.message.length + 1).split('\n')[0] ?? ''

describe('with values that nobody means to give', () => {
  // Frames are looked at once for each function: to write them takes longer than all the rest.
  const limit = Error.stackTraceLimit
  beforeAll(() => {
    Error.stackTraceLimit = 0
  })
  afterAll(() => {
    Error.stackTraceLimit = limit
  })
  test.each(functions)('%s', (name, f) => {
    const faults = new Map<string, string>()
    let failing: Call | undefined
    const calls = explore(name, f, call => {
      const fault = faultOf(call)
      if (fault !== undefined) faults.set(fault.slice(0, 60), `${call.text} → ${fault}`)
      else failing = call
    })
    expect([...faults.values()]).toEqual([])
    expect(calls).toBeGreaterThan(100)
    if (failing === undefined) return
    Error.stackTraceLimit = limit
    try {
      failing.again()
    } catch (error) {
      if (p.isPullbackError(error)) expect(firstFrame(error)).toMatch(/test[\\/]errors[\\/]explore\.ts/)
    } finally {
      Error.stackTraceLimit = 0
    }
  })
})
