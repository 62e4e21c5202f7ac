import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dims,
  isErr,
  type MoveAxis,
  moveAxis,
  type Permute,
  permute,
  type SwapAxes,
  swapAxes,
  type Transpose,
  transpose,
} from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('permute', () => {
  test('by position and by name', () => {
    twin<Permute<'batch 28 14', readonly [2, 'batch', 1]>>()(permute('batch 28 14', [2, 'batch', 1]), { shape: '14 batch 28' })
    twin<Permute<'a b c', readonly [-1, 0, 1]>>()(permute('a b c', [-1, 0, 1]), { shape: 'c a b' })
    twin<Permute<'', readonly []>>()(permute('', []), { shape: '' })
  })
  test('each axis exactly once', () => {
    twin<Permute<'2 3 4', readonly [1, 0]>>()(permute('2 3 4', [1, 0]), {
      message: "permute: '2 3 4' has 3 axes and 2 are given, give each axis once",
    })
    twin<Permute<'2 3', readonly [1, -1]>>()(permute('2 3', [1, -1]), { message: "permute: axis 1 of '2 3' is given twice" })
    twin<Permute<'2 3', readonly [1, 2]>>()(permute('2 3', [1, 2]), {
      message: "permute: axis 2 is out of range for '2 3', which has 2 axes (-2 to 1)",
    })
  })
  test('the inverse order gives the shape back', () => {
    const ordered = shapes.chain(s => {
      const all = dims(s).map((_, i) => i)
      return fc.tuple(fc.constant(s), fc.shuffledSubarray(all, { minLength: all.length }))
    })
    fc.assert(
      fc.property(ordered, ([s, order]) => {
        const there = permute(s, order)
        if (isErr(there)) throw new Error(there.message)
        const inverse = order.map((_, i) => order.indexOf(i))
        expect(permute(there.shape, inverse)).toStrictEqual({ shape: s })
      }),
    )
  })
})

describe('transpose, swapAxes and moveAxis', () => {
  test('transpose', () => {
    twin<Transpose<'a b c'>>()(transpose('a b c'), { shape: 'c b a' })
    twin<Transpose<''>>()(transpose(''), { shape: '' })
  })
  test('swapAxes', () => {
    twin<SwapAxes<'a b c', 0, 'c'>>()(swapAxes('a b c', 0, 'c'), { shape: 'c b a' })
    twin<SwapAxes<'a b c', 1, 1>>()(swapAxes('a b c', 1, 1), { shape: 'a b c' })
    twin<SwapAxes<'a b', 0, 'c'>>()(swapAxes('a b', 0, 'c'), { message: "swapAxes: 'a b' has no axis 'c'" })
    twin<SwapAxes<'a b', 5, 'c'>>()(swapAxes('a b', 5, 'c'), {
      message: "swapAxes: axis 5 is out of range for 'a b', which has 2 axes (-2 to 1)",
    })
  })
  test('moveAxis', () => {
    twin<MoveAxis<'a b c d', 0, 2>>()(moveAxis('a b c d', 0, 2), { shape: 'b c a d' })
    twin<MoveAxis<'a b c d', 'd', 0>>()(moveAxis('a b c d', 'd', 0), { shape: 'd a b c' })
    twin<MoveAxis<'a b c d', 0, -1>>()(moveAxis('a b c d', 0, -1), { shape: 'b c d a' })
    twin<MoveAxis<'a b', 0, 2>>()(moveAxis('a b', 0, 2), {
      message: "moveAxis: axis 2 is out of range for 'a b', which has 2 axes (-2 to 1)",
    })
  })
  test('each is undone by its opposite', () => {
    const at = fc.integer({ min: 0, max: 3 })
    fc.assert(
      fc.property(shapes, at, at, (s, i, j) => {
        const [swapped, moved] = [swapAxes(s, i, j), moveAxis(s, i, j)]
        if (!isErr(swapped)) expect(swapAxes(swapped.shape, i, j)).toStrictEqual({ shape: s })
        if (!isErr(moved)) expect(moveAxis(moved.shape, j, i)).toStrictEqual({ shape: s })
      }),
    )
  })
})
