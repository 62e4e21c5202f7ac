/** Trajectories that PyTorch has computed in float64. */
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { add, grad, mul, optimizer, pipe, slice, square, sub, type Tensor, tensor, toArray } from 'pullback'
import { afterAll, describe, expect, test } from 'vitest'
import { typed } from '../../src/tensor/index.js'
import { NotOffered, readCases, report } from '../conformance/files.js'

type Point = Tensor<'2', 'float64'>
type Any = optimizer.GradientTransformation<optimizer.StateOf>

/** (1 - x)² + 100 (y - x²)² */
const rosenbrock = (p: Point): Tensor<'', 'float64'> => {
  const [x, y] = [pipe(p, slice('0')), pipe(p, slice('1'))]
  const valley = pipe(y, sub(square(x)), square, mul(100))
  return pipe(tensor(1, 'float64'), sub(x), square, add(valley))
}

const Options = t.record(t.string, t.unknown)
const Cases = t.type({
  optimizers: t.array(
    t.type({ name: t.string, function: t.string, family: t.string, options: Options, parameters: t.array(t.tuple([t.number, t.number])) }),
  ),
})
type Case = t.TypeOf<typeof Cases>['optimizers'][number]

/** The optimizers of this library by PyTorch's families, each with the options that it takes; all numbers are the case's. */
const Sgd = t.exact(t.intersection([t.type({ lr: t.number }), t.partial({ momentum: t.number, nesterov: t.boolean })]))
const sgd = ({ lr, momentum, nesterov }: t.TypeOf<typeof Sgd>): unknown =>
  momentum === undefined ? optimizer.sgd(lr) : nesterov === true ? optimizer.nesterov(lr, momentum) : optimizer.momentum(lr, momentum)
const Adam = t.exact(t.intersection([t.type({ lr: t.number }), t.partial({ eps: t.number, betas: t.tuple([t.number, t.number]) })]))
const adam = ({ lr, eps, betas }: t.TypeOf<typeof Adam>): unknown =>
  optimizer.adam(lr, { ...(eps === undefined ? {} : { eps }), ...(betas === undefined ? {} : { b1: betas[0], b2: betas[1] }) })

/** The optimizer of a case, or why the library does not offer it: an option that nobody reads would give another trajectory. */
const optimizerOf = ({ family, options, function: f }: Case): Any | NotOffered => {
  const by = <A>(taken: t.Type<A, unknown>, make: (options: A) => unknown): Any | NotOffered => {
    const decoded = taken.decode(options)
    if (isLeft(decoded)) throw new Error(`${family}: ${JSON.stringify(options)} is not ${taken.name}`)
    const kept = typed<object>(taken.encode(decoded.right))
    const unread = Object.keys(options).find(option => !(option in kept))
    return unread === undefined ? typed<Any>(make(decoded.right)) : new NotOffered(`${family} with ${unread}`)
  }
  if (!f.startsWith('rosenbrock ')) return new NotOffered(`the function ${f}`)
  if (family === 'sgd') return by(Sgd, sgd)
  return family === 'adam' ? by(Adam, adam) : new NotOffered(`no ${family}`)
}

test('the gradient is that of the formula', () => {
  // at (-1.2, 1): -2(1 - x) - 400 x (y - x²) = -215.6, 200 (y - x²) = -88
  const [dx = 0, dy = 0] = toArray(grad(rosenbrock)(tensor([-1.2, 1], 'float64')))
  expect([dx, dy]).toEqual([expect.closeTo(-215.6, 10), expect.closeTo(-88, 10)])
})

const file = readCases('torch-gradients.json')
const cases = Cases.is(file) ? file.optimizers : []
const outcomes = new Map<string, 'pass' | NotOffered>()

describe("PyTorch's optimizers", () => {
  test.skipIf(file === undefined)('the file holds cases', () => {
    expect(cases.length).toBeGreaterThan(0)
  })

  test.each(cases.map(entry => [entry.name, entry] as const))('%s, step by step', (name, entry) => {
    const given = optimizerOf(entry)
    if (given instanceof NotOffered) {
      outcomes.set(name, given)
      return
    }
    const [start = [Number.NaN, Number.NaN]] = entry.parameters
    let point: Point = tensor(start, 'float64')
    let state = given.init(point)
    for (const [step, [x, y]] of entry.parameters.entries()) {
      // The same formulas in another order of rounding; the valley stretches a difference a few hundred times over a dozen steps.
      expect([...toArray(point)], `step ${step}`).toEqual([expect.closeTo(x, 12), expect.closeTo(y, 12)])
      const [updates, next] = given.update(grad(rosenbrock)(point), state, point)
      state = next
      point = optimizer.applyUpdates(point, updates)
    }
    outcomes.set(name, 'pass')
  })

  afterAll(() => console.info(report('PyTorch optimizers', outcomes)))
})
