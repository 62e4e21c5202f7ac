/** Gradient transformations under `chain` are a monoid whose unit is `identity`, along whole trajectories and bit for bit. */
import * as fc from 'fast-check'
import { optimizer, tensor } from 'pullback'
import { expect, test } from 'vitest'
import { treesLike } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'

type Any = optimizer.GradientTransformation<optimizer.StateOf>
const chain = (...parts: readonly Any[]): Any => typed<Any>(optimizer.chain(...parts))

const part: fc.Arbitrary<Any> = fc
  .oneof(
    fc.constant(optimizer.identity),
    fc.integer({ min: -8, max: 8 }).map(n => optimizer.scale(n / 4)),
    fc.integer({ min: 0, max: 9 }).map(n => optimizer.trace(n / 10)),
    fc.integer({ min: 0, max: 9 }).map(n => optimizer.trace(n / 10, { nesterov: true })),
    fc.integer({ min: 0, max: 9 }).map(n => optimizer.scaleByAdam({ b1: n / 10 })),
    fc.integer({ min: 1, max: 9 }).map(n => optimizer.adam(n / 10)),
  )
  .map(x => typed<Any>(x))

const params = { w: tensor([1, -2]), b: [tensor(0.5)] } as const
const gradients = fc.array(treesLike(params), { minLength: 1, maxLength: 4 })

/** All updates, and the parameters that they lead to. */
const trajectory = (transformation: Any, list: readonly (typeof params)[]): object => {
  let [current, state] = [params, transformation.init(params)]
  const updates = list.map(gradient => {
    const [update, next] = transformation.update(gradient, state, current)
    state = next
    current = optimizer.applyUpdates(current, update)
    return update
  })
  return { current, updates }
}

const same = (a: Any, b: Any, list: readonly (typeof params)[]): void =>
  sameBits('chain', 'trajectories', trajectory(a, list), trajectory(b, list))
const run = draws(91, 40)

test('chain is associative', () => {
  fc.assert(
    fc.property(part, part, part, gradients, (a, b, c, list) => {
      same(chain(chain(a, b), c), chain(a, chain(b, c)), list)
      same(chain(chain(a, b), c), chain(a, b, c), list)
    }),
    run,
  )
})

test('identity is its unit on either side, and the chain of nothing is identity', () => {
  fc.assert(
    fc.property(part, gradients, (a, list) => {
      const identity = typed<Any>(optimizer.identity)
      same(chain(identity, a), a, list)
      same(chain(a, identity), a, list)
      same(chain(), identity, list)
    }),
    run,
  )
})

test('the order of parts matters where it should', () => {
  const [before, after] = [
    chain(typed<Any>(optimizer.scale(2)), typed<Any>(optimizer.scaleByAdam())),
    chain(typed<Any>(optimizer.scaleByAdam()), typed<Any>(optimizer.scale(2))),
  ]
  expect(() => same(before, after, [params])).toThrow(/differ/)
})
