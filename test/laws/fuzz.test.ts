/**
 * Random programs of every operation, inside random transformations: one result on one thread and on two, at once and compiled, close to the
 * reference; reverse mode adjoint to forward mode; vmap the same as a loop.
 *
 * A failure is shrunk and printed as a recipe, which can be pasted into `found` below, and as a program to read.
 */
import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { wasmEngine, wasmEngineOn } from '../../src/engine/wasm/index.js'
import * as ops from '../../src/ops/index.js'
import { registry } from '../../src/primitives/registry.js'
import type { Engine } from '../../src/program/index.js'
import { jit } from '../../src/transform/index.js'
import { grid } from '../engine/support/digest.js'
import { watched } from '../engine/support/watched.js'
import { draws } from '../support/draws.js'
import { calls } from '../support/public-calls.js'
import { primitiveNames, publicNames, type Recipe, recipesOf, type Step } from '../support/recipe.js'
import { holds } from '../support/recipe-laws.js'

const place = watched()
const engines = { one: wasmEngine({ threads: 1 }), two: wasmEngineOn(place, { threads: 2 }) }

/** What longer searches found, once and for all. */
const found: readonly (readonly [what: string, recipe: Recipe])[] = []

beforeAll(async () => {
  // The worker starts with the first program that is worth dividing.
  jit(ops.exp, { engine: engines.two })(grid([200_000], 'float32', 1))
  await place.waiting(1)
})

const seedOf = (name: string): number => [...name].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) | 0, 7)

const explores = (kind: Step['kind'], name: string, runs: number): void => {
  let drawn = 0
  fc.assert(
    fc.property(recipesOf(kind, name), recipe => {
      if (holds(recipe, engines).includes(name)) drawn += 1
    }),
    draws(seedOf(name), runs),
  )
  expect(drawn, `programs in which ${name} took part`).toBeGreaterThan(0)
}

describe('random programs hold their laws', () => {
  test.each(primitiveNames)('with the primitive %s', name => explores('primitive', name, 1))
  test.each(publicNames)('with the function %s', name => explores('public', name, 1))
})

test('every registered primitive and every public operation is drawn', () => {
  expect(new Set(primitiveNames)).toEqual(new Set(registry.map(({ name }) => name)))
  expect(Object.keys(ops).filter(name => !publicNames.includes(name) || !(name in calls))).toEqual([])
})

test.each(found)('%s', (_, recipe) => {
  holds(recipe, engines)
})

test('a law that does not hold is reported with its recipe and its program', () => {
  const recipe: Recipe = { steps: [{ kind: 'primitive', name: 'exp', choices: [0] }], wraps: [], entries: [1] }
  // An engine that gives the argument where the exponential is wanted.
  const off: Engine = { ...engines.two, prepare: program => ({ ...engines.two.prepare(program), run: inputs => inputs }) }
  expect(() => holds(recipe, { ...engines, two: off })).toThrow(/threads: [\s\S]*"name":"exp"[\s\S]*= exp /)
})
