/**
 * Shape and sizes agree: whatever public operations are composed, with names of one size and of two, every tensor that comes out has the
 * sizes that its dimension string says, or an error is thrown.
 */
import fc from 'fast-check'
import * as pullback from 'pullback'
import { isPullbackError, isTensor, ones, type Tensor, tree, zeros } from 'pullback'
import { expect, test } from 'vitest'
import { draws } from '../support/draws.js'
import { loose } from '../support/loose.js'
import { calls, type Draw, functions } from '../support/public-calls.js'

type Value = Tensor<string, pullback.DType>

/** Can these names have sizes so that every axis is as long as its parts? Written as the definition reads: all sizes are tried. */
const agrees = ({ shape, sizes }: Pick<Value, 'shape' | 'sizes'>): boolean => {
  const axes = shape === '' ? [] : shape.split(' ')
  const names = [...new Set(axes.flatMap(axis => axis.split('+')).filter(part => !/^\d+$/.test(part)))]
  const holds = (known: ReadonlyMap<string, number>): boolean =>
    axes.every((axis, i) => axis.split('+').reduce((sum, part) => sum + (known.get(part) ?? Number(part)), 0) === sizes[i])
  const some = (open: readonly string[], known: ReadonlyMap<string, number>): boolean => {
    const [name, ...rest] = open
    return name === undefined
      ? holds(known)
      : Array.from({ length: Math.max(0, ...sizes) + 1 }, (_, size) => size).some(size => some(rest, new Map([...known, [name, size]])))
  }
  return axes.length === sizes.length && some(names, new Map())
}

test('the definition tells what agrees from what does not', () => {
  const x = (shape: string, ...sizes: readonly number[]): Pick<Value, 'shape' | 'sizes'> => ({ shape, sizes })
  const agreeing = [x(''), x('2 n n', 2, 3, 3), x('a b a+b+1', 1, 2, 4), x('n+n', 4), x('a+b', 3)]
  const others = [x('', 1), x('2', 3), x('n n', 2, 3), x('a b a+b+1', 1, 2, 5), x('n+n', 3), x('n+4', 3), x('n')]
  expect([agreeing.map(agrees), others.map(agrees)]).toEqual([agreeing.map(() => true), others.map(() => false)])
})

/** Functions that make no tensor of a shape of their own: they read, print or run others, or give what a function given to them gives. */
const rooms = [
  'flow',
  'pipe',
  'shape.',
  'program.',
  'debug.',
  'reference.',
  'tree.',
  'train.',
  'toArray',
  'toNested',
  'toNumber',
  'isTensor',
]
const others =
  'isPullbackError equals deviceBufferOf evalShape onDevice toHost codec.encode data.decodeRows data.describeRejected data.parseJson data.parseJsonOrThrow data.rowsOf data.rowsOfOrThrow data.size data.someRows data.someRowsOrThrow layer.input layer.sequential optimizer.chain optimizer.stateless setDefaultEngine wasmEngine withEngine'.split(
    ' ',
  )

test('every public function that makes tensors is called', () => {
  const known = (name: string): boolean => name in calls || others.includes(name) || rooms.some(room => name.startsWith(room))
  expect([...functions.keys()].filter(name => !known(name))).toEqual([])
  expect(Object.keys(calls).filter(name => !functions.has(name))).toEqual([])
})

const shapes = ['', 'n', 'm', '3', 'n m', 'n n', '2 n', 'n 3', 'n+2', 'm n+m', 'n m n', '1', '1 n', '2 3', '1 1 2', 'n 1 3']
/** Names have one size or another: what does not agree has to be met. */
const sizesOf = fc.record({ n: fc.constantFrom(2, 3), m: fc.constantFrom(1, 2, 3) })

const tensorsIn = (x: unknown): readonly Value[] =>
  isTensor(x) ? [x] : typeof x === 'object' && x !== null ? Object.values(x).flatMap(tensorsIn) : []

test('every tensor that comes out has the sizes that its string says', () => {
  const seen = { tensors: 0, errors: 0, sizeErrors: 0, called: new Set<string>(), gave: new Set<string>() }
  const stepOf = (names: readonly string[]) =>
    fc.record({
      name: fc.constantFrom(...names),
      choices: fc.array(fc.nat({ max: 997 }), { minLength: 12, maxLength: 12 }),
      sizes: sizesOf,
    })
  const law = (names: readonly string[]) =>
    fc.property(fc.array(stepOf(names), { minLength: 4, maxLength: 12 }), sizesOf, sizesOf, (steps, first, second) => {
      const pool: Value[] = shapes.flatMap(shape => [
        ones<string>(shape, first),
        ones<string>(shape, second),
        zeros<string, 'int32'>(shape, first, 'int32'),
        zeros<string, 'bool'>(shape, second, 'bool'),
      ])
      for (const { name, choices, sizes } of steps) {
        let next = 0
        const choose = <T>(from: readonly T[]): T => {
          const choice = from[(choices[next % choices.length] ?? 0) % from.length]
          next += 1
          return choice ?? choose(from)
        }
        const draw: Draw = {
          x: () => choose(pool),
          of: dtype => choose(pool.filter(x => x.dtype === dtype)),
          like: x => choose([x, ...pool.filter(y => y.dtype === x.dtype && y.shape === x.shape)]),
          axis: () => choose([0, 1, -1, 'n', 'm', '3']),
          position: () => choose([0, 1, -1, 2]),
          shape: () => choose(shapes),
          sizes: () => sizes,
          key: () => pullback.random.key(choose([0, 1, 2])),
        }
        const call = calls[name]
        seen.called.add(name)
        try {
          const made = tensorsIn(call?.(loose(functions.get(name)), draw))
          for (const x of made) if (!agrees(x)) throw new Error(`${name} gives '${x.shape}' of the sizes (${x.sizes.join(' ')})`)
          seen.tensors += made.length
          if (made.length > 0) seen.gave.add(name)
          pool.push(...made.filter(x => x.sizes.length <= 4 && tree.size(x) < 500))
        } catch (error) {
          if (!isPullbackError(error) || error._tag === 'InternalError') throw error
          seen.errors += 1
          if (error._tag === 'SizeError') seen.sizeErrors += 1
        }
      }
    })
  const silent = (): readonly string[] => Object.keys(calls).filter(name => !seen.gave.has(name))
  fc.assert(law(Object.keys(calls)), draws(2026, 1700))
  // There are many functions, and for some few draws fit: those that have thrown each time are called again.
  if (silent().length > 0) fc.assert(law(silent()), draws(2027, 100))
  // The law says nothing of a function that only ever throws.
  expect(silent()).toEqual([])
  expect([seen.tensors > 1000, seen.errors > 500, seen.sizeErrors > 50]).toEqual([true, true, true])
}, 120_000)
