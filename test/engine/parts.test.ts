/** Long reductions to few results: cut into parts, whatever the size, the axes and the layout. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { partsOf } from '../../src/engine/fusion/parts.js'
import { order } from '../../src/engine/fusion/target.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { sameBits } from '../../src/laws/compare.js'
import { maxAxes, permuteAxes, reverseAxes, sumAxes } from '../../src/primitives/index.js'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'
import { draws } from '../support/draws.js'
import { closed, type Flat, interpreted, whole } from './support/run.js'

const engine = wasmEngine()

/** Whole numbers from -3 to 3: sums of a hundred thousand of them are exact in every dtype. */
const numbers = (sizes: readonly number[], dtype: DType): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(buffer.map((_, i) => ((i * 5) % 7) - 3))
  return concrete(sizes, dtype, buffer)
}

const isExact = (f: Flat, x: Value): void => {
  const program = closed(f, [x])
  sameBits('engine', `the reference and the engine at ${x.sizes.join(' ')}`, interpreted(program), whole(engine, program))
}

const sizes = fc.oneof(
  fc.constantFrom([32_768], [65_537], [100_003], [3, 20_000], [20_000, 3], [2, 3, 11_003], [40_000, 5], [1, 50_000, 1], [7, 1, 9_000]),
  fc.tuple(fc.integer({ min: 30_000, max: 90_000 })),
  fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 9_000, max: 20_000 })),
)

describe.each<DType>(['float32', 'float64', 'int32'])('%s', dtype => {
  test('sums and maxima over every choice of axes', () => {
    fc.assert(
      fc.property(sizes, fc.nat(6), fc.boolean(), (sizes, which, turned) => {
        const axes = sizes.map((_, axis) => axis).filter(axis => (((which + 1) >> axis) & 1) === 1)
        const seen = (x: Value | undefined): Value => {
          if (x === undefined) throw new Error('an argument')
          return turned ? reverseAxes(permuteAxes(x, x.sizes.map((_, axis) => axis).toReversed()), [0]) : x
        }
        isExact(([x]) => [sumAxes(seen(x), axes), maxAxes(seen(x), axes)], numbers(sizes, dtype))
      }),
      draws(7, 60),
    )
  })
})

describe('cutting', () => {
  const load = { kind: 'load', dtype: 'float32', buffer: 0, start: 0, strides: [1] } as const
  const reduction = (size: number) =>
    ({ kind: 'reduce', by: 'sum', kept: [], reduced: [size], byColumns: false, expression: load }) as const

  test('in equal parts where a number near divides, with the rest apart where none does', () => {
    expect(partsOf(reduction(10_000_000), order)?.partial).toMatchObject({ kept: [625], reduced: [16_000] })
    expect(partsOf(reduction(10_000_000), order)?.rest).toBeUndefined()
    expect(partsOf(reduction(100_003), order)?.partial).toMatchObject({ kept: [6], reduced: [16_384] })
    expect(partsOf(reduction(100_003), order)?.rest).toMatchObject({ kept: [], reduced: [1_699], expression: { start: 98_304 } })
  })

  test('as well beyond the numbers of 32 bits', () => {
    expect(partsOf(reduction(2 ** 32), order)?.partial).toMatchObject({ kept: [2 ** 18], reduced: [2 ** 14] })
    expect(partsOf(reduction(2 ** 32), order)?.rest).toBeUndefined()
    expect(partsOf(reduction(2 ** 31), order)?.partial).toMatchObject({ kept: [2 ** 17], reduced: [2 ** 14] })
    // 2³³ - 9 is a prime number.
    expect(partsOf(reduction(2 ** 33 - 9), order)?.partial).toMatchObject({ kept: [2 ** 19 - 1], reduced: [2 ** 14] })
    expect(partsOf(reduction(2 ** 33 - 9), order)?.rest).toMatchObject({ kept: [], reduced: [2 ** 14 - 9] })
  })

  test('not at all where it is short, or has many results', () => {
    expect(partsOf(reduction(30_000), order)).toBeUndefined()
    expect(partsOf({ ...reduction(100_000), kept: [65], expression: { ...load, strides: [100_000, 1] } }, order)).toBeUndefined()
  })

  test('follows from the sizes alone', () => {
    const stages = (f: Flat): unknown =>
      buildGraph(closed(f, [numbers([50_000, 2], 'float32')]).program, wasmTarget).stages.map(stage =>
        stage.kind === 'reduce' ? [stage.kept, stage.reduced] : stage.kind,
      )
    const straight = stages(([x = numbers([1], 'float32')]) => [sumAxes(x, [0])])
    const turned = stages(([x = numbers([1], 'float32')]) => [sumAxes(reverseAxes(x, [0]), [0])])
    expect(turned).toEqual(straight)
  })
})
