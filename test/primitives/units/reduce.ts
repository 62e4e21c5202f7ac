/** Many entries to one. */
import * as p from '../../../src/primitives/index.js'
import { tensor, zeros } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'
import { plainUnit, type Unit, unit } from './unit.js'

const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const product = { left: [1], right: [0], leftBatch: [], rightBatch: [] }

const along = { axis: 0, reverse: false, exclusive: false }
const against = { axis: 0, reverse: true, exclusive: false }

export const reduce: readonly Unit[] = [
  unit('sum', 'columns', () => p.sumAxes(matrix, [0]), tensor([5, 7, 9])),
  unit('sum', 'everything', () => p.sumAxes(matrix, [0, 1]), tensor(21)),
  unit('sum', 'nothing is 0', () => p.sumAxes(zeros('0 2'), [0]), tensor([0, 0])),
  unit(
    'sum',
    'NaN and infinities',
    () =>
      p.sumAxes(
        tensor([
          [1, nan],
          [inf, -inf],
        ]),
        [1],
      ),
    tensor([nan, nan]),
  ),
  plainUnit('sum', 'float32 is rounded once at the end', () => p.sumAxes(vector([2 ** 24, 1, 1], 'float32'), [0]), tensor(2 ** 24 + 2)),
  unit('sum', 'integers wrap', () => p.sumAxes(vector([2 ** 31 - 1, 1], 'int32'), [0]), tensor(-(2 ** 31), 'int32')),
  unit('sum', 'unsigned integers wrap', () => p.sumAxes(vector([2 ** 32 - 1, 3], 'uint32'), [0]), tensor(2, 'uint32')),
  unit('prod', 'rows', () => p.prodAxis(matrix, 1), tensor([6, 120])),
  unit('prod', 'nothing is 1', () => p.prodAxis(zeros('0 2'), 0), tensor([1, 1])),
  unit('prod', 'integers wrap', () => p.prodAxis(vector([2 ** 16, 2 ** 16, 3], 'int32'), 0), tensor(0, 'int32')),
  unit('prod', 'unsigned integers wrap', () => p.prodAxis(vector([2 ** 32 - 1, 2 ** 32 - 1], 'uint32'), 0), tensor(1, 'uint32')),
  unit(
    'max',
    'columns',
    () =>
      p.maxAxes(
        tensor([
          [1, 5, 3],
          [4, 2, 6],
        ]),
        [0],
      ),
    tensor([4, 5, 6]),
  ),
  unit(
    'max',
    'NaN wins',
    () =>
      p.maxAxes(
        tensor([
          [1, nan, inf],
          [-inf, -inf, -inf],
        ]),
        [1],
      ),
    tensor([nan, -inf]),
  ),
  unit('max', 'nothing is the least value', () => p.maxAxes(zeros('0'), [0]), tensor(-inf)),
  unit('max', 'no int32 is the least int32', () => p.maxAxes(zeros('0', {}, 'int32'), [0]), tensor(-(2 ** 31), 'int32')),
  unit('max', 'no uint32 is 0', () => p.maxAxes(zeros('0', {}, 'uint32'), [0]), tensor(0, 'uint32')),
  unit('min', 'columns', () => p.minAxes(matrix, [0]), tensor([1, 2, 3])),
  unit(
    'min',
    'NaN wins',
    () =>
      p.minAxes(
        tensor([
          [1, nan, -inf],
          [inf, inf, inf],
        ]),
        [1],
      ),
    tensor([nan, inf]),
  ),
  unit(
    'min',
    '-0 is below 0',
    () =>
      p.minAxes(
        tensor([
          [0, -0, 0, 0, 0],
          [0, 0, 0, 0, 0],
        ]),
        [1],
      ),
    tensor([-0, 0]),
  ),
  unit('min', 'nothing is the greatest value', () => p.minAxes(zeros('0'), [0]), tensor(inf)),
  unit('min', 'no int32 is the greatest int32', () => p.minAxes(zeros('0', {}, 'int32'), [0]), tensor(2 ** 31 - 1, 'int32')),
  unit('min', 'no uint32 is the greatest uint32', () => p.minAxes(zeros('0', {}, 'uint32'), [0]), tensor(2 ** 32 - 1, 'uint32')),
  unit('argsort', 'equal entries keep their order', () => p.argsortAxis(tensor([2, 1, 2, 0]), 0), tensor([3, 1, 0, 2], 'int32')),
  unit('argsort', 'NaN is last', () => p.argsortAxis(tensor([nan, inf, -inf]), 0), tensor([2, 1, 0], 'int32')),
  unit(
    'argmax',
    'the first of equals',
    () =>
      p.argmaxAxis(
        tensor([
          [1, 3, 3],
          [7, 7, 2],
        ]),
        1,
      ),
    vector([1, 0], 'int32'),
  ),
  unit('argmax', 'down columns', () => p.argmaxAxis(matrix, 0), vector([1, 1, 1], 'int32')),
  unit(
    'argmax',
    'the first NaN',
    () =>
      p.argmaxAxis(
        tensor([
          [1, nan, inf],
          [nan, 5, nan],
        ]),
        1,
      ),
    vector([1, 0], 'int32'),
  ),
  unit('argmax', 'all the least', () => p.argmaxAxis(tensor([-inf, -inf]), 0), tensor(0, 'int32')),

  unit('contract', 'a matrix product', () => p.contract(matrix, tensor([[1], [10], [100]]), product), tensor([[321], [654]])),
  unit(
    'contract',
    'an outer product',
    () => p.contract(tensor([1, 2]), tensor([3, 4]), { left: [], right: [], leftBatch: [], rightBatch: [] }),
    tensor([
      [3, 4],
      [6, 8],
    ]),
  ),
  unit(
    'contract',
    'an inner product',
    () => p.contract(tensor([1, 2]), tensor([3, 4]), { left: [0], right: [0], leftBatch: [], rightBatch: [] }),
    tensor(11),
  ),
  unit(
    'contract',
    'row by row',
    () => p.contract(matrix, matrix, { left: [1], right: [1], leftBatch: [0], rightBatch: [0] }),
    tensor([14, 77]),
  ),
  unit(
    'contract',
    'two axes at once, crosswise',
    () =>
      p.contract(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        tensor([
          [10, 20],
          [30, 40],
        ]),
        { left: [0, 1], right: [1, 0], leftBatch: [], rightBatch: [] },
      ),
    // Σ a_ij b_ji
    tensor(1 * 10 + 2 * 30 + 3 * 20 + 4 * 40),
  ),
  unit('contract', 'over nothing is 0', () => p.contract(zeros('2 0'), zeros('0 2'), product), zeros('2 2')),
  unit(
    'contract',
    'integers wrap',
    () => p.contract(tensor([[2 ** 16]], 'int32'), tensor([[2 ** 16]], 'int32'), product),
    tensor([[0]], 'int32'),
  ),
  plainUnit(
    'contract',
    'float32 is rounded once at the end',
    () => p.contract(tensor([[2 ** 24, 1, 1]]), tensor([[1], [1], [1]]), product),
    tensor([[2 ** 24 + 2]]),
  ),

  unit(
    'threefry',
    'Random123, zeros',
    () => p.threefry(vector([0, 0], 'uint32'), vector([0, 0], 'uint32')),
    vector([0x6b200159, 0x99ba4efe], 'uint32'),
  ),
  unit(
    'randomWords',
    'the blocks of the counters 0 and 1, those of jax.random.split(key(0))',
    () => p.randomWords(vector([0, 0], 'uint32'), { count: 2, joined: false }),
    tensor(
      [
        [1797259609, 2579123966],
        [928981903, 3453687069],
      ],
      'uint32',
    ),
  ),
  unit(
    'randomWords',
    'the two words of a block joined',
    () => p.randomWords(vector([0, 0], 'uint32'), { count: 1, joined: true }),
    vector([(1797259609 ^ 2579123966) >>> 0], 'uint32'),
  ),
  unit('cumSum', 'up to each', () => p.cumSum(tensor([1, 2, 3, 4, 5, 6]), along), tensor([1, 3, 6, 10, 15, 21])),
  unit('cumSum', 'from each on', () => p.cumSum(tensor([1, 2, 3, 4, 5]), against), tensor([15, 14, 12, 9, 5])),
  unit('cumSum', 'before each', () => p.cumSum(tensor([1, 2, 3, 4, 5, 6]), { ...along, exclusive: true }), tensor([0, 1, 3, 6, 10, 15])),
  unit('cumSum', 'after each', () => p.cumSum(tensor([1, 2, 3]), { ...against, exclusive: true }), tensor([5, 3, 0])),
  unit(
    'cumSum',
    'down columns',
    () => p.cumSum(matrix, along),
    tensor([
      [1, 2, 3],
      [5, 7, 9],
    ]),
  ),
  unit('cumSum', 'NaN from the first on', () => p.cumSum(tensor([inf, -inf, 1]), along), tensor([inf, nan, nan])),
  unit('cumSum', 'integers wrap', () => p.cumSum(tensor([2 ** 31 - 1, 1], 'int32'), along), tensor([2 ** 31 - 1, -(2 ** 31)], 'int32')),
  unit('cumProd', 'zero stays', () => p.cumProd(tensor([2, 3, 0, 4]), along), tensor([2, 6, 0, 0])),
  unit('cumProd', 'before each', () => p.cumProd(tensor([2, 3, 4]), { ...along, exclusive: true }), tensor([1, 2, 6])),
  unit('cumProd', 'not beyond float32 on the way', () => p.cumProd(tensor([1e30, 1e30, 1e-30]), along), tensor([1e30, inf, 1e30])),
  unit('cumMax', 'NaN stays', () => p.cumMax(tensor([1, 3, 2, nan, 5]), along), tensor([1, 3, 3, nan, nan])),
  unit('cumMax', 'of nothing', () => p.cumMax(tensor([1, 3, 2]), { ...along, exclusive: true }), tensor([-inf, 1, 3])),
  unit('cumMax', 'the first of equal zeros', () => p.cumMax(tensor([-0, 0]), along), tensor([-0, -0])),
  unit('cumMin', 'from the end', () => p.cumMin(tensor([1, 3, 2, 4]), against), tensor([1, 2, 2, 4])),
  unit(
    'cumMin',
    'of nothing without a sign',
    () => p.cumMin(tensor([7, 8], 'uint32'), { ...along, exclusive: true }),
    tensor([2 ** 32 - 1, 7], 'uint32'),
  ),
  // 1, 2 · 1 + 1, 3 · 3 + 1; the first factor is not read.
  unit('recurrence', 'forwards', () => p.recurrence(tensor([nan, 2, 3]), tensor([1, 1, 1]), along), tensor([1, 3, 10])),
  unit('recurrence', 'backwards', () => p.recurrence(tensor([2, 3, inf]), tensor([1, 1, 1]), against), tensor([9, 4, 1])),
  unit(
    'argsort',
    'descending, NaN first, equal entries in their order',
    () => p.argsortAxis(tensor([1, nan, 2, 1]), 0, true),
    tensor([1, 2, 0, 3], 'int32'),
  ),
  unit(
    'topK',
    'of equals the first',
    () => p.topKAxis(tensor([1, 3, 2, 3, 3, 0, 0, 0]), { axis: 0, k: 2, descending: true }),
    tensor([1, 3], 'int32'),
  ),
  unit(
    'topK',
    'the least, of half a row',
    () => p.topKAxis(tensor([1, nan, 0, 0]), { axis: 0, k: 3, descending: false }),
    tensor([2, 3, 0], 'int32'),
  ),
  unit(
    'searchsorted',
    'before equals',
    () => p.searchsorted(tensor([1, 2, 2, nan]), tensor([2, 0, nan, inf]), { batch: 0, right: false }),
    tensor([1, 0, 3, 3], 'int32'),
  ),
  unit(
    'searchsorted',
    'after equals',
    () => p.searchsorted(tensor([1, 2, 2, nan]), tensor([2, 0, nan, inf]), { batch: 0, right: true }),
    tensor([3, 0, 4, 3], 'int32'),
  ),
]
