/** Values of other realms are what they are, and a tensor of another copy of the library is told apart. */
import { createContext, runInContext, runInNewContext } from 'node:vm'
import {
  add,
  codec,
  fromArray,
  grad,
  isPullbackError,
  isTensor,
  jit,
  reference,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  tree,
  vmap,
  withEngine,
} from 'pullback'
import { describe, expect, test, vi } from 'vitest'
import { adam } from '../../src/optimizer/index.js'
import { right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const realm = createContext({})
/** A record, or a list, as another realm makes it, with this realm's values in it. */
const foreign = <T extends object>(like: T): T => Object.assign(runInContext(Array.isArray(like) ? '[]' : '({})', realm), like)

test('the other realm is another one', () => {
  expect(Object.getPrototypeOf(foreign({}))).not.toBe(Object.prototype)
  expect(Array.isArray(foreign([]))).toBe(true)
})

describe('a tree of another realm', () => {
  const own = { w: tensor([1, 2]), rest: [tensor(3), { b: tensor(4) }] }
  const params: typeof own = foreign({ ...own, rest: foreign([tensor(3), foreign({ b: tensor(4) })]) })

  test('has the leaves and paths of one of this realm', () => {
    expect(tree.paths(params)).toEqual(tree.paths(own))
    expect(tree.leaves(params).map(x => toArray(x))).toEqual(tree.leaves(own).map(x => toArray(x)))
  })

  test('is transformed, compiled, encoded and decoded as one', () => {
    expect(toNested(grad((at: typeof own) => sum()(at.w))(params).w)).toEqual([1, 1])
    let traces = 0
    const f = jit((at: typeof own) => {
      traces += 1
      return sum()(at.w)
    })
    expect([toNumber(f(own)), toNumber(f(params)), toNumber(f(own)), traces]).toEqual([3, 3, 3, 1])
    expect(codec.encode(params)).toBe(codec.encode(own))
    expect(right(codec.decode(params)(codec.encode(own)))).toBeDefined()
    expect(adam(0.1).init(params)).toBeDefined()
    const batch = foreign({ x: tensor([[1], [2]]) })
    expect(toNested(vmap('2')((at: { readonly x: Tensor<'1'> }) => sum()(at.x))(batch))).toEqual([1, 2])
  })

  test('an instance of a class is none in any realm', () => {
    for (const value of [new Map(), runInNewContext('new Map()'), runInNewContext('new (class Point { x = 1 })()')])
      expect(errorOf(() => tree.leaves({ value }))._tag).toBe('TreeError')
  })

  test('an object whose prototype has none has a sentence', () => {
    expect(errorOf(() => tree.paths(Object.create(Object.create(null)))).message).toBe(
      'tree.paths: the argument is an object, not a tensor or a record or tuple of tensors',
    )
  })
})

describe('typed arrays of another realm', () => {
  test.each(['Float32Array', 'Float64Array', 'Int32Array', 'Uint8Array'])('%s', name => {
    const numbers = runInNewContext(`${name}.of(1, 2, 3, 4)`)
    expect(toNested(right(fromArray('n')(numbers)))).toEqual([1, 2, 3, 4])
    expect(toNested(right(fromArray('n 2')(numbers)))).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(right(fromArray('n 4')([numbers])))).toEqual([[1, 2, 3, 4]])
  })
  test('big ones hold no numbers', () => {
    expect(errorOf(() => right(fromArray('n')(runInNewContext('BigInt64Array.of(1n)'))))._tag).toBe('ShapeError')
  })
})

test('what a promise of any realm or library does later would run on another engine', () => {
  const thenable = Object.fromEntries([['then', () => 1]])
  const promises = [Promise.resolve(1), runInNewContext('Promise.resolve(1)'), thenable, Object.assign(() => 1, thenable)]
  for (const later of promises)
    expect(errorOf(() => withEngine(reference)(() => later)).message).toMatch('withEngine: the function returned a promise')
  for (const now of [undefined, null, 1, 'then', {}, Object.fromEntries([['then', 1]])]) expect(withEngine(reference)(() => now)).toBe(now)
})

describe('a tensor of another copy of the library', async () => {
  vi.resetModules()
  const other = await import('../../src/index.js')
  const theirs = other.tensor([1, 2])
  const said = 'is a tensor of another copy of pullback: two copies are loaded, npm ls pullback shows which, and npm dedupe may join them'

  test('is none of this one', () => {
    expect([other.isTensor(theirs), isTensor(theirs), other.isTensor(tensor(1))]).toEqual([true, false, false])
  })

  test.each([
    ['an operation', () => loose(add)(1)(theirs), `add: the argument ${said}`],
    ['a second operand', () => loose(add)(theirs)(tensor([1, 2])), `add: the argument ${said}`],
    ['a reduction', () => loose(sum)()(theirs), `sum: the argument ${said}`],
    ['a way out', () => loose(toArray)(theirs), `toArray: the argument ${said}`],
    ['another way out', () => loose(toNested)(theirs), `toNested: the argument ${said}`],
    ['a tree', () => tree.leaves({ w: theirs }), `tree.leaves: 'w' ${said}`],
    ['a jitted function', () => loose(jit((x: object) => x))(theirs), `jit: '0' ${said}`],
    ['a file', () => codec.encode({ w: theirs }), `codec.encode: 'w' ${said}`],
  ])('%s says so', (_, f, message) => {
    expect(errorOf(f).message).toBe(message)
  })

  test('its errors are known', () => {
    const caught = (() => {
      try {
        return loose(other.zeros)('n', { n: -1 })
      } catch (error) {
        return error
      }
    })()
    expect([isPullbackError(caught), isPullbackError(new Error('other')), isPullbackError({ _tag: 'ShapeError' })]).toEqual([
      true,
      false,
      false,
    ])
  })
})
