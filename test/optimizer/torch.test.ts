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

const Options = t.intersection([
  t.type({ lr: t.number }),
  t.partial({ momentum: t.number, nesterov: t.boolean, eps: t.number, betas: t.tuple([t.number, t.number]) }),
])

const readOptions: ReadonlySet<string> = new Set(['lr', 'momentum', 'nesterov', 'eps', 'betas'])

/** The optimizers of this library by PyTorch's families; all numbers are the case's. */
const ours: { readonly [family: string]: (options: t.TypeOf<typeof Options>) => unknown } = {
  sgd: ({ lr, momentum, nesterov }) =>
    momentum === undefined ? optimizer.sgd(lr) : nesterov === true ? optimizer.nesterov(lr, momentum) : optimizer.momentum(lr, momentum),
  adam: ({ lr, eps, betas }) =>
    optimizer.adam(lr, { ...(eps === undefined ? {} : { eps }), ...(betas === undefined ? {} : { b1: betas[0], b2: betas[1] }) }),
}

const file = new URL('../../../shared/conformance/torch-gradients.json', import.meta.url)
const Cases = t.type({
  optimizers: t.array(t.type({ name: t.string, family: t.string, options: Options, parameters: t.array(t.tuple([t.number, t.number])) })),
})

test('the gradient is that of the formula', () => {
  // at (-1.2, 1): -2(1 - x) - 400 x (y - x²) = -215.6, 200 (y - x²) = -88
  const [dx = 0, dy = 0] = toArray(grad(rosenbrock)(tensor([-1.2, 1], 'float64')))
  expect([dx, dy]).toEqual([expect.closeTo(-215.6, 10), expect.closeTo(-88, 10)])
})

if (existsSync(file)) {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const all = Cases.is(json) ? json.optimizers : []
  // An option that nobody here reads would give another trajectory.
  const cases = all.filter(({ family, options }) => family in ours && Object.keys(options).every(option => readOptions.has(option)))
  console.info(
    `PyTorch optimizers: ${cases.length} of ${all.length} trajectories are compared, the other families and options are not written yet`,
  )
  test('there are trajectories', () => {
    expect(cases.length).toBeGreaterThan(0)
  })
  describe.each(cases.map(entry => [entry.name, entry] as const))('%s', (_, { family, options, parameters }) => {
    test('step by step', () => {
      const { init, update } = typed<Any>(ours[family]?.(options))
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
