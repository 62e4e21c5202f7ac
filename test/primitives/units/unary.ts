/** Functions of one entry at their corners: zeros of both signs, infinities, NaN, integers at the ends of their range. */
import * as p from '../../../src/primitives/index.js'
import { tensor, zeros } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { tableOf1, type Unit, unit } from './unit.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const least = -(2 ** 31)

export const unary: readonly Unit[] = [
  tableOf1('abs', p.abs, [
    [-1.5, 1.5],
    [0, 0],
    [-0, 0],
    [-inf, inf],
    [nan, nan],
  ]),
  tableOf1(
    'abs',
    p.abs,
    [
      [-3, 3],
      [least, least],
    ],
    'int32',
  ),
  tableOf1('neg', p.neg, [
    [1.5, -1.5],
    [0, -0],
    [-0, 0],
    [inf, -inf],
    [nan, nan],
  ]),
  tableOf1(
    'neg',
    p.neg,
    [
      [3, -3],
      [0, 0],
      [least, least],
    ],
    'int32',
  ),
  tableOf1(
    'neg',
    p.neg,
    [
      [0, 0],
      [1, 2 ** 32 - 1],
    ],
    'uint32',
  ),
  tableOf1('sign', p.sign, [
    [-2.5, -1],
    [0, 0],
    [-0, -0],
    [1e-300, 1],
    [inf, 1],
    [nan, nan],
  ]),
  tableOf1(
    'sign',
    p.sign,
    [
      [-7, -1],
      [0, 0],
      [7, 1],
    ],
    'int32',
  ),
  tableOf1(
    'sign',
    p.sign,
    [
      [0, 0],
      [2 ** 32 - 1, 1],
    ],
    'uint32',
  ),
  tableOf1('floor', p.floor, [
    [1.7, 1],
    [-1.2, -2],
    [3, 3],
    [-0, -0],
    [-inf, -inf],
    [nan, nan],
  ]),
  tableOf1('exp', p.exp, [
    [0, 1],
    [-0, 1],
    [-inf, 0],
    [inf, inf],
    [710, inf],
    [-746, 0],
    [nan, nan],
  ]),
  tableOf1('expm1', p.expm1, [
    [0, 0],
    [-0, -0],
    [-inf, -1],
    [inf, inf],
    [1e-20, 1e-20],
    [nan, nan],
  ]),
  tableOf1('log', p.log, [
    [1, 0],
    [0, -inf],
    [-0, -inf],
    [-1, nan],
    [inf, inf],
    [nan, nan],
  ]),
  tableOf1('log1p', p.log1p, [
    [0, 0],
    [-0, -0],
    [-1, -inf],
    [-2, nan],
    [1e-20, 1e-20],
    [inf, inf],
    [nan, nan],
  ]),
  tableOf1('sqrt', p.sqrt, [
    [9, 3],
    [0, 0],
    [-0, -0],
    [-1, nan],
    [inf, inf],
    [nan, nan],
  ]),
  tableOf1('rsqrt', p.rsqrt, [
    [4, 0.5],
    [0, inf],
    [-0, -inf],
    [-1, nan],
    [inf, 0],
    [nan, nan],
  ]),
  tableOf1('sin', p.sin, [
    [0, 0],
    [-0, -0],
    [inf, nan],
    [nan, nan],
  ]),
  tableOf1('cos', p.cos, [
    [0, 1],
    [-0, 1],
    [-inf, nan],
    [nan, nan],
  ]),
  tableOf1('tanh', p.tanh, [
    [0, 0],
    [-0, -0],
    [inf, 1],
    [-inf, -1],
    [1000, 1],
    [nan, nan],
  ]),
  tableOf1('sigmoid', p.sigmoid, [
    [0, 0.5],
    [-0, 0.5],
    [inf, 1],
    [-inf, 0],
    [-1000, 0],
    [1000, 1],
    [nan, nan],
  ]),
  tableOf1('erf', p.erf, [
    [0, 0],
    [-0, -0],
    [inf, 1],
    [-inf, -1],
    [6, 1],
    [-30, -1],
    [nan, nan],
  ]),
  tableOf1(
    'not',
    p.not,
    [
      [0, -1],
      [5, -6],
      [-1, 0],
    ],
    'int32',
  ),
  tableOf1(
    'not',
    p.not,
    [
      [0, 2 ** 32 - 1],
      [5, 2 ** 32 - 6],
    ],
    'uint32',
  ),
  unit('not', 'bools', () => p.not(tensor([true, false])), tensor([false, true])),
  tableOf1('stopGradient', p.stopGradient, [
    [1.5, 1.5],
    [-0, -0],
    [nan, nan],
  ]),

  unit(
    'cast',
    'float64 to float32 rounds',
    () => p.castTo(vector([0.1, 1e40, -0]), 'float32'),
    vector([Math.fround(0.1), inf, -0], 'float32'),
  ),
  unit(
    'cast',
    'floats to int32 truncate; NaN is 0',
    () => p.castTo(vector([1.9, -1.9, nan, inf]), 'int32'),
    vector([1, -1, 0, 2 ** 31 - 1], 'int32'),
  ),
  unit(
    'cast',
    'floats out of range stop at its ends',
    () => p.castTo(vector([2 ** 31, -(2 ** 40)]), 'int32'),
    vector([2 ** 31 - 1, least], 'int32'),
  ),
  unit('cast', 'integers wrap', () => p.castTo(vector([-1, 7], 'int32'), 'uint32'), vector([2 ** 32 - 1, 7], 'uint32')),
  unit('cast', 'to bool: all but 0 is true', () => p.castTo(vector([0, -0, 0.5, nan]), 'bool'), vector([0, 0, 1, 1], 'bool')),
  unit('cast', 'bools are 0 and 1', () => p.castTo(tensor([true, false]), 'float32'), vector([1, 0], 'float32')),
  unit('cast', 'nothing', () => p.castTo(zeros('0 2'), 'int32'), zeros('0 2', {}, 'int32')),

  unit('exp', 'float32 is rounded once', () => p.exp(vector([1], 'float32')), vector([Math.fround(Math.E)], 'float32')),
  unit('tanh', 'nothing', () => p.tanh(zeros('2 0')), zeros('2 0')),
]
