import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isErr, type MatMul, matMul } from '../../src/shape/index.js'
import { axis } from './arbitrary.js'
import { twin } from './twin.js'

describe('matMul', () => {
  test('vectors, matrices and batches of them', () => {
    twin<MatMul<'batch 784', '784 10'>>()(matMul('batch 784', '784 10'), { shape: 'batch 10' })
    twin<MatMul<'3', '3'>>()(matMul('3', '3'), { shape: '' })
    twin<MatMul<'3', '3 4'>>()(matMul('3', '3 4'), { shape: '4' })
    twin<MatMul<'2 3', '3'>>()(matMul('2 3', '3'), { shape: '2' })
    twin<MatMul<'b 2 3', '3'>>()(matMul('b 2 3', '3'), { shape: 'b 2' })
    twin<MatMul<'b 2 3', '3 4'>>()(matMul('b 2 3', '3 4'), { shape: 'b 2 4' })
    twin<MatMul<'2 3', 'b 3 4'>>()(matMul('2 3', 'b 3 4'), { shape: 'b 2 4' })
    twin<MatMul<'3', 'b 3 4'>>()(matMul('3', 'b 3 4'), { shape: 'b 4' })
    twin<MatMul<'b h 2 3', 'h 3 4'>>()(matMul('b h 2 3', 'h 3 4'), { shape: 'b h 2 4' })
    twin<MatMul<'1 2 3', 'b 3 4'>>()(matMul('1 2 3', 'b 3 4'), { shape: 'b 2 4' })
  })
  test('inner axes', () => {
    twin<MatMul<'batch 784', '128 10'>>()(matMul('batch 784', '128 10'), {
      message: "matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'",
    })
    twin<MatMul<'3', '4'>>()(matMul('3', '4'), { message: "matmul: '3' by '4': inner axes differ, '3' is not '4'" })
    twin<MatMul<'2 1', '3 4'>>()(matMul('2 1', '3 4'), { message: "matmul: '2 1' by '3 4': inner axes differ, '1' is not '3'" })
  })
  test('scalars', () => {
    twin<MatMul<'', '3 4'>>()(matMul('', '3 4'), { message: "matmul: '' by '3 4': a scalar has no axis to sum over, use mul" })
    twin<MatMul<'3', ''>>()(matMul('3', ''), { message: "matmul: '3' by '': a scalar has no axis to sum over, use mul" })
  })
  test('leading axes', () => {
    twin<MatMul<'a 2 3', 'b 3 4'>>()(matMul('a 2 3', 'b 3 4'), {
      message: "matmul: 'a 2 3' by 'b 3 4': of the leading axes 'a' and 'b' neither broadcasts to the other",
    })
  })
  test('is associative in shape', () => {
    const side = axis.filter(a => a !== '1')
    fc.assert(
      fc.property(side, side, side, side, (a, b, c, d) => {
        const left = matMul(`${a} ${b}`, `${b} ${c}`)
        const right = matMul(`${b} ${c}`, `${c} ${d}`)
        if (isErr(left) || isErr(right)) throw new Error('inner axes agree')
        expect(matMul(left.shape, `${c} ${d}`)).toStrictEqual(matMul(`${a} ${b}`, right.shape))
      }),
    )
  })
})
