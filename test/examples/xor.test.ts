import { expect, test } from 'vitest'
import { main, picture } from '../../examples/xor.js'

const config = { seed: 1, steps: 150, learningRate: 0.1 }
const found = main(config)

test('the perceptron has learnt exclusive or', () => {
  expect(found.predictions.map(Math.round)).toEqual([0, 1, 1, 0])
  // An undecided model's loss is log 2 = 0.69; a learnt one's is a small part of it.
  expect(found.losses[0]).toBeGreaterThan(0.5)
  expect(found.losses[1]).toBeLessThan(0.1)
})

test('the surface passes through the four predictions', () => {
  const at = (row: number, column: number): number | undefined => found.surface[row]?.[column]
  // The rows go from y = 1.5 down by 1/8, the columns from x = -0.5 up by 1/16: all of these are exact in float32.
  expect([at(12, 8), at(4, 8), at(12, 24), at(4, 24)]).toEqual(found.predictions)
  expect(found.surface.length).toBe(17)
  expect(found.surface.every(row => row.length === 33)).toBe(true)
})

test('the same seed finds the same, another seed does not', () => {
  expect(main(config)).toEqual(found)
  expect(main({ ...config, seed: 2 }).predictions).not.toEqual(found.predictions)
})

test('a picture has one character for each probability', () => {
  expect(
    picture([
      [0, 0.25, 0.5],
      [0.75, 0.99, 1],
    ]),
  ).toBe(' ░▒\n▓██')
})
