import { add, cast, grad, mul, oneHot, pipe, type Tensor, tensor, toNested, toNumber, tree } from 'pullback'
import { describe, expect, test } from 'vitest'
import {
  type Config,
  difference,
  distance,
  gradientByAdjoint,
  gradientOfSteps,
  initial,
  main,
  type Params,
  rungeKutta,
  solve,
  spiral,
  velocity,
} from '../../examples/neural-ode.js'

const config: Config = { seed: 0, duration: 6, steps: 60, updates: 40, learningRate: 0.01 }
const start = tensor([2, 0], 'float64')
const target = tensor([0, 1], 'float64')
const params = initial(config.seed)

describe('the solver', () => {
  test('follows dz/dt = z to e, with an error that falls by 2⁴ when the step is halved', () => {
    const field = (z: Tensor<'2', 'float64'>) => mul(1)(z)
    const error = (steps: number): number => {
      const path = toNested(solve({ ...config, duration: 1, steps })(field)(tensor([1, 2], 'float64')))
      return Math.abs((path.at(-1)?.[0] ?? Number.NaN) - Math.E)
    }
    expect(error(10)).toBeLessThan(1e-5)
    // The next term of the error, of fifth order, is a twentieth of this one at so small a step.
    expect(error(20) / error(10)).toBeCloseTo(1 / 16, 2)
  })

  test('keeps a tree of states together', () => {
    const step = rungeKutta(({ v }: { readonly x: Tensor<''>; readonly v: Tensor<''> }) => ({ x: v, v: mul(0)(v) }), 0.5)
    const { x, v } = step({ x: tensor(1), v: tensor(4) })
    expect([toNumber(x), toNumber(v)]).toEqual([3, 4])
  })

  test('ends a turn of the spiral where the closed form does', () => {
    const path = toNested(solve({ ...config, duration: Math.PI, steps: 400 })(spiral)(start))
    // After a half turn of angle 2t = 2π the point is where it began, nearer by e^(-0.2 π). The error is of the order of (2 π / 400)⁴.
    expect(path.at(-1)?.[0]).toBeCloseTo(2 * Math.exp(-0.2 * Math.PI), 6)
    expect(path.at(-1)?.[1]).toBeCloseTo(0, 6)
  })
})

describe('the gradient', () => {
  test('of the steps is that of central differences', () => {
    const gradient = gradientOfSteps(config)(params, start, target)
    const value = (p: Params): number => {
      const path = toNested(solve(config)(velocity(p))(start))
      const last = path.at(-1) ?? []
      return toNumber(distance(target)(tensor([last[0] ?? 0, last[1] ?? 0], 'float64')))
    }
    const third = oneHot(16)(tensor(3, 'int32'))
    const moved = (by: number): Params => ({ ...params, bias: pipe(third, cast('float64'), mul(by), add(params.bias)) })
    const slope = (value(moved(1e-5)) - value(moved(-1e-5))) / 2e-5
    // The differences are off by their step squared, 1e-10, times a third derivative of the order of 10.
    expect(toNested(gradient.bias)[3]).toBeCloseTo(slope, 7)
  })

  test('by the adjoint differs from it by the fourth power of the step', () => {
    const error = (steps: number): number => {
      const at = { ...config, steps }
      return difference(gradientOfSteps(at)(params, start, target), gradientByAdjoint(at)(params, start, target))
    }
    expect(error(120)).toBeLessThan(1e-8)
    expect(error(120) / error(60)).toBeCloseTo(1 / 16, 2)
  })
})

test('training brings the path nearer to the spiral', () => {
  const { losses } = main(config)
  expect(losses.length).toBe(40)
  expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) / 2)
})

test('nothing that is learnt depends on the run', () => {
  expect(main({ ...config, updates: 3 }).losses).toEqual(main({ ...config, updates: 3 }).losses)
  expect(tree.size(params)).toBe(2 * 16 + 16 + 16 * 2)
  expect(toNested(grad((z: Tensor<'2', 'float64'>) => pipe(z, distance(target)))(start))).toEqual([4, -2])
})
