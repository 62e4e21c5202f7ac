/** Tensors that live on a device: engines may keep them, compute them later, and give their numbers later still. */
import * as E from 'fp-ts/lib/Either.js'
import {
  add,
  codec,
  deviceBufferOf,
  equals,
  exp,
  grad,
  jit,
  layer,
  loss,
  matmul,
  mul,
  onDevice,
  ones,
  optimizer,
  pipe,
  random,
  reference,
  sin,
  stack,
  sum,
  type Tensor,
  take,
  tanh,
  tensor,
  toArray,
  toHost,
  toNested,
  toNumber,
  train,
  transpose,
  tree,
  vmap,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { wasmEngineOn } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import { errorOf } from '../support/errors.js'
import { remote } from './support/remote.js'

const x = tensor([
  [1, -2, 3],
  [0.5, 4, -1],
])
const y = tensor([
  [2, 0.25],
  [-1, 1],
  [3, 5],
])
const hidden = (a: Tensor<'2 3'>, b: Tensor<'3 2'>): Tensor<''> => pipe(a, matmul(b), tanh, mul(3), sum())

const pending = (op: string, text: string) => ({
  _tag: 'PendingError',
  message: `${op}: the numbers of a ${text} are on a device that gives them only later: go on with what await toHost(…) gives, or compute them on another engine, as in withEngine(reference)(() => …)`,
})

describe.each(['at once', 'later'] as const)('an engine whose numbers are read %s', reads => {
  test('computes operation by operation, and nothing comes back before somebody looks', async () => {
    const { engine, uploads, downloads, computed } = remote(reads)
    const result = withEngine(engine)(() => hidden(x, y))
    expect([uploads(), downloads(), computed()]).toEqual([2, 0, 0])
    const host = await toHost(result)
    expect(toNumber(host)).toBe(toNumber(withEngine(reference)(() => hidden(x, y))))
    // Somebody looked once, and the tensor itself knows its numbers now.
    expect(toNumber(result)).toBe(toNumber(host))
    expect(downloads()).toBe(1)
    expect([deviceBufferOf(host), deviceBufferOf(x)]).toEqual([undefined, undefined])
  })

  test('computes functions that are jitted, differentiated and lifted', async () => {
    const { engine, downloads, prepared } = remote(reads)
    const [byFirst, each] = [grad((a: Tensor<'2 3'>) => hidden(a, y)), vmap('2')((row: Tensor<'3'>) => pipe(row, sin, add(row), sum()))]
    const [first, second] = [jit(byFirst, { engine })(x), jit(each, { engine })(x)]
    const third = withEngine(engine)(() => byFirst(add(1)(x)))
    expect([downloads(), prepared()]).toEqual([0, 2])
    const expected = withEngine(reference)(() => [byFirst(x), each(x), byFirst(add(1)(x))])
    expect(equals(await toHost([first, second, third]), expected)).toBe(true)
    expect(downloads()).toBe(3)
  })

  test('computes a function of one number for a tensor that repeats it', async () => {
    const { engine, downloads } = remote(reads)
    const result = withEngine(engine)(() => exp(zeros('2 2')))
    expect(downloads()).toBe(0)
    expect(toNested(await toHost(result))).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  test('gives what a jitted function has captured back to it as it is', async () => {
    const { engine, uploads, downloads } = remote(reads)
    const weight = withEngine(engine)(() => mul(2)(y))
    const [before] = [uploads()]
    const f = jit((a: Tensor<'2 3'>) => matmul(weight)(a), { engine })
    const [once, twice] = [f(x), f(x)]
    expect([uploads() - before, downloads()]).toEqual([2, 0])
    expect(equals(...(await toHost([once, twice] as const)))).toBe(true)
  })

  const model = pipe(layer.input('4'), layer.dense(8), layer.tanh, layer.dense(2))
  const adam = optimizer.adam(0.05)
  const batch = { input: random.normal('16 4')(random.key(1)), target: random.normal('16 2')(random.key(2)) }
  const rounds = 7
  const batches = Array.from({ length: rounds }, () => batch)

  test('keeps the state of a fold on the device, from the first round to the last', async () => {
    const { engine, uploads, downloads } = remote(reads)
    const initial = train.init(model, adam)(random.key(3))
    const transfers: (readonly [number, number])[] = []
    const watching = train.fold(
      train.step(model, loss.meanSquaredError, adam, { engine }),
      () => void transfers.push([uploads(), downloads()]),
    )
    const trained = watching(initial)(batches)
    // The first round takes the state along; each further one the two tensors of its batch. Nothing comes back.
    const [[first] = [0]] = transfers
    expect(transfers).toEqual(batches.map((_, i) => [first + 2 * i, 0]))
    const onHost = await toHost(trained)
    const alone = train.fold(train.step(model, loss.meanSquaredError, adam, { engine: reference }))(initial)(batches)
    expect(equals(onHost, alone)).toBe(true)
    expect(downloads()).toBe(tree.leaves(onHost).filter((_, i) => deviceBufferOf(tree.leaves(trained)[i] ?? x) !== undefined).length)
    // A second fold from where the first has ended takes no state along.
    const before = uploads()
    watching(trained[0])(batches)
    expect(uploads() - before).toBe(2 * rounds)
  })

  test('says what an operation has refused where its numbers are read', async () => {
    const { engine } = remote(reads)
    const picked = withEngine(engine)(() => take(tensor([0, 9], 'int32'), 0)(y))
    const later = withEngine(engine)(() => add(1)(picked))
    await expect(toHost(later)).rejects.toMatchObject({
      _tag: 'IndexError',
      message: 'take: index 9 is outside 0 to 2: indices and class labels count from 0',
    })
    // The engine goes on.
    expect(toNested(await toHost(withEngine(engine)(() => add(1)(tensor([1])))))).toEqual([2])
  })
})

describe('several engines', () => {
  test('read one another’s tensors', async () => {
    const [one, other] = [remote('at once'), remote('at once')]
    const first = withEngine(one.engine)(() => mul(2)(y))
    const second = withEngine(other.engine)(() => add(first)(y))
    expect([one.downloads(), other.uploads(), other.downloads()]).toEqual([1, 2, 0])
    const third = withEngine(wasmEngine())(() => sum(0)(second))
    const fourth = jit((a: Tensor<'3 2'>) => sum(0)(a), { engine: wasmEngine() })(second)
    expect([third, fourth].map(z => toNested(z))).toEqual([
      [12, 18.75],
      [12, 18.75],
    ])
    expect([one.downloads(), other.downloads()]).toEqual([1, 1])
  })

  test('cannot where numbers only come later, and can when they have come', async () => {
    const { engine } = remote('later')
    const result = withEngine(engine)(() => mul(2)(y))
    const total = jit((a: Tensor<'3 2'>) => sum()(a))
    expect(errorOf(() => add(1)(result))).toMatchObject(pending('add', "float32 '3 2'"))
    expect(errorOf(() => sum()(result))).toMatchObject(pending('sum', "float32 '3 2'"))
    expect(errorOf(() => withEngine(reference)(() => tanh(result)))).toMatchObject(pending('tanh', "float32 '3 2'"))
    expect(errorOf(() => total(result))).toMatchObject(pending('wasm engine', "float32 '3 2'"))
    // No message names an operation that nobody has called: gather, broadcast, permute, reshape.
    const calls: readonly (() => object)[] = [
      () => take(tensor([0], 'int32'), 0)(result),
      () => transpose(result),
      () => stack(0)([result, result]),
    ]
    for (const call of calls) {
      expect(errorOf(call).message).toMatch(/^(wasm )?engine: the numbers of a float32 '3 2' are on a device/)
      expect(errorOf(() => withEngine(reference)(call)).message).toMatch(/^engine: the numbers of a float32 '3 2' are on a device/)
    }
    expect(toNumber(total(await toHost(result)))).toBe(20.5)
    expect(toNumber(total(result))).toBe(20.5)
  })
})

describe('the WebAssembly engine, given numbers that only come later', () => {
  const place = platform()
  const made: { readonly buffer: ArrayBufferLike }[] = []
  class Memory extends place.runtime.Memory {
    constructor(descriptor: ConstructorParameters<typeof place.runtime.Memory>[0]) {
      super(descriptor)
      made.push(this)
    }
  }
  const { Module, Instance, validate } = place.runtime
  const engine = wasmEngineOn({ ...place, runtime: { Memory, Module, Instance, validate } }, { threads: 1 })
  const later = remote('later')

  test('takes them when they have come, and not what lies in their place', async () => {
    const f = jit((a: Tensor<'2'>) => mul(3)(a), { engine })
    const z = withEngine(later.engine)(() => add(1)(tensor([1, 2])))
    expect(toNested(f(tensor([7, 8])))).toEqual([21, 24])
    expect(errorOf(() => f(z))._tag).toBe('PendingError')
    await toHost(z)
    expect(toNested(f(z))).toEqual([6, 9])
  })

  test('keeps no memory of folds that could not begin', () => {
    const state = withEngine(later.engine)(() => exp(ones('1000 1000')))
    const step = jit((a: Tensor<'1000 1000'>, b: Tensor<''>) => [pipe(a, mul(b)), pipe(a, sum())] as const, { engine })
    const bytes = () => made[0]?.buffer.byteLength
    const begin = () => errorOf(() => train.fold(step)(state)([tensor(1)]))._tag
    expect(begin()).toBe('PendingError')
    const before = bytes()
    expect(Array.from({ length: 20 }, begin).filter(tag => tag !== 'PendingError')).toEqual([])
    expect(bytes()).toBe(before)
  })
})

describe('numbers that have not come', () => {
  const made = () => withEngine(remote('later').engine)(() => mul(2)(tensor([1, 2])))

  test('are no numbers yet for whoever needs them at once', async () => {
    const z = made()
    for (const [name, read] of [
      ['toNested', () => toNested(z)],
      ['toArray', () => toArray(z)],
      ['equals', () => equals(z, tensor([2, 4]))],
      ['JSON.stringify', () => JSON.stringify(z)],
      ['codec.encode', () => codec.encode({ z })],
    ] as const)
      expect(errorOf(read)).toMatchObject(pending(name, "float32 '2'"))
    expect(errorOf(() => toNumber(sum()(z)))).toMatchObject({ _tag: 'PendingError' })
    await toHost(z)
    expect(toNested(z)).toEqual([2, 4])
  })

  test('are printed as such, and equal themselves', async () => {
    const z = made()
    expect([String(z), tree.Show.show({ z })]).toEqual(["Tensor<'2'> (on a device)", "{ z: Tensor<'2'> (on a device) }"])
    expect(equals({ z }, { z })).toBe(true)
    const host = await toHost({ z })
    expect([String(z), String(host.z)]).toEqual(["Tensor<'2'> [2, 4]", "Tensor<'2'> [2, 4]"])
  })

  test('are computed by the plain loops where a function needs them to go on', async () => {
    const { engine } = remote('later')
    for (const [low, high] of [
      [-1, 2],
      [3, 4],
    ] as const) {
      const draw = () => random.truncatedNormal(low, high)('20')(random.key(0))
      expect(equals(await toHost(withEngine(engine)(draw)), withEngine(reference)(draw))).toBe(true)
    }
  })

  test('a permutation needs none: not even those of its key', async () => {
    const { engine } = remote('later')
    const order = random.permutation(500)(random.foldIn(1)(random.key(0)))
    const there = withEngine(engine)(() => random.permutation(500)(random.foldIn(1)(random.key(0))))
    expect(equals(await toHost(there), order)).toBe(true)
  })

  test('are refused by functions that need them for their result alone', () => {
    const { engine } = remote('later')
    const small = pipe(layer.input('1'), layer.dense(1))
    const evaluated = () =>
      train.evaluate(small, loss.meanSquaredError)(small.init(random.key(0)))([{ input: zeros('2 1'), target: zeros('2 1') }])
    expect(errorOf(() => withEngine(engine)(evaluated))).toMatchObject(pending('train.evaluate', "float32 ''"))
  })
})

describe('numbers that have come', () => {
  const both = async () => {
    const z = withEngine(remote('later').engine)(() => mul(2)(tensor([1, 2])))
    return [z, await toHost(z)] as const
  }
  const plain = tensor([2, 4])

  test('are compared, encoded and shown as those of any other tensor', async () => {
    for (const z of await both()) {
      expect(z).toEqual(plain)
      expect(z).not.toEqual(tensor([2, 5]))
      expect(tree.Eq.equals({ z }, { z: plain })).toBe(true)
      expect(JSON.stringify(z)).toBe(JSON.stringify(plain))
      expect(codec.encode({ z })).toBe(codec.encode({ z: plain }))
      const shape = codec.tensor('2')
      expect(shape.is(z)).toBe(true)
      expect(pipe(shape.decode(z), E.map(toNested))).toEqual(E.right([2, 4]))
      expect(shape.encode(z)).toEqual(shape.encode(plain))
      expect(() => structuredClone(z)).toThrow('codec.encode')
    }
  })

  test('are read once', async () => {
    let reads = 0
    const z = onDevice({ sizes: [2], dtype: 'int32' })({
      readAsync: async () => new Int32Array(2),
      read: () => {
        reads += 1
        return new Int32Array([1, 2])
      },
    })
    expect([toArray(z), toArray(z)]).toEqual([new Int32Array([1, 2]), new Int32Array([1, 2])])
    expect(reads).toBe(1)
  })
})

describe('an engine’s mistakes', () => {
  const given = (numbers: unknown) => onDevice({ sizes: [2], dtype: 'float32' })({ readAsync: async () => numbers as Float32Array })

  test.each([
    ['too few', new Float32Array(1)],
    ['of another dtype', new Float64Array(2)],
    ['none', undefined],
  ])('numbers that are %s', async (_, numbers) => {
    await expect(toHost(given(numbers))).rejects.toMatchObject({
      _tag: 'ArgumentError',
      message: "onDevice: reading a float32 '2' did not give its 2 numbers: give a typed array of its dtype",
    })
  })

  test('tensors that cannot be', () => {
    const buffer = { readAsync: async () => new Float32Array(1) }
    expect(errorOf(() => onDevice({ sizes: [1.5], dtype: 'float32' })(buffer)).message).toBe(
      'onDevice: 1.5 is no size: give a whole number from 0 up',
    )
  })

  test('an engine’s own error comes as it is', async () => {
    const lost = new Error('the device was lost')
    const z = onDevice({ sizes: [2], dtype: 'float32' })({
      readAsync: () => Promise.reject(lost),
      read: () => {
        throw lost
      },
    })
    await expect(toHost(z)).rejects.toBe(lost)
    expect(() => toArray(z)).toThrow(lost)
  })
})

describe('toHost', () => {
  test('gives a tree without tensors on a device as it is', async () => {
    const own = { x, list: [y] }
    expect(await toHost(own)).toBe(own)
  })

  test('keeps names, the form of the tree and what is on the host', async () => {
    const z = withEngine(remote('later').engine)(() => mul(2)(zeros('batch 2', { batch: 3 })))
    const host = await toHost({ b: [z, x] as const, a: y })
    expect([host.b[0].shape, host.b[0].sizes]).toEqual(['batch 2', [3, 2]])
    expect([host.b[1], host.a]).toEqual([x, y])
    expect(host.b[1]).toBe(x)
  })

  test('refuses what is traced, and what is no tree', () => {
    const traced = errorOf(() =>
      jit((a: Tensor<'2 3'>) => {
        void toHost(a)
        return a
      })(x),
    )
    expect(traced).toMatchObject({
      _tag: 'TraceError',
      message: "toHost: a traced '2 3' float32 has no value yet: return it and await toHost of the result outside",
    })
    expect(errorOf(() => toHost([1])).message).toBe("toHost: '0' is a number, not a tensor or a record or tuple of tensors")
  })
})
