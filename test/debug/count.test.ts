/** What a function computes and moves, counted by hand. */
import { describe, expect, test } from 'vitest'
import {
  add,
  as,
  cast,
  checkpoint,
  cond,
  conv,
  customVjp,
  debug,
  exp,
  grad,
  greater,
  matmul,
  mul,
  permute,
  pipe,
  scan,
  sort,
  sum,
  type Tensor,
  take,
  tanh,
  vmap,
  where,
  whileLoop,
  zeros,
} from '../../src/index.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

describe('floating-point operations', () => {
  test('of a product are 2 m n k, also in a batch', () => {
    expect(debug.count((x: Tensor<'3 4'>) => matmul(zeros('4 5'))(x))(zeros('3 4')).flops).toBe(2 * 3 * 4 * 5)
    const batch = vmap('7')((x: Tensor<'3 4'>) => matmul(zeros('4 5'))(x))
    expect(debug.count(batch)(zeros('7 3 4')).flops).toBe(7 * 2 * 3 * 4 * 5)
  })

  test('of a convolution are those of the product with its windows', () => {
    const f = (x: Tensor<'1 2 8'>) => conv(zeros('4 2 3'))(x)
    // 6 places, 4 channels out, each of which adds up 2 · 3 products.
    expect(debug.count(f)(zeros('1 2 8')).flops).toBe(2 * 6 * 4 * (2 * 3))
  })

  test('of a reduction are one less than is added up for each result', () => {
    expect(debug.count((x: Tensor<'3 4'>) => sum(1)(x))(zeros('3 4')).flops).toBe(3 * (4 - 1))
  })

  test('are one for each entry of an operation on entries, and elementary functions are apart', () => {
    const { flops, transcendentals } = debug.count((x: Tensor<'6'>) => pipe(x, mul(x), add(1), tanh))(zeros('6'))
    expect([flops, transcendentals]).toEqual([12, 6])
  })

  test('are none where numbers are moved, chosen, compared, converted or sorted', () => {
    const f = (x: Tensor<'4 4'>) =>
      pipe(x, permute([1, 0]), sort(0), cast('float64'), x64 => where(x64, zeros('4 4', {}, 'float64'))(greater(0)(x)))
    expect(debug.count(f)(zeros('4 4'))).toMatchObject({ flops: 0, transcendentals: 0 })
  })

  test('of the gradient of a gather are one for each update of the scatter', () => {
    const f = (table: Tensor<'10 2'>, rows: Tensor<'5', 'int32'>) => sum()(exp(take(rows, 0)(table)))
    const { operations, flops } = debug.count(grad(f))(zeros('10 2'), zeros('5', {}, 'int32'))
    expect(operations).toEqual({ gather: 1, exp: 1, mul: 1, scatterAdd: 1 })
    // The derivative of exp, and the update.
    expect(flops).toBe(5 * 2 + 5 * 2)
  })
})

describe('programs that operations hold', () => {
  test('a body counts once for each round', () => {
    const f = (xs: Tensor<'100 3'>) =>
      scan('100')((h: Tensor<'3'>, x: Tensor<'3'>) => [pipe(h, add(x), tanh), []] as const, zeros('3'))(xs)[0]
    expect(debug.count(f)(zeros('100 3'))).toMatchObject({ operations: { scan: 1, add: 100, tanh: 100 }, flops: 300, transcendentals: 300 })
  })

  test('of a choice the case with the most floating-point operations counts', () => {
    const f = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => pipe(y, mul(y), mul(y)),
        (y: Tensor<''>) => exp(y),
      )(x)
    expect(debug.count(f)(zeros(''))).toMatchObject({ operations: { cond: 1, mul: 2 }, flops: 2, transcendentals: 0 })
  })

  test('of a loop whose rounds depend on numbers one round counts', () => {
    const f = (x: Tensor<'3'>) =>
      whileLoop(
        (y: Tensor<'3'>) => pipe(y, sum(), greater(1)),
        (y: Tensor<'3'>) => pipe(y, mul(0.5), tanh),
      )(x)
    expect(debug.count(f)(zeros('3'))).toMatchObject({
      operations: { whileLoop: 1, sum: 1, mul: 1, tanh: 1 },
      flops: 5,
      transcendentals: 3,
    })
  })

  test('what a function with a rule of its own, or a checkpoint, is made of counts with it', () => {
    const twice = customVjp(
      (x: Tensor<'3'>) => pipe(x, add(x), add(x)),
      x => [add(x)(x), ct => ct],
    )
    expect(debug.count((x: Tensor<'3'>) => twice(x))(zeros('3'))).toMatchObject({ operations: { customVjp: 1, add: 2 }, flops: 6 })
    const again = checkpoint((x: Tensor<'3'>) => pipe(x, exp, tanh))
    expect(debug.count((x: Tensor<'3'>) => again(x))(zeros('3'))).toMatchObject({ operations: { checkpoint: 1, exp: 1, tanh: 1 } })
  })
})

describe('bytes', () => {
  test('moved are operands and results of each operation; constants are read from nowhere', () => {
    expect(debug.count((x: Tensor<'8'>) => pipe(x, mul(2), exp))(zeros('8')).bytesMoved).toBe(4 * 32)
    expect(debug.count((x: Tensor<'8'>) => add(x)(x))(as('8')(zeros('8'))).bytesMoved).toBe(3 * 32)
  })

  test('held are the most at one time', () => {
    // x is an argument and stays. At the second operation there are x, its operand and its result.
    expect(debug.count((x: Tensor<'8'>) => pipe(x, exp, tanh, exp, tanh))(zeros('8')).bytesHeld).toBe(3 * 32)
    // x; the table of products with it; and the sum.
    expect(debug.count((x: Tensor<'8 8'>) => pipe(x, exp, sum()))(zeros('8 8')).bytesHeld).toBe(256 + 256 + 4)
  })

  test('held in a loop are those of one round, with the stacks', () => {
    const f = (xs: Tensor<'100 8'>) => scan('100')((h: Tensor<'8'>, x: Tensor<'8'>) => [add(x)(h), []] as const, zeros('8'))(xs)[0]
    // The rows, the last carry, and in a round the carry, the row and their sum.
    expect(debug.count(f)(zeros('100 8')).bytesHeld).toBe(3200 + 32 + 3 * 32)
  })
})

test('nothing is computed and no memory is taken: shapes are enough', () => {
  const f = (x: Tensor<'n n'>) => matmul(x)(x)
  expect(debug.count(f)(zeros('n n', { n: 100_000 })).flops).toBe(2e15)
})

test('a function that is none is refused', () => {
  expect(errorOf(() => debug.count(typed<() => Tensor<''>>(3))).message).toBe('debug.count: 3 is no function: give one of tensors')
})
