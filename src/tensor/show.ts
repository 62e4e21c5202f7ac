/**
 * Values in messages. A message is made when something is wrong already, so what it prints may be anything: of any size, with itself inside,
 * or an object that throws when it is looked at. Printing never throws, runs nobody's code but a proxy's, and stays short.
 *
 * @example
 * import { show } from './show.js'
 *
 * const loop: { self?: unknown } = {}
 * loop.self = loop
 * assert.equal(show(loop), '{"self":{"self":{"self":{…}}}}')
 * assert.equal(show('x'.repeat(1000)).length, 60)
 */

/** The key that marks a tensor, also one that another copy of this library has made. */
export const tensorMark: unique symbol = Symbol.for('pullback.tensor')

/** Whether a value is a tensor of this or another copy of the library. */
export const isMarked = (x: unknown): boolean => {
  try {
    return typeof x === 'object' && x !== null && tensorMark in x
  } catch {
    return false
  }
}

/** Characters of a value, */
const most = 60
/** entries of a list or a record, */
const mostEntries = 8
/** and how deep lists and records are followed. */
const depth = 3

/** A text cut to at most `length` characters. */
export const shorten = (text: string, length: number = most): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`)

/** A long text without its middle, because its beginning and its end say most. How much is left out is said in its place. */
export const shortenMiddle = (text: string, length: number): string => {
  if (text.length <= length) return text
  // The note itself has at most 40 characters.
  const kept = length - 40
  const tail = Math.floor(kept / 3)
  return `${text.slice(0, kept - tail)}… (${text.length - kept} characters) …${text.slice(text.length - tail)}`
}

const article = (name: string): string => `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${shorten(name)}`

/** The name of an object's class, as far as it can be read without calling an accessor. */
const className = (x: object): string | undefined => {
  if (isMarked(x)) return 'tensor'
  const prototype: unknown = Object.getPrototypeOf(x)
  if (typeof prototype !== 'object' || prototype === null) return undefined
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  const name: unknown = typeof maker === 'function' ? Object.getOwnPropertyDescriptor(maker, 'name')?.value : undefined
  return typeof name === 'string' && name !== '' && name !== 'Object' ? name : undefined
}

/** What a value is, in a word or two: 'null', 'a number', 'an array', 'a Map', 'an object'. */
export const kindOf = (x: unknown): string => {
  if (x === null || x === undefined) return String(x)
  if (typeof x !== 'object') return article(typeof x)
  try {
    return Array.isArray(x) ? 'an array' : article(className(x) ?? 'object')
  } catch {
    return 'an object'
  }
}

/** A property's value. A getter is not called. */
const showProperty = (x: object, key: string | number, level: number): string => {
  const property = Object.getOwnPropertyDescriptor(x, key)
  return property !== undefined && 'value' in property ? showAt(property.value, level + 1) : '…'
}

const showList = (x: readonly unknown[], level: number): string => {
  const entries = Array.from({ length: Math.min(x.length, mostEntries) }, (_, i) => showProperty(x, i, level))
  return `[${[...entries, ...(x.length > mostEntries ? ['…'] : [])].join(',')}]`
}

const showRecord = (x: object, level: number): string => {
  const keys = Object.keys(x)
  const entries = keys.slice(0, mostEntries).map(key => `${JSON.stringify(shorten(key))}:${showProperty(x, key, level)}`)
  return `{${[...entries, ...(keys.length > mostEntries ? ['…'] : [])].join(',')}}`
}

const showObject = (x: object, level: number): string => {
  if (Array.isArray(x)) return level === depth ? '[…]' : showList(x, level)
  const name = className(x)
  const message: unknown = name?.endsWith('Error') ? Object.getOwnPropertyDescriptor(x, 'message')?.value : undefined
  if (typeof message === 'string') return `${name}: ${message}`
  if (ArrayBuffer.isView(x) || name !== undefined) return kindOf(x)
  return level === depth ? '{…}' : showRecord(x, level)
}

const showAt = (x: unknown, level: number): string => {
  switch (typeof x) {
    case 'string':
      return JSON.stringify(shorten(x))
    case 'bigint':
      // A bigint may have a million digits, which take seconds to find.
      return x > -(2n ** 128n) && x < 2n ** 128n ? `${x}n` : 'a bigint'
    case 'number':
      return Object.is(x, -0) ? '-0' : String(x)
    case 'object':
      if (x === null) return 'null'
      try {
        return showObject(x, level)
      } catch {
        return 'an object'
      }
    case 'function':
      return 'a function'
    default:
      return String(x)
  }
}

/** A value as a message prints it: much like JSON, cut short. */
export const show = (x: unknown): string => shorten(showAt(x, 0))
