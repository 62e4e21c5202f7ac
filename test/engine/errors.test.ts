/** What goes wrong while a program runs is a tagged error, and leaves the engine and every tensor as they were. */
import {
  add,
  exp,
  type Failure,
  grad,
  jit,
  loss,
  metric,
  mul,
  ones,
  pipe,
  sum,
  type Tensor,
  take,
  tensor,
  toNested,
  toNumber,
  train,
  vmap,
  withEngine,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine, wasmEngineOn } from '../../src/engine/wasm/index.js'
import { platform } from '../../src/engine/wasm/platform.js'
import * as primitive from '../../src/primitives/index.js'
import type { Engine } from '../../src/program/index.js'
import { concrete, type DType, typed, type Value } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { huge } from './support/huge.js'

const engine = wasmEngine()
type Indices = Tensor<'2', 'int32'>

const integers = (dtype: DType, ...entries: readonly number[]): Value =>
  concrete([entries.length], dtype, dtype === 'uint32' ? Uint32Array.from(entries) : Int32Array.from(entries))

describe('an index out of range', () => {
  const rows = tensor([10, 20, 30])
  const look = jit((indices: Indices) => pipe(rows, take(indices, 0), sum()), { engine })

  test('is an IndexError, and the next call works', () => {
    for (let i = 0; i < 3; i += 1) {
      expect(errorOf(() => look(tensor([0, 3], 'int32')))).toMatchObject({
        _tag: 'IndexError',
        index: 3,
        size: 3,
      } satisfies Partial<Failure>)
      expect(toNumber(look(tensor([0, 2], 'int32')))).toBe(40)
    }
  })

  const wrong: readonly (readonly [string, (inputs: readonly Value[]) => Value, readonly Value[]])[] = [
    ['the first of several', ([x, i]) => gather(x, i), [rows, integers('int32', 1, -1, 7)]],
    ['a negative one', ([x, i]) => gather(x, i), [rows, integers('int32', -1)]],
    ['the least integer', ([x, i]) => gather(x, i), [rows, integers('int32', -(2 ** 31))]],
    ['a large unsigned one', ([x, i]) => gather(x, i), [rows, integers('uint32', 4_000_000_000)]],
    ['one of scatterAdd', ([x, i]) => scatter(x, i), [rows, integers('int32', 0, 3, 1)]],
    ['one that moves nothing', ([x, i]) => gather(x, i), [concrete([3, 0], 'float32', 0), integers('int32', 3)]],
    ['one into nothing', ([x, i]) => gather(x, i), [concrete([0], 'float32', 0), integers('int32', 0)]],
  ]

  test.each(wrong)('%s: as the reference says it', (_, f, inputs) => {
    const on = (which: typeof engine) =>
      errorOf(() =>
        jit(
          typed<(...x: readonly Value[]) => Value>((...x: readonly Value[]) => f(x)),
          { engine: which },
        )(...inputs),
      )
    expect(on(engine).message).toBe(on(reference).message)
    expect(on(engine)._tag).toBe('IndexError')
  })
})

describe('of several readers by indices', () => {
  type Index = Tensor<'', 'int32'>
  const rows = tensor([10, 20, 30])
  const read = (i: Index, label: Index): Tensor<''> =>
    pipe(rows, take(i, 0), add(loss.softmaxCrossEntropy(rows, label)), add(metric.accuracy(rows, label)))
  const at = (n: number): Index => tensor(n, 'int32')
  const range = 'is outside 0 to 2: indices and class labels count from 0'

  test.each([engine, reference])('the one that has the wrong one is named', which => {
    for (const f of [read, jit(read)]) {
      const on = (i: number, label: number): string => errorOf(() => withEngine(which)(() => f(at(i), at(label)))).message
      expect(on(3, 0)).toBe(`take: index 3 ${range}`)
      expect(on(0, -1)).toBe(`softmaxCrossEntropy: label -1 ${range}`)
    }
    const accuracy = jit((label: Index) => metric.accuracy(rows, label))
    expect(errorOf(() => withEngine(which)(() => accuracy(at(4)))).message).toBe(`accuracy: label 4 ${range}`)
  })

  test.each([engine, reference])('and in a gradient, where nothing of the value is needed', which => {
    const slope = jit(
      grad((x: typeof rows, i: Index) => pipe(x, take(i, 0))),
      { engine: which },
    )
    expect(errorOf(() => slope(rows, at(3))).message).toBe(`take: index 3 ${range}`)
    const slopes = jit(
      grad((x: Tensor<'2 3'>, labels: Tensor<'2', 'int32'>) => sum()(vmap('2')(loss.softmaxCrossEntropy<'3'>)(x, labels))),
      { engine: which },
    )
    expect(errorOf(() => slopes(zeros('2 3'), tensor([0, 9], 'int32'))).message).toBe(`softmaxCrossEntropy: label 9 ${range}`)
  })
})

const missing = concrete([], 'float32', 0)
const gather = (x: Value = missing, i: Value = missing): Value => primitive.gather(x, i, { axis: 0, batch: 0 })
const scatter = (x: Value = missing, i: Value = missing): Value => primitive.scatterAdd(x, i, x, { axis: 0, batch: 0 })

describe('a runtime that throws', () => {
  const { Memory, Module, Instance, validate } = platform().runtime
  const refusing = (): never => {
    throw new RangeError('out of memory')
  }
  class NoMemory extends Memory {
    constructor(descriptor: ConstructorParameters<typeof Memory>[0]) {
      super(refusing() ?? descriptor)
    }
  }
  class NoModule extends Module {
    constructor(bytes: Uint8Array) {
      super(refusing() ?? bytes)
    }
  }
  class NoInstance extends Instance {
    constructor(module: object, imports: object) {
      super(refusing() ?? module, imports)
    }
  }
  const compiled = (engine: Engine) => jit((x: Tensor<'3'>) => pipe(x, exp), { engine })(tensor([1, 2, 3]))
  const atOnce = (engine: Engine) => withEngine(engine)(() => exp(tensor([1, 2, 3])))

  test.each([
    ['where it makes a memory', { Memory: NoMemory, Module, Instance, validate }, 'gives WebAssembly no memory'],
    ['where it compiles', { Memory, Module: NoModule, Instance, validate }, 'does not compile a program of'],
    ['where it starts a module', { Memory, Module, Instance: NoInstance, validate }, 'does not start a compiled program'],
  ] as const)('%s: an error that names the reference engine', (_, runtime, what) => {
    for (const threads of [1, 2])
      for (const run of [compiled, atOnce]) {
        const error = errorOf(() => run(wasmEngineOn({ ...platform(), runtime }, { threads })))
        expect(error._tag).toBe('PlatformError')
        expect(error.message).toMatch(`wasm engine: this runtime ${what}`)
        expect(error.message).toMatch(/\(RangeError: out of memory\).*withEngine\(reference\)\(\(\) => …\)$/)
      }
  })

  test('where it makes the array of a result: an error that says how large', () => {
    const newBytes = (length: number): ArrayBuffer => (length > 1e6 ? refusing() : new ArrayBuffer(length))
    const engine = wasmEngineOn({ ...platform(), newBytes }, { threads: 1 })
    const twice = jit((x: Tensor<'500000'>) => pipe(x, mul(2)), { engine })
    expect(errorOf(() => twice(ones('500000')))).toMatchObject({
      _tag: 'PlatformError',
      message: 'wasm engine: this runtime has no memory for an array of 2000000 bytes: keep fewer or smaller tensors',
    })
    expect(toNested(compiled(engine))).toEqual(toNested(atOnce(engine)))
  })
})

describe('an option that is none', () => {
  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 1025, 100_000, '2', null, Symbol('two')])('threads: %s', threads => {
    expect(errorOf(() => loose(wasmEngine)({ threads })).message).toMatch(/^wasm engine: .* threads: give a whole number from 1 to 1024$/)
  })
  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY, '60', null, 1n])('patienceSeconds: %s', patienceSeconds => {
    expect(errorOf(() => loose(wasmEngine)({ patienceSeconds })).message).toMatch(
      /^wasm engine: .* seconds of patience: give a finite number from 0 up$/,
    )
  })
})

describe('a program larger than any memory', () => {
  test('is refused with a sentence', () => {
    const error = errorOf(() => jit(huge, { engine })(tensor(1)))
    expect(error._tag).toBe('ArgumentError')
    expect(error.message).toMatch(/^wasm engine: a program needs \d{11} bytes of memory, more than the runtime gives$/)
  })

  test('leaves tensors readable and other programs as they were, also those that come after', () => {
    const double = jit((x: Tensor<'3'>) => pipe(x, mul(2)), { engine })
    const x = tensor([1, 2, 3])
    const y = double(x)
    const tooLarge = jit(huge, { engine })
    for (let i = 0; i < 2; i += 1) {
      expect(() => tooLarge(tensor(1))).toThrow('more than the runtime gives')
      expect(() => tooLarge(tensor(2))).toThrow('more than the runtime gives')
      expect([toNested(x), toNested(y), toNested(double(x))]).toEqual([
        [1, 2, 3],
        [2, 4, 6],
        [2, 4, 6],
      ])
      expect(toNested(jit((z: Tensor<'3'>) => pipe(z, add(i), exp), { engine })(tensor([-i, -i, -i])))).toEqual([1, 1, 1])
    }
  })

  test('is refused as a loop, and the next fold works', () => {
    const large = jit((state: Tensor<''>, x: Tensor<''>) => [pipe(state, add(huge(x))), x] as const, { engine })
    expect(() => train.fold(large)(tensor(0))([tensor(1)])).toThrow('more than the runtime gives')
    const count = jit((state: Tensor<'1'>, x: Tensor<'1'>) => [pipe(state, add(x)), x] as const, { engine })
    expect(toNested(train.fold(count)(tensor([0]))([tensor([1]), tensor([2])])[0])).toEqual([3])
  })
})
