/** Mistakes in making tensors and in handing them to operations. */
import { arange, full, linspace, matmul, mul, ones, relu, softmax, sum, tensor, toArray, toNested, zeros } from 'pullback'
import { loose } from '../support/loose.js'
import type { Mistake } from './mistake.js'

export const constructors: readonly Mistake[] = [
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
  ['a number for a shape', () => loose(zeros)(3), 'ShapeError', "zeros: 3 is no dimension string: write '3'"],
  [
    'a dtype that is none',
    () => loose(zeros)('2', {}, 'float16'),
    'DTypeError',
    "zeros: 'float16' is no dtype: use float32, which holds every number of it",
  ],
  [
    'a value that the dtype does not hold',
    () => full(1.5)('2', {}, 'int32'),
    'DTypeError',
    'full: 1.5 is not a value of int32: ask for another dtype',
  ],
  ['a length below 0', () => arange<number>(-1), 'ArgumentError', 'arange: -1 is not a size: give a whole number from 0 up'],
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
    "tensor: 'float16' is no dtype: use float32, which holds every number of it",
  ],
]

export const operands: readonly Mistake[] = [
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
    'relu: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.relu',
  ],
  ['an array to reduce', () => loose(sum)()([1, 2]), 'TreeError', 'sum: the argument is not a tensor: make one with tensor or fromArray'],
  [
    'an array to normalise',
    () => loose(softmax)(-1)([1]),
    'TreeError',
    'softmax: the argument is not a tensor: make one with tensor or fromArray, in a model use layer.softmax',
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
