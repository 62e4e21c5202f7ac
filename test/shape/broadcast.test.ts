import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Broadcast, type BroadcastTo, broadcast, broadcastTo, dims, fits, isErr, type Where, where } from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('broadcast', () => {
  test('the result is one of the two shapes', () => {
    twin<Broadcast<'add', 'batch 10', 'batch 10'>>()(broadcast('add', 'batch 10', 'batch 10'), { shape: 'batch 10' })
    twin<Broadcast<'add', 'batch 10', '10'>>()(broadcast('add', 'batch 10', '10'), { shape: 'batch 10' })
    twin<Broadcast<'add', '', '2 3'>>()(broadcast('add', '', '2 3'), { shape: '2 3' })
    twin<Broadcast<'add', 'n 1', 'n m'>>()(broadcast('add', 'n 1', 'n m'), { shape: 'n m' })
    twin<Broadcast<'add', '1', ''>>()(broadcast('add', '1', ''), { shape: '1' })
  })
  test('neither', () => {
    twin<Broadcast<'add', 'n', 'n 1'>>()(broadcast('add', 'n', 'n 1'), {
      message: "add: 'n' and 'n 1': neither broadcasts to the other: pairwise(add) gives 'n n', squeeze or reshape aligns them",
    })
    twin<Broadcast<'mul', '2 1', '1 3'>>()(broadcast('mul', '2 1', '1 3'), {
      message: "mul: '2 1' and '1 3': neither broadcasts to the other: pairwise(mul) gives '2 3', squeeze or reshape aligns them",
    })
  })
  test('commutes, in verdict and in shape', () => {
    fc.assert(
      fc.property(shapes, shapes, (a, b) => {
        const [ab, ba] = [broadcast('add', a, b), broadcast('add', b, a)]
        expect(isErr(ab)).toBe(isErr(ba))
        if (!isErr(ab)) expect(ab).toStrictEqual(ba)
      }),
    )
  })
  test('both operands fit the result', () => {
    fc.assert(
      fc.property(shapes, shapes, (a, b) => {
        const rule = broadcast('add', a, b)
        if (!isErr(rule)) expect([a, b].every(s => fits(dims(s), dims(rule.shape)))).toBe(true)
      }),
    )
  })
})

describe('broadcastTo', () => {
  test('fits', () => {
    twin<BroadcastTo<'3', '2 3'>>()(broadcastTo('3', '2 3'), { shape: '2 3' })
    twin<BroadcastTo<'2 1', '2 3'>>()(broadcastTo('2 1', '2 3'), { shape: '2 3' })
  })
  test('does not fit', () => {
    twin<BroadcastTo<'2 3', '3 2'>>()(broadcastTo('2 3', '3 2'), {
      message: "broadcastTo: '2 3' does not broadcast to '3 2': '3' is neither '1' nor '2'",
    })
    twin<BroadcastTo<'n 4', 'm 4'>>()(broadcastTo('n 4', 'm 4'), {
      message: "broadcastTo: 'n 4' does not broadcast to 'm 4': 'n' is neither '1' nor 'm'",
    })
    twin<BroadcastTo<'2 3', '3'>>()(broadcastTo('2 3', '3'), { message: "broadcastTo: '2 3' does not broadcast to '3': it has more axes" })
    twin<BroadcastTo<'3', '2,3'>>()(broadcastTo('3', '2,3'), { message: "shape '2,3': write one space between axes" })
  })
  test('a shape broadcasts to itself, and by steps as at once', () => {
    fc.assert(fc.property(shapes, s => !isErr(broadcastTo(s, s))))
    fc.assert(
      fc.property(shapes, shapes, shapes, (a, b, c) => {
        if (!isErr(broadcastTo(a, b)) && !isErr(broadcastTo(b, c))) expect(isErr(broadcastTo(a, c))).toBe(false)
      }),
    )
  })
})

describe('where', () => {
  test('one of the three', () => {
    twin<Where<'2 3', '2 3', '2 3'>>()(where('2 3', '2 3', '2 3'), { shape: '2 3' })
    twin<Where<'2 3', '', '3'>>()(where('2 3', '', '3'), { shape: '2 3' })
    twin<Where<'b+a 3', 'a+b 3', '3'>>()(where('b+a 3', 'a+b 3', '3'), { shape: 'a+b 3' })
    twin<Where<'2*n', 'n+n', ''>>()(where('2*n', 'n+n', ''), { shape: 'n*2' })
    twin<Where<'b+a', 'a+c', ''>>()(where('b+a', 'a+c', ''), {
      message: "where: 'a+b', 'a+c' and '': no two of them broadcast to the third",
    })
    twin<Where<'', '3', '2 3'>>()(where('', '3', '2 3'), { shape: '2 3' })
    twin<Where<'3', '2 3', ''>>()(where('3', '2 3', ''), { shape: '2 3' })
  })
  test('none', () => {
    twin<Where<'2', '3', ''>>()(where('2', '3', ''), { message: "where: '2', '3' and '': no two of them broadcast to the third" })
    twin<Where<'2 1', '1 3', '2 1'>>()(where('2 1', '1 3', '2 1'), {
      message: "where: '2 1', '1 3' and '2 1': no two of them broadcast to the third",
    })
  })
})
