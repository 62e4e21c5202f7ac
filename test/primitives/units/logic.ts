/** Comparisons and bits. */
import * as p from '../../../src/primitives/index.js'
import { tableOf2, type Unit } from './unit.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const [least, all] = [-(2 ** 31), 2 ** 32 - 1]

export const logic: readonly Unit[] = [
  tableOf2(
    'equal',
    p.equal,
    [
      [1, 1, 1],
      [1, 2, 0],
      [0, -0, 1],
      [nan, nan, 0],
      [inf, inf, 1],
    ],
    'float64',
    'bool',
  ),
  tableOf2(
    'equal',
    p.equal,
    [
      [1, 1, 1],
      [0, 1, 0],
    ],
    'bool',
    'bool',
  ),
  tableOf2(
    'less',
    p.less,
    [
      [1, 2, 1],
      [2, 2, 0],
      [-0, 0, 0],
      [nan, 1, 0],
      [1, nan, 0],
      [-inf, inf, 1],
    ],
    'float64',
    'bool',
  ),
  tableOf2('less', p.less, [[1, all, 1]], 'uint32', 'bool'),
  tableOf2(
    'lessEqual',
    p.lessEqual,
    [
      [1, 2, 1],
      [2, 2, 1],
      [0, -0, 1],
      [nan, nan, 0],
    ],
    'float64',
    'bool',
  ),

  tableOf2(
    'and',
    p.and,
    [
      [0b1100, 0b1010, 0b1000],
      [-1, 5, 5],
    ],
    'int32',
  ),
  tableOf2('and', p.and, [[all, 2 ** 31, 2 ** 31]], 'uint32'),
  tableOf2(
    'and',
    p.and,
    [
      [1, 1, 1],
      [1, 0, 0],
      [0, 0, 0],
    ],
    'bool',
  ),
  tableOf2(
    'or',
    p.or,
    [
      [0b1100, 0b1010, 0b1110],
      [-1, 5, -1],
    ],
    'int32',
  ),
  tableOf2('or', p.or, [[2 ** 31, 1, 2 ** 31 + 1]], 'uint32'),
  tableOf2(
    'or',
    p.or,
    [
      [1, 1, 1],
      [1, 0, 1],
      [0, 0, 0],
    ],
    'bool',
  ),
  tableOf2(
    'xor',
    p.xor,
    [
      [0b1100, 0b1010, 0b0110],
      [-1, 5, -6],
    ],
    'int32',
  ),
  tableOf2('xor', p.xor, [[all, 1, all - 1]], 'uint32'),
  tableOf2(
    'xor',
    p.xor,
    [
      [1, 1, 0],
      [1, 0, 1],
      [0, 0, 0],
    ],
    'bool',
  ),
  tableOf2(
    'shiftLeft',
    p.shiftLeft,
    [
      [1, 4, 16],
      [1, 31, least],
      [1, 32, 1],
      [3, 31, least],
    ],
    'int32',
  ),
  tableOf2(
    'shiftLeft',
    p.shiftLeft,
    [
      [1, 31, 2 ** 31],
      [all, 4, all - 15],
    ],
    'uint32',
  ),
  tableOf2(
    'shiftRight',
    p.shiftRight,
    [
      [16, 4, 1],
      [-16, 2, -4],
      [least, 31, -1],
      [5, 33, 2],
    ],
    'int32',
  ),
  tableOf2(
    'shiftRight',
    p.shiftRight,
    [
      [all, 31, 1],
      [2 ** 31, 4, 2 ** 27],
    ],
    'uint32',
  ),
]
