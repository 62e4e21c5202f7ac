/**
 * Calls of public functions with whatever an untyped caller may give them. What a function gives is called in its turn: a function is a further
 * stage of a curried one, and the methods of a record are functions of their own.
 */

import * as t from 'io-ts'
import * as p from 'pullback'
import { loose } from '../support/loose.js'

const deep = (levels: number): unknown => {
  let list: unknown = [1]
  for (let i = 0; i < levels; i += 1) list = [list]
  return list
}
const boom = (): never => {
  throw new TypeError('a getter of the caller')
}
export const thrower: object = new Proxy({}, { get: boom, has: boom, ownKeys: boom, getOwnPropertyDescriptor: boom, getPrototypeOf: boom })

/** What no function means to be given. */
export const hostile: { readonly [name: string]: unknown } = {
  undefined: undefined,
  null: null,
  NaN: Number.NaN,
  '-1': -1,
  '1.5': 1.5,
  "'x'": 'x',
  "''": '',
  '[]': [],
  '{}': {},
  'a function': () => 0,
  'a symbol': Symbol('s'),
  '1n': 1n,
  'a Date': new Date(0),
  'a frozen record': Object.freeze({ a: 1 }),
  'a proxy that throws': thrower,
  'a getter that throws': Object.defineProperty({}, 'size', { enumerable: true, get: boom }),
  'a tensor of bools': p.tensor([[[true]]]),
  'a long text': 'x'.repeat(100_000),
  'a deep list': deep(20_000),
}

const x = p.tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const key = p.random.key(0)
const model = p.pipe(p.layer.input('3'), p.layer.dense(2))

/** What some function means to be given, so that later arguments and stages are come to. */
export const fitting: { readonly [name: string]: unknown } = {
  'a matrix': x,
  'a vector': p.tensor([1, 2, 3]),
  'an empty matrix': p.zeros('2 0'),
  'an empty label': p.zeros('2', {}, 'int32'),
  'a named matrix': p.zeros('batch 3', { batch: 2 }),
  'of float64': p.zeros('3', {}, 'float64'),
  'an image': p.ones('1 4 4'),
  labels: p.tensor([0, 1], 'int32'),
  'a scalar': p.tensor(1),
  'a key': key,
  'a shape': '2 3',
  '0': 0,
  '2': 2,
  '0.5': 0.5,
  dtype: 'int32',
  identity: (y: unknown) => y,
  total: (y: unknown) => loose(p.sum)()(y),
  'a data set': { x, y: p.tensor([0, 1], 'int32') },
  'two tensors': [x, x],
  sizes: [2, 2],
  rows: [{ a: 1 }],
  'options of data': { size: 1, fraction: 0.5, key },
  'a model': model,
  parameters: model.init(key),
  'a batch': { input: x, target: p.zeros('2 2') },
  'an optimizer': p.optimizer.sgd(0.1),
  'a loss': p.loss.meanSquaredError,
  'an engine': p.reference,
  'a decoder': t.type({ a: t.number }),
  json: '[1]',
}

export interface Call {
  /** The function as its user writes it, and how it was called. */
  readonly name: string
  readonly text: string
  readonly error: unknown
  readonly again: () => unknown
}

const isFunction = (f: unknown): f is (...args: readonly unknown[]) => unknown => typeof f === 'function'

type Named = readonly [name: string, value: unknown]
const every: readonly Named[] = [...Object.entries(hostile), ...Object.entries(fitting)]
const bad: readonly Named[] = Object.entries(hostile)
const good: readonly Named[] = Object.entries(fitting)

interface Result {
  readonly args: readonly Named[]
  readonly value: unknown
}

/** Values that a first argument may be, so that a second one is come to. */
const firsts: readonly Named[] = ['a matrix', 'a key', 'a shape', 'identity', 'a model', '2'].map(label => [label, fitting[label]])

/** Calls a function in many ways, then what it gives; `tell` hears of each call that threw. Gives the number of calls. */
export const explore = (name: string, f: unknown, tell: (call: Call) => void, before = name, stage = 0): number => {
  if (!isFunction(f)) return 0
  let calls = 0
  const kept: Result[] = []
  const attempt = (args: readonly Named[]): void => {
    calls += 1
    const again = (): unknown => f(...args.map(([, value]) => value))
    try {
      kept.push({ args, value: again() })
    } catch (error) {
      tell({ name, text: `${before}(${args.map(([label]) => label).join(', ')})`, error, again })
    }
  }
  attempt([])
  for (const one of every) attempt([one])
  for (const first of firsts) for (const second of bad) attempt([first, second])
  for (const one of bad) attempt([one, one])
  if (f.length >= 2) for (const first of good) for (const second of good) attempt([first, second])
  // Where two arguments were taken, a third may be.
  const pairs = kept.filter(({ args }) => args.length === 2 && args.every(([label]) => label in fitting)).slice(-2)
  for (const { args } of pairs) for (const third of every) attempt([...args, third])
  if (stage === 3) return calls
  const functions = kept.filter(({ value }) => isFunction(value))
  const meant = functions.filter(({ args }) => args.every(([label]) => label in fitting))
  for (const { args, value } of [...new Set([...functions.slice(0, 1), ...meant.slice(0, 1), ...meant.slice(-1)])])
    calls += explore(name, value, tell, `${before}(${args.map(([label]) => label).join(', ')})`, stage + 1)
  return calls
}

/** Every function of a module's public face, those of its namespaces too, by the name that a user writes. */
export const functionsOf = (module: object, prefix = ''): readonly (readonly [name: string, f: unknown])[] =>
  Object.entries(module).flatMap(([name, value]): readonly (readonly [string, unknown])[] => {
    if (isFunction(value)) return [[`${prefix}${name}`, value]]
    return typeof value === 'object' && value !== null && !p.isTensor(value) ? functionsOf(value, `${prefix}${name}.`) : []
  })
