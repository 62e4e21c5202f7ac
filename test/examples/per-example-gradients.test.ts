import { grad, random, tensor, toArray, toNested, toNumber } from 'pullback'
import { describe, expect, test } from 'vitest'
import {
  type Config,
  clip,
  exampleLoss,
  examplesOf,
  gradients,
  main,
  norm,
  type Params,
  truth,
} from '../../examples/per-example-gradients.js'

const config: Config = { seed: 3, wrong: 5, limit: 1, steps: 80, learningRate: 0.3 }
const { x, y } = examplesOf(config)
const params: Params = [{ weight: random.normal('3 1')(random.key(1)), bias: tensor([0.5]) }]
const all = gradients(params, x, y)

test('vmap of grad is a loop of grad, example by example', () => {
  const loop = toNested(x).map(([a = 0, b = 0, c = 0], i) => {
    const [{ weight, bias }] = grad(exampleLoss)(params, tensor([a, b, c]), tensor([toNested(y)[i]?.[0] ?? Number.NaN]))
    return { weight: toNested(weight), bias: toNested(bias) }
  })
  expect(loop.length).toBe(24)
  // The same operations in the same order, so the same bits.
  expect(toNested(all[0].weight)).toEqual(loop.map(({ weight }) => weight))
  expect(toNested(all[0].bias)).toEqual(loop.map(({ bias }) => bias))
})

describe('clipping', () => {
  const gradient = (a: number, b: number, c: number, d: number): Params => [{ weight: tensor([[a], [b], [c]]), bias: tensor([d]) }]

  test('the length of (1, 2, 2) and 4 is 5', () => {
    expect(toNumber(norm(gradient(1, 2, 2, 4)))).toBe(5)
  })

  test('a long gradient keeps its direction and gets the limit as its length', () => {
    const [{ weight, bias }] = clip(2.5)(gradient(1, 2, 2, 4))
    expect([...toArray(weight), ...toArray(bias)]).toEqual([0.5, 1, 1, 2])
  })

  test('a short one stays as it is', () => {
    const [{ weight, bias }] = clip(10)(gradient(1, 2, 2, 4))
    expect([...toArray(weight), ...toArray(bias)]).toEqual([1, 2, 2, 4])
  })

  test('no gradient at all stays none', () => {
    const [{ weight, bias }] = clip(1)(gradient(0, 0, 0, 0))
    expect([...toArray(weight), ...toArray(bias)]).toEqual([0, 0, 0, 0])
  })
})

describe('learning in spite of a wrong label', () => {
  const { plain, clipped, norms, outlier } = main(config)
  const distance = (weights: readonly number[]): number =>
    Math.hypot(...[...toArray(truth)].map((value, i) => value - (weights[i] ?? Number.NaN)))

  test('the wrong example has the longest gradient, by far', () => {
    expect(outlier).toBe(config.wrong)
    const others = norms.filter((_, i) => i !== outlier)
    expect(norms[outlier]).toBeGreaterThan(5 * Math.max(...others))
  })

  test('clipped gradients learn the weights, plain ones are led astray', () => {
    // The labels' noise of 0.1, over 24 examples, leaves about 0.02 a weight; the clipped mistake pulls with 1/24.
    expect(distance(clipped)).toBeLessThan(0.15)
    expect(distance(plain)).toBeGreaterThan(2 * distance(clipped))
  })
})
