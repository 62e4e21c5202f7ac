import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type AddSizes,
  addSizes,
  type Concat,
  type ConcatNamed,
  concat,
  isErr,
  type OneAxis,
  oneAxis,
  type Stack,
  type StackNamed,
  shape,
  stack,
} from '../../src/shape/index.js'
import { axis, shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('addSizes', () => {
  test('sizes add and names are joined in order', () => {
    twin<AddSizes<'2', '30'>>()(addSizes('2', '30'), '32')
    twin<AddSizes<'batch', '4'>>()(addSizes('batch', '4'), 'batch+4')
    twin<AddSizes<'4', 'batch'>>()(addSizes('4', 'batch'), 'batch+4')
    twin<AddSizes<'a', 'a'>>()(addSizes('a', 'a'), 'a*2')
    twin<AddSizes<'a+4', '3+b'>>()(addSizes('a+4', '3+b'), 'a+b+7')
    twin<AddSizes<'0', 'a'>>()(addSizes('0', 'a'), 'a')
    twin<AddSizes<'a', '0'>>()(addSizes('a', '0'), 'a')
  })
  test('is a monoid', () => {
    const size = fc.array(axis, { minLength: 1, maxLength: 3 }).map(list => list.reduce(addSizes))
    fc.assert(fc.property(size, size, size, (a, b, c) => addSizes(addSizes(a, b), c) === addSizes(a, addSizes(b, c))))
    fc.assert(fc.property(size, a => addSizes('0', a) === a && addSizes(a, '0') === a && !isErr(shape(a))))
  })
})

describe('concat', () => {
  test('sizes add', () => {
    twin<Concat<0, readonly ['2 3', '4 3']>>()(concat(0, ['2 3', '4 3']), { shape: '6 3' })
    twin<Concat<-1, readonly ['2 3', '2 4', '2 5']>>()(concat(-1, ['2 3', '2 4', '2 5']), { shape: '2 12' })
    twin<Concat<0, readonly ['2 3']>>()(concat(0, ['2 3']), { shape: '2 3' })
  })
  test('names are joined', () => {
    twin<Concat<'batch', readonly ['batch 3', '4 3']>>()(concat('batch', ['batch 3', '4 3']), { shape: 'batch+4 3' })
    twin<Concat<0, readonly ['batch', 'more']>>()(concat(0, ['batch', 'more']), { shape: 'batch+more' })
  })
  test('what must be equal', () => {
    twin<Concat<0, readonly ['2 3', '2 4']>>()(concat(0, ['2 3', '2 4']), {
      message: "concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ",
    })
    twin<Concat<0, readonly ['2 3', '2 3 4']>>()(concat(0, ['2 3', '2 3 4']), {
      message: "concat: '2 3' and '2 3 4' do not have the same number of axes",
    })
    twin<Concat<0, readonly ['2 3', '2']>>()(concat(0, ['2 3', '2']), {
      message: "concat: '2 3' and '2' do not have the same number of axes",
    })
    twin<Concat<0, readonly []>>()(concat(0, []), { message: 'concat: give one tensor at least' })
    twin<Concat<0, readonly ['', '']>>()(concat(0, ['', '']), {
      message: "concat: axis 0 is out of range for '', which has no axes",
    })
  })
  test('does not depend on grouping', () => {
    fc.assert(
      fc.property(axis, axis, axis, axis, (a, b, c, n) => {
        const [x, y, z] = [`${a} ${n}`, `${b} ${n}`, `${c} ${n}`]
        const [left, right] = [concat(0, [x, y]), concat(0, [y, z])]
        if (isErr(left) || isErr(right)) throw new Error('the other axis is equal')
        expect(concat(0, [left.shape, z])).toStrictEqual(concat(0, [x, right.shape]))
        expect(concat(0, [left.shape, z])).toStrictEqual(concat(0, [x, y, z]))
      }),
    )
  })
})

describe('under a name', () => {
  test('of a tuple and of a list of any length', () => {
    twin<ConcatNamed<0, 'n', readonly ['2 3', '4 3']>>()(concat(0, ['2 3', '4 3'], 'n'), { shape: 'n 3' })
    twin<ConcatNamed<-1, 'n', readonly ['2 3', '2 3']>>()(concat(-1, ['2 3', '2 3'], 'n'), { shape: '2 n' })
    twin<ConcatNamed<0, 'n', readonly '2 3'[]>>()(concat(0, ['2 3', '2 3'], 'n'), { shape: 'n 3' })
    twin<ConcatNamed<0, 'n', readonly ('2 3' | '4 3')[]>>()(concat(0, ['2 3', '4 3'], 'n'), { shape: 'n 3' })
    twin<ConcatNamed<'time', 'n', readonly 'time 3'[]>>()(concat('time', ['time 3'], 'n'), { shape: 'n 3' })
    twin<StackNamed<0, 'n', readonly '3'[]>>()(stack(0, ['3', '3'], 'n'), { shape: 'n 3' })
    twin<StackNamed<-1, 'n', readonly ['3', '3']>>()(stack(-1, ['3', '3'], 'n'), { shape: '3 n' })
  })
  test('what is wrong without it is wrong with it', () => {
    twin<ConcatNamed<0, 'n', readonly ['2 3', '2 4']>>()(concat(0, ['2 3', '2 4'], 'n'), {
      message: "concat: '2 3' and '2 4': '3' is not '4', only axis 0 may differ",
    })
    twin<ConcatNamed<1, 'n', readonly '3'[]>>()(concat(1, ['3'], 'n'), {
      message: "concat: axis 1 is out of range for '3', which has 1 axis (-1 to 0)",
    })
    twin<StackNamed<0, 'n', readonly ['3', '4']>>()(stack(0, ['3', '4'], 'n'), {
      message: "stack: '3' and '4' differ, all shapes must be equal",
    })
    twin<StackNamed<0, 'n', readonly []>>()(stack(0, [], 'n'), { message: 'stack: give one tensor at least' })
  })
  test('the name is one axis', () => {
    twin<OneAxis<'stack', 'n', '0, '>>()(oneAxis('stack', 'n', '0, '), { shape: 'n' })
    twin<OneAxis<'stack', '12', '0, '>>()(oneAxis('stack', '12', '0, '), { shape: '12' })
    twin<OneAxis<'concat', 'a+4', '0, '>>()(oneAxis('concat', 'a+4', '0, '), { shape: 'a+4' })
    twin<OneAxis<'stack', '', '0, '>>()(oneAxis('stack', '', '0, '), {
      message: "stack: '' is not one axis: give a name or a size, as in stack(0, 'batch')",
    })
    twin<OneAxis<'vmap', 'b c', ''>>()(oneAxis('vmap', 'b c', ''), {
      message: "vmap: 'b c' is not one axis: give a name or a size, as in vmap('batch')",
    })
    twin<OneAxis<'vmap', '007', ''>>()(oneAxis('vmap', '007', ''), {
      message: "vmap: '007' is not one axis: give a name or a size, as in vmap('batch')",
    })
  })
})

describe('stack', () => {
  test('a new axis that counts the tensors', () => {
    twin<Stack<0, readonly ['3', '3']>>()(stack(0, ['3', '3']), { shape: '2 3' })
    twin<Stack<-1, readonly ['b 3', 'b 3', 'b 3']>>()(stack(-1, ['b 3', 'b 3', 'b 3']), { shape: 'b 3 3' })
    twin<Stack<0, readonly ['']>>()(stack(0, ['']), { shape: '1' })
  })
  test('what must be equal', () => {
    twin<Stack<0, readonly ['2 3', '3 2']>>()(stack(0, ['2 3', '3 2']), {
      message: "stack: '2 3' and '3 2' differ, all shapes must be equal",
    })
    twin<Stack<0, readonly []>>()(stack(0, []), { message: 'stack: give one tensor at least' })
    twin<Stack<2, readonly ['3', '3']>>()(stack(2, ['3', '3']), {
      message: "stack: axis 2 is out of range for the result of '3', which has 2 axes (-2 to 1)",
    })
  })
  test('any shape stacks with itself', () => {
    fc.assert(
      fc.property(shapes, s => {
        expect(stack(0, [s, s])).toStrictEqual({ shape: s === '' ? '2' : `2 ${s}` })
      }),
    )
  })
})
