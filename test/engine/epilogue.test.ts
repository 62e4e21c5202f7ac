/** Maps that go with a product: they see finished rows only, and write over nothing that the product still reads. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { add, broadcastAxes, castTo, contract, conv, filled, less, maximum, mul } from '../../src/primitives/index.js'
import { inlineCalls } from '../../src/program/index.js'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engine = wasmEngine({ threads: 2 })
const matrices = { left: [2], right: [1], leftBatch: [0], rightBatch: [0] }

/** Whole numbers from -3 to 3, so that products are exact. */
const numbers = (sizes: readonly number[], dtype: DType = 'float32'): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 7) - 3))
  return concrete(sizes, dtype, buffer)
}

/** relu(x w + b) and its derivative's mask, times y. */
const dense: Flat = ([x = numbers([1, 1, 1]), w = x, b = x, y = x]) => {
  const product = contract(x, w, matrices)
  const sum = add(product, broadcastAxes(b, product.sizes, [0, 1]))
  return [maximum(sum, filled(sum, 0)), mul(castTo(less(filled(sum, 0), sum), y.dtype), y)]
}

const sizes = fc.record({
  batch: fc.constantFrom(1, 1, 2, 3),
  rows: fc.constantFrom(1, 2, 3, 4, 5, 8, 13, 48, 49, 101),
  inner: fc.constantFrom(1, 3, 8, 400),
  columns: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 33),
})
const inputsOf = ({ batch, rows, inner, columns }: { batch: number; rows: number; inner: number; columns: number }, dtype: DType) =>
  [[batch, rows, inner], [batch, inner, columns], [columns], [batch, rows, columns]].map(each => numbers(each, dtype))

const isExact = (f: Flat, inputs: readonly Value[], what: string): void => {
  const program = closed(f, inputs)
  sameBits('engine', `the reference and the engine: ${what}`, interpreted(program), whole(engine, program))
}

describe('a dense layer', () => {
  test('is one stage', () => {
    const { program } = closed(dense, inputsOf({ batch: 1, rows: 8, inner: 4, columns: 8 }, 'float32'))
    expect(
      merge(buildGraph(program, wasmTarget), wasmTarget.costs.fusion).stages.map(stage => [
        stage.kind,
        stage.kind === 'contract' && stage.epilogue?.stores.length,
      ]),
    ).toEqual([['contract', 2]])
  })

  test.each<DType>(['float32', 'float64', 'int32'])('gives what its operations give: %s', dtype => {
    fc.assert(
      fc.property(sizes, shape => isExact(dense, inputsOf(shape, dtype), JSON.stringify(shape))),
      draws(3, 120),
    )
  })

  test('with more columns than go with a row, and rows written across', () => {
    isExact(dense, inputsOf({ batch: 1, rows: 9, inner: 2, columns: 1_030 }, 'float32'), 'many columns')
    isExact(dense, inputsOf({ batch: 1, rows: 300, inner: 1, columns: 3 }, 'float32'), 'few columns')
  })
})

describe('a convolution', () => {
  const plain = { stride: [1, 1], low: [1, 1], high: [1, 1], inputDilation: [1, 1], dilation: [1, 1], groups: 1 }
  const layer: Flat = ([x = numbers([1, 1, 3, 3]), w = x, b = x]) => {
    const product = conv(x, w, plain)
    const sum = add(product, broadcastAxes(b, product.sizes, [0, 2, 3]))
    return [maximum(sum, filled(sum, 0))]
  }

  test.each([
    [4, 3, 5, 7],
    [9, 2, 6, 6],
    [16, 8, 14, 14],
    [1, 1, 3, 3],
  ])('its bias and activation are done to each image: %i outputs of %i times %i by %i', (outputs, inputs, height, width) => {
    const given = [[6, inputs, height, width], [outputs, inputs, 3, 3], [outputs]].map(each => numbers(each))
    isExact(layer, given, 'a convolution')
    const { stages } = merge(buildGraph(inlineCalls(closed(layer, given).program), wasmTarget), wasmTarget.costs.fusion)
    expect(stages.map(({ kind }) => kind)).toEqual(['map', 'contract'])
  })
})

describe('what a product reads', () => {
  const step: Flat = ([x = numbers([1, 1, 1])]) => {
    const y = maximum(contract(x, x, matrices), x)
    return [mul(castTo(less(y, filled(y, 3)), 'float32'), y)]
  }

  test.each([1, 5, 8, 53])('is not written over before its last row is done: %i rows', rows => {
    const x = numbers([1, rows, rows])
    const { program } = closed(step, [x])
    const loop = engine.prepare(program).loop([x])
    let expected = [x]
    for (let round = 0; round < 3; round += 1) {
      loop.next([])
      expected = [...step(expected)]
    }
    sameBits('engine', 'the loop and its rounds one by one', expected, loop.state())
    loop.end()
  })
})
