/**
 * What goes wrong, and what is said: an op, where it is, what to do. Most of it the compiler has said before; here are the same mistakes made
 * without it, and those that only a run can show. Mistakes of shapes and dtypes of single operations stand in the tests of the operations.
 */
import {
  arange,
  argmax,
  codec,
  customVjp,
  data,
  fromArray,
  full,
  grad,
  hessian,
  jacobian,
  jit,
  jvp,
  layer,
  linspace,
  loss,
  matmul,
  mean,
  metric,
  mul,
  ones,
  optimizer,
  pipe,
  program,
  random,
  relu,
  softmax,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  train,
  tree,
  valueAndGrad,
  vjp,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Mistake = readonly [mistake: string, make: () => unknown, tag: string, message: string]

const constructors: readonly Mistake[] = [
  [
    'a name without a size',
    () => loose(zeros)('batch 2'),
    'ArgumentError',
    "zeros: 'batch' in 'batch 2' has no size: give one, as in zeros('batch 2', { batch: 32 })",
  ],
  ['a size below 0', () => zeros('b', { b: -1 }), 'ArgumentError', "zeros: 'b' in 'b' is -1: a size is a whole number from 0 up"],
  [
    'a size that is no whole number',
    () => ones('b', { b: 1.5 }),
    'ArgumentError',
    "ones: 'b' in 'b' is 1.5: a size is a whole number from 0 up",
  ],
  ['a malformed shape', () => loose(zeros)('batch,2', { batch: 2 }), 'ShapeError', "shape 'batch,2': write one space between axes"],
  ['a number for a shape', () => loose(zeros)(3), 'ShapeError', "shape: 3 is no dimension string: write '3'"],
  [
    'a dtype that is none',
    () => loose(zeros)('2', {}, 'float16'),
    'DTypeError',
    "'float16' is no dtype: use float32, float64, int32, uint32, bool",
  ],
  [
    'a value that the dtype does not hold',
    () => full(1.5)('2', {}, 'int32'),
    'DTypeError',
    'full: 1.5 is not a value of int32: ask for another dtype',
  ],
  ['a length below 0', () => arange(-1), 'ArgumentError', 'arange: -1 is not a size: give a whole number from 0 up'],
  [
    'a length that is no number',
    () => linspace(0, 1, Number.NaN),
    'ArgumentError',
    'linspace: NaN is not a size: give a whole number from 0 up',
  ],
  ['a ragged literal', () => loose(tensor)([[1, 2], [3]]), 'ShapeError', 'tensor: ragged array: row 0 has length 2, row 1 has length 1'],
  ['a text for a number', () => loose(tensor)([1, 'a']), 'ShapeError', 'tensor: [1] is a string, neither a number nor a boolean'],
  ['nothing', () => loose(tensor)(null), 'ShapeError', 'tensor: null is no tensor, give numbers or booleans'],
  ['numbers and booleans', () => loose(tensor)([1, true]), 'DTypeError', "tensor: [1]: true is not a number, ask for dtype 'bool'"],
  [
    'a fraction in integers',
    () => tensor([1.5], 'int32'),
    'DTypeError',
    'tensor: [0]: 1.5 is not a whole number from -2147483648 to 2147483647, which is what int32 holds',
  ],
  [
    'a literal of a dtype that is none',
    () => loose(tensor)([1], 'float16'),
    'DTypeError',
    "'float16' is no dtype: use float32, float64, int32, uint32, bool",
  ],
]

const operands: readonly Mistake[] = [
  ['a number for a tensor', () => loose(mul)(2)(5), 'TreeError', 'mul: the argument is not a tensor: make one with tensor or fromArray'],
  [
    'an array on the right',
    () => loose(mul)([1, 2])(ones('2')),
    'TreeError',
    'mul: the argument is not a tensor: make one with tensor or fromArray',
  ],
  [
    'nothing for a tensor',
    () => loose(relu)(undefined),
    'TreeError',
    'relu: the argument is not a tensor: make one with tensor or fromArray',
  ],
  ['an array to reduce', () => loose(sum)()([1, 2]), 'TreeError', 'sum: the argument is not a tensor: make one with tensor or fromArray'],
  [
    'an array to normalise',
    () => loose(softmax)(-1)([1]),
    'TreeError',
    'softmax: the argument is not a tensor: make one with tensor or fromArray',
  ],
  [
    'an array to multiply',
    () => loose(matmul)(ones('2 2'))([[1, 2]]),
    'TreeError',
    'matmul: the argument is not a tensor: make one with tensor or fromArray',
  ],
  ['an array to read', () => loose(toArray)([1]), 'TreeError', 'toArray: the argument is not a tensor: make one with tensor or fromArray'],
  [
    'an array to nest',
    () => loose(toNested)([1]),
    'TreeError',
    'toNested: the argument is not a tensor: make one with tensor or fromArray',
  ],
  [
    'the operator + on a tensor',
    () => Number(loose(tensor(1))),
    'TraceError',
    "a tensor ('' float32) is not a number: use ops such as add and less in place of + and <, and toNumber to read a scalar",
  ],
]

const square = (x: Tensor<'2'>): Tensor<'2'> => pipe(x, mul(x))
const kept: Tensor<''>[] = []
jit((x: Tensor<''>) => {
  kept.push(x)
  return x
})(tensor(1))
const leaked = (): Tensor<''> => kept[0] ?? tensor(0)
const noValue = "a traced '' float32 has no value yet, it stands for every input of the function: "

const transformations: readonly Mistake[] = [
  [
    'the gradient of a vector',
    () => loose(grad)(square)(ones('2')),
    'ShapeError',
    "grad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'the Hessian of a vector',
    () => loose(hessian)(square)(ones('2')),
    'ShapeError',
    "grad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'the gradient of an integer',
    () => loose(grad)(argmax(0))(ones('2')),
    'DTypeError',
    'grad: the function gives int32: only floats have derivatives',
  ],
  [
    'the gradient to an integer',
    () => loose(grad)((x: { n: Tensor<''> }) => x.n)({ n: zeros('', {}, 'int32') }),
    'TreeError',
    "grad: 'n' is int32: only floats have derivatives, let the function close over it or take it as a further argument",
  ],
  [
    'the Jacobian to integers',
    () => jacobian(square)(loose(ones('2', {}, 'int32')) as never),
    'TreeError',
    'jacobian: the argument is int32: only floats have derivatives, let the function close over it or take it as a further argument',
  ],
  [
    'an auxiliary result in front',
    () => loose(valueAndGrad)((x: Tensor<'2'>) => [x, sum()(x)])(ones('2')),
    'ShapeError',
    "valueAndGrad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian",
  ],
  [
    'a cotangent of another shape',
    () => loose(vjp(square)(ones('2'))[1])(ones('3')),
    'ShapeError',
    "vjp: the cotangent is float32 '3', the result is float32 '2'",
  ],
  [
    'a tangent of another shape',
    () => loose(jvp(square))(ones('2'), ones('3')),
    'TreeError',
    'jvp: the argument and the tangent differ in form, shape or dtype',
  ],
  [
    'a scalar to map over',
    () => loose(vmap('batch')(square))(ones('')),
    'TreeError',
    "vmap('batch'): '0' is a scalar, with no axis to map over: let the function close over it",
  ],
  [
    'two lengths of a batch',
    () => vmap('batch')((x: Tensor<''>, y: Tensor<''>) => pipe(x, mul(y)))(zeros('batch', { batch: 3 }), zeros('batch', { batch: 2 })),
    'SizeError',
    "vmap: 'batch' is 3 in one place and 2 in another: one name has one size",
  ],
  [
    'two axes to map over',
    () => loose(vmap('a b')(square))(ones('3 2')),
    'ArgumentError',
    "vmap: 'a b' is not one axis: give a name or a size, as in vmap('batch')",
  ],
  [
    'no axis to map over',
    () => loose(vmap('')(square))(ones('3 2')),
    'ArgumentError',
    "vmap: '' is not one axis: give a name or a size, as in vmap('batch')",
  ],
  [
    'a number for an argument',
    () => loose(jit(square))(5),
    'TreeError',
    "jit: '0' is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a number for a result',
    () => loose(jit)(() => 5)(ones('2')),
    'TreeError',
    "jit: the function's result: the argument is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'if on a traced value',
    () => jit((x: Tensor<''>) => (Number(loose(x)) > 0 ? x : x))(tensor(1)),
    'TraceError',
    `${noValue}use where(a, b)(condition) in place of if, and ops such as add and less in place of + and <`,
  ],
  [
    'reading a traced value',
    () => jit((x: Tensor<''>) => (toNumber(x) > 0 ? x : x))(tensor(1)),
    'TraceError',
    `toNumber: ${noValue}return it and read the result outside, or use where(a, b)(condition) in place of if`,
  ],
  [
    'a traced value after its trace',
    () => pipe(leaked(), mul(2)),
    'TraceError',
    "mul: a traced '' float32 was kept after the function it belongs to had returned: return the value from the function, do not assign it to a variable outside",
  ],
  [
    'a rule of another form',
    () =>
      loose(grad)((x: Tensor<'2'>) =>
        pipe(x, loose(customVjp)(square, (y: Tensor<'2'>) => [square(y), (ct: Tensor<'2'>) => [ct]]) as never, sum()),
      )(ones('2')),
    'TreeError',
    "customVjp: 'cotangent' has another form than the function has",
  ],
  [
    'a program of a number',
    () => loose(program.print(square))(5),
    'TreeError',
    "program: '0' is a number, not a tensor or a record or tuple of tensors",
  ],
]

const model = pipe(layer.input('2'), layer.dense(2))
const step = train.step(model, loss.meanSquaredError, optimizer.sgd(0.1))
const state = train.init(model, optimizer.sgd(0.1))(random.key(0))
const batch = { input: ones('3 2'), target: ones('3 2') }

const training: readonly Mistake[] = [
  [
    'a number for a leaf',
    () => tree.leaves({ w: [1] }),
    'TreeError',
    "leaves: 'w.0' is a number, not a tensor or a record or tuple of tensors",
  ],
  ['a seed below 0', () => random.key(-1), 'ArgumentError', 'random.key: -1 is no seed: give a whole number from 0 to 2^53 - 1'],
  ['a probability above 1', () => random.bernoulli(2), 'ArgumentError', 'bernoulli: 2 is no probability: give a number from 0 to 1'],
  ['a number for a layer', () => loose(layer.input)(784), 'ShapeError', "shape: 784 is no dimension string: write '784'"],
  [
    'a batch for an example',
    () => loose(model.apply)(state.params)(zeros('batch 2', { batch: 3 })),
    'ShapeError',
    "apply: the layer takes '2', not 'batch 2': vmap('batch') lifts it to a batch",
  ],
  ['parameters of another layer', () => loose(model.apply)([])(ones('2')), 'TreeError', "apply: 'params' has 0 parts, the layer has 1"],
  [
    'a learning rate that is no number',
    () => optimizer.adam(Number.NaN),
    'ArgumentError',
    'optimizer: the learning rate is NaN: give a finite number',
  ],
  [
    'a state with a number in it',
    () => loose(step)({ ...state, epoch: 5 }, batch),
    'TreeError',
    "jit: '0.epoch' is a number, not a tensor or a record or tuple of tensors",
  ],
  [
    'a batch without inputs',
    () => loose(step)(state, { target: ones('3 2') }),
    'TreeError',
    "train: 'input' is missing from the batch: give { input, target }",
  ],
  [
    'targets of another shape',
    () => loose(step)(state, { ...batch, target: ones('3 1') }),
    'ShapeError',
    "meanSquaredError: the prediction is float32 '2', the target float32 '1': they must be alike",
  ],
  [
    'a loss that is no scalar',
    () => loose(loose(train.step)(model, (x: object) => x, optimizer.sgd(0.1)))(state, batch),
    'ShapeError',
    "train: the loss of an example is '2', not a scalar: reduce it with mean() or sum()",
  ],
  [
    'nothing to evaluate',
    () => train.evaluate(model, loss.meanSquaredError)(state.params)([]),
    'ArgumentError',
    'train.evaluate: there are no examples to evaluate',
  ],
  [
    'float labels',
    () => loose(metric.accuracy)(ones('2'), ones('')),
    'DTypeError',
    "accuracy: labels are float32, not int32 class indices: cast('int32') first",
  ],
  [
    'arrays for a data set',
    () => data.batches({ size: 2 })({ x: [1, 2, 3] }),
    'TreeError',
    "data: 'x.0' is a number, not a tensor or a record or tuple of tensors",
  ],
  ['a scalar to standardise', () => data.standardise(ones('')), 'ShapeError', "mean: axis 0 is out of range for '', which has no axes"],
  [
    'a number to encode',
    () => codec.encode({ epoch: 5 }),
    'TreeError',
    "codec.encode: 'epoch' is a number, not a tensor or a record or tuple of tensors",
  ],
]

const tables = { constructors, operands, transformations, training }

describe.each(Object.entries(tables))('%s', (_, mistakes) => {
  test.each(mistakes)('%s', (__, make, tag, message) => {
    const error = errorOf(make)
    expect([error._tag, error.message, error.name]).toEqual([tag, message, `PullbackError (${tag})`])
  })
})

test('every message is one line', () => {
  for (const [, make] of Object.values(tables).flat()) expect(errorOf(make).message).not.toContain('\n')
})

test('errors at the border are values, not thrown', () => {
  expect(fromArray('n')([Number.NaN])).toMatchObject({ _tag: 'Right' })
  expect(fromArray('n', 'int32')([Number.NaN])).toMatchObject({ _tag: 'Left', left: { _tag: 'DTypeError' } })
  expect(mean()(ones('2')).shape).toBe('')
})
