import { describe, test } from 'vitest'
import { type ConvTranspose, convTranspose, type Resize, resize, type Unfold, unfold } from '../../src/shape/index.js'
import { twin } from './twin.js'

describe('convTranspose', () => {
  test('(n - 1) stride + (k - 1) dilation + 1 - padding', () => {
    const plain = { stride: 1, padding: 0, dilation: 1 } as const
    const doubled = { stride: 2, padding: [[1, 1], 1], dilation: 1 } as const
    const apart = { stride: [1, 2], padding: 0, dilation: [2, 1] } as const
    twin<ConvTranspose<'2 7', '2 3 4', typeof plain, 1>>()(convTranspose('2 7', '2 3 4', plain, 1), { shape: '3 10' })
    twin<ConvTranspose<'batch 8 7 h', '8 3 4 4', typeof doubled, 1>>()(convTranspose('batch 8 7 h', '8 3 4 4', doubled, 1), {
      shape: 'batch 3 14 h*2',
    })
    twin<ConvTranspose<'8 5 w', '8 3 3 3', typeof apart, 2>>()(convTranspose('8 5 w', '8 3 3 3', apart, 2), { shape: '6 9 w*2+1' })
    twin<ConvTranspose<'2 7', '3 2 4', typeof plain, 1>>()(convTranspose('2 7', '3 2 4', plain, 1), {
      message: "convTranspose: '2 7' by the kernel '3 2 4': channels differ, '2' is not '3'",
    })
    twin<ConvTranspose<'7', '3 2 4', typeof plain, 1>>()(convTranspose('7', '3 2 4', plain, 1), {
      message: "convTranspose: '7' by the kernel '3 2 4': the input has fewer axes than its channels and 1 spatial ones",
    })
    twin<ConvTranspose<'2 7', '2 3', typeof plain, 1>>()(convTranspose('2 7', '2 3', plain, 1), {
      message: "convTranspose: the kernel '2 3' is not 'in out' and one to three spatial axes",
    })
    twin<ConvTranspose<'2 7', '2 3 k', typeof plain, 1>>()(convTranspose('2 7', '2 3 k', plain, 1), {
      message: "convTranspose: the kernel has the named spatial axis 'k', give its size",
    })
  })
})

describe('unfold and resize', () => {
  test('positions, then windows', () => {
    const every = { stride: 1, padding: 'valid', dilation: 1 } as const
    twin<Unfold<'batch 8 9', [2, 3], typeof every>>()(unfold('batch 8 9', [2, 3], every), { shape: 'batch 7 7 2 3' })
    twin<Unfold<'n', [2], typeof every>>()(unfold('n', [2], every), { shape: 'n-1 2' })
    twin<Unfold<'8', [9], typeof every>>()(unfold('8', [9], every), {
      message: "unfold: a window that spans 9 does not fit axis 0 of '8', which has size 8 with its padding",
    })
  })
  test('other sizes, the same names', () => {
    twin<Resize<'batch 3 28 28', 'batch 3 64 32'>>()(resize('batch 3 28 28', 'batch 3 64 32'), { shape: 'batch 3 64 32' })
    twin<Resize<'n 28', '10 28'>>()(resize('n 28', '10 28'), { shape: '10 28' })
    twin<Resize<'n 28', 'm 28'>>()(resize('n 28', 'm 28'), { message: "resize: 'n 28' to 'm 28': 'm' is not 'n', give it a size" })
    twin<Resize<'n 28', '28'>>()(resize('n 28', '28'), { message: "resize: 'n 28' to '28': the number of axes differs" })
  })
})
