import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dims, isErr, type PlacedAt, placeAmong, placedAt } from '../../src/shape/index.js'
import { shapes } from './arbitrary.js'
import { twin } from './twin.js'

describe('placedAt', () => {
  test('a position from the front or from the end', () => {
    twin<PlacedAt<'vmap', 'out', '3 4', 'n', 0>>()(placedAt('vmap', 'out', '3 4', 'n', 0), { shape: 'n 3 4' })
    twin<PlacedAt<'vmap', 'out', '3 4', 'n', 1>>()(placedAt('vmap', 'out', '3 4', 'n', 1), { shape: '3 n 4' })
    twin<PlacedAt<'vmap', 'out', '3 4', 'n', 2>>()(placedAt('vmap', 'out', '3 4', 'n', 2), { shape: '3 4 n' })
    twin<PlacedAt<'vmap', 'out', '3 4', 'n', -1>>()(placedAt('vmap', 'out', '3 4', 'n', -1), { shape: '3 4 n' })
    twin<PlacedAt<'vmap', 'out', '3 4', 'n', -3>>()(placedAt('vmap', 'out', '3 4', 'n', -3), { shape: 'n 3 4' })
    twin<PlacedAt<'vmap', 'out', '', 'n', 0>>()(placedAt('vmap', 'out', '', 'n', 0), { shape: 'n' })
  })
  test('null for none', () => {
    twin<PlacedAt<'vmap', 'in', '3 4', 'n', null>>()(placedAt('vmap', 'in', '3 4', 'n', null), { shape: '3 4' })
  })
  test('out of range', () => {
    twin<PlacedAt<'vmap', 'in', '3 4', 'n', 3>>()(placedAt('vmap', 'in', '3 4', 'n', 3), {
      message: "vmap: 'in' puts 'n' at position 3 of 3 axes (-3 to 2)",
    })
    twin<PlacedAt<'vmap', 'out', '', 'n', -2>>()(placedAt('vmap', 'out', '', 'n', -2), {
      message: "vmap: 'out' puts 'n' at position -2 of 1 axis (-1 to 0)",
    })
    twin<PlacedAt<'vmap', 'out', '3', 'n', 0.5>>()(placedAt('vmap', 'out', '3', 'n', 0.5), {
      message: "vmap: 'out' puts 'n' at position 0.5 of 2 axes (-2 to 1)",
    })
  })
  test('what has the axis there has it there', () => {
    fc.assert(
      fc.property(shapes, fc.integer({ min: -9, max: 9 }), (s, place) => {
        const [placed, found] = [placedAt('vmap', 'out', s, 'n', place), placeAmong('vmap', 'out', dims(s).length + 1, 'n', place)]
        expect(isErr(placed)).toBe(isErr(found))
        if (!isErr(placed) && !isErr(found)) expect(dims(placed.shape)[found.shape]).toBe('n')
      }),
    )
  })
})
