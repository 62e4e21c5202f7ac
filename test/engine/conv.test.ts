/** Convolutions and windows of many forms, with their gradients: the engine against the plain loops. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { planContract } from '../../src/engine/wasm/contract-panels.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { type ConvParams, conv, overlapAdd, windows } from '../../src/primitives/index.js'
import { inlineCalls } from '../../src/program/index.js'
import { allocate, concrete, type DType, isFloat, sizeOf, type Value } from '../../src/tensor/index.js'
import { vjp } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engine = wasmEngine()

/** Whole numbers from -3 to 3: the sums below are whole numbers that no dtype rounds, so that the order of additions does not matter. */
const entries = (sizes: readonly number[], dtype: DType): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 7) - 3))
  return concrete(sizes, dtype, buffer)
}

/** The result of a function, and for floats also the pullback of a cotangent. */
const withGradient = (f: Flat, inputs: readonly Value[], dtype: DType): Flat => {
  if (!isFloat(dtype)) return f
  const [y] = f(inputs)
  const ct = entries(y?.sizes ?? [], dtype)
  return given => {
    const [values, pullback] = vjp((tuple: readonly Value[]) => f(tuple))(given)
    return [...values, ...pullback([ct])]
  }
}

const isExact = (what: string, f: Flat, inputs: readonly Value[], dtype: DType): void => {
  const program = closed(withGradient(f, inputs, dtype), inputs)
  sameBits('engine', `the reference and the engine at ${what}`, interpreted(program), whole(engine, program))
}

const spatialAxis = fc.record({
  length: fc.integer({ min: 1, max: 9 }),
  size: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  low: fc.integer({ min: -1, max: 3 }),
  high: fc.integer({ min: 0, max: 3 }),
  inputDilation: fc.constantFrom(1, 1, 1, 2),
  dilation: fc.constantFrom(1, 1, 2, 3),
})

const forms = fc
  .record({
    batch: fc.integer({ min: 0, max: 3 }),
    groups: fc.constantFrom(1, 1, 2, 3),
    inputs: fc.integer({ min: 1, max: 4 }),
    outputs: fc.integer({ min: 1, max: 5 }),
    axes: fc.array(spatialAxis, { minLength: 1, maxLength: 3 }),
  })
  .map(({ batch, groups, inputs, outputs, axes }) => {
    const params: ConvParams = {
      stride: axes.map(({ stride }) => stride),
      low: axes.map(({ low }) => low),
      high: axes.map(({ high }) => high),
      inputDilation: axes.map(({ inputDilation }) => inputDilation),
      dilation: axes.map(({ dilation }) => dilation),
      groups,
    }
    const x = [batch, groups * inputs, ...axes.map(({ length }) => length)]
    const w = [groups * outputs, inputs, ...axes.map(({ size }) => size)]
    return { x, w, params }
  })

describe.each<DType>(['float32', 'float64', 'int32'])('%s', dtype => {
  test('convolutions over one to three axes, of every form', () => {
    fc.assert(
      fc.property(forms, ({ x, w, params }) => {
        const f: Flat = ([a, b]) => (a && b ? [conv(a, b, params)] : [])
        isExact(JSON.stringify({ x, w, ...params }), f, [entries(x, dtype), entries(w, dtype)], dtype)
      }),
      draws(61, 40),
    )
  })

  test('windows, and windows added up', () => {
    const lattices = fc.array(spatialAxis, { minLength: 1, maxLength: 2 })
    fc.assert(
      fc.property(lattices, axes => {
        const lattice = {
          axes: axes.map((_, i) => i + 1),
          step: axes.map(({ stride }) => stride),
          dilation: axes.map(({ dilation }) => dilation),
        }
        const sizes = axes.map(({ length }) => length)
        const size = axes.map(axis => axis.size)
        const f: Flat = ([x]) => {
          if (x === undefined) return []
          const seen = windows(x, { ...lattice, size })
          return [seen, overlapAdd(seen, { ...lattice, sizes })]
        }
        const x = entries([2, ...sizes], dtype)
        isExact(JSON.stringify({ sizes, size, ...lattice }), given => f(given).slice(1), [x], dtype)
        isExact(JSON.stringify({ sizes, size, ...lattice }), given => f(given).slice(0, 1), [x], dtype)
      }),
      draws(62, 60),
    )
  })
})

test('layers of a network for images, their products large enough to be packed', () => {
  const layers: readonly (readonly [x: readonly number[], w: readonly number[], changes: Partial<ConvParams>])[] = [
    [[2, 3, 19, 17], [16, 3, 3, 3], { low: [1, 1], high: [1, 1] }],
    [[2, 16, 14, 14], [24, 16, 3, 3], { stride: [2, 2], low: [0, 0], high: [1, 1] }],
    [[2, 24, 7, 7], [24, 1, 3, 3], { groups: 24, low: [1, 1], high: [1, 1] }],
    [[2, 24, 7, 7], [40, 24, 1, 1], {}],
    [[2, 3, 14, 14], [8, 3, 5, 5], { low: [2, 2], high: [2, 2] }],
    [[2, 2, 7, 7], [16, 2, 3, 3], { low: [1, 1], high: [1, 1] }],
    [[3, 1, 9, 10], [8, 1, 2, 2], {}],
    [[1, 8, 12, 12], [8, 4, 3, 3], { groups: 2, dilation: [2, 2], low: [2, 2], high: [2, 2] }],
  ]
  for (const [x, w, changes] of layers) {
    const params = { stride: [1, 1], low: [0, 0], high: [0, 0], inputDilation: [1, 1], dilation: [1, 1], groups: 1, ...changes }
    const f: Flat = ([a, b]) => (a && b ? [conv(a, b, params)] : [])
    isExact(`${x.join(' ')} by ${w.join(' ')}`, f, [entries(x, 'float32'), entries(w, 'float32')], 'float32')
  }
})

test('the places of small images are the rows of a product, in panels that go on from row to row', () => {
  const params = { stride: [1, 1], low: [2, 2], high: [2, 2], inputDilation: [1, 1], dilation: [1, 1], groups: 1 }
  const [x, w] = [entries([4, 8, 14, 14], 'float32'), entries([16, 8, 5, 5], 'float32')]
  const { program } = closed(([a, b]) => (a && b ? [conv(a, b, params)] : []), [x, w])
  const plans = merge(buildGraph(inlineCalls(program), wasmTarget), wasmTarget.costs.fusion).stages.flatMap(stage =>
    stage.kind === 'contract' ? [planContract(stage, wasmTarget.costs)] : [],
  )
  expect(plans.map(({ swapped, rows, columns }) => [swapped, rows.asOne, rows.count, columns.count])).toEqual([[true, true, 49, 2]])
  // The filters are packed once for all images.
  expect(plans.map(({ packRows, packColumns }) => [packRows, packColumns])).toEqual([[0, 8 * 25 * 16 * 4]])
})
