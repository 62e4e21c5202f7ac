/**
 * Collectives as operations that the laws can try: each over all examples at once, from the stack of their values to the stack of their results.
 *
 * The derivatives and the batching of such an operation are those of the collective, mapped over the examples; what it means is said by loops of its
 * own, which know nothing of `vmap`. So a law that holds for it holds for the collective's rules and for what `vmap` makes of them.
 */
import { collectives } from '../../src/primitives/collective/registry.js'
import { add, concatAxis, moveAxis, mul, sliceAxis, sumAxes } from '../../src/primitives/index.js'
import type { Program } from '../../src/program/index.js'
import { type Aval, allocate, at, type Buffer, concrete, sizeOf, type Value } from '../../src/tensor/index.js'
import { bind, type Case, type Holder, holder, interpret, programOf, type SampleInput } from '../../src/trace/index.js'
import { jvpProgram, vjpProgram, vmapProgram, vmapRows } from '../../src/transform/index.js'

/** How many examples there are, and in each of them places of other axes, which come first and are each a matter of their own. */
type Counts = { readonly size: number; readonly places: number }

/** What a collective gives example i, where the rows are all examples'. */
type Loops = (rows: readonly Buffer[], i: number) => readonly number[]

/** The order in which examples are put where a collective is given one, and its inverse. */
const order = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => (i + 1) % size)
const inverseOrder = (size: number): readonly number[] => Array.from({ length: size }, (_, i) => (i + size - 1) % size)

const across = (rows: readonly Buffer[], f: (entries: readonly number[]) => number): readonly number[] =>
  Array.from(rows[0] ?? [], (_, k) => f(rows.map(row => at(row, k))))
const total = (entries: readonly number[]): number => entries.reduce((sum, entry) => sum + entry, 0)

/** The collectives by name; one that is missing here fails in the laws. */
const meanings: { readonly [name: string]: Loops } = {
  'axis.sum': rows => across(rows, total),
  'axis.mean': rows => across(rows, entries => total(entries) / entries.length),
  'axis.max': rows => across(rows, entries => Math.max(...entries)),
  'axis.min': rows => across(rows, entries => Math.min(...entries)),
  'axis.gather': rows => rows.flatMap(row => [...row]),
  'axis.scatter': (rows, i) => {
    const sums = across(rows, total)
    const entries = sums.length / rows.length
    return sums.slice(i * entries, (i + 1) * entries)
  },
  'axis.permute': (rows, i) => [...(rows[at(order(rows.length), i)] ?? missing())],
}

const missing = (): never => {
  throw new Error('a collective has lost an input')
}

const stacked = (x: Aval, size: number): Aval => ({ sizes: [size, ...x.sizes], dtype: x.dtype })
const rowOf = (x: Aval): Aval => ({ sizes: x.sizes.slice(1), dtype: x.dtype })

/** A list of numbers as a function of a tensor with as many of them, so that a program that it stands in closes over nothing. */
const listOf = (numbers: Value, list: readonly number[]): Value => {
  const zero = mul(sliceAxis(numbers, 0, 0, 1), concrete([1], 'int32', 0))
  return concatAxis(
    list.map(place => add(zero, concrete([1], 'int32', place))),
    0,
  )
}

/**
 * A function of what one example has, over all examples. `f` is also given the operands behind x of the collective: the example's number and, where
 * the collective is given an order, that and its inverse.
 */
const overAll = (
  body: Program,
  f: (own: readonly Value[], further: readonly Value[]) => readonly Value[],
  stacks: readonly Value[],
  numbers: Value,
  size: number,
): readonly Value[] => {
  const shared = body.inputs.length > 2 ? [listOf(numbers, order(size)), listOf(numbers, inverseOrder(size))] : []
  const inputs = [...stacks, numbers]
  const program = programOf(values => f(values.slice(0, stacks.length), values.slice(stacks.length)), [...inputs.map(rowOf), ...shared])
  return vmapProgram(program, [...inputs, ...shared], [...inputs.map(() => true), ...shared.map(() => false)], size)
}

const meaningOf = (name: string): Loops => meanings[name] ?? missing()

/** A case of a collective as one of an operation on stacks; its second input stands for the numbers of the examples. */
const ofAll = ({ operation, inputs: [x = missing(), ...further] }: Case): Case => {
  const { size: given } = operation.params
  const size = Number(given)
  const example = programOf(values => bind(operation, values), [x, ...further])
  const inputs: readonly SampleInput[] = [
    { ...x, ...stacked(x, size) },
    { sizes: [size], dtype: 'int32', low: 0, high: size - 1 },
  ]
  const all: Holder<Counts> = holder<Counts>({
    name: `${operation.name} of all`,
    samples: [{ params: { size, places: 1 }, programs: () => [example], inputs }],
    shape: (_, { size }, [body = missing()]) => body.outputs.map(output => stacked(output, size)),
    vjp: ([stack = missing(), numbers = missing()], [wanted], counts, [body = missing()]) => ({
      outputs: bind(all.of(counts, [body]), [stack, numbers]),
      pullback: ([ct]) => {
        if (ct === undefined || !wanted) return [undefined, undefined]
        const pull = ([own = missing(), cotangent]: readonly Value[], further: readonly Value[]): readonly Value[] =>
          vjpProgram(body, [own, ...further], [true]).pullback([cotangent])
        return [...overAll(body, pull, [stack, ct], numbers, counts.size), undefined]
      },
    }),
    jvp: ([stack = missing(), numbers = missing()], [tangent], counts, [body = missing()]) => {
      if (tangent === undefined) return { outputs: bind(all.of(counts, [body]), [stack, numbers]), terms: [[]] }
      const push = ([own = missing(), direction]: readonly Value[], further: readonly Value[]): readonly Value[] =>
        jvpProgram(body, [own, ...further], [direction]).flatMap(({ primal, tangent }) => [primal, tangent ?? missing()])
      const [y = missing(), ty = missing()] = overAll(body, push, [stack, tangent], numbers, counts.size)
      return { outputs: [y], terms: [[ty]] }
    },
    batch: ([stack = missing(), numbers = missing()], [ofStack, ofNumbers], other, counts, [body = missing()]) => {
      // The numbers only say which axis it is, so any of them do.
      const own = ofNumbers ? sumAxes(numbers, [0]) : numbers
      if (!ofStack) return bind(all.of(counts, [body]), [stack, own]).map(value => ({ value, batched: false }))
      const [x = missing(), ...further] = body.inputs
      const rowsOf = (values: readonly Value[]) => values.map((value, i) => ({ value, batched: i === 0 }))
      const lifted = programOf(values => vmapRows(body, rowsOf(values), other).map(row => row.value), [stacked(x, other), ...further])
      // The examples of the other axis come first, and the collective's own must.
      const results = bind(all.of({ ...counts, places: counts.places * other }, [lifted]), [moveAxis(stack, 0, 1), own])
      return results.map(value => ({ value: moveAxis(value, 0, 1), batched: true }))
    },
    evaluate: ([stack = missing()], { size, places }, [body = missing()]) => {
      const [output = missing()] = body.outputs
      const entries = sizeOf(stack.sizes.slice(1)) / places
      const result = allocate(output.dtype, size * sizeOf(output.sizes))
      for (let place = 0; place < places; place += 1) {
        const rows = Array.from({ length: size }, (_, i) => {
          const start = (i * places + place) * entries
          return stack.data.slice(start, start + entries)
        })
        rows.forEach((_, i) => {
          result.set(meaningOf(operation.name)(rows, i), ((i * places + place) * sizeOf(output.sizes)) / places)
        })
      }
      return [result]
    },
    narrow: 'keeps all',
    lower: ({ size }, [body = missing()]) => ({
      kind: 'call',
      program: programOf(
        ([stack = missing(), numbers = missing()]) =>
          overAll(body, (own, further) => interpret(body, [...own, ...further]), [stack], numbers, size),
        body.inputs.slice(0, 2).map(input => stacked(input, size)),
      ),
    }),
  })
  return { operation: all.of({ size, places: 1 }, [example]), inputs }
}

/** Every case of every collective. */
export const collectiveCases: readonly Case[] = collectives.flatMap(({ cases }) => cases.map(ofAll))
