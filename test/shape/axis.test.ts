import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AlikeAll,
  type AxisIndex,
  type AxisOf,
  type AxisPositions,
  alikeAll,
  axisIndex,
  axisOf,
  axisPositions,
  type BinsBetween,
  binsBetween,
  type Covariance,
  covariance,
  dims,
  isErr,
  type LedBy,
  ledBy,
  type OneHot,
  oneHot,
  type PointsAlong,
  pointsAlong,
  type Reduce,
  type ReduceSome,
  rank,
  reduce,
  reduceSome,
  type Segments,
  type Stretched,
  segments,
  stretched,
  type Take,
  type TopK,
  take,
  topK,
  type VectorShape,
  vectorShape,
} from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('axisIndex', () => {
  test('positions and names', () => {
    twin<AxisIndex<'sum', '3 4', 0>>()(axisIndex('sum', '3 4', 0), 0)
    twin<AxisIndex<'sum', '3 4', -1>>()(axisIndex('sum', '3 4', -1), 1)
    twin<AxisIndex<'sum', '3 4', -2>>()(axisIndex('sum', '3 4', -2), 0)
    twin<AxisIndex<'sum', 'batch time 4', 'time'>>()(axisIndex('sum', 'batch time 4', 'time'), 1)
    expect(axisIndex('sum', '3 4', -0)).toBe(0)
  })
  test('out of range', () => {
    twin<AxisIndex<'sum', '3 4', 2>>()(axisIndex('sum', '3 4', 2), {
      message: "sum: axis 2 is out of range for '3 4', which has 2 axes (-2 to 1)",
    })
    twin<AxisIndex<'sum', '3', -2>>()(axisIndex('sum', '3', -2), {
      message: "sum: axis -2 is out of range for '3', which has 1 axis (-1 to 0)",
    })
    twin<AxisIndex<'sum', '', 0>>()(axisIndex('sum', '', 0), { message: "sum: axis 0 is out of range for '', which has no axes" })
    twin<AxisIndex<'sum', '3 4', 0.5>>()(axisIndex('sum', '3 4', 0.5), {
      message: "sum: axis 0.5 is out of range for '3 4', which has 2 axes (-2 to 1)",
    })
  })
  test('names that do not say which axis', () => {
    twin<AxisIndex<'sum', 'batch 784', 'time'>>()(axisIndex('sum', 'batch 784', 'time'), { message: "sum: 'batch 784' has no axis 'time'" })
    twin<AxisIndex<'sum', 'n n', 'n'>>()(axisIndex('sum', 'n n', 'n'), {
      message: "sum: 'n n' has axis 'n' more than once, give its position",
    })
    twin<AxisIndex<'sum', 'batch 784', '784'>>()(axisIndex('sum', 'batch 784', '784'), {
      message: "sum: '784' is a size and not a name, give the position of the axis",
    })
  })
  test('axisOf keeps the shape', () => {
    twin<AxisOf<'softmax', 'batch 10', -1>>()(axisOf('softmax', 'batch 10', -1), { shape: 'batch 10' })
    twin<AxisOf<'softmax', 'batch 10', 3>>()(axisOf('softmax', 'batch 10', 3), {
      message: "softmax: axis 3 is out of range for 'batch 10', which has 2 axes (-2 to 1)",
    })
  })
})

describe('reduce', () => {
  test('axes dropped or kept', () => {
    twin<Reduce<'sum', 'batch 784', 'batch', false>>()(reduce('sum', 'batch 784', 'batch', false), { shape: '784' })
    twin<Reduce<'sum', 'batch 784', -1, true>>()(reduce('sum', 'batch 784', -1, true), { shape: 'batch 1' })
    twin<Reduce<'sum', 'b 3 4', undefined, false>>()(reduce('sum', 'b 3 4', undefined, false), { shape: '' })
    twin<Reduce<'sum', 'b 3 4', undefined, true>>()(reduce('sum', 'b 3 4', undefined, true), { shape: '1 1 1' })
    twin<Reduce<'sum', 'b 3 4', readonly [-1, 'b'], false>>()(reduce('sum', 'b 3 4', [-1, 'b'], false), { shape: '3' })
    twin<Reduce<'sum', 'b 3 4', readonly [], false>>()(reduce('sum', 'b 3 4', [], false), { shape: 'b 3 4' })
    twin<Reduce<'sum', '', undefined, true>>()(reduce('sum', '', undefined, true), { shape: '' })
  })
  test('axes that do not exist or come twice', () => {
    twin<Reduce<'mean', '3 4', readonly [0, 2], false>>()(reduce('mean', '3 4', [0, 2], false), {
      message: "mean: axis 2 is out of range for '3 4', which has 2 axes (-2 to 1)",
    })
    twin<Reduce<'mean', 'b 4', readonly ['b', -2], false>>()(reduce('mean', 'b 4', ['b', -2], false), {
      message: "mean: axis 0 of 'b 4' is given twice",
    })
  })
  test('to one of the entries, of which there is one', () => {
    twin<ReduceSome<'ptp', '0 3', 1, true>>()(reduceSome('ptp', '0 3', 1, true), { shape: '0 1' })
    twin<ReduceSome<'ptp', '3 0', readonly [0, 1]>>()(reduceSome('ptp', '3 0', [0, 1], false), {
      message: "ptp: '3 0' has no entries along axis 1",
    })
    twin<ReduceSome<'ptp', '3', 1>>()(reduceSome('ptp', '3', 1, false), {
      message: "ptp: axis 1 is out of range for '3', which has 1 axis (-1 to 0)",
    })
  })
  test('what goes with the entries', () => {
    twin<Stretched<'sum', 'where', 'n 1', '2 n 3'>>()(stretched('sum', 'where', 'n 1', '2 n 3'), { shape: '2 n 3' })
    twin<Stretched<'sum', 'where', '2 3', '3'>>()(stretched('sum', 'where', '2 3', '3'), {
      message: "sum: where is '2 3', which does not broadcast to '3'",
    })
  })
  test('rows by labels, bins between edges, pairs of variables, points along an axis', () => {
    twin<Segments<'segmentSum', 'n 3', 'n', 'k'>>()(segments('segmentSum', 'n 3', 'n', 'k'), { shape: 'k 3' })
    twin<Segments<'segmentSum', 'n 3', 'm', '4'>>()(segments('segmentSum', 'n 3', 'm', '4'), {
      message: "segmentSum: 'n 3' by labels of shape 'm': the labels have one axis, which is the first of what they label",
    })
    twin<BinsBetween<'histogram', 'k'>>()(binsBetween('histogram', 'k'), { shape: 'k-1' })
    twin<BinsBetween<'histogram', '2'>>()(binsBetween('histogram', '2'), { shape: '1' })
    twin<BinsBetween<'histogram', '2 3'>>()(binsBetween('histogram', '2 3'), {
      message: "histogram: edges of shape '2 3': give at least two along one axis",
    })
    twin<Covariance<'cov', 'n 3', 'n'>>()(covariance('cov', 'n 3', 'n'), { shape: '3 3' })
    twin<Covariance<'cov', 'n 3', -1>>()(covariance('cov', 'n 3', -1), { shape: 'n n' })
    twin<Covariance<'cov', 'n', 0>>()(covariance('cov', 'n', 0), { message: "cov: 'n' has 1 axes, not two: observations and variables" })
    twin<PointsAlong<'trapezoid', 'n 3', 1, '3'>>()(pointsAlong('trapezoid', 'n 3', 1, '3'), { shape: '3' })
    twin<PointsAlong<'trapezoid', 'n 3', 0, '3'>>()(pointsAlong('trapezoid', 'n 3', 0, '3'), {
      message: "trapezoid: points of shape '3' along axis 0 of 'n 3': give one for each of its entries",
    })
  })
  test('positions in the order given', () => {
    twin<AxisPositions<'sum', 'b 3 4', readonly [-1, 'b']>>()(axisPositions('sum', 'b 3 4', [-1, 'b']), { shape: [2, 0] })
    twin<AxisPositions<'sum', 'b 3', undefined>>()(axisPositions('sum', 'b 3', undefined), { shape: [0, 1] })
  })
  test('kept axes are dropped axes put back', () => {
    fc.assert(
      fc.property(shapes, fc.array(fc.integer({ min: -4, max: 3 }), { maxLength: 3 }), (s, axes) => {
        const [dropped, kept] = [reduce('sum', s, axes, false), reduce('sum', s, axes, true)]
        if (isErr(dropped) || isErr(kept)) {
          expect(dropped).toStrictEqual(kept)
          return
        }
        expect(rank(dropped.shape)).toBe(rank(s) - axes.length)
        expect(dims(kept.shape).filter((_, i) => !axes.some(a => (a < 0 ? a + rank(s) : a) === i))).toStrictEqual(dims(dropped.shape))
      }),
    )
  })
})

describe('take and oneHot', () => {
  test('an axis replaced by those of the indices', () => {
    twin<Take<'take', '5000 64', 0, 'batch seq'>>()(take('take', '5000 64', 0, 'batch seq'), { shape: 'batch seq 64' })
    twin<Take<'take', '3 4', 1, ''>>()(take('take', '3 4', 1, ''), { shape: '3' })
    twin<Take<'take', '3 4', 2, ''>>()(take('take', '3 4', 2, ''), {
      message: "take: axis 2 is out of range for '3 4', which has 2 axes (-2 to 1)",
    })
  })
  test('a last axis for the classes', () => {
    twin<OneHot<'batch', 10>>()(oneHot('batch', 10), { shape: 'batch 10' })
    twin<OneHot<'', 3>>()(oneHot('', 3), { shape: '3' })
    twin<OneHot<'batch', 0>>()(oneHot('batch', 0), { message: 'oneHot: 0 classes, give a whole number from 1 up' })
    twin<OneHot<'batch', -2>>()(oneHot('batch', -2), { message: 'oneHot: -2 classes, give a whole number from 1 up' })
    twin<OneHot<'batch', 2.5>>()(oneHot('batch', 2.5), { message: 'oneHot: 2.5 classes, give a whole number from 1 up' })
    twin<OneHot<'batch', 1e21>>()(oneHot('batch', 1e21), { message: 'oneHot: 1e+21 classes, give a whole number from 1 up' })
  })
})

describe('rules of order', () => {
  test('topK', () => {
    twin<TopK<'topK', 'batch 10', 3, -1>>()(topK('topK', 'batch 10', 3, -1), { shape: 'batch 3' })
    twin<TopK<'topK', 'batch 10', 3, 'batch'>>()(topK('topK', 'batch 10', 3, 'batch'), { shape: '3 10' })
    twin<TopK<'topK', '4 2', 3, 1>>()(topK('topK', '4 2', 3, 1), { message: "topK: 3 of axis 1 of '4 2', which has 2 entries" })
    twin<TopK<'topK', '4', 0, 0>>()(topK('topK', '4', 0, 0), { message: 'topK: 0 entries, give a whole number from 1 up' })
    twin<TopK<'topK', '4', 1, 1>>()(topK('topK', '4', 1, 1), {
      message: "topK: axis 1 is out of range for '4', which has 1 axis (-1 to 0)",
    })
  })

  test('vectorShape, ledBy and alikeAll', () => {
    twin<VectorShape<'f', 'the key', 'n'>>()(vectorShape('f', 'the key', 'n'), { shape: 'n' })
    twin<VectorShape<'f', 'the key', ''>>()(vectorShape('f', 'the key', ''), { message: "f: the key is '', give one with one axis" })
    twin<LedBy<'f', 'the key', 'n', 'n 2'>>()(ledBy('f', 'the key', 'n', 'n 2'), { shape: 'n 2' })
    twin<LedBy<'f', 'the key', 'n', '2 n'>>()(ledBy('f', 'the key', 'n', '2 n'), {
      message: "f: '2 n' does not begin with 'n', the axis of the key",
    })
    twin<AlikeAll<'f', ['2', '2', '2']>>()(alikeAll('f', ['2', '2', '2']), { shape: '2' })
    twin<AlikeAll<'f', ['2', '2', '3']>>()(alikeAll('f', ['2', '2', '3']), { message: "f: '2' and '3': all keys have one shape" })
    twin<AlikeAll<'f', []>>()(alikeAll('f', []), { message: 'f: there is no key, give one at least' })
  })
})
