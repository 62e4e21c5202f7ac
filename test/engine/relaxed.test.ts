/** Fused multiply-add: only where it is asked for and the runtime has it, near the reference, and the same bits each way of running. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { type WasmOptions, wasmEngineOn } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import * as primitive from '../../src/primitives/index.js'
import type { Engine } from '../../src/program/index.js'
import type { DType, Value } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { cases, singleCases } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { drawnAll } from '../support/samples.js'
import { boundOf, within } from './support/bound.js'
import { digest, grid } from './support/digest.js'
import { arithmetics, type Recorded, recorded } from './support/relaxed.js'
import { closed, type Flat, whole } from './support/run.js'
import { watched } from './support/watched.js'

const hasRelaxed = arithmetics.includes('relaxed')

const matrix = { left: [1], right: [0], leftBatch: [], rightBatch: [] }
const gram: Flat = ([x, y]) => (x && y ? [primitive.contract(x, y, matrix)] : [])
const exp: Flat = ([x]) => (x ? [primitive.exp(x)] : [])
/** Thirds, so that every product and every addition rounds. */
const thirds = (sizes: readonly number[], dtype: DType): Value => {
  const x = grid(sizes, dtype, 0)
  return primitive.div(x, primitive.filled(x, 3))
}

/** The relaxed instructions of the modules for a function, in one program and at once. */
const seenOf = (place: Recorded, options: WasmOptions, f: Flat, inputs: readonly Value[]): readonly (readonly string[])[] => {
  const engine = wasmEngineOn(place, options)
  place.seen()
  whole(engine, closed(f, inputs))
  const compiled = place.seen()
  withEngine(engine)(() => f(inputs))
  return [compiled, place.seen()]
}

describe('a module has fused multiply-add', () => {
  const sides = (dtype: DType): readonly Value[] => [grid([5, 40], dtype, 0), grid([40, 9], dtype, 1)]
  const found = (instruction: string): readonly (readonly string[])[] => (hasRelaxed ? [[instruction], [instruction]] : [[], []])
  const nothing: readonly (readonly string[])[] = [[], []]

  test.each<readonly [string, Flat, DType, string]>([
    ['products of float32', gram, 'float32', 'f32x4'],
    ['products of float64', gram, 'float64', 'f64x2'],
    ['exp of float32', exp, 'float32', 'f32x4'],
    ['exp of float64', exp, 'float64', 'f64x2'],
  ])('where it is asked for: %s', (_, f, dtype, instruction) => {
    const place = recorded({ relaxed: true })
    expect(seenOf(place, { relaxed: true }, f, sides(dtype))).toEqual(found(instruction))
    expect(seenOf(place, { relaxed: false }, f, sides(dtype))).toEqual(nothing)
    expect(seenOf(place, {}, f, sides(dtype))).toEqual(nothing)
  })

  test('but never for integers', () => {
    expect(seenOf(recorded({ relaxed: true }), { relaxed: true }, gram, sides('int32'))).toEqual(nothing)
  })

  test('nor in a runtime without it, where the bits are the strict ones', async () => {
    const place = recorded({ relaxed: false })
    expect(seenOf(place, { relaxed: true }, gram, sides('float32'))).toEqual(nothing)
    const inputs = [thirds([7, 1000], 'float32'), thirds([1000, 9], 'float32')]
    const bits = (engine: Engine): Promise<string> => digest(whole(engine, closed(gram, inputs)))
    expect(await bits(wasmEngineOn(place, { relaxed: true }))).toBe(await bits(wasmEngineOn(place)))
  })
})

const relaxed = wasmEngineOn(recorded({ relaxed: true }), { relaxed: true, threads: 1 })

// A fused operation rounds once in the place of twice, so the bound of the strict engine bounds this one, too.
describe.each([...cases, ...singleCases].map(sample => [sample.title, sample] as const))('%s', (title, { operation, inputs }) => {
  test('is as near to the reference, and has the same bits in one program and at once', () => {
    const f: Flat = given => bind(operation, given)
    fc.assert(
      fc.property(drawnAll(inputs), values => {
        const [expected] = withEngine(reference)(() => f(values))
        const program = closed(f, values)
        const [actual] = whole(relaxed, program)
        if (expected === undefined || actual === undefined) throw new Error(`${operation.name} has no result`)
        within(title, expected, actual, boundOf({ name: operation.name, f }, values, expected))
        sameBits(
          'relaxed',
          'at once and in one program',
          withEngine(relaxed)(() => f(values)),
          whole(relaxed, program),
        )
      }),
      draws(91, 3),
    )
  })
})

test('threads change no bit', async () => {
  const place = watched()
  const product = closed(gram, [thirds([256, 256], 'float32'), thirds([256, 256], 'float32')])
  const alone = await digest(whole(relaxed, product))
  const { run } = wasmEngineOn(place, { relaxed: true, threads: 2 }).prepare(product.program)
  expect(await digest(run(product.inputs))).toBe(alone)
  await place.waiting(1)
  expect(await digest(run(product.inputs))).toBe(alone)
  expect(place.jobs()).toBeGreaterThan(0)
})

describe.each<DType>(['float32', 'float64'])('products of %s', dtype => {
  test('of every height and width of a register block are within the rounding of their sums', () => {
    for (const rows of [1, 2, 3, 4, 9])
      for (const columns of [1, 3, 4, 5, 8, 11, 17]) {
        const inputs = [thirds([rows, 700], dtype), thirds([700, columns], dtype)]
        const [expected] = withEngine(reference)(() => gram(inputs))
        const [actual] = whole(relaxed, closed(gram, inputs))
        if (expected && actual) within(`${rows} ${columns}`, expected, actual, boundOf({ name: 'contract', f: gram }, inputs, expected))
      }
  })
})
