/** Choices as instructions: with 0 on one side, and with a side that is computed only where a lane takes it. Neither changes a bit. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import * as p from '../../src/primitives/index.js'
import type { DType, Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { vector } from '../support/vectors.js'
import { closed, type Flat, interpreted, piecewise, whole } from './support/run.js'

const engine = wasmEngine({ threads: 1 })
const { NaN: nan, POSITIVE_INFINITY: inf } = Number

const positive = (x: Value): Value => p.less(p.filled(x, 0), x)

/**
 * Each of these has a choice with a side that takes long to compute. Parts of that side are read elsewhere too, before the choice and after
 * it.
 */
const choices: { readonly [what: string]: Flat } = {
  'the second side': ([x = vector([])]) => [p.select(positive(x), x, p.exp(x))],
  'the first side': ([x = vector([])]) => [p.select(positive(x), p.tanh(x), x)],
  'both sides': ([x = vector([])]) => [p.select(positive(x), p.sin(x), p.exp(x))],
  'a side that a later result reads': ([x = vector([])]) => {
    const power = p.exp(x)
    return [p.select(positive(x), x, power), p.neg(power)]
  },
  'a side of which a later result reads a part': ([x = vector([])]) => {
    const power = p.exp(x)
    const sum = p.add(power, x)
    return [p.select(positive(x), x, p.log(sum)), p.mul(sum, power), sum]
  },
  'a side of which the other reads a part': ([x = vector([])]) => {
    const power = p.exp(x)
    return [p.select(positive(x), p.add(power, x), p.sin(p.mul(power, x)))]
  },
  'a choice inside a side': ([x = vector([])]) => {
    const inner = p.select(p.less(p.filled(x, 1), x), p.exp(x), p.sin(x))
    return [p.select(positive(x), p.mul(inner, inner), x), p.cos(x)]
  },
  'a condition with a long part of a side': ([x = vector([])]) => {
    const power = p.exp(x)
    return [p.select(p.less(power, p.filled(x, 2)), p.add(power, x), p.log1p(power))]
  },
  'zeros of both signs on a side': ([x = vector([])]) => [
    p.select(positive(x), x, p.filled(x, 0)),
    p.select(positive(x), p.filled(x, 0), x),
    p.select(positive(x), x, p.filled(x, -0)),
    p.select(positive(x), p.filled(x, -0), p.exp(x)),
  ],
  'sides of two widths': ([x = vector([])]) => {
    const other = x.dtype === 'float32' ? 'float64' : 'float32'
    return [
      p.select(positive(x), p.exp(x), x),
      p.castTo(p.select(positive(p.castTo(x, other)), p.castTo(x, other), p.sin(p.castTo(x, other))), x.dtype),
    ]
  },
}

describe.each<DType>(['float32', 'float64'])('%s', dtype => {
  // Long runs of one sign, so that whole vectors take one side; then everything mixed.
  const entry = fc.oneof(
    fc.integer({ min: -16, max: 16 }).map(n => n / 4),
    fc.constantFrom(0, -0, nan, inf, -inf),
  )
  const run = fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom(-1, 1, 0.25))
    .map(([length, value]) => Array.from({ length }, () => value))
  const inputs = fc.oneof(
    fc.array(entry, { minLength: 1, maxLength: 20 }),
    fc.array(run, { minLength: 1, maxLength: 5 }).map(runs => [...runs.flat(), -1]),
  )

  test.each(Object.entries(choices))('%s', (_, f) => {
    fc.assert(
      fc.property(inputs, entries => {
        const program = closed(f, [vector(entries, dtype)])
        sameBits('engine', 'the choice and its parts', piecewise(engine, program), whole(engine, program))
      }),
      draws(61, 15),
    )
  })

  test('of exact functions a choice is that of the plain loops, -0 and NaN included', () => {
    const f: Flat = ([x = vector([])]) => [
      p.select(p.lessEqual(x, p.filled(x, 0)), p.filled(x, 0), x),
      p.select(positive(x), x, p.filled(x, 0)),
      p.select(positive(x), p.filled(x, -0), x),
    ]
    const program = closed(f, [vector([nan, -0, 0, -1, 1, inf, -inf, 5e-324], dtype)])
    sameBits('engine', 'the choice and plain loops', interpreted(program), whole(engine, program))
    expect(program.program.equations.length).toBeGreaterThan(3)
  })
})
