/** Values in messages: printed without running their code, in few characters, whatever they are. */
import { runInNewContext } from 'node:vm'
import { type Either, isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { add, data, fromArray, full, layer, type PullbackError, pipe, random, tensor, tree, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { kindOf, show, typed } from '../../src/tensor/index.js'
import { shortenMiddle } from '../../src/tensor/show.js'
import { problem } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const cycle: { self?: unknown } = {}
cycle.self = cycle
const trap = (): never => {
  throw new Error('looked at')
}
const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

/** Each throws somewhere in JSON.stringify, String or a template, or is long there. */
const hostile: readonly (readonly [name: string, value: unknown, shown: string])[] = [
  ['a bigint', 12n, '12n'],
  ['a bigint of a million digits', 10n ** 1_000_000n, 'a bigint'],
  ['a symbol', Symbol('s'), 'Symbol(s)'],
  ['a cycle', cycle, '{"self":{"self":{"self":{…}}}}'],
  ['a getter that throws', Object.defineProperty({}, 'x', { get: trap, enumerable: true }), '{"x":…}'],
  ['a toJSON that throws', { toJSON: trap }, '{"toJSON":a function}'],
  ['a toString that throws', { toString: trap }, '{"toString":a function}'],
  ['a value without a prototype', Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ['one whose prototype has none', Object.create(Object.create(null)), '{}'],
  ['a proxy that throws', new Proxy({}, { get: trap, ownKeys: trap, getPrototypeOf: trap, has: trap }), 'an object'],
  ['a revoked proxy', revoked(), 'an object'],
  ['a function', () => 1, 'a function'],
  ['-0', -0, '-0'],
  ['a long text', 'x'.repeat(1_000_000), `"${'x'.repeat(58)}…`],
  ['a long list', Array(1_000_000).fill(0), '[0,0,0,0,0,0,0,0,…]'],
  ['a list with a hole', Array(1), '[…]'],
  [
    'a long record',
    Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])),
    '{"k0":0,"k1":1,"k2":2,"k3":3,"k4":4,"k5":5,"k6":6,"k7":7,…}',
  ],
  ['a Map', new Map(), 'a Map'],
  ['an Error', new RangeError('too far'), 'RangeError: too far'],
  ['a typed array', new Float32Array(1e6), 'a Float32Array'],
  ['a tensor', zeros('3'), 'a tensor'],
  ['a date of another realm', runInNewContext('new Date(0)'), 'a Date'],
]

test.each(hostile)('%s', (_, value, shown) => {
  expect(show(value)).toBe(shown)
  expect(show(value).length).toBeLessThanOrEqual(60)
  expect(kindOf(value)).toMatch(/^an? /)
})

describe('functions that print what they are given', () => {
  const printing: readonly (readonly [name: string, f: (value: unknown) => unknown])[] = [
    ['tensor', value => loose(tensor)([value], 'int32')],
    ['tensor of bools', value => loose(tensor)([value], 'bool')],
    ['tensor of a dtype', value => loose(tensor)([1], value)],
    ['zeros', value => loose(zeros)(value)],
    ['zeros of a size', value => loose(zeros)('n', { n: value })],
    ['full', value => loose(full)(value)('3')],
    ['random.key', value => loose(random.key)(value)],
    ['tree.leaves', value => tree.leaves({ a: Object(value), b: loose(() => value)() })],
  ]

  test.each(printing)('%s: a tagged error of a few lines', (_, f) => {
    // Those that are numbers or trees are what some of these functions take.
    for (const [name, value] of hostile.filter(([, value]) => typeof value !== 'number' && kindOf(value) !== 'a tensor')) {
      const error = (() => {
        try {
          f(value)
          return undefined
        } catch (thrown) {
          return errorOf(() => {
            throw thrown
          })
        }
      })()
      expect(error?.message.length ?? 0, name).toBeLessThan(400)
    }
  })

  test('fromArray gives a Left', () => {
    for (const [name, value] of hostile)
      if (typeof value !== 'number')
        expect(problem(typed<Either<PullbackError, unknown>>(loose(fromArray('n'))([value])))[1].length, name).toBeLessThan(400)
  })
})

describe('rows that cannot be decoded', () => {
  const row = t.type({ height: t.number })
  test('whatever a row holds, decodeRows tells it in a few characters', () => {
    for (const [name, value] of hostile.filter(([, value]) => typeof value !== 'number')) {
      const { rows, rejected } = data.decodeRows(row)([{ height: value }, value, { height: 1 }])
      expect(rows, name).toEqual([{ height: 1 }])
      expect(
        rejected.map(({ row }) => row),
        name,
      ).toEqual([0, 1])
      expect(data.describeRejected(rejected).length, name).toBeLessThan(400)
    }
  })
  test('a getter of the row that throws, and a list that does', () => {
    const rows = [Object.defineProperty({}, 'height', { get: trap })]
    expect(data.decodeRows(row)(rows).rejected).toEqual([{ row: 0, problems: ['the row cannot be read (Error: looked at)'] }])
    const unreadable = new Proxy([{ height: 1 }], { get: (list, key) => (key === '0' ? trap() : Reflect.get(list, key)) })
    expect(data.decodeRows(row)(unreadable).rejected).toEqual([{ row: 0, problems: ['the row cannot be read (Error: looked at)'] }])
  })
  test('a decoder that throws', () => {
    const throwing = new t.Type<number, number, unknown>('throwing', t.number.is, trap, t.identity)
    expect(data.decodeRows(throwing)([1]).rejected).toEqual([{ row: 0, problems: ['the row cannot be read (Error: looked at)'] }])
  })
  test('of many problems the first twenty', () => {
    const { rejected } = data.decodeRows(t.array(t.number))([Array.from({ length: 1000 }, (_, i) => `${i}`)])
    expect(rejected[0]?.problems.length).toBe(21)
    expect(rejected[0]?.problems[20]).toBe('and 980 more problems')
    const many = data.decodeRows(row)(Array.from({ length: 1000 }, (_, i) => ({ height: `${i}` })))
    expect(data.describeRejected(many.rejected).split('\n').slice(-1)).toEqual(['  and 980 more kinds of problems'])
    expect(data.describeRejected(many.rejected).split('\n').length).toBe(22)
  })
  test('what is no list of rows is a tagged error', () => {
    for (const rows of [null, undefined, 5, {}])
      expect(errorOf(() => loose(data.decodeRows)(row)(rows))).toMatchObject({ _tag: 'DataError' })
  })
})

test('text that is no text is JSON or is not, and nothing is thrown', () => {
  for (const [name, value] of hostile) {
    const either = typed<Either<PullbackError, unknown>>(loose(data.parseJson)('a file')(value))
    if (isLeft(either)) expect(either.left.message.length, name).toBeLessThan(300)
  }
})

describe('a message of any length', () => {
  test('is cut in the middle, and says how much is left out', () => {
    const text = `${'a'.repeat(500)}${'b'.repeat(500)}`
    const cut = shortenMiddle(text, 100)
    expect(cut).toBe(`${'a'.repeat(40)}… (940 characters) …${'b'.repeat(20)}`)
    expect(shortenMiddle('x'.repeat(100), 100)).toBe('x'.repeat(100))
    expect(shortenMiddle('x'.repeat(10 ** 7), 100).length).toBeLessThanOrEqual(100)
  })
  // Sixty axes, each with a name of a hundred letters.
  const names = Array.from({ length: 60 }, (_, i) => `${'n'.repeat(100)}${i}`)
  const wide = loose(zeros)(names.join(' '), Object.fromEntries(names.map(name => [name, 1])))
  const deep = Array.from({ length: 400 }).reduce<unknown>(m => loose(layer.dense)(8)(m), layer.input('8'))
  test.each([
    [
      'an operation on wide shapes',
      () => loose(add)(zeros('3 3'))(wide),
      /^add: 'n+0 .*… \(\d+ characters\) ….*' and '3 3': neither broadcasts to the other$/,
    ],
    [
      'a layer that takes another shape',
      () => loose(layer.sequential)(layer.input(names.join(' ')))(deep),
      /^sequential: '8' does not go into/,
    ],
    ['a very deep model before another', () => loose(layer.sequential)(pipe(layer.input('3'), layer.relu))(deep), /takes '3'$/],
    [
      'parameters of another model',
      () => loose(layer.sequential)(loose(deep))(layer.input('8')).apply([])(zeros('8')),
      /has 0 parts, the layer has 400$/,
    ],
  ])('%s', (_, f, form) => {
    const { message } = errorOf(f)
    expect(message).toMatch(form)
    expect(message.length).toBeLessThanOrEqual(600)
  })
})
