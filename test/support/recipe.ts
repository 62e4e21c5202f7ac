/**
 * Random programs over every operation: a recipe is plain data, which fast-check shrinks and a person can paste into a test.
 *
 * A step takes earlier values, brings them to the shapes, dtypes and ranges that its operation wants, and adds what the operation gives. So
 * any operation can follow any other: a primitive is tried as its cases say, at sizes that vary where its shape rule allows, and a public
 * function as `public-calls.ts` calls it.
 */
import * as fc from 'fast-check'
import * as pullback from 'pullback'
import { genericCotangent } from '../../src/laws/cotangent.js'
import * as ops from '../../src/ops/index.js'
import * as primitive from '../../src/primitives/index.js'
import { registry } from '../../src/primitives/registry.js'
import { concrete, isFloat, isPullbackError, isTensor, relabel, sizeOf, type Value } from '../../src/tensor/index.js'
import { bind, type Case, type SampleInput } from '../../src/trace/index.js'
import { jit, jvp, vjp, vmap } from '../../src/transform/index.js'
import type { Flat } from './derived.js'
import { loose } from './loose.js'
import { calls, type Draw, functions } from './public-calls.js'

export interface Step {
  /** A primitive of the registry, or a public function. */
  readonly kind: 'primitive' | 'public'
  readonly name: string
  /** What the step chooses, each number modulo the number of choices. */
  readonly choices: readonly number[]
}

/** A transformation around the function made so far. */
export type Wrap =
  | { readonly kind: 'jit' | 'vjp' | 'jvp' }
  /** `vmap` over this many multiples of the inputs. Those that are marked are batched, and the others are held. */
  | { readonly kind: 'vmap'; readonly size: number; readonly batched: readonly boolean[] }

export interface Recipe {
  readonly steps: readonly Step[]
  /** The innermost first. */
  readonly wraps: readonly Wrap[]
  /**
   * The entries of the inputs, which are float64 of the shapes '2 3' and '3'. They are used again from the first where there are too few.
   */
  readonly entries: readonly number[]
}

/** The functions of the room `ops`, which are those on tensors. */
export const publicNames: readonly string[] = Object.keys(ops).filter(name => functions.has(name))
export const primitiveNames: readonly string[] = registry.map(({ name }) => name)

/** The next number below n of a step's choices. */
type Choose = (n: number) => number

/** Makes the choices of a later attempt differ from those of the first. */
const scattered = (number: number, place: number, attempt: number): number =>
  attempt === 0 ? number : (Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(place, 0x85ebca6b)) >>> 7
const chooser = (choices: readonly number[], attempt: number): Choose => {
  let place = 0
  return n => {
    const number = choices[place % Math.max(1, choices.length)] ?? 0
    place += 1
    return n > 0 ? scattered(number, attempt * 16 + place, attempt) % n : 0
  }
}
const pick = <T>(choose: Choose, list: readonly T[]): T => {
  const item = list[choose(list.length)]
  if (item === undefined) throw new Error('nothing to choose from')
  return item
}

/** A value brought to sizes, a dtype and a range: entries repeated or left out, then cast, then bounded. */
const fitted = (x: Value, { sizes, dtype, low, high }: SampleInput): Value => {
  const [have, want] = [sizeOf(x.sizes), sizeOf(sizes)]
  if (have === 0) return concrete(sizes, dtype, Math.ceil(low))
  const rounds = Math.max(1, Math.ceil(want / have))
  const flat = primitive.reshapeTo(x, [have])
  const repeated = rounds === 1 ? flat : primitive.reshapeTo(primitive.repeatLeading(flat, rounds), [rounds * have])
  const enough = sizeOf(repeated.sizes) === want ? repeated : primitive.sliceAxis(repeated, 0, 0, want)
  const cast = primitive.castTo(primitive.reshapeTo(enough, sizes), dtype)
  if (dtype === 'bool') return cast
  return primitive.minimum(primitive.maximum(cast, primitive.filled(cast, low)), primitive.filled(cast, high))
}

/** The case at other sizes and in single precision, where its operation takes them; else as it is. */
const varied = (choose: Choose, { operation, inputs }: Case): readonly SampleInput[] => {
  const news = [2, 3, 1, 5, 17, 4]
  const single = choose(3) === 1
  // A leading axis would become the one that indices count along.
  const [from, to, leading] = [choose(6), pick(choose, news), choose(5) === 1 && !isWhole(inputs) ? [2] : []]
  const all = [...new Set(inputs.flatMap(({ sizes }) => sizes))]
  const changed = all[from % Math.max(1, all.length)]
  const others = inputs.map(
    (input): SampleInput => ({
      ...input,
      dtype: single && input.dtype === 'float64' ? 'float32' : input.dtype,
      // Indices that fit the case fit a longer axis too.
      sizes: [...leading, ...input.sizes.map(size => (size === changed ? Math.max(to, isWhole(inputs) ? size : 0) : size))],
    }),
  )
  try {
    operation.shape(others)
    return others
  } catch {
    return inputs
  }
}
const isWhole = (inputs: readonly SampleInput[]): boolean => inputs.some(({ dtype }) => !isFloat(dtype))

const shapes = ['', '3', '2', '2 3', '3 2', '2 2', '1 3', '3 3', '1 1 2', '2 3 3']
const sizesOf = (shape: string): readonly number[] => (shape === '' ? [] : shape.split(' ').map(Number))

const tensorsIn = (x: unknown): readonly Value[] =>
  isTensor(x) ? [x] : typeof x === 'object' && x !== null ? Object.values(x).flatMap(tensorsIn) : []

const run = ({ kind, name, choices }: Step, attempt: number, pool: readonly Value[]): readonly Value[] => {
  const choose = chooser(choices, attempt)
  /** Mostly of the last values, so that steps depend on one another. */
  const recent = (): Value => pick(choose, pool.slice(-4))
  if (kind === 'primitive') {
    const entry = registry.find(found => found.name === name)
    if (entry === undefined) throw new Error(`no primitive is called ${name}`)
    const chosen = pick(choose, entry.cases)
    return bind(
      chosen.operation,
      varied(choose, chosen).map(input => fitted(recent(), input)),
    )
  }
  const of = (dtype: pullback.DType, shape = pick(choose, shapes)): Value =>
    relabel(shape, fitted(recent(), { sizes: sizesOf(shape), dtype, low: isFloat(dtype) ? -2 : 0, high: isFloat(dtype) ? 2 : 1 }))
  const float = pick(choose, ['float32', 'float64'] as const)
  const draw: Draw = {
    x: () => of(pick(choose, ['float32', 'int32', 'bool', 'float64'])),
    of: dtype => of(dtype === 'float32' ? float : dtype),
    like: x => of(x.dtype, x.shape),
    axis: () => pick(choose, [0, 1, -1, '2', '3']),
    position: () => pick(choose, [0, 1, -1, 2]),
    shape: () => pick(choose, shapes),
    sizes: () => ({ n: 2, m: 3 }),
    key: () => pullback.random.key(choose(3)),
  }
  return tensorsIn(calls[name]?.(loose(functions.get(name)), draw))
}

/** How many times a public function is tried on other arguments until they fit together. */
const attempts = 300
/** Larger values than this would make a search slower and no more thorough. */
const most = 2000

export interface Planned {
  readonly f: Flat
  /** The steps that gave something, by name. */
  readonly names: readonly string[]
}

/** Finds arguments that each step takes, by running it on the inputs; what takes none is left out. */
export const planned = ({ steps }: Recipe, inputs: readonly Value[]): Planned => {
  const pool = [...inputs]
  const plan = steps.flatMap(step => {
    for (let attempt = 0; attempt < (step.kind === 'public' ? attempts : 1); attempt += 1) {
      try {
        const made = run(step, attempt, pool)
        if (made.length === 0 || made.some(({ sizes }) => sizeOf(sizes) > most)) continue
        pool.push(...made)
        return [{ step, attempt }]
      } catch (error) {
        if (step.kind === 'primitive' || !isPullbackError(error) || error._tag === 'InternalError') throw error
      }
    }
    return []
  })
  const f: Flat = (...given) => {
    const values = [...given]
    let last: readonly Value[] = given
    for (const { step, attempt } of plan) {
      last = run(step, attempt, values)
      values.push(...last)
    }
    return last.length === 0 ? values : [...new Set([...values.slice(-2), ...last])].map(x => relabel(x.sizes.join(' '), x))
  }
  return { f, names: plan.map(({ step }) => step.name) }
}

/** Several multiples of a value, stacked. */
export const rows = (x: Value, size: number): Value => {
  const numbers = primitive.iota([size, ...x.sizes], 0, x.dtype)
  const factors = primitive.div(primitive.add(numbers, primitive.filled(numbers, 1)), primitive.filled(numbers, size))
  return primitive.mul(primitive.repeatLeading(x, size), factors)
}

const wrapped = (f: Flat, wrap: Wrap): Flat => {
  switch (wrap.kind) {
    case 'jit':
      return jit(f)
    case 'vjp':
      return (...inputs) => {
        const [y, pullback] = vjp((x: readonly Value[]) => f(...x))(inputs)
        return pullback(genericCotangent(y))
      }
    case 'jvp':
      return (...inputs) => jvp((x: readonly Value[]) => f(...x))(inputs, genericCotangent(inputs))[1]
    case 'vmap':
      return (...inputs) => {
        const isBatched = (i: number): boolean => i === 0 || wrap.batched[i] === true
        const lifted: Flat = (...some) => {
          const next = some[Symbol.iterator]()
          return f(...inputs.map((x, i) => (isBatched(i) ? (next.next().value ?? x) : x)))
        }
        return vmap('batch')(lifted)(
          ...inputs.flatMap((x, i) => (isBatched(i) ? [relabel(`batch ${x.shape}`.trim(), rows(x, wrap.size))] : [])),
        ).map(y => relabel(y.sizes.join(' '), y))
      }
  }
}

/** The function of a recipe with its transformations around it. */
export const transformed = (f: Flat, { wraps }: Recipe): Flat => wraps.reduce(wrapped, f)

export const inputsOf = ({ entries }: Recipe): readonly Value[] => {
  const entry = (i: number): number => entries[i % Math.max(1, entries.length)] ?? 1
  return [
    relabel(
      '2 3',
      concrete(
        [2, 3],
        'float64',
        Float64Array.from({ length: 6 }, (_, i) => entry(i)),
      ),
    ),
    relabel(
      '3',
      concrete(
        [3],
        'float32',
        Float32Array.from({ length: 3 }, (_, i) => entry(i + 6)),
      ),
    ),
  ]
}

const choices = fc.array(fc.nat({ max: 997 }), { minLength: 12, maxLength: 12 })
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('primitive' as const), name: fc.constantFrom(...primitiveNames), choices }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('public' as const), name: fc.constantFrom(...publicNames), choices }) },
)
const anyWrap: fc.Arbitrary<Wrap> = fc.oneof(
  fc.record({ kind: fc.constantFrom('jit' as const, 'vjp' as const, 'jvp' as const) }),
  fc.record({
    kind: fc.constant('vmap' as const),
    // Few examples, or so many that the work is divided among threads.
    size: fc.oneof({ weight: 14, arbitrary: fc.constantFrom(1, 2, 3, 5) }, fc.constant(2500)),
    batched: fc.tuple(fc.constant(true), fc.boolean()),
  }),
)
const entry = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -64, max: 64 }).map(n => n / 32) },
  fc.constantFrom(0, -0, 1, -1, 100, -100),
)

/** Recipes of which one step is of the operation; what comes before and after, and around, is drawn from all. */
export const recipesOf = (kind: Step['kind'], name: string): fc.Arbitrary<Recipe> =>
  fc
    .record({
      before: fc.array(anyStep, { maxLength: 3 }),
      step: fc.record({ kind: fc.constant(kind), name: fc.constant(name), choices }),
      after: fc.array(anyStep, { maxLength: 2 }),
      wraps: fc.array(anyWrap, { maxLength: 2 }),
      entries: fc.array(entry, { minLength: 1, maxLength: 9 }),
    })
    .map(({ before, step, after, wraps, entries }) => ({ steps: [...before, step, ...after], wraps, entries }))
