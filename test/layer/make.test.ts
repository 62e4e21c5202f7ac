/** Layers of one's own, and what is none: a model that is wrong is not built, and one that is built is not run with what is not its own. */
import {
  grad,
  initializer,
  layer,
  loss,
  matmul,
  metric,
  mul,
  ones,
  optimizer,
  pipe,
  random,
  sum,
  type Tensor,
  tensor,
  toNested,
  train,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const key = random.key(0)
const said = (f: () => unknown): string => errorOf(f).message

const scale = layer.make({ init: k => ({ w: initializer.ones('2')(k) }), apply: p => (x: Tensor<'2'>) => pipe(x, mul(p.w)) })
const widen = layer.make({ name: 'widen', init: k => random.normal('2 3')(k), apply: w => (x: Tensor<'2'>) => pipe(x, matmul(w)) })

describe('a layer made of init and apply', () => {
  test('is a stage among others: its parameters stand in reading order, each drawn from a key of its own', () => {
    const model = pipe(layer.input('2'), layer.dense(2), scale, widen, layer.relu, layer.dense(1))
    const params = model.init(key)
    expect([model.input, model.output]).toEqual(['2', '1'])
    expect(params.map(part => Object.keys(part).length > 0)).toEqual([true, true, true, true])
    expect([params[0].weight.shape, params[1].w.shape, params[2].shape, params[3].weight.shape]).toEqual(['2 2', '2', '2 3', '3 1'])
    expect(toNested(params[2])).toEqual(toNested(random.normal('2 3')(random.foldIn(2)(key))))
  })

  test('gives what apply gives', () => {
    const model = pipe(layer.input('2'), scale)
    expect(toNested(model.apply([{ w: tensor([2, 3]) }])(tensor([5, 7])))).toEqual([10, 21])
  })

  test('goes through vmap, grad and training like any other', () => {
    const model = pipe(layer.input('2'), scale)
    const params = model.init(key)
    expect(toNested(vmap('3')(model.apply(params))(ones('3 2')))).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ])
    const slope = grad((p: typeof params) => pipe(model.apply(p)(tensor([5, 7])), sum()))(params)
    expect(toNested(slope[0].w)).toEqual([5, 7])
    const sgd = optimizer.sgd(0.5)
    const batch = { input: ones('1 2'), target: zeros('1 2') }
    const [next] = train.step(model, loss.meanSquaredError, sgd)(train.init(model, sgd)(key), batch)
    // The loss is (w₁² + w₂²) / 2, its gradient w.
    expect(toNested(next.params[0].w)).toEqual([0.5, 0.5])
  })

  test('may have axes that are only names', () => {
    const rows = layer.make({ init: k => random.normal('4 3')(k), apply: w => (x: Tensor<'seq 4'>) => pipe(x, matmul(w)) })
    const model = pipe(layer.input('seq 4'), rows)
    expect(model.output).toBe('seq 3')
    expect(model.apply(model.init(key))(zeros('seq 4', { seq: 9 })).sizes).toEqual([9, 3])
  })

  test('of any shape is a function of the layer before', () => {
    const gain = <P extends readonly unknown[], I extends string>(m: layer.Layer<P, I, '2'>) => pipe(m, scale)
    expect(pipe(layer.input('3'), layer.dense(2), gain).output).toBe('2')
  })

  test('draws nothing when it is made', () => {
    const calls: string[] = []
    const own = layer.make({
      init: k => {
        calls.push(k.toString().includes('traced') ? 'traced' : 'drawn')
        return random.normal('2')(k)
      },
      apply: w => (x: Tensor<'2'>) => pipe(x, mul(w)),
    })
    pipe(layer.input('2'), own)
    expect(calls).toEqual(['traced'])
  })
})

describe('a wrong layer is not made', () => {
  const made = (own: unknown, before: unknown = layer.input('2')): string => said(() => loose(loose(layer.make)(own))(before))
  test.each<readonly [string, unknown, string]>([
    ['nothing', undefined, 'layer.make: give { init, apply }: key => params and params => x => y'],
    ['init alone', { init: () => [] }, 'layer.make: give { init, apply }: key => params and params => x => y'],
    [
      'parameters that are a number',
      { init: () => ({ w: 3 }), apply: () => (x: unknown) => x },
      "layer.make: init: the function's result: 'w' is a number, not a tensor or a record or tuple of tensors",
    ],
    [
      'an apply that gives no function',
      { name: 'own', init: () => [], apply: () => 3 },
      'own: apply gives no function: write params => x => …',
    ],
    [
      'an apply that gives no tensor',
      { init: () => [], apply: () => () => 3 },
      'layer.make: apply: the argument gives no tensor: return one from params => x => …',
    ],
    [
      'an apply that gives integers',
      { init: () => [], apply: () => () => zeros('2', {}, 'int32') },
      "layer.make: apply gives int32, a layer gives float32: cast('float32') last",
    ],
    [
      'an apply for another shape',
      { init: () => [], apply: () => loose(matmul)(zeros('3 4')) },
      "matmul: '2' by '3 4': inner axes differ, '2' is not '3'",
    ],
  ])('%s', (_, own, message) => {
    expect(made(own)).toBe(message)
  })

  test('an apply that gives another shape later', () => {
    let size = 2
    const own = layer.make({
      init: () => [],
      apply:
        () =>
        (_: Tensor<'2'>): Tensor<'2'> =>
          loose(zeros)(String(size++)) as never,
    })
    const model = pipe(layer.input('2'), own)
    expect(said(() => model.apply([[]])(zeros('2')))).toBe(
      "layer.make: apply gives '3', and '2' when the layer was made: it must be a pure function of its arguments",
    )
  })

  test('an init that makes other parameters later', () => {
    let size = 2
    const own = layer.make({ name: 'own', init: () => loose(zeros)(String(size++)) as never, apply: () => (x: Tensor<'2'>) => x })
    const model = pipe(layer.input('2'), own)
    expect(said(() => model.init(key))).toBe("own: the parameter is float32 '3', the layer has float32 '2'")
  })
})

describe("parameters that are not the layer's own", () => {
  const model = pipe(layer.input('2'), layer.dense(2), scale, widen)
  const params = model.init(key)
  test.each<readonly [string, unknown, string]>([
    ['nothing', undefined, "apply: 'params' is not a tuple of parameters: give what init makes"],
    ['a record', {}, "apply: 'params' is not a tuple of parameters: give what init makes"],
    ['too few', [params[0]], "apply: 'params' has 1 parts, the layer has 3"],
    [
      'a dense layer of other weights',
      [{ ...params[0], weight: zeros('2 3') }, params[1], params[2]],
      "dense(2): the weight is '2 3', the layer has '2 2'",
    ],
    [
      'a dense layer without bias',
      [{ weight: params[0].weight }, params[1], params[2]],
      "dense(2): 'bias' is missing from the parameters, it is '2'",
    ],
    ['a part of another form', [params[0], { v: params[1].w }, params[2]], "layer.make: 'params' has the leaves (v), the layer has (w)"],
    [
      'a leaf of another shape',
      [params[0], { w: zeros('3') }, params[2]],
      "layer.make: the parameter w is float32 '3', the layer has float32 '2'",
    ],
    [
      'a leaf of another dtype',
      [params[0], { w: zeros('2', {}, 'float64') }, params[2]],
      "layer.make: the parameter w is float64 '2', the layer has float32 '2'",
    ],
    ['another tensor', [params[0], params[1], zeros('3 2')], "widen: the parameter is float32 '3 2', the layer has float32 '2 3'"],
    ['a number', [params[0], params[1], 3], 'widen: params: the argument is a number, not a tensor or a record or tuple of tensors'],
  ])('%s', (_, given, message) => {
    expect(said(() => loose(loose(model.apply)(given))(zeros('2')))).toBe(message)
  })
})

describe('what is no layer', () => {
  const line = layer.input('2')
  const forged = { input: '2', output: '2', stages: [], init: () => [], apply: () => (x: unknown) => x }
  const copy = 'a copy of a layer, or an object like one, is no layer: make a layer of your own with layer.make'
  const none = 'this is no layer, and a stage goes after one: a model begins with layer.input, a tensor goes into an operation'
  const users: readonly (readonly [string, (given: unknown) => unknown])[] = [
    ['layer.dense', given => loose(layer.dense(2))(given)],
    ['layer.relu', given => loose(layer.relu)(given)],
    ['layer.leakyRelu', given => loose(layer.leakyRelu())(given)],
    ['layer.activation', given => loose(layer.activation(x => x))(given)],
    ['layer.flatten', given => loose(layer.flatten)(given)],
    ['layer.make', given => loose(scale)(given)],
    ['sequential', given => loose(layer.sequential)(given)],
    ['sequential', given => loose(layer.sequential(line))(given)],
    ['train.init', given => loose(train.init)(given, optimizer.sgd(1))(key)],
    ['train.step', given => loose(train.step)(given, loss.meanSquaredError, optimizer.sgd(1))],
    ['train.batchLoss', given => loose(train.batchLoss)(given, loss.meanSquaredError)],
    ['train.evaluate', given => loose(train.evaluate)(given, metric.accuracy)],
  ]
  test.each(users)('%s', (op, use) => {
    for (const given of [forged, { ...line }, { ...line, apply: forged.apply }, { ...line, stages: [] }, Object.create(line)])
      expect(said(() => use(given))).toBe(`${op}: ${copy}`)
    for (const given of [undefined, null, 3, 'layer', [], {}, () => line, zeros('2')]) expect(said(() => use(given))).toBe(`${op}: ${none}`)
  })

  test('a layer cannot be changed', () => {
    expect(Object.isFrozen(line)).toBe(true)
  })
})
