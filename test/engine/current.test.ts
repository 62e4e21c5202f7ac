/** Which engine runs: the one of the library, another one inside `withEngine`, the one that a jitted function names. */
import {
  add,
  type Engine,
  exp,
  jit,
  loss,
  optimizer,
  pipe,
  random,
  reference,
  type Tensor,
  tensor,
  toNumber,
  train,
  withEngine,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { currentEngine } from '../../src/engine/current.js'
import { errorOf } from '../support/errors.js'
import { model } from '../train/support.js'

/** The reference engine, with a list of what it was asked to do. */
const spying = (): { readonly engine: Engine; readonly asked: string[] } => {
  const asked: string[] = []
  const engine: Engine = {
    name: 'spying',
    prepare: program => {
      asked.push(`prepare ${program.equations.map(({ operation }) => operation.name).join(' ')}`)
      return reference.prepare(program)
    },
    apply: (operation, inputs, outputs) => {
      asked.push(operation.name)
      return reference.apply(operation, inputs, outputs)
    },
  }
  return { engine, asked }
}

const one = tensor([1, 2])
const next = (x: Tensor<'2'>) => pipe(x, exp, add(one))

describe('withEngine', () => {
  test('runs operations and jitted functions on the engine, and nothing afterwards', () => {
    const { engine, asked } = spying()
    const jitted = jit(next)
    const result = withEngine(engine)(() => [next(one), jitted(one)] as const)
    expect(asked).toEqual(['exp', 'add', 'prepare exp add'])
    expect(String(result[0])).toBe(String(result[1]))
    next(one)
    jitted(one)
    expect(asked.length).toBe(3)
  })

  test('nests, and gives the engine back after an error', () => {
    const [outer, inner] = [spying(), spying()]
    withEngine(outer.engine)(() => {
      expect(() =>
        withEngine(inner.engine)(() => {
          next(one)
          throw new Error('stop')
        }),
      ).toThrow('stop')
      expect(currentEngine()).toBe(outer.engine)
      next(one)
    })
    expect([outer.asked, inner.asked]).toEqual([
      ['exp', 'add'],
      ['exp', 'add'],
    ])
    expect(currentEngine().name).toBe('wasm')
  })

  test('refuses a promise, and has given the engine back', () => {
    expect(errorOf(() => withEngine(reference)(async () => next(one)))).toMatchObject({ _tag: 'ArgumentError', op: 'withEngine' })
    expect(currentEngine().name).toBe('wasm')
  })

  test('a uniform tensor is computed as one number', () => {
    const { engine, asked } = spying()
    const y = withEngine(engine)(() => exp(tensor(0)))
    expect(toNumber(y)).toBe(1)
    expect(asked).toEqual(['exp'])
  })
})

describe('jit', () => {
  test('keeps a program for each engine, and traces once for each', () => {
    let traces = 0
    const f = jit((x: Tensor<'2'>) => {
      traces += 1
      return next(x)
    })
    const { engine, asked } = spying()
    const both = () => [f(one), withEngine(engine)(() => f(one))]
    both()
    both()
    expect([traces, asked]).toEqual([2, ['prepare exp add']])
  })

  test('runs on the engine it names wherever it is called, and what it computes of constants too', () => {
    const [named, other] = [spying(), spying()]
    const f = jit((x: Tensor<'2'>) => pipe(x, add(exp(one))), { engine: named.engine })
    withEngine(other.engine)(() => f(one))
    expect([named.asked, other.asked]).toEqual([['exp', 'prepare add'], []])
  })

  test('a training step folds on the engine in force', () => {
    const { engine, asked } = spying()
    const descend = optimizer.sgd(0.1)
    const step = train.step(model, loss.softmaxCrossEntropy, descend)
    const state = train.init(model, descend)(random.key(0))
    withEngine(engine)(() => train.fold(step)(state)([]))
    expect(asked).toEqual([])
    const batch = { input: tensor([[0, 1]]), target: tensor([1], 'int32') }
    withEngine(engine)(() => train.fold(step)(state)([batch, batch]))
    expect(asked.filter(line => line.startsWith('prepare')).length).toBe(1)
  })
})
