import { pipe as fpTs } from 'fp-ts/lib/function.js'
import { pipe } from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from './support/errors.js'
import { loose } from './support/loose.js'

const steps = [...Array(25).keys()].map(i => (x: string) => `${x} ${i}`)

describe('pipe', () => {
  test('gives a value to functions, one after another, as that of fp-ts does', () => {
    for (let count = 0; count <= 19; count += 1)
      expect(loose(pipe)('x', ...steps.slice(0, count))).toBe(loose(fpTs)('x', ...steps.slice(0, count)))
  })

  test('takes as many as twenty-five', () => {
    const add = (x: number): number => x + 1
    const half = (x: number): number => pipe(x, add, add, add, add, add, add, add, add, add, add, add, add)
    expect(pipe(0, half, half, add)).toBe(25)
    expect(
      pipe(
        0,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        add,
        String,
      ),
    ).toBe('24')
  })

  test('names the place of what is no function', () => {
    expect(errorOf(() => loose(pipe)(1, (x: number) => x, undefined)).message).toBe('pipe: argument 3 is no function')
  })
})
