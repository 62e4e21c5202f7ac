import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Conv, conv, isErr, type Pool, pool, type WindowParams, windowAxis } from '../../src/shape/index.js'
import { twin } from './twin.js'

type Plain = { stride: 1; padding: 'valid'; dilation: 1 }
const plain = { stride: 1, padding: 'valid', dilation: 1 } as const
const same = { stride: 1, padding: 'same', dilation: 1 } as const
type Same = typeof same

describe('conv', () => {
  test('one, two and three spatial axes, and any axes before', () => {
    twin<Conv<'batch 1 28 28', '8 1 5 5', Plain, 1>>()(conv('batch 1 28 28', '8 1 5 5', plain, 1), { shape: 'batch 8 24 24' })
    twin<Conv<'1 28 28', '8 1 5 3', Plain, 1>>()(conv('1 28 28', '8 1 5 3', plain, 1), { shape: '8 24 26' })
    twin<Conv<'a b 3 10', 'out 3 1', Plain, 1>>()(conv('a b 3 10', 'out 3 1', plain, 1), { shape: 'a b out 10' })
    twin<Conv<'2 3 8 8 8', '4 3 2 2 2', Plain, 1>>()(conv('2 3 8 8 8', '4 3 2 2 2', plain, 1), { shape: '2 4 7 7 7' })
    twin<Conv<'c 9', 'c c 9', Plain, 1>>()(conv('c 9', 'c c 9', plain, 1), { shape: 'c 1' })
  })
  test('stride, padding and dilation', () => {
    const strided = { stride: 2, padding: 1, dilation: 1 } as const
    twin<Conv<'3 224 224', '64 3 7 7', typeof strided, 1>>()(conv('3 224 224', '64 3 7 7', strided, 1), { shape: '64 110 110' })
    const each = { stride: [2, 3], padding: [[1, 2], 0], dilation: [1, 2] } as const
    twin<Conv<'1 10 11', '1 1 3 3', typeof each, 1>>()(conv('1 10 11', '1 1 3 3', each, 1), { shape: '1 6 3' })
    twin<Conv<'1 28 27', '1 1 5 4', Same, 1>>()(conv('1 28 27', '1 1 5 4', same, 1), { shape: '1 28 27' })
    const halved = { stride: 2, padding: 'same', dilation: 1 } as const
    twin<Conv<'1 28 27', '1 1 3 3', typeof halved, 1>>()(conv('1 28 27', '1 1 3 3', halved, 1), { shape: '1 14 14' })
    twin<Conv<'1 0 1', '1 1 3 3', typeof halved, 1>>()(conv('1 0 1', '1 1 3 3', halved, 1), { shape: '1 0 1' })
  })
  test('names stay where the windows are as many as the entries', () => {
    twin<Conv<'1 height width', '8 1 3 3', Same, 1>>()(conv('1 height width', '8 1 3 3', same, 1), { shape: '8 height width' })
    twin<Conv<'1 time', '8 1 1', Plain, 1>>()(conv('1 time', '8 1 1', plain, 1), { shape: '8 time' })
    const causal = { stride: 1, padding: [[4, 0]], dilation: 2 } as const
    twin<Conv<'1 time', '8 1 3', typeof causal, 1>>()(conv('1 time', '8 1 3', causal, 1), { shape: '8 time' })
    twin<Conv<'1 time', '8 1 3', Plain, 1>>()(conv('1 time', '8 1 3', plain, 1), { shape: '8 time-2' })
    const halved = { stride: 2, padding: 'same', dilation: 1 } as const
    twin<Conv<'1 time', '8 1 3', typeof halved, 1>>()(conv('1 time', '8 1 3', halved, 1), { shape: '8 (time+1)//2' })
    const padded = { stride: 2, padding: 1, dilation: 1 } as const
    twin<Conv<'1 time', '8 1 3', typeof padded, 1>>()(conv('1 time', '8 1 3', padded, 1), { shape: '8 (time+1)//2' })
    const wide = { stride: 1, padding: 3, dilation: 1 } as const
    twin<Conv<'1 time*2', '8 1 3', typeof wide, 1>>()(conv('1 time*2', '8 1 3', wide, 1), { shape: '8 time*2+4' })
    twin<Conv<'1 9', '8 1 k', Plain, 1>>()(conv('1 9', '8 1 k', plain, 1), {
      message: "conv: the kernel '8 1 k' has the named spatial axis 'k', give its size",
    })
  })
  test('groups', () => {
    twin<Conv<'4 9', '6 2 3', Plain, 2>>()(conv('4 9', '6 2 3', plain, 2), { shape: '6 7' })
    twin<Conv<'4 9', '4 1 3', Plain, 4>>()(conv('4 9', '4 1 3', plain, 4), { shape: '4 7' })
    twin<Conv<'4 9', '6 3 3', Plain, 2>>()(conv('4 9', '6 3 3', plain, 2), {
      message: "conv: '4 9' by the kernel '6 3 3': channels differ, '4' is not 2 groups of '3'",
    })
    twin<Conv<'6 9', '4 2 3', Plain, 3>>()(conv('6 9', '4 2 3', plain, 3), {
      message: "conv: the 4 outputs of the kernel '4 2 3' do not divide into 3 groups",
    })
    twin<Conv<'c 9', '4 2 3', Plain, 3>>()(conv('c 9', '4 2 3', plain, 3), {
      message: "conv: 'c 9' by the kernel '4 2 3': of named channels there are no 3 groups, give their sizes",
    })
    twin<Conv<'6 9', '4 2 3', Plain, 0>>()(conv('6 9', '4 2 3', plain, 0), { message: 'conv: groups 0, give whole numbers from 1 up' })
    twin<Conv<'6 9', '4 2 3', Plain, 1.5>>()(conv('6 9', '4 2 3', plain, 1.5), {
      message: 'conv: groups 1.5, give whole numbers from 1 up',
    })
  })
  test('channels and axes', () => {
    twin<Conv<'batch 3 28 28', '8 1 5 5', Plain, 1>>()(conv('batch 3 28 28', '8 1 5 5', plain, 1), {
      message: "conv: 'batch 3 28 28' by the kernel '8 1 5 5': channels differ, '3' is not '1'",
    })
    twin<Conv<'28 28', '8 1 5 5', Plain, 1>>()(conv('28 28', '8 1 5 5', plain, 1), {
      message: "conv: '28 28' by the kernel '8 1 5 5': the input has fewer axes than its channels and 2 spatial ones",
    })
    twin<Conv<'', '8 1 5', Plain, 1>>()(conv('', '8 1 5', plain, 1), {
      message: "conv: '' by the kernel '8 1 5': the input has fewer axes than its channels and 1 spatial ones",
    })
    twin<Conv<'28 28', '8 1', Plain, 1>>()(conv('28 28', '8 1', plain, 1), {
      message: "conv: the kernel '8 1' is not 'out in' and one to three spatial axes",
    })
    twin<Conv<'28 28', '', Plain, 1>>()(conv('28 28', '', plain, 1), {
      message: "conv: the kernel '' is not 'out in' and one to three spatial axes",
    })
    twin<Conv<'1 2 2 2 2', '1 1 1 1 1 1', Plain, 1>>()(conv('1 2 2 2 2', '1 1 1 1 1 1', plain, 1), {
      message: "conv: the kernel '1 1 1 1 1 1' is not 'out in' and one to three spatial axes",
    })
  })
  test('windows that do not fit', () => {
    twin<Conv<'1 9 4', '1 1 3 5', Plain, 1>>()(conv('1 9 4', '1 1 3 5', plain, 1), {
      message: "conv: a window that spans 5 does not fit axis 2 of '1 9 4', which has size 4 with its padding",
    })
    const dilated = { stride: 1, padding: 1, dilation: 4 } as const
    twin<Conv<'1 6', '1 1 3', typeof dilated, 1>>()(conv('1 6', '1 1 3', dilated, 1), {
      message: "conv: a window that spans 9 does not fit axis 1 of '1 6', which has size 8 with its padding",
    })
    twin<Conv<'1 6', '1 1 0', Plain, 1>>()(conv('1 6', '1 1 0', plain, 1), { message: 'conv: window 0, give whole numbers from 1 up' })
  })
  test('what is no stride, no dilation, no padding', () => {
    const stride = { stride: [1, 0], padding: 'valid', dilation: 1 } as const
    twin<Conv<'1 9 9', '1 1 3 3', typeof stride, 1>>()(conv('1 9 9', '1 1 3 3', stride, 1), {
      message: 'conv: stride 0, give whole numbers from 1 up',
    })
    const dilation = { stride: 1, padding: 'valid', dilation: -2 } as const
    twin<Conv<'1 9 9', '1 1 3 3', typeof dilation, 1>>()(conv('1 9 9', '1 1 3 3', dilation, 1), {
      message: 'conv: dilation -2, give whole numbers from 1 up',
    })
    const padding = { stride: 1, padding: [[0, 0.5], 1], dilation: 1 } as const
    twin<Conv<'1 9 9', '1 1 3 3', typeof padding, 1>>()(conv('1 9 9', '1 1 3 3', padding, 1), {
      message: 'conv: padding 0.5, give whole numbers from 0 up',
    })
    const long = { stride: 1, padding: [1, 1, 1], dilation: 1 } as const
    twin<Conv<'1 9 9', '1 1 3 3', typeof long, 1>>()(conv('1 9 9', '1 1 3 3', long, 1), {
      message: 'conv: the list for padding has length 3, the window has 2: give one number, or one for each axis',
    })
  })
  test('what the compiler does not know', () => {
    const known: readonly [
      Conv<string, '8 1 3', Plain, 1>,
      Conv<'1 9', string, Plain, 1>,
      Conv<'1 9', '8 1 3', { stride: number; padding: 'valid'; dilation: 1 }, 1>,
      Conv<'1 9', '8 1 3', { stride: 1; padding: readonly [number]; dilation: 1 }, 1>,
      Conv<'1 9', '8 1 3', { stride: readonly number[]; padding: 'valid'; dilation: 1 }, 1>,
      Conv<'1 9', '8 1 3', Plain, number>,
    ] = [{ shape: 'x' }, { shape: 'x' }, { shape: 'x' }, { shape: 'x' }, { shape: 'x' }, { shape: 'x' }]
    expect(known.length).toBe(6)
  })
})

describe('pool', () => {
  const halved = { stride: [2, 2], padding: 'valid', dilation: 1 } as const
  test('the last axes', () => {
    twin<Pool<'maxPool', 'batch 8 24 25', readonly [2, 2], typeof halved>>()(pool('maxPool', 'batch 8 24 25', [2, 2], halved), {
      shape: 'batch 8 12 12',
    })
    twin<Pool<'maxPool', 'time', readonly [3], Same>>()(pool('maxPool', 'time', [3], same), { shape: 'time' })
  })
  test('faults', () => {
    twin<Pool<'maxPool', '9', readonly [2, 2], Plain>>()(pool('maxPool', '9', [2, 2], plain), {
      message: "maxPool: '9' has fewer axes than the window, which has 2",
    })
    twin<Pool<'maxPool', '9', readonly [], Plain>>()(pool('maxPool', '9', [], plain), {
      message: 'maxPool: no window, give a size for each axis at the end that is pooled',
    })
    twin<Pool<'meanPool', '9', readonly [10], Plain>>()(pool('meanPool', '9', [10], plain), {
      message: "meanPool: a window that spans 10 does not fit axis 0 of '9', which has size 9 with its padding",
    })
    const wide = { stride: 1, padding: 2, dilation: 1 } as const
    twin<Pool<'meanPool', '9', readonly [2], typeof wide>>()(pool('meanPool', '9', [2], wide), {
      message: 'meanPool: padding 2 is not less than the window, which spans 2 and could lie in it whole',
    })
  })
})

describe('the number of windows', () => {
  const axis = fc.record({
    length: fc.integer({ min: 1, max: 20 }),
    size: fc.integer({ min: 1, max: 5 }),
    stride: fc.integer({ min: 1, max: 4 }),
    dilation: fc.integer({ min: 1, max: 3 }),
    padding: fc.oneof(
      fc.constantFrom('same' as const, 'valid' as const),
      fc.integer({ min: 0, max: 4 }),
      fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })).map(pair => [pair] as const),
    ),
  })

  test('is how many fit between the padding, one by one', () => {
    fc.assert(
      fc.property(axis, ({ length, size, ...params }) => {
        const rule = conv(`1 ${length}`, `1 1 ${size}`, params, 1)
        const { low, high, stride, dilation } = windowAxis(length, [size], params, 0)
        let count = 0
        while (count * stride + (size - 1) * dilation < length + low + high) count += 1
        expect(isErr(rule) ? '1 0' : rule.shape).toBe(`1 ${count}`)
      }),
    )
  })

  test("with padding 'same' is the length over the stride, rounded up; the odd zero stands at the end", () => {
    fc.assert(
      fc.property(axis, ({ length, size, stride, dilation }) => {
        const params: WindowParams = { stride, dilation, padding: 'same' }
        expect(conv(`1 ${length}`, `1 1 ${size}`, params, 1)).toStrictEqual({ shape: `1 ${Math.ceil(length / stride)}` })
        const { low, high } = windowAxis(length, [size], params, 0)
        expect([0, 1]).toContain(high - low)
      }),
    )
  })
})
