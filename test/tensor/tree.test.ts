/** Trees of tensors: a functor, folds, and errors that name the place. */
import * as fc from 'fast-check'
import { add, mul, neg, ones, pipe, type Tree, tensor, toNested, toNumber, tree, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const leafs = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }).chain(sizes => values(sizes, 'float32'))
const { branch } = fc.letrec<{ readonly node: Tree; readonly branch: Tree }>(tie => ({
  node: fc.oneof({ depthSize: 'small' }, leafs, tie('branch')),
  branch: fc.oneof(
    fc.array(tie('node'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'w', '10', '9'), tie('node'), { maxKeys: 3 }),
  ),
}))
const trees = fc.oneof(leafs, branch)
const laws = draws(41, 60)

describe('map is a functor', () => {
  test('identity', () => {
    fc.assert(
      fc.property(trees, t => sameBits('identity', 'a tree and its image', tree.map(x => x)(t), t)),
      laws,
    )
  })
  test('composition', () => {
    fc.assert(
      fc.property(trees, t =>
        sameBits('composition', 'the two ways', tree.map(x => neg(pipe(x, mul(2))))(t), pipe(t, tree.map(mul(2)), tree.map(neg))),
      ),
      laws,
    )
  })
  test('the form stays, records too', () => {
    const mapped = tree.map(mul(2))({ w: [tensor(1), tensor([2])], b: { c: tensor(3) } })
    expect(Object.keys(mapped).sort()).toEqual(['b', 'w'])
    expect(toNested(mapped.w[1] ?? zeros('1'))).toEqual([4])
    expect(toNumber(mapped.b.c)).toBe(6)
  })
  test('a result of another shape, dtype or kind', () => {
    const changing = (f: unknown) => () => loose(tree.map)(f)({ a: [ones('2')] })
    expect(errorOf(changing(() => ones('3'))).message).toBe(
      "tree.map: 'a.0' was float32 '2' and became float32 '3': use collect for results of another type",
    )
    expect(errorOf(changing(() => ones('2', {}, 'int32'))).message).toBe(
      "tree.map: 'a.0' was float32 '2' and became int32 '2': use collect for results of another type",
    )
    expect(errorOf(changing(() => 5)).message).toBe(
      "tree.map: 'a.0' was float32 '2' and became a number: use collect for results of another type",
    )
  })
})

describe('leaves, paths, fold, collect', () => {
  const t = { weight: tensor([1, 2]), bias: tensor(3), layers: [{ w: tensor(4) }, tensor(5)] } as const
  test('records in the order of their sorted keys', () => {
    expect(tree.paths(t)).toEqual(['bias', 'layers.0.w', 'layers.1', 'weight'])
    expect(tree.leaves(t).map(x => toNested(x))).toEqual([3, 4, 5, [1, 2]])
    expect(tree.paths(tensor(1))).toEqual([''])
    expect(tree.paths([])).toEqual([])
  })
  test('equal trees have equal leaves, in whatever order they were written', () => {
    expect(tree.paths({ b: tensor(1), a: tensor(2) })).toEqual(tree.paths({ a: tensor(2), b: tensor(1) }))
  })
  test('fold goes from the first leaf to the last', () => {
    expect(tree.fold('', (text, x, path) => `${text}${path}:${x.shape};`)(t)).toBe('bias:;layers.0.w:;layers.1:;weight:2;')
    expect(tree.size(t)).toBe(5)
    expect(tree.size({})).toBe(0)
  })
  test('collect puts any value in the place of each tensor', () => {
    expect(tree.collect((x, path) => `${path} ${x.sizes.length}`)(t)).toEqual({
      weight: 'weight 1',
      bias: 'bias 0',
      layers: [{ w: 'layers.0.w 0' }, 'layers.1 0'],
    })
  })
  test('as many leaves as paths, and the size is their sum', () => {
    fc.assert(
      fc.property(trees, x => {
        expect(tree.leaves(x).length).toBe(tree.paths(x).length)
        expect(tree.size(x)).toBe(tree.fold(0, (n, leaf) => n + tree.size(leaf))(x))
      }),
      laws,
    )
  })
})

describe('zipWith', () => {
  const plus = tree.zipWith((x, y) => pipe(x, add(y)))
  test('joins leaf by leaf', () => {
    const sum = plus({ a: tensor(1), b: [tensor([2])] }, { a: tensor(10), b: [tensor([20])] })
    expect([toNumber(sum.a), toNested(sum.b[0] ?? zeros('1'))]).toEqual([11, [22]])
  })
  test('a tree with itself is the tree doubled', () => {
    fc.assert(
      fc.property(trees, t => sameBits('zipWith', 'the two ways', plus(t, t), tree.map(mul(2))(t))),
      laws,
    )
  })
  test('trees of two forms', () => {
    const differ = (a: object, b: object) => errorOf(() => plus(a, b)).message
    expect(differ({ a: tensor(1) }, { b: tensor(1) })).toBe(
      'tree.zipWith: the argument has the leaves (a) on the left and the leaves (b) on the right: give two trees of one form',
    )
    expect(differ(tensor(1), [tensor(1)])).toBe(
      'tree.zipWith: the argument has a lone tensor on the left and the leaves (0) on the right: give two trees of one form',
    )
    expect(differ([tensor(1)], [tensor(1), tensor(2)])).toBe(
      'tree.zipWith: the argument has the leaves (0) on the left and the leaves (0, 1) on the right: give two trees of one form',
    )
  })
})

describe('what is no tree', () => {
  class Params {
    readonly w = tensor(1)
  }
  test.each<readonly [name: string, value: unknown, message: string]>([
    ['a number leaf', { a: { b: 1 } }, "tree.leaves: 'a.b' is a number, not a tensor or a record or tuple of tensors"],
    ['null', { a: [tensor(1), null] }, "tree.leaves: 'a.1' is null, not a tensor or a record or tuple of tensors"],
    ['undefined', { a: undefined }, "tree.leaves: 'a' is undefined, not a tensor or a record or tuple of tensors: leave it out"],
    ['a class instance', { model: new Params() }, "tree.leaves: 'model' is a Params, not a tensor or a record or tuple of tensors"],
    ['a Map', new Map(), 'tree.leaves: the argument is a Map, not a tensor or a record or tuple of tensors'],
    ['a function', [Math.sin], "tree.leaves: '0' is a function, not a tensor or a record or tuple of tensors"],
    ['a typed array', { w: new Float32Array(2) }, "tree.leaves: 'w' is a Float32Array, not a tensor or a record or tuple of tensors"],
    ['nothing', null, 'tree.leaves: the argument is null, not a tensor or a record or tuple of tensors'],
  ])('%s', (_, value, message) => {
    const error = errorOf(() => loose(tree.leaves)(value))
    expect([error._tag, error.message]).toEqual(['TreeError', message])
  })
  test('a record without a prototype is a record', () => {
    expect(tree.paths(Object.assign(Object.create(null), { a: tensor(1) }))).toEqual(['a'])
  })
})
