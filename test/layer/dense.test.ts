/** Dense layers and activations by hand, and every way to use them wrongly. */
import * as op from 'pullback'
import { initializer, layer, pipe, random, tensor, toNested, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'
import { claims } from '../support/claim.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const wrong = (f: () => unknown): readonly string[] => {
  const { _tag, message } = errorOf(f)
  return [_tag, message]
}

describe('dense', () => {
  const weight = tensor([
    [1, 2, 3],
    [4, 5, 6],
  ])
  const model = pipe(layer.input('2'), layer.dense(3))
  test('x · W + b', () => {
    const params = [{ weight, bias: tensor([10, 20, 30]) }] as const
    expect(toNested(model.apply([...params])(tensor([1, 2])))).toEqual([19, 32, 45])
  })
  test('without bias', () => {
    const linear = pipe(layer.input('2'), layer.dense(3, { bias: false }))
    expect(toNested(linear.apply([{ weight }])(tensor([1, 2])))).toEqual([9, 12, 15])
    expect(Object.keys(linear.init(random.key(0))[0])).toEqual(['weight'])
  })
  test('along the last of several axes', () => {
    const rows = pipe(layer.input('seq 2'), layer.dense(3))
    const y = rows.apply([{ weight, bias: zeros('3') }])(op.ones('seq 2', { seq: 4 }))
    claims(y, 'seq 3', [4, 3])
    expect(toNested(y)[0]).toEqual([5, 7, 9])
  })
  test('new parameters: their shapes, zero biases, another key other weights', () => {
    const [params] = model.init(random.key(0))
    claims(params.weight, '2 3', [2, 3])
    claims(params.bias, '3', [3])
    expect(toNested(params.bias)).toEqual([0, 0, 0])
    expect(toNested(params.weight)).not.toEqual(toNested(model.init(random.key(1))[0].weight))
    expect(toNested(params.weight)).toEqual(toNested(model.init(random.key(0))[0].weight))
  })
  test('initial values of choice; weight and bias have keys of their own', () => {
    const chosen = pipe(layer.input('3'), layer.dense(3, { weight: initializer.constant(2), bias: initializer.normal(1) }))
    const [{ weight: w, bias }] = chosen.init(random.key(0))
    expect(toNested(w)).toEqual([
      [2, 2, 2],
      [2, 2, 2],
      [2, 2, 2],
    ])
    const both = pipe(layer.input('1'), layer.dense(3, { weight: initializer.normal(1), bias: initializer.normal(1) }))
    const [drawn] = both.init(random.key(0))
    expect(toNested(drawn.weight)[0]).not.toEqual(toNested(drawn.bias))
    expect(toNested(bias)).not.toEqual([0, 0, 0])
  })
})

describe('activations as layers are the functions', () => {
  const x = tensor([-2, -0.5, 0, 1.5])
  const start = layer.input('4')
  test.each([
    ['relu', layer.relu, op.relu],
    ['tanh', layer.tanh, op.tanh],
    ['sigmoid', layer.sigmoid, op.sigmoid],
    ['leakyRelu', layer.leakyRelu(0.1), op.leakyRelu(0.1)],
    ['elu', layer.elu(2), op.elu(2)],
    ['selu', layer.selu, op.selu],
    ['gelu', layer.gelu, op.gelu],
    ['silu', layer.silu, op.silu],
    ['softplus', layer.softplus, op.softplus],
    ['softmax', layer.softmax, op.softmax(-1)],
    ['logSoftmax', layer.logSoftmax, op.logSoftmax(-1)],
    ['any function', layer.activation(op.mul(3)), op.mul(3)],
  ] as const)('%s', (_, stage, f) => {
    const model = pipe(start, stage)
    expect([model.input, model.output, model.init(random.key(0))]).toEqual(['4', '4', []])
    expect(toNested(model.apply([])(x))).toEqual(toNested(typed<typeof x>(loose(f)(x))))
  })
  test('flatten', () => {
    const model = pipe(layer.input('2 3'), layer.flatten, layer.dense(1, { weight: initializer.ones }))
    expect(
      toNested(
        model.apply(model.init(random.key(0)))(
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      ),
    ).toEqual([21])
    const named = pipe(layer.input('seq 3'), layer.flatten)
    expect(named.apply(named.init(random.key(0)))(zeros('seq 3', { seq: 2 })).shape).toBe('seq*3')
  })
})

describe('what does not fit', () => {
  const model = pipe(layer.input('2'), layer.dense(3), layer.relu, layer.dense(1))
  const params = model.init(random.key(0))
  test('an example of another shape', () => {
    expect(wrong(() => loose(model.apply)(params)(tensor([1, 2, 3])))).toEqual(['ShapeError', "apply: the layer takes '2', not '3'"])
    expect(wrong(() => loose(model.apply)(params)(zeros('batch 2', { batch: 4 })))).toEqual([
      'ShapeError',
      "apply: the layer takes '2', not 'batch 2': vmap('batch') lifts it to a batch",
    ])
  })
  test('another number of parameters', () => {
    expect(wrong(() => loose(model.apply)(params.slice(0, 1))(tensor([1, 2])))).toEqual([
      'TreeError',
      "apply: 'params' has 1 parts, the layer has 2",
    ])
    expect(wrong(() => loose(model.apply)([])(tensor([1, 2])))[1]).toBe("apply: 'params' has 0 parts, the layer has 2")
  })
  test('sizes that are not', () => {
    expect(wrong(() => loose(layer.dense)(0)(layer.input('2')))).toEqual([
      'ShapeError',
      'dense(0): give a whole number of outputs from 1 up',
    ])
    expect(wrong(() => loose(layer.dense)(2.5)(layer.input('2')))).toEqual([
      'ShapeError',
      'dense(2.5): give a whole number of outputs from 1 up',
    ])
    expect(wrong(() => loose(layer.dense)(3)(layer.input('batch')))).toEqual([
      'ShapeError',
      "dense(3): the size of 'batch' in 'batch' is not known, the last axis must be a number",
    ])
    expect(wrong(() => loose(layer.dense)(3)(layer.input('')))).toEqual([
      'ShapeError',
      "dense(3): a scalar has no axis to map, begin with layer.input('1')",
    ])
    expect(wrong(() => layer.input<string>('2,3'))).toEqual(['ShapeError', "shape '2,3': write one space between axes"])
  })
  test('layers that do not follow one another', () => {
    expect(wrong(() => loose(layer.sequential)(layer.input('4'))(model))).toEqual([
      'ShapeError',
      "sequential: '1' does not go into a layer that takes '4'",
    ])
  })
  test('weights of another shape', () => {
    const bad = [{ weight: zeros('3 3'), bias: zeros('3') }, params[1]]
    expect(wrong(() => loose(model.apply)(bad)(tensor([1, 2])))).toEqual([
      'ShapeError',
      "dense(3): the weight is '3 3', the layer has '2 3'",
    ])
  })
  test('parameters that are missing', () => {
    const tried = (first: unknown) => wrong(() => loose(model.apply)([first, params[1]])(tensor([1, 2])))
    expect(tried({ weight: params[0].weight })).toEqual(['TreeError', "dense(3): 'bias' is missing from the parameters, it is '3'"])
    expect(tried({})).toEqual(['TreeError', "dense(3): 'weight' is missing from the parameters, it is '2 3'"])
    expect(tried(null)[0]).toBe('TreeError')
  })
  test('an activation that changes the shape', () => {
    const summing = layer.activation(typed<typeof op.relu>(op.sum()))
    expect(wrong(() => pipe(layer.input('2'), summing).apply([])(tensor([1, 2])))).toEqual([
      'ShapeError',
      "layer.activation: the function makes float32 '' of float32 '2': it must keep shape and dtype",
    ])
  })
})
