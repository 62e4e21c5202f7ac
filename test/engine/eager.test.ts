/** Operations applied at once: the bits of the compiled program, results that stay, errors that leave nothing behind. */
import * as fc from 'fast-check'
import { exp, matmul, ones, pipe, random, reshape, sum, type Tensor, take, tanh, tensor, toArray, toNested, toNumber } from 'pullback'
import { describe, expect, test } from 'vitest'
import { withEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { sameBits } from '../../src/laws/compare.js'
import * as primitive from '../../src/primitives/index.js'
import { allocate, bufferOf, concrete, type DType, isFloat, sizeOf, type Value } from '../../src/tensor/index.js'
import { bind, trace } from '../../src/trace/index.js'
import { cases, singleCases } from '../support/cases.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { drawn } from '../support/samples.js'
import { closed, type Flat, whole } from './support/run.js'

const engine = wasmEngine()
const on = withEngine(engine)

/** The operations at once and the same in one compiled program. */
const agrees = (what: string, f: Flat, inputs: readonly Value[]): void =>
  sameBits(
    'eager',
    what,
    on(() => f(inputs)),
    whole(engine, closed(f, inputs)),
  )

describe.each([...cases, ...singleCases].map(sample => [sample.title, sample] as const))('%s', (title, { operation, inputs }) => {
  test('has the bits of its program, also where inputs are uniform', () => {
    // An array of its own for each draw: each input may be one number repeated in its place.
    const forms = fc.tuple(...inputs.map(input => fc.tuple(drawn(input), fc.boolean())))
    fc.assert(
      fc.property(forms, drawnInputs => {
        const values = drawnInputs.map(([x, isUniform]) =>
          isUniform && sizeOf(x.sizes) > 0 ? concrete(x.sizes, x.dtype, bufferOf('test', x)[0] ?? 0) : x,
        )
        agrees(title, given => bind(operation, given), values)
      }),
      draws(81, 6),
    )
  })
})

describe('maps of every length', () => {
  /** Sixteenths, made without a function of the runtime. */
  const line = (count: number, dtype: DType): Value => {
    const buffer = allocate(dtype, count)
    for (let i = 0; i < count; i += 1) buffer[i] = isFloat(dtype) ? ((i * 7919) % 97) / 16 - 3 : (i * 7919) % 2
    return concrete([count], dtype, buffer)
  }
  // No entries, a part of a vector, one block and its neighbours, and several blocks with a rest.
  const lengths = [0, 1, 3, 4, 5, 1000, 16_383, 16_384, 16_385, 40_001]

  test.each<DType>(['float32', 'float64'])('functions, comparisons and choices: %s', dtype => {
    for (const count of lengths) {
      const x = line(count, dtype)
      agrees(`tanh of ${count}`, ([y = x]) => [primitive.tanh(y)], [x])
      agrees(`x < exp x of ${count}`, ([y = x]) => [primitive.less(y, primitive.exp(y))], [x])
      agrees(`a choice of ${count}`, ([y = x, c = y]) => [primitive.select(c, y, primitive.filled(y, 0.1))], [x, line(count, 'bool')])
    }
  })

  test('integers and bools', () => {
    for (const count of lengths) {
      agrees(`remainders of ${count}`, ([x = line(1, 'int32'), y = x]) => [primitive.rem(x, y)], [
        line(count, 'int32'),
        line(count, 'int32'),
      ])
      agrees(`not of ${count}`, ([x = line(1, 'bool')]) => [primitive.not(x)], [line(count, 'bool')])
    }
  })
})

describe('numbers that are moved', () => {
  // A few entries, or few out of many, are moved by plain loops; else a module moves them.
  const matrix = (rows: number, columns: number): Value =>
    concrete(
      [rows, columns],
      'float32',
      Float32Array.from({ length: rows * columns }, (_, i) => i),
    )
  const indices = (count: number, below: number): Value =>
    concrete(
      [count],
      'int32',
      Int32Array.from({ length: count }, (_, i) => (i * 7919) % below),
    )

  test.each([
    [3, 5],
    [16, 16],
    [16, 17],
    [40, 50],
    [500, 20],
  ])('%i rows of %i', (rows, columns) => {
    const x = matrix(rows, columns)
    agrees('permute', ([y = x]) => [primitive.permuteAxes(y, [1, 0])], [x])
    agrees('broadcast', ([y = x]) => [primitive.broadcastAxes(y, [rows, 2, columns], [1])], [x])
    agrees('reverse', ([y = x]) => [primitive.reverseAxes(y, [1])], [x])
    agrees('slice', ([y = x]) => [primitive.sliceAxis(y, 0, 1, 3), primitive.sliceAxis(y, 1, 1, columns)], [x])
    agrees('concat', ([y = x]) => [primitive.concatAxis([y, y], 1)], [x])
    for (const count of [2, rows])
      agrees('gather', ([y = x, i = y]) => [primitive.gather(y, i, { axis: 0, batch: 0 })], [x, indices(count, rows)])
  })
})

describe('a result', () => {
  test('stays when the same operation and others run again', () => {
    const first = on(() => exp(tensor([0, 1])))
    const kept = [...toArray(first)]
    on(() => [exp(tensor([5, 6])), tanh(tensor([7, 8])), pipe(ones('2 2'), matmul(ones('2 2'))), sum()(tensor([1, 2]))])
    expect([...toArray(first)]).toEqual(kept)
  })

  test('of one operation that needs much memory, then little, then much', () => {
    const x = random.normal('700 700')(random.key(0))
    const square = () => on(() => pipe(x, matmul(x)))
    const first = square()
    expect(toNumber(on(() => sum()(tensor([1, 2]))))).toBe(3)
    sameBits('eager', 'the product twice', first, square())
  })

  test('under other sizes is another tensor, though its numbers are not copied', () => {
    const x = tensor([1, 2, 3, 4])
    const y = on(() => pipe(x, reshape('2 2')))
    expect(bufferOf('test', y)).toBe(bufferOf('test', x))
    // A trace tells them apart: both are captured, each with its sizes.
    const { captured } = trace(
      ([z = x]) => [primitive.mul(z, x), primitive.sumAxes(primitive.mul(y, primitive.reshapeTo(z, [2, 2])), [0])],
      [x],
    )
    expect(captured.map(({ sizes }) => sizes)).toEqual([[4], [2, 2]])
  })
})

describe('an index out of range', () => {
  const rows = tensor([
    [1, 2],
    [3, 4],
  ])
  const pick = (indices: Tensor<'2', 'int32'>) => on(() => pipe(rows, take(indices, 0)))

  test('is an error each time, and leaves nothing behind', () => {
    for (let i = 0; i < 2; i += 1) {
      expect(errorOf(() => pick(tensor([0, 2], 'int32')))).toMatchObject({ _tag: 'IndexError', op: 'take', index: 2, size: 2 })
      expect(toNested(pick(tensor([1, 0], 'int32')))).toEqual([
        [3, 4],
        [1, 2],
      ])
    }
  })
})
