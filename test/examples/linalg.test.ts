/** The examples of linear algebra: a Gaussian process with a trained kernel, and principal components. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { eye, matmul, pipe, tensor, toArray, toNumber, transpose } from 'pullback'
import { matchesDifferences } from 'pullback/laws'
import { inv, slogdet } from 'pullback/linalg'
import { assertAllClose } from 'pullback/testing'
import { describe, expect, test } from 'vitest'
import { covariance, main as trained, unlikeliness } from '../../examples/gaussian-process.js'
import { main as components } from '../../examples/principal-components.js'
import { decodePenguins } from '../../examples/support/penguin-data.js'

describe('a Gaussian process', () => {
  const { measured, kernel, losses, places, mean, deviation } = trained({ seed: 0, steps: 60, learningRate: 0.1 })

  test('its likelihood is that of the formula with an inverse and a determinant', () => {
    const k = covariance(kernel, measured.x)
    const quadratic = toNumber(pipe(measured.y, matmul(inv(k)), matmul(measured.y)))
    const expected = (quadratic + toNumber(slogdet(k).logabsdet) + 30 * Math.log(2 * Math.PI)) / 2
    // The condition of k is some ten thousands.
    expect(toNumber(unlikeliness(measured)(kernel))).toBeCloseTo(expected, 9)
  })

  test('the gradient by the kernel is that of differences', () => {
    matchesDifferences(unlikeliness(measured))({
      length: tensor(0.3, 'float64'),
      height: tensor(-0.2, 'float64'),
      noise: tensor(-1, 'float64'),
    })
  })

  test('training finds the noise, and a curve near the sine', () => {
    expect(losses.at(-1)).toBeLessThan(losses[0] ?? 0)
    expect(Math.exp(toNumber(kernel.noise))).toBeGreaterThan(0.05)
    expect(Math.exp(toNumber(kernel.noise))).toBeLessThan(0.2)
    const [means, deviations] = [toArray(mean), toArray(deviation)]
    // Of normal numbers one in 15,000 is four standard deviations away; neighbouring places are off alike.
    toArray(places).forEach((place, i) => {
      expect(Math.abs((means[i] ?? 0) - Math.sin(place))).toBeLessThan(4 * (deviations[i] ?? 0))
    })
  })
})

describe('principal components of penguins', () => {
  const file = fileURLToPath(new URL('../../node_modules/vega-datasets/data/penguins.json', import.meta.url))
  const decoded = decodePenguins('penguins.json')(readFileSync(file, 'utf8'))
  if (E.isLeft(decoded)) throw decoded.left
  const { directions, shares, scores } = components(decoded.right.penguins)

  test('shares are those that R gives by prcomp with scaled columns', () => {
    const expected = [0.6884, 0.1931, 0.0913, 0.0272]
    toArray(shares).forEach((share, i) => {
      expect(share).toBeCloseTo(expected[i] ?? Number.NaN, 3)
    })
  })

  test('directions are orthonormal, and scores along two of them are uncorrelated', () => {
    assertAllClose(pipe(directions, matmul(transpose(directions))), eye(4, 'float64'), { atol: 1e-13, rtol: 0 })
    const products = toArray(pipe(transpose(scores), matmul(scores)))
    products.forEach((value, place) => {
      // Off the diagonal there are roundings of sums of 342 products.
      if (place % 5 !== 0) expect(Math.abs(value)).toBeLessThan(1e-10)
    })
  })
})
