/**
 * `argsort`: the positions of the entries along an axis in ascending order. Equal entries, 0 and -0 among them, stay in their order, and NaN
 * comes last, as in numpy and JAX. int32.
 *
 * Source: merge sort from the bottom up, with runs of 1, 2, 4 … entries. Gradient: none, the answer is an integer. `sort` gathers entries
 * at these positions, and so has the gradient of `gather`.
 */
import { type Body, type Routine, routine as r, type Term } from '../kernel/index.js'
import { type Aval, allocate, at, fail, isFloat, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { rowsAlong } from './family/rows.js'
import { distinct, whole } from './family/sample.js'

type ArgsortParams = { readonly axis: number }

/** Compares as the result is ordered: a NaN comes after every number and equals another NaN. */
const order = (x: number, y: number): number => (x < y ? -1 : x > y ? 1 : Number(Number.isNaN(x)) - Number(Number.isNaN(y)))

/**
 * The routine has a round for each row along the axis. Runs lie in one half of an array that the routine works in, and are merged into the
 * other half, pair by pair, until one run is left: the positions that are the result.
 */
const routineOf = (x: Aval, axis: number): Routine => {
  const body = (): Body => {
    const { dtype } = x
    const rows = rowsAlong(x, axis)
    const { outer, size, inner } = rows
    const count = outer * inner
    const [from, to, runs] = [r.reads(0, dtype), r.writes(0, 'int32'), r.scratch(0, 'int32')]
    const [first, source, target, spare, width] = [r.local(), r.local(), r.local(), r.local(), r.local()]
    const [i, left, right, middle, end] = [r.local(), r.local(), r.local(), r.local(), r.local()]
    const [a, b] = [r.local(dtype), r.local(dtype)]
    const entry = (run: Term): Term => r.load(from, r.add(first, r.mul(r.load(runs, r.add(source, run)), inner)))
    const least = (x: Term, y: number): Term => r.sub(x, r.mul(r.less(y, x), r.sub(x, y)))
    // The entry of the right run goes first only where it is less, so that equal ones keep their order.
    const isLess = r.lessOf(dtype)(b, a)
    const goesFirst = isFloat(dtype) ? r.or(isLess, r.and(r.notEqual(a, a), r.equal(b, b))) : isLess
    const take = (side: typeof left) => [
      r.store(runs, r.add(target, i), r.load(runs, r.add(source, side))),
      r.set(side, r.add(side, 1)),
      r.set(i, r.add(i, 1)),
    ]
    const mergeRuns = [
      r.set(left, i),
      r.set(right, least(r.add(i, width), size)),
      r.set(middle, right),
      r.set(end, least(r.add(i, r.mul(width, 2)), size)),
      r.during(r.and(r.less(left, middle), r.less(right, end)), [
        r.set(a, entry(left)),
        r.set(b, entry(right)),
        r.when(goesFirst, take(right), take(left)),
      ]),
      r.during(r.less(left, middle), take(left)),
      r.during(r.less(right, end), take(right)),
    ]
    const phase = r.phase(count, size * 16 * Math.ceil(Math.log2(size + 1)), round => [
      r.set(first, rows.first(round)),
      r.set(source, r.mul(round, 2 * size)),
      r.set(target, r.add(source, size)),
      r.loop(i, 0, size, [r.store(runs, r.add(source, i), i)]),
      r.set(width, 1),
      r.during(r.less(width, size), [
        r.set(i, 0),
        r.during(r.less(i, size), mergeRuns),
        r.set(spare, source),
        r.set(source, target),
        r.set(target, spare),
        r.set(width, r.mul(width, 2)),
      ]),
      r.loop(i, 0, size, [r.store(to, r.add(first, r.mul(i, inner)), r.load(runs, r.add(source, i)))]),
    ])
    return { params: { outer, size, inner }, scratch: [{ dtype: 'int32', length: 2 * count * size }], phases: [phase] }
  }
  return { kind: 'routine', name: 'argsort', body }
}

export const argsortPrimitive: Primitive<ArgsortParams> = primitive<readonly [Value], ArgsortParams>({
  name: 'argsort',
  arity: 1,
  samples: [
    { params: { axis: 1 }, inputs: [distinct([3, 5])] },
    { params: { axis: 0 }, inputs: [whole([7, 2], 0, 3)] },
    { params: { axis: 1 }, inputs: [whole([2, 6, 2], 0, 2 ** 32 - 1, 'uint32')] },
  ],
  shape: ([x], { axis }) => {
    if (!(axis >= 0 && axis < x.sizes.length))
      return fail({ _tag: 'ShapeError', detail: `argsort: axis ${axis} of '${x.sizes.join(' ')}'` })
    if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "argsort: needs numbers, not bool: cast('int32') first" })
    return { sizes: x.sizes, dtype: 'int32' }
  },
  vjp: () => ['zero'],
  jvp: () => [],
  batch: ([x], _, { axis }) => perExample(argsortAxis(x, axis + 1)),
  evaluate: ([x], { axis }, output) => {
    const result = allocate('int32', sizeOf(output.sizes))
    const [size, after] = [at(x.sizes, axis), sizeOf(x.sizes.slice(axis + 1))]
    for (let row = 0; row < result.length / Math.max(1, size); row += 1) {
      const start = Math.floor(row / after) * size * after + (row % after)
      const positions = Array.from({ length: size }, (_, i) => i)
      positions.sort((i, j) => order(at(x.data, start + i * after), at(x.data, start + j * after)))
      positions.forEach((position, i) => {
        result[start + i * after] = position
      })
    }
    return result
  },
  lower: ([x], { axis }) => routineOf(x, axis),
  uniform: 'no',
})

export const argsortAxis = (x: Value, axis: number): Value => apply(argsortPrimitive.of({ axis }), x)
