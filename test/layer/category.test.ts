/** Layers are a category: `sequential` composes, `input` is its identity, and `init` and `apply` respect both. */
import * as fc from 'fast-check'
import { layer, random } from 'pullback'
import { describe, expect, test } from 'vitest'
import { values } from '../../src/laws/arbitrary.js'
import { sameBits } from '../../src/laws/compare.js'
import { typed } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { loose } from '../support/loose.js'

type AnyLayer = layer.Layer<readonly object[], string, string>
type Stage = (before: AnyLayer) => AnyLayer

const then = (first: AnyLayer, next: AnyLayer): AnyLayer => typed<AnyLayer>(loose(layer.sequential)(next)(first))
const start = (shape: string): AnyLayer => typed<AnyLayer>(layer.input<string>(shape))

const stages: fc.Arbitrary<Stage> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map(n => typed<Stage>(layer.dense<number>(n))),
  fc.integer({ min: 1, max: 3 }).map(n => typed<Stage>(layer.dense<number, { readonly bias: false }>(n, { bias: false }))),
  fc.constantFrom(layer.relu, layer.tanh, layer.sigmoid, layer.softmax, layer.elu()).map(f => typed<Stage>(f)),
  fc.constant(typed<Stage>(layer.flatten)),
)
/** A layer that takes examples of a shape. */
const from = (shape: string): fc.Arbitrary<AnyLayer> =>
  fc.array(stages, { maxLength: 3 }).map(list => list.reduce((before, stage) => stage(before), start(shape)))

const triples = fc
  .constantFrom('2', '3 2', '1')
  .chain(from)
  .chain(f => from(f.output).chain(g => from(g.output).map(h => ({ f, g, h }))))
const keys = fc.nat().map(random.key)
const run = draws(71, 40)

/** Two layers are the same: shapes, new parameters, and what they make of an example, bit for bit. */
const same = (a: AnyLayer, b: AnyLayer, key: random.Key, example: fc.Arbitrary<object>): void => {
  expect([a.input, a.output]).toEqual([b.input, b.output])
  sameBits('layers', 'parameters', a.init(key), b.init(key))
  const [x] = fc.sample(example, { seed: 72, numRuns: 1 })
  sameBits('layers', 'results', typed<object>(loose(a.apply)(a.init(key))(x)), typed<object>(loose(b.apply)(b.init(key))(x)))
}
const exampleOf = (shape: string): fc.Arbitrary<object> => values(shape.split(' ').map(Number), 'float32')

describe('sequential', () => {
  test('is associative', () => {
    fc.assert(
      fc.property(triples, keys, ({ f, g, h }, key) => same(then(then(f, g), h), then(f, then(g, h)), key, exampleOf(f.input))),
      run,
    )
  })
  test('has input as its identity on either side', () => {
    fc.assert(
      fc.property(triples, keys, ({ f }, key) => {
        same(then(f, start(f.output)), f, key, exampleOf(f.input))
        same(then(start(f.input), f), f, key, exampleOf(f.input))
      }),
      run,
    )
  })
  test('is what piping the stages of both gives', () => {
    fc.assert(
      fc.property(fc.array(stages, { maxLength: 3 }), fc.array(stages, { maxLength: 3 }), keys, (first, second, key) => {
        const f = first.reduce((before, stage) => stage(before), start('2'))
        const g = second.reduce((before, stage) => stage(before), start(f.output))
        same(
          then(f, g),
          second.reduce((before, stage) => stage(before), f),
          key,
          exampleOf('2'),
        )
      }),
      run,
    )
  })
})

describe('apply and init respect composition', () => {
  test('apply(f then g) is apply(g) after apply(f)', () => {
    fc.assert(
      fc.property(triples, keys, keys, ({ f, g }, one, other) => {
        const [p, q] = [f.init(one), g.init(other)]
        const [x] = fc.sample(exampleOf(f.input), { seed: 73, numRuns: 1 })
        const whole = loose(then(f, g).apply)([...p, ...q])(x)
        const parts = loose(g.apply)(q)(loose(f.apply)(p)(x))
        sameBits('apply', 'the whole and its parts', typed<object>(whole), typed<object>(parts))
      }),
      run,
    )
  })
  test('the identity has no parameters and changes nothing', () => {
    const identity = layer.input('3')
    expect(identity.init(random.key(0))).toEqual([])
    const [x] = fc.sample(values([3], 'float32'), { seed: 74, numRuns: 1 })
    expect(loose(identity.apply)([])(x)).toBe(x)
  })
  test('parameters of a part do not depend on the parts after it', () => {
    fc.assert(
      fc.property(triples, keys, ({ f, g }, key) => {
        const alone = f.init(key)
        sameBits('init', 'alone and in a whole', alone, then(f, g).init(key).slice(0, alone.length))
      }),
      run,
    )
  })
  test('no two parts have the same weights', () => {
    const model = layer.dense(3)(layer.dense(3)(layer.input('3')))
    const [first, second] = model.init(random.key(0))
    expect(() => sameBits('init', 'two parts', first, second)).toThrow()
  })
})
