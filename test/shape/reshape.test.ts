import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type ExpandDims,
  expandDims,
  type Flatten,
  flatten,
  isErr,
  type Reshape,
  rank,
  reshape,
  type Squeeze,
  squeeze,
} from '../../src/shape/index.js'
import { shapes, sizes } from './arbitrary.js'
import { twin } from './twin.js'

const count = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1)

describe('reshape', () => {
  test('the same number of values', () => {
    twin<Reshape<'batch 28 28', 'batch 784'>>()(reshape('batch 28 28', 'batch 784'), { shape: 'batch 784' })
    twin<Reshape<'4 6', '24'>>()(reshape('4 6', '24'), { shape: '24' })
    twin<Reshape<'', '1 1'>>()(reshape('', '1 1'), { shape: '1 1' })
    twin<Reshape<'a 2 b', 'b a 2 1'>>()(reshape('a 2 b', 'b a 2 1'), { shape: 'b a 2 1' })
    twin<Reshape<'0 3', '0 4'>>()(reshape('0 3', '0 4'), { shape: '0 4' })
    twin<Reshape<'2 0', '0'>>()(reshape('2 0', '0'), { shape: '0' })
  })
  test('another number of values', () => {
    twin<Reshape<'4 6', '5 5'>>()(reshape('4 6', '5 5'), { message: "reshape: '4 6' has 24 values and '5 5' has 25" })
    twin<Reshape<'', '2'>>()(reshape('', '2'), { message: "reshape: '' has 1 values and '2' has 2" })
    twin<Reshape<'batch 4', 'batch 5'>>()(reshape('batch 4', 'batch 5'), {
      message: "reshape: 'batch 4' has 4 values for each 'batch' and 'batch 5' has 5",
    })
    twin<Reshape<'0 3', '1 3'>>()(reshape('0 3', '1 3'), { message: "reshape: '0 3' has 0 values and '1 3' has 3" })
  })
  test('names multiply as sizes do', () => {
    twin<Reshape<'batch 4', 'batch*4'>>()(reshape('batch 4', 'batch*4'), { shape: 'batch*4' })
    twin<Reshape<'h w c', 'c*w*h'>>()(reshape('h w c', 'c*w*h'), { shape: 'c*w*h' })
    twin<Reshape<'n*2 3', '6 n'>>()(reshape('n*2 3', '6 n'), { shape: '6 n' })
    twin<Reshape<'n*6 m', 'm 2 n 3'>>()(reshape('n*6 m', 'm 2 n 3'), { shape: 'm 2 n 3' })
    twin<Reshape<'a+b 2', 'a*2+b*2'>>()(reshape('a+b 2', 'a*2+b*2'), { shape: 'a*2+b*2' })
    twin<Reshape<'n 3', '4 n//4 3'>>()(reshape('n 3', '4 n//4 3'), { shape: '4 n//4 3' })
    twin<Reshape<'h w', '2 h//2 3 w//3'>>()(reshape('h w', '2 h//2 3 w//3'), { shape: '2 h//2 3 w//3' })
    twin<Reshape<'h//2 2', '2 h//2'>>()(reshape('h//2 2', '2 h//2'), { shape: '2 h//2' })
  })
  test('names that may make another number', () => {
    twin<Reshape<'batch 4', '4'>>()(reshape('batch 4', '4'), {
      message:
        "reshape: 'batch 4' to '4': 'batch*4' and '4' are not equal for all sizes of the names: as or rename checks it for the sizes at hand",
    })
    twin<Reshape<'4', 'n'>>()(reshape('4', 'n'), {
      message: "reshape: '4' to 'n': '4' and 'n' are not equal for all sizes of the names: as or rename checks it for the sizes at hand",
    })
    twin<Reshape<'n n', 'n'>>()(reshape('n n', 'n'), {
      message:
        "reshape: 'n n' to 'n': 'n*n' and 'n' are not equal for all sizes of the names: as or rename checks it for the sizes at hand",
    })
    twin<Reshape<'4 n//4', 'n'>>()(reshape('4 n//4', 'n'), {
      message:
        "reshape: '4 n//4' to 'n': '(n//4)*4' and 'n' are not equal for all sizes of the names: as or rename checks it for the sizes at hand",
    })
    twin<Reshape<'n', '4 n//2'>>()(reshape('n', '4 n//2'), {
      message:
        "reshape: 'n' to '4 n//2': 'n' and '(n//2)*4' are not equal for all sizes of the names: as or rename checks it for the sizes at hand",
    })
    twin<Reshape<'a*b', 'a b'>>()(reshape('a*b', 'a b'), {
      message: "reshape: 'a*b' to 'a b': the sizes of 'a' and 'b' are not known, as or rename gives them",
    })
  })
  test('a target that is not well formed', () => {
    twin<Reshape<'4', '2,2'>>()(reshape('4', '2,2'), { message: "shape '2,2': write one space between axes" })
    twin<Reshape<'4', '2 02'>>()(reshape('4', '2 02'), { message: "shape '2 02': write '02' as '2'" })
  })
  test('is accepted just where the counts are equal', () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        expect(isErr(reshape(a.join(' '), b.join(' ')))).toBe(count(a) !== count(b))
      }),
    )
  })
})

describe('flatten', () => {
  test('all axes as one', () => {
    twin<Flatten<'2 3 4'>>()(flatten('2 3 4'), { shape: '24' })
    twin<Flatten<''>>()(flatten(''), { shape: '1' })
    twin<Flatten<'seq'>>()(flatten('seq'), { shape: 'seq' })
    twin<Flatten<'2 0'>>()(flatten('2 0'), { shape: '0' })
    twin<Flatten<'1 1'>>()(flatten('1 1'), { shape: '1' })
  })
  test('a named axis among several', () => {
    twin<Flatten<'batch 28 28'>>()(flatten('batch 28 28'), { shape: 'batch*784' })
    twin<Flatten<'n n+1 0'>>()(flatten('n n+1 0'), { shape: '0' })
    twin<Flatten<'h//2 w//2 8'>>()(flatten('h//2 w//2 8'), { shape: '(h//2)*(w//2)*8' })
  })
  test('keeps the count', () => {
    fc.assert(
      fc.property(sizes, s => {
        expect(flatten(s.join(' '))).toStrictEqual({ shape: s.length === 1 ? s.join(' ') : String(count(s)) })
      }),
    )
  })
})

describe('squeeze and expandDims', () => {
  test('squeeze', () => {
    twin<Squeeze<'1 batch 1'>>()(squeeze('1 batch 1'), { shape: 'batch' })
    twin<Squeeze<'1 batch 1', 0>>()(squeeze('1 batch 1', 0), { shape: 'batch 1' })
    twin<Squeeze<'1 batch 1', readonly [0, -1]>>()(squeeze('1 batch 1', [0, -1]), { shape: 'batch' })
    twin<Squeeze<'2 3', 0>>()(squeeze('2 3', 0), { message: "squeeze: axis 0 of '2 3' is '2', not '1'" })
    twin<Squeeze<'1', 1>>()(squeeze('1', 1), { message: "squeeze: axis 1 is out of range for '1', which has 1 axis (-1 to 0)" })
  })
  test('expandDims', () => {
    twin<ExpandDims<'batch 784', -1>>()(expandDims('batch 784', -1), { shape: 'batch 784 1' })
    twin<ExpandDims<'batch 784', 1>>()(expandDims('batch 784', 1), { shape: 'batch 1 784' })
    twin<ExpandDims<'', 0>>()(expandDims('', 0), { shape: '1' })
    twin<ExpandDims<'2 3', -3>>()(expandDims('2 3', -3), { shape: '1 2 3' })
    twin<ExpandDims<'2 3', 3>>()(expandDims('2 3', 3), {
      message: "expandDims: axis 3 is out of range for the result of '2 3', which has 3 axes (-3 to 2)",
    })
  })
  test('squeeze undoes expandDims', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -5, max: 4 }), (s, axis) => {
        const wider = expandDims(s, axis)
        expect(isErr(wider)).toBe(axis < -rank(s) - 1 || axis > rank(s))
        if (!isErr(wider)) expect(squeeze(wider.shape, axis)).toStrictEqual({ shape: s })
      }),
    )
  })
})
