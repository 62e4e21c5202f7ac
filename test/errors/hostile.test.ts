/** What no caller should give, and some do: every number, key, engine and list of a public function, whatever stands in its place. */
import * as p from 'pullback'
import { describe, expect, test } from 'vitest'
import { arrayBytes } from '../support/array-bytes.js'
import { loose } from '../support/loose.js'

const numbers: readonly unknown[] = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 1.5, 5e9, 2 ** 53, 2 ** 60, 1e300]
const others: readonly unknown[] = ['3', 'x', '', null, 1n, Symbol('s'), {}, [], true, () => 1]

const x = p.tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const [row, image, kernel] = [p.tensor([1, 2, 3]), p.zeros('1 4 4'), p.ones('1 1 2 2')]
const labels = p.tensor([1, 0], 'int32')
const key = p.random.key(0)
const data = { x: row }

const places: { readonly [name: string]: (given: unknown) => unknown } = {
  arange: n => loose(p.arange)(n),
  'a size of zeros': n => loose(p.zeros)('n', { n }),
  eye: n => loose(p.eye)(n),
  'linspace of a length': n => loose(p.linspace)(0, 1, n),
  'a tensor to read': n => loose(p.toNumber)(n),
  oneHot: n => loose(p.oneHot)(n)(labels),
  'an axis to sum': n => loose(p.sum)(n)(x),
  'an axis of softmax': n => loose(p.softmax)(n)(x),
  'a slope': n => loose(p.leakyRelu)(n)(x),
  alpha: n => loose(p.elu)(n)(x),
  reshape: n => loose(p.reshape)(n)(x),
  broadcastTo: n => loose(p.broadcastTo)(n)(x),
  slice: n => loose(p.slice)(n)(x),
  'indices of take': n => loose(p.take)(n, 0)(x),
  cast: n => loose(p.cast)(n)(x),
  'tensors to concat': n => loose(p.concat)(0)(n),
  'a side of where': n => loose(p.where)(x, n)(p.greater(1)(x)),
  'a stride': n => loose(p.conv)(kernel, { stride: n })(image),
  padding: n => loose(p.conv)(kernel, { padding: n })(image),
  groups: n => loose(p.conv)(kernel, { groups: n })(image),
  'a window': n => loose(p.maxPool)([n, 2])(image),
  'a seed': n => loose(p.random.key)(n),
  'a number of keys': n => loose(p.random.split)(n)(key),
  'many keys': n => loose(p.random.keys)(n)(key),
  'a number folded in': n => loose(p.random.foldIn)(n)(key),
  permutation: n => loose(p.random.permutation)(n)(key),
  bernoulli: n => loose(p.random.bernoulli)(n)('3')(key),
  'a bound of truncatedNormal': n => loose(p.random.truncatedNormal)(n, 1)('3')(key),
  'a size of a draw': n => loose(p.random.normal)('n', { n })(key),
  'the key of a draw': n => loose(p.random.normal)('3')(n),
  'the key of a split': n => loose(p.random.split)()(n),
  'the key of a permutation': n => loose(p.random.permutation)(3)(n),
  'the key of a model': n => loose(p.pipe(p.layer.input('2'), p.layer.dense(3)).init)(n),
  'a batch size': n => loose(p.data.batches)({ size: n })(data),
  epochs: n => loose(p.data.batches)({ size: 2, epochs: n })(data),
  'the key of batches': n => loose(p.data.batches)({ size: 2, key: n })(data),
  'the last batch': n => loose(p.data.batches)({ size: 2, last: n })(data),
  'the key of shuffle': n => loose(p.data.shuffle)(n)(data),
  'the fraction of a split': n => loose(p.data.split)({ fraction: n, key })(data),
  'the key of a data split': n => loose(p.data.split)({ fraction: 0.5, key: n })(data),
  'a learning rate': n => loose(p.optimizer.sgd)(n),
  'a decay': n => loose(p.optimizer.momentum)(0.1, n),
  b1: n => loose(p.optimizer.adam)(0.1, { b1: n }),
  eps: n => loose(p.optimizer.adam)(0.1, { eps: n }),
  scale: n => loose(p.optimizer.scale)(n),
  huber: n => loose(p.loss.huber)(n)(row, row),
  'a prediction': n => loose(p.loss.meanSquaredError)(n, row),
  'a number of classes': n => loose(p.metric.confusionMatrix)(n)(labels, labels),
  'batches of a fold': n => loose(p.train.fold((state: number, _: unknown) => [state, 0] as const))(0)(n),
  'an engine': n => loose(p.withEngine)(n)(() => 1),
  'the default engine': n => loose(p.setDefaultEngine)(n),
  'the engine of jit': n => loose(p.jit)(() => 1, { engine: n }),
  threads: n => loose(p.wasmEngine)({ threads: n }),
  patienceSeconds: n => loose(p.wasmEngine)({ patienceSeconds: n }),
}

/** What these places take of the above; everything else is refused. */
const taken: { readonly [name: string]: readonly unknown[] } = {
  'a size of zeros': [5e9],
  'an axis to sum': [-1, []],
  'an axis of softmax': [-1],
  'a slope': [-1, 1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
  alpha: [-1, 1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
  'a side of where': numbers,
  'a seed': [5e9],
  'a bound of truncatedNormal': [Number.NEGATIVE_INFINITY, -1],
  'a batch size': [5e9],
  epochs: [5e9],
  'a learning rate': [1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
  eps: [1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
  scale: [-1, 1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
  huber: [1.5, 5e9, 2 ** 53, 2 ** 60, 1e300, Number.POSITIVE_INFINITY],
  slice: [''],
  'a stride': [5e9, 2 ** 53, 2 ** 60],
  'batches of a fold': ['3', 'x', '', []],
  patienceSeconds: [1.5, 5e9, 2 ** 53, 2 ** 60, 1e300],
}

describe.each(Object.entries(places))('%s', (name, f) => {
  test.each([...numbers, ...others].map(given => [typeof given === 'symbol' ? 'a symbol' : given, given] as const))('%s', (_, given) => {
    const allowed = taken[name]?.some(other => Object.is(other, given) || (Array.isArray(other) && Array.isArray(given))) ?? false
    let error: unknown
    try {
      f(given)
    } catch (thrown) {
      error = thrown
    }
    if (allowed) expect(error).toBeUndefined()
    else {
      expect(p.isPullbackError(error) ? '' : String(error), 'a raw error, or none').toBe('')
      expect(error).not.toHaveProperty('_tag', 'InternalError')
    }
  })
})

describe('what is larger than an array may be is refused before it is made', () => {
  const vector = (n: number) => p.zeros('n', { n })
  const huge: { readonly [name: string]: () => unknown } = {
    arange: () => p.arange(5e9),
    eye: () => p.eye(70_000),
    linspace: () => p.linspace(0, 1, 5e9),
    toArray: () => p.toArray(vector(2 ** 40)),
    'toArray of 8 GiB': () => p.toArray(vector(2 ** 31)),
    toNested: () => p.toNested(vector(2 ** 40)),
    'toNested of many empty rows': () => p.toNested(p.zeros('n 0', { n: 2 ** 40 })),
    'JSON.stringify': () => JSON.stringify(vector(2 ** 40)),
    jacobian: () => p.jacobian((y: p.Tensor<string>) => p.exp(y))(vector(100_000)),
    hessian: () => p.hessian((y: p.Tensor<string>) => p.sum()(p.exp(y)))(vector(100_000)),
    normal: () => loose(p.random.normal)('n', { n: 5e9 })(key),
    bits: () => loose(p.random.bits)('n', { n: 5e9 })(key),
    permutation: () => p.random.permutation(5e9)(key),
    keys: () => p.random.keys(5e9)(key),
    split: () => p.random.split(5e9)(key),
    confusionMatrix: () => p.metric.confusionMatrix(70_000)(labels, labels),
    oneHot: () => p.oneHot(5e9)(labels),
    'zeros beyond counting': () => p.zeros('n m', { n: 2 ** 40, m: 2 ** 40 }),
    'zeros of one axis beyond counting': () => loose(p.zeros)('1152921504606847000'),
    'broadcastTo beyond counting': () => loose(p.broadcastTo)('1099511627776 1099511627776')(p.tensor(1)),
    concat: () => p.concat(0)([vector(2 ** 31), vector(2 ** 31)]),
    'a sum over an array beyond the engine': () => p.sum()(vector(2 ** 40)),
    'the same on the reference engine': () => p.withEngine(p.reference)(() => p.sum()(vector(2 ** 40))),
  }
  test.each(Object.entries(huge))('%s', (_, f) => {
    const before = arrayBytes()
    let error: unknown
    try {
      f()
    } catch (thrown) {
      error = thrown
    }
    expect(error).toMatchObject({ _tag: 'ArgumentError' })
    expect(arrayBytes() - before).toBeLessThan(2 ** 22)
  })

  test('but a huge tensor of one number is made, computed with and printed', () => {
    const y = p.exp(vector(2 ** 40))
    expect(String(y)).toBe(`Tensor<'n'> (${2 ** 40}) [1, 1, 1, ..., 1, 1, 1]`)
    expect(String(p.zeros('n 0', { n: 2 ** 40 }))).toBe(`Tensor<'n 0'> (${2 ** 40} 0)\n[[],\n [],\n [],\n ...,\n [],\n [],\n []]`)
  })
})

describe('a tree', () => {
  const deep = (levels: number): object => {
    let tree: object = { leaf: row }
    for (let i = 0; i < levels; i += 1) tree = i % 2 === 0 ? { next: tree } : [tree]
    return tree
  }
  const cycle: { w: unknown; self?: unknown } = { w: row }
  cycle.self = cycle
  const list: unknown[] = [row]
  list.push(list)
  const takers: { readonly [name: string]: (tree: object) => unknown } = {
    'tree.leaves': p.tree.leaves,
    'tree.paths': p.tree.paths,
    'tree.map': p.tree.map(y => y),
    jit: tree => p.jit((_: object) => row)(tree),
    grad: tree => loose(p.grad)(() => p.tensor(0))(tree),
    'codec.encode': p.codec.encode,
    'data.size': p.data.size,
    adam: p.optimizer.adam(0.1).init,
  }
  test.each(Object.entries(takers))('%s says that a tree is too deep, or holds itself', (_, f) => {
    for (const tree of [deep(5_000), deep(1_000_000), cycle, list]) {
      const error = (() => {
        try {
          return f(tree)
        } catch (thrown) {
          return thrown
        }
      })()
      expect(error).toMatchObject({ _tag: 'TreeError' })
      expect(String(error)).toMatch(/is more than 1000 levels deep: does the tree hold itself\?$/)
      expect(String(error).length).toBeLessThan(250)
    }
  })
  test('of nine hundred levels is taken', () => {
    expect(p.tree.leaves(deep(900))).toHaveLength(1)
    expect(p.isTensor(p.tree.leaves(p.tree.map(y => y)(deep(900)))[0])).toBe(true)
  })
  test('with an undefined field, or a hole, is none: what is not there is left out', () => {
    expect(() => p.tree.leaves({ w: row, b: undefined })).toThrow(
      "leaves: 'b' is undefined, not a tensor or a record or tuple of tensors: leave it out",
    )
    expect(() => p.tree.leaves([row, ...Array(1)])).toThrow("leaves: '1' is undefined")
    expect(() => loose(p.tree.leaves)(Object.assign(Array(2), { 0: row }))).toThrow("leaves: '1' is undefined")
  })
})

describe('an array that cannot be read', () => {
  const detached = (): Float32Array => {
    const array = new Float32Array([1, 2])
    structuredClone(array, { transfer: [array.buffer] })
    return array
  }
  const list: unknown[] = []
  list.push(list)
  test.each([
    ['tensor', () => loose(p.tensor)(detached())],
    ['fromArrayOrThrow', () => loose(p.fromArrayOrThrow)('n')(detached())],
    ['fromArrayOrThrow of rows', () => loose(p.fromArrayOrThrow)('n m')([detached()])],
  ])('%s of a detached buffer', (_, f) => {
    expect(f).toThrow('the buffer of an array is detached, its numbers were given to another thread')
  })
  test('fromArray gives a Left', () => {
    expect(p.fromArray('n')(detached())).toMatchObject({ _tag: 'Left', left: { _tag: 'ArgumentError' } })
  })
  test('an empty one is none', () => {
    expect(p.toNested(p.fromArrayOrThrow('n')(new Float32Array(0)))).toEqual([])
  })
  test('one that holds itself', () => {
    expect(() => loose(p.tensor)(list)).toThrow('tensor: an array is nested 64 deep or more')
  })
})
