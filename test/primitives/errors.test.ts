/** What the primitives refuse: indices out of range, dtypes without the operation, shapes that do not fit. */
import { describe, expect, test } from 'vitest'
import * as p from '../../src/primitives/index.js'
import { tensor, type Value, zeros } from '../../src/tensor/index.js'
import { jit } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { vector } from '../support/vectors.js'

const matrix: Value = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const truth: Value = tensor([true, false])
const rows = { axis: 0, batch: 0 }
const straight: p.ConvParams = { stride: [1], low: [0], high: [0], inputDilation: [1], dilation: [1], groups: 1 }

describe('indices', () => {
  test.each([-1, 2, 7])('gather of 2 rows at %i', index => {
    const error = errorOf(() => p.gather(matrix, vector([0, index], 'int32'), rows))
    expect(error).toMatchObject({ _tag: 'IndexError', op: 'gather', index, size: 2 })
    expect(error.message).toBe(`gather: index ${index} is outside 0 to 1: indices and class labels count from 0`)
  })

  test('scatterAdd beyond the last row', () => {
    const error = errorOf(() => p.scatterAdd(matrix, vector([2], 'int32'), zeros('1 3'), rows))
    expect(error).toMatchObject({ _tag: 'IndexError', op: 'scatterAdd', index: 2, size: 2 })
  })

  test('inside a jitted function too', () => {
    const f = jit((i: Value) => p.gather(matrix, i, rows))
    expect(errorOf(() => f(vector([5], 'int32')))._tag).toBe('IndexError')
  })

  test('that are no integers', () => {
    expect(errorOf(() => p.gather(matrix, vector([0], 'float32'), rows)).message).toBe("gather: indices are float32: cast('int32') first")
  })

  test('gather from no rows', () => {
    expect(errorOf(() => p.gather(zeros('0 3'), vector([0], 'int32'), rows))._tag).toBe('IndexError')
  })
})

describe('dtypes', () => {
  test.each<readonly [string, () => Value, string]>([
    [
      'two of them',
      () => p.add(vector([1], 'float32'), vector([1], 'float64')),
      'add: float32 and float64: dtypes differ, cast one of them',
    ],
    ['numbers', () => p.add(truth, truth), "add: needs numbers, not bool: cast('float32') or cast('int32') first"],
    ['floats', () => p.exp(vector([1], 'int32')), "exp: needs a float dtype, not int32: cast('float32') first"],
    ['bits', () => p.and(vector([1]), vector([1])), 'and: needs bool, int32 or uint32, not float64'],
    ['integers', () => p.shiftLeft(truth, truth), 'shiftLeft: needs int32 or uint32, not bool'],
    ['numbers to sum', () => p.sumAxes(truth, [0]), "sum: needs numbers, not bool: cast('int32') first"],
    ['numbers to multiply', () => p.prodAxis(truth, 0), "prod: needs numbers, not bool: cast('int32') first"],
    ['numbers to order', () => p.maxAxes(truth, [0]), "max: needs numbers, not bool: cast('int32') first"],
    [
      'numbers to contract',
      () => p.contract(truth, truth, { left: [0], right: [0], leftBatch: [], rightBatch: [] }),
      "contract: needs numbers, not bool: cast('float32') first",
    ],
    [
      'numbers to convolve',
      () => p.conv(p.reshapeTo(truth, [1, 1, 2]), p.reshapeTo(truth, [1, 1, 2]), straight),
      "conv: needs numbers, not bool: cast('float32') first",
    ],
    [
      'numbers to add up where they lie',
      () => p.overlapAdd(p.reshapeTo(truth, [2, 1]), { axes: [0], sizes: [2], step: [1], dilation: [1] }),
      "overlapAdd: needs numbers, not bool: cast('int32') first",
    ],
    [
      'a bool to select by',
      () => p.select(matrix, matrix, matrix),
      'select: the condition is float32, not bool: compare it, as in greater(0)',
    ],
    ['numbers to count', () => p.iota([2], 0, 'bool'), 'iota: needs numbers, not bool'],
  ])('%s', (_, run, message) => {
    const error = errorOf(run)
    expect(error._tag).toBe('DTypeError')
    expect(error.message).toBe(message)
  })
})

describe('shapes', () => {
  test.each<readonly [string, () => Value, string]>([
    ['add', () => p.add(vector([1, 2]), vector([1])), "add: '2' and '1' differ"],
    ['select', () => p.select(truth, vector([1]), vector([1])), "select: '1' and '2' differ"],
    ['reshape', () => p.reshapeTo(matrix, [4]), "reshape: '2 3' has 6 values and '4' has 4"],
    ['permute, an axis twice', () => p.permuteAxes(matrix, [1, 1]), 'permute: axes 1, 1 of a tensor with 2 axes'],
    ['permute, an axis missing', () => p.permuteAxes(matrix, [1]), 'permute: axes 1 of a tensor with 2 axes'],
    ['reverse', () => p.reverseAxes(matrix, [2]), 'reverse: axes 2 of a tensor with 2 axes'],
    ['sum', () => p.sumAxes(matrix, [-1]), 'sum: axes -1 of a tensor with 2 axes'],
    ['max', () => p.maxAxes(matrix, [0, 0]), 'max: axes 0, 0 of a tensor with 2 axes'],
    ['prod', () => p.prodAxis(matrix, 2), "prod: axis 2 of '2 3'"],
    ['broadcast', () => p.broadcastAxes(vector([1, 2]), [3, 3], [0]), "broadcast: '2' to '3 3' along new axes 0"],
    ['slice, beyond the end', () => p.sliceOf(vector([1, 2]), { start: [0], stop: [3], step: [1] }), "slice: 0 to 3 by 1 of '2'"],
    ['slice, backwards', () => p.sliceOf(vector([1, 2]), { start: [1], stop: [0], step: [1] }), "slice: 1 to 0 by 1 of '2'"],
    ['slice, no step', () => p.sliceOf(vector([1, 2]), { start: [0], stop: [1], step: [0] }), "slice: 0 to 1 by 0 of '2'"],
    ['pad', () => p.padWith(vector([1, 2]), { low: [-1], high: [0], interior: [0] }), "pad: -1 and 0 with 0 of '2'"],
    ['concat, sizes', () => p.concatAxis([matrix, zeros('1 2')], 0), "concat: '2 3', '1 2' along axis 0"],
    ['concat, axis', () => p.concatAxis([matrix], 2), "concat: '2 3' along axis 2"],
    ['concat, nothing', () => p.concatAxis([], 0), 'concat:  along axis 0'],
    ['argmax of nothing', () => p.argmaxAxis(zeros('2 0'), 1), "argmax: '2 0' has no entries along axis 1"],
    ['iota', () => p.iota([2], 1, 'int32'), 'iota: axis 1 of a tensor with 1 axes'],
    [
      'contract',
      () => p.contract(matrix, matrix, { left: [1], right: [0], leftBatch: [], rightBatch: [] }),
      "contract: '2 3' by '2 3': axes 1 and 0 differ in size",
    ],
    [
      'conv, channels',
      () => p.conv(zeros('1 2 4'), zeros('1 3 2'), straight),
      "conv: '1 2 4' by the kernel '1 3 2' in 1 groups, 0 and 0 zeros around",
    ],
    [
      'conv, groups',
      () => p.conv(zeros('1 2 4'), zeros('3 1 2'), { ...straight, groups: 2 }),
      "conv: '1 2 4' by the kernel '3 1 2' in 2 groups, 0 and 0 zeros around",
    ],
    [
      'conv, cut away',
      () => p.conv(zeros('1 1 2'), zeros('1 1 1'), { ...straight, low: [-2], high: [-1] }),
      "conv: '1 1 2' by the kernel '1 1 1' in 1 groups, -2 and -1 zeros around",
    ],
    [
      'windows of no entries',
      () => p.windows(matrix, { axes: [1], size: [0], step: [1], dilation: [1] }),
      "windows: 0 entries of '2 3' along axes 1 by 1, entries 1 apart",
    ],
    [
      'windows added up to another number of them',
      () => p.overlapAdd(matrix, { axes: [0], sizes: [5], step: [1], dilation: [1] }),
      "overlapAdd: '2 3' to 5 along axes 0 by 1, entries 1 apart",
    ],
    ['gather', () => p.gather(matrix, vector([0], 'int32'), { axis: 2, batch: 0 }), "gather: '2 3' at '1' along axis 2, 0 axes in common"],
    [
      'scatterAdd',
      () => p.scatterAdd(matrix, vector([0], 'int32'), zeros('3'), rows),
      "scatterAdd: updates are float32 '3', not float32 '1 3'",
    ],
  ])('%s', (_, run, message) => {
    const error = errorOf(run)
    expect(error._tag).toBe('ShapeError')
    expect(error.message).toBe(message)
  })
})
