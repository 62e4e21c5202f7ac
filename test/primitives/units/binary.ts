/** Functions of two entries at their corners. */
import * as p from '../../../src/primitives/index.js'
import { tensor, zeros } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { tableOf2, type Unit, unit } from './unit.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const [least, most, all] = [-(2 ** 31), 2 ** 31 - 1, 2 ** 32 - 1]

export const binary: readonly Unit[] = [
  tableOf2('add', p.add, [
    [1, 2, 3],
    [0, -0, 0],
    [-0, -0, -0],
    [inf, -inf, nan],
    [nan, 1, nan],
  ]),
  tableOf2(
    'add',
    p.add,
    [
      [most, 1, least],
      [least, -1, most],
    ],
    'int32',
  ),
  tableOf2('add', p.add, [[all, 2, 1]], 'uint32'),
  tableOf2('add', p.add, [[2 ** 24, 1, 2 ** 24]], 'float32'),
  tableOf2('sub', p.sub, [
    [1, 3, -2],
    [0, 0, 0],
    [-0, 0, -0],
    [inf, inf, nan],
  ]),
  tableOf2('sub', p.sub, [[least, 1, most]], 'int32'),
  tableOf2('sub', p.sub, [[0, 1, all]], 'uint32'),
  tableOf2('mul', p.mul, [
    [2, -3, -6],
    [0, -1, -0],
    [0, inf, nan],
    [-inf, 2, -inf],
    [nan, 0, nan],
  ]),
  tableOf2(
    'mul',
    p.mul,
    [
      [2 ** 16, 2 ** 16, 0],
      [123456789, 987654321, -67153019],
      [least, -1, least],
    ],
    'int32',
  ),
  tableOf2('mul', p.mul, [[all, all, 1]], 'uint32'),
  tableOf2('div', p.div, [
    [1, 4, 0.25],
    [1, 0, inf],
    [1, -0, -inf],
    [0, 0, nan],
    [inf, inf, nan],
    [1, inf, 0],
  ]),
  tableOf2('rem', p.rem, [
    [7, 3, 1],
    [-7, 3, -1],
    [7, -3, 1],
    [5.5, 2, 1.5],
    [1, 0, nan],
    [-0, 1, -0],
    [1, inf, 1],
  ]),
  tableOf2(
    'rem',
    p.rem,
    [
      [7, 3, 1],
      [-7, 3, -1],
      [7, 0, 0],
      [least, -1, 0],
    ],
    'int32',
  ),
  tableOf2(
    'rem',
    p.rem,
    [
      [all, 10, 5],
      [3, 0, 0],
    ],
    'uint32',
  ),
  tableOf2('pow', p.pow, [
    [2, 10, 1024],
    [2, -1, 0.5],
    [0, 0, 1],
    [nan, 0, 1],
    [1, nan, 1],
    [1, inf, 1],
    [-1, inf, 1],
    [-8, 1 / 3, nan],
    [0, -1, inf],
    [-2, 3, -8],
  ]),
  tableOf2('maximum', p.maximum, [
    [1, 2, 2],
    [-0, 0, 0],
    [0, -0, 0],
    [nan, 1, nan],
    [1, nan, nan],
    [-inf, 1, 1],
  ]),
  tableOf2('maximum', p.maximum, [[least, -1, -1]], 'int32'),
  tableOf2('maximum', p.maximum, [[all, 1, all]], 'uint32'),
  tableOf2('minimum', p.minimum, [
    [1, 2, 1],
    [-0, 0, -0],
    [0, -0, -0],
    [nan, 1, nan],
    [1, nan, nan],
    [inf, 1, 1],
  ]),
  tableOf2('minimum', p.minimum, [[least, -1, least]], 'int32'),

  unit('select', 'by place', () => p.select(tensor([true, false, true]), vector([1, 2, nan]), vector([3, -0, 5])), vector([1, -0, nan])),
  unit('select', 'of nothing', () => p.select(zeros('0', {}, 'bool'), zeros('0'), zeros('0')), zeros('0')),
]
