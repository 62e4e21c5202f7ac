/** Tests that fail, but for the first: a runner that calls one of them passed can find nothing. */
import { describe, expect, test, vi } from 'vitest'
import { tensor } from '../../src/index.js'
import { digest } from '../engine/support/digest.js'

describe('broken', () => {
  test('nothing', () => {
    expect({ shape: '2', sizes: [2] }).toMatchObject({ sizes: expect.any(Array) })
    expect([1, Number.NaN]).toEqual([1, Number.NaN])
    expect(['a line']).toMatchInlineSnapshot(`
      [
        "a line",
      ]
    `)
  })

  test('an equality', () => expect([0]).toEqual([-0]))

  test('an inline snapshot', () => {
    expect(['a line']).toMatchInlineSnapshot(`
      [
        "another line",
      ]
    `)
  })

  test('a golden file', () => expect('nothing').toMatchFileSnapshot('../golden/fused-adam.txt'))

  test.each([1, 2])('promise %d', async n => {
    await Promise.resolve()
    throw new Error(`broken ${n}`)
  })

  test('a global', () => {
    vi.stubGlobal('performance', undefined)
    try {
      performance.now()
    } finally {
      vi.unstubAllGlobals()
    }
  })

  // Passes, with other bits at every run.
  test('a hash', async () => {
    expect(await digest(tensor(Date.now() / 7, 'float64'))).toMatch(/^[0-9a-f]{16}$/)
  })
})
