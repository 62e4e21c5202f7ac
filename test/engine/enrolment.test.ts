/** Every primitive in the registry gives what the reference gives: in every dtype, at awkward sizes, however its operands lie in memory. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holders } from '../../src/control/registry.js'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { castPrimitive } from '../../src/primitives/cast.js'
import { registry } from '../../src/primitives/registry.js'
import { showOperation } from '../../src/program/print.js'
import { type DType, isPullbackError, type Value } from '../../src/tensor/index.js'
import { bind, type Case, type SampleInput } from '../../src/trace/index.js'
import { draws } from '../support/draws.js'
import { drawnAll, nonEmptySubsets } from '../support/samples.js'
import { vector } from '../support/vectors.js'
import { boundOf, type Named, within } from './support/bound.js'
import { type Disguise, disguises } from './support/disguise.js'
import { closed, whole } from './support/run.js'

const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint32', 'bool']

/** The input in another dtype, its range one that this dtype has. */
const inDType = (input: SampleInput, dtype: DType): SampleInput => {
  const low = Math.ceil(dtype === 'int32' ? input.low : Math.max(0, input.low))
  if (dtype === 'bool') return { ...input, dtype, low: 0, high: 1 }
  return dtype === 'int32' || dtype === 'uint32'
    ? { ...input, dtype, low, high: Math.max(low, Math.floor(input.high)) }
    : { ...input, dtype }
}

const isTaken = ({ operation, inputs }: Case): boolean => {
  try {
    operation.shape(inputs)
    return true
  } catch (error) {
    if (isPullbackError(error)) return false
    throw error
  }
}

/** The case in every dtype that the primitive takes: each dtype among its inputs replaced by each other one. */
const everyDType = (sample: Case): readonly Case[] => {
  // A program is one of its own dtypes.
  const own = sample.operation.programs.length > 0 ? [] : [...new Set(sample.inputs.map(({ dtype }) => dtype))]
  const others = own.flatMap(from =>
    dtypes.flatMap(to =>
      to === from ? [] : [{ ...sample, inputs: sample.inputs.map(input => (input.dtype === from ? inDType(input, to) : input)) }],
    ),
  )
  return [sample, ...others.filter(isTaken)]
}

const engine = wasmEngine()

/** The engine, given the operands as they are stored, against the reference, given the operands. */
const agrees = (operation: Named, inputs: readonly Value[], ways: readonly Disguise[]): void => {
  const disguised = inputs.flatMap((x, i) => ways[i]?.(x) ?? [])
  const stored = disguised.map(operand => operand.stored)
  const [actual] = whole(
    engine,
    closed(values => operation.f(values.flatMap((x, i) => disguised[i]?.restore(x) ?? [])), stored),
  )
  const [expected] = withEngine(reference)(() => operation.f(inputs))
  if (actual === undefined || expected === undefined) throw new Error(`${operation.name} has no result`)
  within(`${operation.name} of ${inputs.map(String).join(' and ')}`, expected, actual, boundOf(operation, inputs, expected))
}

const ways = fc.array(fc.constantFrom(...disguises), { minLength: 3, maxLength: 3 })

/** No entries, one, as many as a vector has, or two or eight vectors, and one more and less than these. */
const leading = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33]

describe.each([...registry, ...holders].map(({ name, cases }) => [name, cases.flatMap(everyDType)] as const))('%s', (name, variants) => {
  test('as it stands', () => {
    for (const { operation, inputs } of variants)
      fc.assert(
        fc.property(drawnAll(inputs), ways, (values, how) => agrees({ name, f: given => bind(operation, given) }, values, how)),
        draws(31, 6),
      )
  })

  if (name !== 'iota')
    test('over a further axis, an operand without it repeated', () => {
      for (const { operation, inputs } of variants) {
        const forms = fc.tuple(fc.constantFrom(...leading), fc.constantFrom(...nonEmptySubsets(inputs.length)))
        const lifted = forms.chain(([size, batched]) =>
          drawnAll(inputs, i => (batched[i] ? [size] : [])).map(values => ({
            values,
            f: (given: readonly Value[]) => operation.batch(given, batched, size).map(({ value }) => value),
          })),
        )
        fc.assert(
          fc.property(lifted, ways, ({ values, f }, how) => agrees({ name, f }, values, how)),
          draws(32, 8),
        )
      }
    })
})

const largest = 2 ** 31 - 1
const reals = [
  0,
  -0,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  -2.5,
  3,
  87,
  -87,
  1e-45,
  2 ** -126,
  2 ** -1022,
  5e-324,
  1e8,
  -1e8,
  3e9,
  -3e9,
  5e9,
  3e38,
  1e300,
  -1e300,
]
const odd: { readonly [D in DType]: readonly number[] } = {
  float32: [...reals, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  float64: [...reals, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  int32: [0, 1, -1, 2, -2, 31, 32, 33, -33, 65_537, largest, -largest, -largest - 1],
  uint32: [0, 1, 2, 31, 32, 33, 65_537, largest, largest + 1, 2 * largest + 1],
  bool: [0, 1],
}

/** Every odd value of the dtypes combined with every other: operands have as many entries as there are combinations. */
const combined = (dtypesOf: readonly DType[]): readonly Value[] => {
  const count = dtypesOf.reduce((product, dtype) => product * odd[dtype].length, 1)
  let step = 1
  return dtypesOf.map(dtype => {
    const [list, every] = [odd[dtype], step]
    step *= list.length
    return vector(
      Array.from({ length: count }, (_, i) => list[Math.floor(i / every) % list.length] ?? 0),
      dtype,
    )
  })
}

const maps = registry.flatMap(({ name, cases }) =>
  cases
    .flatMap(everyDType)
    .filter(({ operation, inputs }) => operation.lower(inputs).kind === 'map')
    .map(
      ({ operation, inputs }) =>
        [`${showOperation(operation)} of ${inputs.map(({ dtype }) => dtype).join()}`, name, operation, inputs] as const,
    ),
)
const casts = dtypes.flatMap(from =>
  dtypes
    .filter(to => to !== from)
    .map(
      to => [`cast of ${from} to ${to}`, 'cast', castPrimitive.of({ dtype: to }), [{ sizes: [], dtype: from, low: 0, high: 1 }]] as const,
    ),
)
const distinctMaps = [...new Map([...maps, ...casts].map(entry => [entry[0], entry])).values()]

test.each(distinctMaps)('%s at zeros, ends of ranges, infinities and NaN', (_, name, operation, inputs) => {
  const operands = combined(inputs.map(({ dtype }) => dtype))
  agrees(
    { name, f: given => bind(operation, given) },
    operands,
    operands.flatMap(() => disguises.slice(0, 1)),
  )
})

test('dtypes are tried that the samples do not have', () => {
  const tried = registry.flatMap(({ cases }) => cases.flatMap(everyDType).flatMap(({ inputs }) => inputs.map(({ dtype }) => dtype)))
  for (const dtype of dtypes) expect(tried).toContain(dtype)
})
