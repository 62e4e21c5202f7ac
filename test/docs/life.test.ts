/** The numbers that docs/life-of-a-tensor.md gives of its program, counted again. */
import { readFileSync } from 'node:fs'
import { type Engine, layer, loss, optimizer, pipe, random, reference, train, zeros } from 'pullback'
import { expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { inlineCalls, type Program } from '../../src/program/index.js'

const page = readFileSync(new URL('../../docs/life-of-a-tensor.md', import.meta.url), 'utf8')

/** The program of the page's step, which an engine is given to prepare. */
const stepProgram = (): Program | undefined => {
  let seen: Program | undefined
  const engine: Engine = {
    ...reference,
    prepare: program => {
      seen = program
      return reference.prepare(program)
    },
  }
  const model = pipe(layer.input('20'), layer.dense(32), layer.tanh, layer.dense(4))
  const adam = optimizer.adam(0.01)
  const state = train.init(model, adam)(random.key(3))
  train.step(model, loss.meanSquaredError, adam, { engine })(state, { input: zeros('64 20'), target: zeros('64 4') })
  return seen
}

test('equations and stages of the step are as many as the page says', () => {
  const [, equations, stages] = /has (\d+) equations, and\s+they become (\d+) stages/.exec(page) ?? []
  const program = stepProgram()
  expect(program?.equations.length).toBe(Number(equations))
  expect(program && merge(buildGraph(inlineCalls(program), wasmTarget), wasmTarget.costs.fusion).stages.length).toBe(Number(stages))
})
