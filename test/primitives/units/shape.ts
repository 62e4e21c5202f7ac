/** The same entries in other places: each result is written out. */
import * as p from '../../../src/primitives/index.js'
import { ones, tensor, zeros } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { type Unit, unit } from './unit.js'

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
])

export const shape: readonly Unit[] = [
  unit(
    'reshape',
    'row-major order stays',
    () => p.reshapeTo(matrix, [3, 2]),
    tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  ),
  unit('reshape', 'to a scalar', () => p.reshapeTo(tensor([[7]]), []), tensor(7)),
  unit(
    'permute',
    'a matrix',
    () => p.permuteAxes(matrix, [1, 0]),
    tensor([
      [1, 4],
      [2, 5],
      [3, 6],
    ]),
  ),
  unit(
    'permute',
    'axis i of the result is axis axes[i]',
    () => p.permuteAxes(tensor([[[1, 2, 3]], [[4, 5, 6]]]), [2, 0, 1]),
    tensor([
      [[1], [4]],
      [[2], [5]],
      [[3], [6]],
    ]),
  ),
  unit(
    'permute',
    'an axis moved',
    () => p.moveAxis(tensor([[[1, 2, 3]], [[4, 5, 6]]]), 0, 2),
    tensor([
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ]),
  ),
  unit(
    'reverse',
    'rows',
    () => p.reverseAxes(matrix, [0]),
    tensor([
      [4, 5, 6],
      [1, 2, 3],
    ]),
  ),
  unit(
    'reverse',
    'both axes',
    () => p.reverseAxes(matrix, [0, 1]),
    tensor([
      [6, 5, 4],
      [3, 2, 1],
    ]),
  ),
  unit('reverse', 'nothing', () => p.reverseAxes(zeros('0 2'), [0, 1]), zeros('0 2')),
  unit(
    'broadcast',
    'a row down',
    () => p.broadcastAxes(tensor([1, 2]), [3, 2], [0]),
    tensor([
      [1, 2],
      [1, 2],
      [1, 2],
    ]),
  ),
  unit(
    'broadcast',
    'a column across',
    () => p.broadcastAxes(tensor([1, 2]), [2, 3], [1]),
    tensor([
      [1, 1, 1],
      [2, 2, 2],
    ]),
  ),
  unit('broadcast', 'to nothing', () => p.broadcastAxes(tensor([1, 2]), [0, 2], [0]), zeros('0 2')),
  unit(
    'slice',
    'a block',
    () => p.sliceOf(matrix, { start: [0, 1], stop: [2, 3], step: [1, 1] }),
    tensor([
      [2, 3],
      [5, 6],
    ]),
  ),
  unit(
    'slice',
    'every other column, the last partly reached',
    () => p.sliceOf(matrix, { start: [0, 0], stop: [2, 3], step: [1, 2] }),
    tensor([
      [1, 3],
      [4, 6],
    ]),
  ),
  unit('slice', 'an empty range', () => p.sliceAxis(matrix, 1, 2, 2), zeros('2 0')),
  unit('pad', 'around', () => p.padWith(tensor([1, 2]), { low: [1], high: [2], interior: [0] }), tensor([0, 1, 2, 0, 0])),
  unit('pad', 'between', () => p.padWith(tensor([1, 2, 3]), { low: [0], high: [1], interior: [1] }), tensor([1, 0, 2, 0, 3, 0])),
  unit('pad', 'nothing, around', () => p.padWith(zeros('0'), { low: [1], high: [1], interior: [5] }), tensor([0, 0])),
  unit(
    'concat',
    'rows',
    () =>
      p.concatAxis(
        [
          tensor([[1, 2]]),
          tensor([
            [3, 4],
            [5, 6],
          ]),
        ],
        0,
      ),
    tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]),
  ),
  unit(
    'concat',
    'columns, one of them none',
    () =>
      p.concatAxis(
        [
          tensor([[1], [2]]),
          zeros('2 0'),
          tensor([
            [3, 4],
            [5, 6],
          ]),
        ],
        1,
      ),
    tensor([
      [1, 3, 4],
      [2, 5, 6],
    ]),
  ),
  unit('concat', 'one', () => p.concatAxis([tensor([1, 2])], 0), tensor([1, 2])),
  unit(
    'iota',
    'along the last axis',
    () => p.iota([2, 3], 1, 'int32'),
    tensor(
      [
        [0, 1, 2],
        [0, 1, 2],
      ],
      'int32',
    ),
  ),
  unit(
    'iota',
    'along the first axis',
    () => p.iota([2, 3], 0, 'float64'),
    tensor(
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
      'float64',
    ),
  ),
  unit('iota', 'of nothing', () => p.iota([0], 0, 'uint32'), zeros('0', {}, 'uint32')),

  unit(
    'gather',
    'rows',
    () => p.gather(matrix, vector([1, 0, 1], 'int32'), { axis: 0, batch: 0 }),
    tensor([
      [4, 5, 6],
      [1, 2, 3],
      [4, 5, 6],
    ]),
  ),
  unit(
    'gather',
    'columns, by a matrix of indices',
    () => p.gather(matrix, tensor([[2, 0]], 'int32'), { axis: 1, batch: 0 }),
    tensor([[[3, 1]], [[6, 4]]]),
  ),
  unit('gather', 'an entry of each row', () => p.gather(matrix, vector([2, 0], 'uint32'), { axis: 1, batch: 1 }), tensor([3, 4])),
  unit('gather', 'no rows', () => p.gather(matrix, zeros('0', {}, 'int32'), { axis: 0, batch: 0 }), zeros('0 3')),
  ...(
    [
      ['set', 'the last one stays', [3, 2, 30]],
      ['mul', 'the product of all', [30, 40, 30]],
      ['min', 'the least of all', [3, 1, 30]],
      ['max', 'the greatest of all', [10, 20, 30]],
    ] as const
  ).map(([by, what, expected]) =>
    unit(
      'scatter',
      `${by}: ${what}`,
      () => p.scatterBy(tensor([10, 20, 30]), vector([1, 1, 0], 'int32'), tensor([1, 2, 3]), { axis: 0, batch: 0, by }),
      tensor(expected),
    ),
  ),
  unit(
    'scatter',
    'NaN is kept, whether it was there or comes',
    () => p.scatterBy(tensor([Number.NaN, 5]), vector([0, 1], 'int32'), tensor([1, Number.NaN]), { axis: 0, batch: 0, by: 'max' }),
    tensor([Number.NaN, Number.NaN]),
  ),
  unit(
    'scatter',
    'integers wrap',
    () => p.scatterBy(tensor([65537], 'int32'), vector([0], 'int32'), tensor([65537], 'int32'), { axis: 0, batch: 0, by: 'mul' }),
    tensor([131073], 'int32'),
  ),
  unit(
    'scatterAdd',
    'twice to one place',
    () => p.scatterAdd(tensor([10, 20, 30]), vector([1, 1, 0], 'int32'), tensor([1, 2, 4]), { axis: 0, batch: 0 }),
    tensor([14, 23, 30]),
  ),
  unit(
    'scatterAdd',
    'to an entry of each row',
    () => p.scatterAdd(matrix, vector([2, 0], 'int32'), tensor([10, 100]), { axis: 1, batch: 1 }),
    tensor([
      [1, 2, 13],
      [104, 5, 6],
    ]),
  ),
  unit(
    'scatterAdd',
    'integers wrap',
    () => p.scatterAdd(vector([2 ** 31 - 1], 'int32'), vector([0], 'int32'), vector([1], 'int32'), { axis: 0, batch: 0 }),
    vector([-(2 ** 31)], 'int32'),
  ),

  unit(
    'windows',
    'every second entry from every start',
    () => p.windows(tensor([1, 2, 3, 4, 5]), { axes: [0], size: [2], step: [1], dilation: [2] }),
    tensor([
      [1, 3],
      [2, 4],
      [3, 5],
    ]),
  ),
  unit(
    'windows',
    'of two axes: positions in place, offsets at the end',
    () => p.windows(matrix, { axes: [0, 1], size: [2, 2], step: [1, 1], dilation: [1, 1] }),
    tensor([
      [
        [
          [1, 2],
          [4, 5],
        ],
        [
          [2, 3],
          [5, 6],
        ],
      ],
    ]),
  ),
  unit(
    'windows',
    'longer than the axis',
    () => p.windows(tensor([1, 2]), { axes: [0], size: [3], step: [1], dilation: [1] }),
    zeros('0 3'),
  ),
  unit(
    'overlapAdd',
    'each entry as often as windows hold it',
    () => p.overlapAdd(ones('3 2'), { axes: [0], sizes: [5], step: [1], dilation: [2] }),
    tensor([1, 1, 2, 1, 1]),
  ),
  unit(
    'overlapAdd',
    'side by side, with a gap and a rest; the sum of -0 alone is 0',
    () =>
      p.overlapAdd(
        tensor([
          [1, 2],
          [3, -0],
        ]),
        { axes: [0], sizes: [7], step: [3], dilation: [1] },
      ),
    tensor([1, 2, 0, 3, 0, 0, 0]),
  ),
  unit('overlapAdd', 'no windows', () => p.overlapAdd(zeros('0 3'), { axes: [0], sizes: [2], step: [1], dilation: [1] }), zeros('2')),
]
