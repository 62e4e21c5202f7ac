/** Trajectories that PyTorch has computed in float64. */
import { existsSync, readFileSync } from 'node:fs'
import * as t from 'io-ts'
import { add, grad, mul, optimizer, pipe, slice, square, sub, type Tensor, tensor, toArray } from 'pullback'
import { describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'

type Point = Tensor<'2', 'float64'>
type Any = optimizer.GradientTransformation<optimizer.StateOf>

/** (1 - x)² + 100 (y - x²)² */
const rosenbrock = (p: Point): Tensor<'', 'float64'> => {
  const [x, y] = [pipe(p, slice('0')), pipe(p, slice('1'))]
  const valley = pipe(y, sub(square(x)), square, mul(100))
  return pipe(tensor(1, 'float64'), sub(x), square, add(valley))
}

const ours: { readonly [name: string]: unknown } = {
  'sgd lr=0.0005': optimizer.sgd(0.0005),
  'sgd lr=0.0005 momentum=0.9': optimizer.momentum(0.0005, 0.9),
  'sgd lr=0.0005 momentum=0.9 nesterov': optimizer.nesterov(0.0005, 0.9),
  'adam lr=0.0005 eps=1e-8': optimizer.adam(0.0005),
}

const file = new URL('../../../shared/conformance/torch-gradients.json', import.meta.url)
const Cases = t.type({ optimizers: t.array(t.type({ name: t.string, parameters: t.array(t.tuple([t.number, t.number])) })) })

test('the gradient is that of the formula', () => {
  // at (-1.2, 1): -2(1 - x) - 400 x (y - x²) = -215.6, 200 (y - x²) = -88
  const [dx = 0, dy = 0] = toArray(grad(rosenbrock)(tensor([-1.2, 1], 'float64')))
  expect([dx, dy]).toEqual([expect.closeTo(-215.6, 10), expect.closeTo(-88, 10)])
})

if (existsSync(file)) {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const cases = Cases.is(json) ? json.optimizers.filter(({ name }) => name in ours) : []
  test('every optimizer has its trajectory', () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(ours).sort())
  })
  describe.each(cases.map(entry => [entry.name, entry] as const))('%s', (name, { parameters }) => {
    test('step by step', () => {
      const { init, update } = typed<Any>(ours[name])
      let point: Point = tensor([-1.2, 1], 'float64')
      let state = init(point)
      for (const [step, [x, y]] of parameters.entries()) {
        const found = [...toArray(point)]
        // The same formulas in another order of rounding; the valley stretches a difference a few hundred times over a dozen steps.
        expect(found, `step ${step}`).toEqual([expect.closeTo(x, 12), expect.closeTo(y, 12)])
        const [updates, next] = update(grad(rosenbrock)(point), state, point)
        state = next
        point = optimizer.applyUpdates(point, updates)
      }
    })
  })
} else console.log('torch-gradients.json is absent: trajectories are not compared')
