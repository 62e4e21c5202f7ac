import { describe, expect, test } from 'vitest'
import {
  type At,
  at,
  type BesideAlong,
  besideAlong,
  block,
  type Diag,
  type Diagonal,
  diag,
  diagonal,
  type FittingBlock,
  type Kron,
  kron,
  type Matrices,
  type Meshgrid,
  matrices,
  meshgrid,
  type Pad,
  pad,
  type RepeatInterleave,
  type Rot90,
  repeatInterleave,
  rot90,
  type SplitInto,
  split,
  type Tile,
  type TraceOf,
  tile,
  trace,
  type Unstacked,
  unstacked,
  type ValuesAt,
  valuesAt,
} from '../../src/shape/index.js'
import { loose } from '../support/loose.js'
import { twin } from './twin.js'

describe('matrices', () => {
  test('need two axes', () => {
    twin<Matrices<'tril', 'batch 3 4'>>()(matrices('tril', 'batch 3 4'), { shape: 'batch 3 4' })
    twin<Matrices<'tril', '3'>>()(matrices('tril', '3'), { message: "tril: '3' has fewer than two axes" })
    twin<Matrices<'triu', ''>>()(matrices('triu', ''), { message: "triu: '' has fewer than two axes" })
  })
})

describe('besideAlong', () => {
  test('the shapes may differ along one axis', () => {
    twin<BesideAlong<'take', 'batch 10', -1, 'batch 3'>>()(besideAlong('take', 'batch 10', -1, 'batch 3'), { shape: 'batch 3' })
    twin<BesideAlong<'take', 'batch 10', 'batch', '2 10'>>()(besideAlong('take', 'batch 10', 'batch', '2 10'), { shape: '2 10' })
    twin<BesideAlong<'take', 'a+b 10', 1, 'b+a 3'>>()(besideAlong('take', 'a+b 10', 1, 'b+a 3'), { shape: 'b+a 3' })
    twin<BesideAlong<'take', '4 10', 1, '2 3'>>()(besideAlong('take', '4 10', 1, '2 3'), {
      message: "take: '4 10' and '2 3': the shapes may differ along axis 1 alone",
    })
    twin<BesideAlong<'take', '4 10', 1, '4 10 1'>>()(besideAlong('take', '4 10', 1, '4 10 1'), {
      message: "take: '4 10' and '4 10 1': the shapes may differ along axis 1 alone",
    })
    twin<BesideAlong<'take', '4 10', 2, '4 3'>>()(besideAlong('take', '4 10', 2, '4 3'), {
      message: "take: axis 2 is out of range for '4 10', which has 2 axes (-2 to 1)",
    })
  })
})

describe('pad', () => {
  test('both ends are added to each axis', () => {
    twin<Pad<'2 n', [[1, 0], 3]>>()(pad('2 n', [[1, 0], 3]), { shape: '3 n+6' })
    twin<Pad<'n+1', [[0, 2]]>>()(pad('n+1', [[0, 2]]), { shape: 'n+3' })
    twin<Pad<'n', [0]>>()(pad('n', [0]), { shape: 'n' })
    twin<Pad<'', []>>()(pad('', []), { shape: '' })
    twin<Pad<'2 3', [1]>>()(pad('2 3', [1]), { message: "pad: '2 3' has 2 axes and 1 are given, give [low, high] for each" })
    twin<Pad<'3', [[-1, 0]]>>()(pad('3', [[-1, 0]]), {
      message: 'pad: -1 before and 0 after axis 0, give whole numbers from 0 up',
    })
    twin<Pad<'3', [[1, 0.5]]>>()(pad('3', [[1, 0.5]]), {
      message: 'pad: 1 before and 0.5 after axis 0, give whole numbers from 0 up',
    })
  })
  test('what is no list of widths', () => {
    expect(loose(pad)('3', 2)).toEqual({ message: 'pad: the widths are a number, give [low, high] for each axis' })
    expect(loose(pad)('3', [['a', 1]])).toEqual({ message: 'pad: a before and 1 after axis 0, give whole numbers from 0 up' })
  })
})

describe('tile and repeatInterleave', () => {
  test('axes are multiplied', () => {
    twin<Tile<'n 3', [2, 1]>>()(tile('n 3', [2, 1]), { shape: 'n*2 3' })
    twin<Tile<'n 3', [2]>>()(tile('n 3', [2]), { shape: 'n 6' })
    twin<Tile<'3', [4, 0, 2]>>()(tile('3', [4, 0, 2]), { shape: '4 0 6' })
    twin<Tile<'', []>>()(tile('', []), { shape: '' })
    twin<Tile<'3', [-1]>>()(tile('3', [-1]), { message: 'tile: -1 times, give a whole number from 0 up' })
    twin<Tile<'3', [1.5, 1]>>()(tile('3', [1.5, 1]), { message: 'tile: 1.5 times, give a whole number from 0 up' })
  })
  test('one axis is multiplied', () => {
    twin<RepeatInterleave<'n 3', 2, 'n'>>()(repeatInterleave('n 3', 2, 'n'), { shape: 'n*2 3' })
    twin<RepeatInterleave<'n 3', 2, -1>>()(repeatInterleave('n 3', 2, -1), { shape: 'n 6' })
    twin<RepeatInterleave<'3', -2, 0>>()(repeatInterleave('3', -2, 0), {
      message: 'repeatInterleave: -2 times, give a whole number from 0 up',
    })
    twin<RepeatInterleave<'3', 2, 'n'>>()(repeatInterleave('3', 2, 'n'), { message: "repeatInterleave: '3' has no axis 'n'" })
  })
})

describe('diagonal, diag and trace', () => {
  test('how long a diagonal is', () => {
    twin<Diagonal<'diagonal', 'batch 3 4', 1>>()(diagonal('diagonal', 'batch 3 4', 1), { shape: 'batch 3' })
    twin<Diagonal<'diagonal', '3 4', 2>>()(diagonal('diagonal', '3 4', 2), { shape: '2' })
    twin<Diagonal<'diagonal', '3 4', -2>>()(diagonal('diagonal', '3 4', -2), { shape: '1' })
    twin<Diagonal<'diagonal', '3 4', 9>>()(diagonal('diagonal', '3 4', 9), { shape: '0' })
    twin<Diagonal<'diagonal', 'n n', 0>>()(diagonal('diagonal', 'n n', 0), { shape: 'n' })
    twin<Diagonal<'diagonal', 'n n', 2>>()(diagonal('diagonal', 'n n', 2), { shape: 'n-2' })
    twin<Diagonal<'diagonal', 'n n', -1>>()(diagonal('diagonal', 'n n', -1), { shape: 'n-1' })
    twin<Diagonal<'diagonal', 'n m', 0>>()(diagonal('diagonal', 'n m', 0), {
      message: "diagonal: of 'n m', which of 'n' and 'm' is less is not known: slice the longer axis first",
    })
    twin<Diagonal<'diagonal', '3', 0>>()(diagonal('diagonal', '3', 0), { message: "diagonal: '3' has fewer than two axes" })
  })
  test('a vector becomes a matrix, and a matrix a vector', () => {
    twin<Diag<'3', -2>>()(diag('3', -2), { shape: '5 5' })
    twin<Diag<'n', 1>>()(diag('n', 1), { shape: 'n+1 n+1' })
    twin<Diag<'3 4', 0>>()(diag('3 4', 0), { shape: '3' })
    twin<Diag<'2 3 4', 0>>()(diag('2 3 4', 0), {
      message: "diag: '2 3 4' has 3 axes, give a vector or a matrix; diagonal takes batches of matrices",
    })
    twin<TraceOf<'batch n m'>>()(trace('batch n m'), { shape: 'batch' })
    twin<TraceOf<'n'>>()(trace('n'), { message: "trace: 'n' has fewer than two axes" })
  })
})

describe('kron, meshgrid and rot90', () => {
  test('axes multiplied, put together and exchanged', () => {
    twin<Kron<'2 3', '4 n'>>()(kron('2 3', '4 n'), { shape: '8 n*3' })
    twin<Kron<'3', '2 5'>>()(kron('3', '2 5'), { shape: '2 15' })
    twin<Kron<'2 5', ''>>()(kron('2 5', ''), { shape: '2 5' })
    twin<Meshgrid<'xy', ['2', 'n', '4']>>()(meshgrid('xy', ['2', 'n', '4']), { shape: 'n 2 4' })
    twin<Meshgrid<'ij', ['2', 'n', '4']>>()(meshgrid('ij', ['2', 'n', '4']), { shape: '2 n 4' })
    twin<Meshgrid<'xy', ['2']>>()(meshgrid('xy', ['2']), { shape: '2' })
    twin<Meshgrid<'xy', ['2', '3 4']>>()(meshgrid('xy', ['2', '3 4']), {
      message: "meshgrid: '3 4' is no vector: give tensors of one axis",
    })
    twin<Rot90<'2 3', 1, 0, 1>>()(rot90('2 3', 1, 0, 1), { shape: '3 2' })
    twin<Rot90<'2 3', -4, 0, 1>>()(rot90('2 3', -4, 0, 1), { shape: '2 3' })
    twin<Rot90<'2 3', 0.5, 0, 1>>()(rot90('2 3', 0.5, 0, 1), { message: 'rot90: 0.5 turns, give a whole number' })
    twin<Rot90<'2 3', 2, 0, 2>>()(rot90('2 3', 2, 0, 2), {
      message: "rot90: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)",
    })
  })
})

describe('split and unstacked', () => {
  test('equal parts', () => {
    twin<SplitInto<'n 6', 3, 1>>()(split('n 6', 3, 1), { shape: ['n 2', 'n 2', 'n 2'] })
    twin<SplitInto<'n 6', 2, 'n'>>()(split('n 6', 2, 'n'), { shape: ['n//2 6', 'n//2 6'] })
    twin<SplitInto<'0', 2, 0>>()(split('0', 2, 0), { shape: ['0', '0'] })
    twin<SplitInto<'7', 2, 0>>()(split('7', 2, 0), {
      message: "split: axis 0 of '7' does not go into 2 equal parts: give the indices to cut at",
    })
    twin<SplitInto<'7', 0, 0>>()(split('7', 0, 0), {
      message: 'split: 0 parts, give a whole number from 1 to 512, or the indices to cut at',
    })
    twin<SplitInto<'7', 513, 0>>()(split('7', 513, 0), {
      message: 'split: 513 parts, give a whole number from 1 to 512, or the indices to cut at',
    })
  })
  test('parts between indices', () => {
    twin<SplitInto<'9', [2, 5], 0>>()(split('9', [2, 5], 0), { shape: ['2', '3', '4'] })
    twin<SplitInto<'n 6', [2, 2], 0>>()(split('n 6', [2, 2], 0), { shape: ['2 6', '0 6', 'n-2 6'] })
    twin<SplitInto<'n', [], 0>>()(split('n', [], 0), { shape: ['n'] })
    twin<SplitInto<'9', [5, 2], 0>>()(split('9', [5, 2], 0), {
      message: 'split: the indices to cut at go from 5 to 2, give them in ascending order',
    })
    twin<SplitInto<'9', [10], 0>>()(split('9', [10], 0), { message: "split: the index 10 is beyond axis 0 of '9'" })
    twin<SplitInto<'9', [-1], 0>>()(split('9', [-1], 0), { message: 'split: an index to cut at is -1, give whole numbers from 0 up' })
    twin<SplitInto<'9', 3, 1>>()(split('9', 3, 1), { message: "split: axis 1 is out of range for '9', which has 1 axis (-1 to 0)" })
  })
  test('entries', () => {
    const tuple: Unstacked<'3 n', 0> = { shape: ['n', 'n', 'n'] }
    const list: Unstacked<'3 n', 'n'> = { shape: ['3', '3'] }
    expect([unstacked('3 n', 0), unstacked('3 n', 'n')]).toEqual([{ shape: tuple.shape[0] }, { shape: list.shape[0] }])
    twin<Unstacked<'3 n', 2>>()(unstacked('3 n', 2), {
      message: "unstack: axis 2 is out of range for '3 n', which has 2 axes (-2 to 1)",
    })
  })
})

describe('at', () => {
  const indices = { shape: '5', dtype: 'int32' } as const
  test('one part for each axis', () => {
    twin<At<'batch 28 28', [typeof indices, '2:-2', 0]>>()(at('batch 28 28', [indices, '2:-2', 0]), { shape: '5 24' })
    twin<At<'3 4', ['...', 'newAxis', -1]>>()(at('3 4', ['...', 'newAxis', -1]), { shape: '3 1' })
    twin<At<'3 4', [typeof indices, typeof indices]>>()(at('3 4', [indices, indices]), { shape: '5' })
    twin<At<'', ['...', 'newAxis']>>()(at('', ['...', 'newAxis']), { shape: '1' })
    twin<At<'3 4', []>>()(at('3 4', []), { shape: '3 4' })
    twin<At<'2 3 4', [0, '...', '1:']>>()(at('2 3 4', [0, '...', '1:']), { shape: '3 3' })
  })
  test('what is refused', () => {
    twin<At<'3', [0, 0]>>()(at('3', [0, 0]), { message: "at: there are more parts than '3' has axes" })
    twin<At<'3', [0, '...', 0]>>()(at('3', [0, '...', 0]), { message: "at: there are more parts than '3' has axes" })
    twin<At<'3 4', ['...', '...']>>()(at('3 4', ['...', '...']), { message: "at: '...' stands more than once" })
    twin<At<'3 4', [typeof indices, 'newAxis', typeof indices]>>()(at('3 4', [indices, 'newAxis', indices]), {
      message: 'at: tensors of indices stand side by side, move the axis between them first',
    })
    twin<At<'3 4', [typeof indices, { readonly shape: '6'; readonly dtype: 'int32' }]>>()(
      at('3 4', [indices, { shape: '6', dtype: 'int32' }]),
      { message: "at: the indices are '5' and '6', give tensors of one shape" },
    )
    twin<At<'3 4', [4]>>()(at('3 4', [4]), { message: "at: '4' is out of range for axis 0 of '3 4', whose size is 3" })
    twin<At<'3 4', [0.5]>>()(at('3 4', [0.5]), {
      message: "at: '0.5' is neither an index nor a range such as '1:3'; ', ' separates axes",
    })
    twin<ValuesAt<'2', { readonly shape: '3' }>>()(valuesAt('2', '3'), {
      message: "at: the values are '2' and the places '3': give a number, a scalar or values of that shape",
    })
  })
})

describe('block', () => {
  test('as many axes, none of them longer', () => {
    twin<FittingBlock<'dynamicSlice', 'n 8', 2, '4 8'>>()(block('dynamicSlice', 'n 8', 2, '4 8'), { shape: '4 8' })
    twin<FittingBlock<'dynamicSlice', 'n 8', 2, 'n 1'>>()(block('dynamicSlice', 'n 8', 2, 'n 1'), { shape: 'n 1' })
    twin<FittingBlock<'dynamicSlice', '3 8', 2, '4 8'>>()(block('dynamicSlice', '3 8', 2, '4 8'), {
      message: "dynamicSlice: a block '4 8' does not fit '3 8': '4' is more than '3'",
    })
    twin<FittingBlock<'dynamicSlice', '3 8', 2, 'n 8'>>()(block('dynamicSlice', '3 8', 2, 'n 8'), {
      message: "dynamicSlice: a block 'n 8' does not fit '3 8': 'n' is not '3', give it a size",
    })
    twin<FittingBlock<'dynamicSlice', '3 8', 1, '3'>>()(block('dynamicSlice', '3 8', 1, '3'), {
      message: "dynamicSlice: '3 8', a block '3' and 1 starts: give one of each for every axis",
    })
  })
})
