/**
 * `associativeScan` combines everything up to each place of an axis, in a few large steps where `scan` takes one small step for each place. The
 * function must be associative: sums, products of matrices, the steps of a linear recurrence, the greatest so far.
 *
 * @example
 * import { add, associativeScan, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const sums = associativeScan('5')((a: Tensor<''>, b: Tensor<''>) => pipe(a, add(b)))
 * assert.deepEqual(toNested(sums(tensor([1, 2, 3, 4, 5]))), [1, 3, 6, 10, 15])
 */
import { concatAxis, reshapeTo, reverseAxes, sliceOf } from '../primitives/index.js'
import { simplify } from '../program/index.js'
import { dims, type Expect, join, type OneAxis } from '../shape/index.js'
import { checkFunction, flatten, heldFlag, heldOptions, labelled, tree, typed, unflatten, type Value } from '../tensor/index.js'
import { trace } from '../trace/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { checkAxis, leadingSize, vmapProgram } from '../transform/index.js'
import { type KeepsForm, leavesLike, type Stacked } from './form.js'

/** @category model */
export interface AssociativeScanOptions {
  /** From the last place along the axis to the first: each result combines the last row with those before it, down to its own. */
  readonly reverse?: boolean
}

type Rows = readonly Value[]
/** Combines rows of one list of stacks with the same rows of another. */
type Combine = (left: Rows, right: Rows, count: number) => Rows

/** Every `step`-th row from `start` to `stop`. */
const rowsOf = (stacks: Rows, start: number, stop: number, step: number): Rows =>
  stacks.map(x =>
    sliceOf(x, {
      start: x.sizes.map((_, axis) => (axis === 0 ? start : 0)),
      stop: x.sizes.map((size, axis) => (axis === 0 ? stop : size)),
      step: x.sizes.map((_, axis) => (axis === 0 ? step : 1)),
    }),
  )

const beside = (x: Value, y: Value): Value => concatAxis([x, y], 0)

/** Rows of two stacks by turns, where the first has as many as the second, or one more. */
const interleaved = (even: Value, odd: Value): Value => {
  const [count = 0, ...row] = odd.sizes
  const apart = (x: Value): Value => reshapeTo(x, [count, 1, ...row])
  const [pairs] = rowsOf([even], 0, count, 1)
  const both = reshapeTo(concatAxis([apart(pairs ?? even), apart(odd)], 1), [2 * count, ...row])
  const rest = rowsOf([even], count, even.sizes[0] ?? 0, 1)
  return (even.sizes[0] ?? 0) > count ? beside(both, rest[0] ?? even) : both
}

/** Neighbours are combined in pairs; what the pairs up to each give is known in the same way; and the rows between follow from that. */
const prefixes = (stacks: Rows, count: number, combine: Combine): Rows => {
  if (count < 2) return stacks
  const half = Math.floor(count / 2)
  const pairs = combine(rowsOf(stacks, 0, 2 * half, 2), rowsOf(stacks, 1, count, 2), half)
  const odd = prefixes(pairs, half, combine)
  const between = Math.ceil(count / 2) - 1
  const first = rowsOf(stacks, 0, 1, 1)
  const later = between === 0 ? undefined : combine(rowsOf(odd, 0, between, 1), rowsOf(stacks, 2, count, 2), between)
  const even = first.map((x, i) => (later?.[i] ? beside(x, later[i]) : x))
  return even.map((x, i) => interleaved(x, odd[i] ?? x))
}

/** The message for a function without types for its arguments. */
type Unknown = "associativeScan: annotate the arguments, as in associativeScan('seq')((a: Tensor<'3'>, b: Tensor<'3'>) => …)"

const op = 'associativeScan'

/**
 * What an associative function of two rows makes of all rows up to each place of the leading axis of trees of tensors: row 0, f(row 0, row 1),
 * f(f(row 0, row 1), row 2) and so on. The function is traced once for a row, and applied to many pairs at a time.
 *
 * Of n rows it combines fewer than 2 n pairs, in 2 log₂ n steps that need one another; a `scan` combines n - 1, one after another. A program has a
 * few equations for each of those steps. Pairs are combined in another order than one by one, which an associative function
 * does not notice; sums of floats are rounded in another order.
 *
 * **Shapes**: `(a: 'in', b: 'in') → 'in'` becomes `'seq in' → 'seq in'`; any tree.
 * **Errors**: leading axes of different sizes, no tensor to go along; a function that gives another form, shape or dtype than it is given.
 * **Source**: `jax.lax.associative_scan`; Blelloch, Prefix sums and their applications, 1990.
 *
 * @example
 * import { add, associativeScan, mul, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * // The recurrence h = a h + b, of which two steps are one step.
 * type Step = { readonly a: Tensor<''>; readonly b: Tensor<''> }
 * const steps = associativeScan('3')((s: Step, t: Step) => ({ a: pipe(s.a, mul(t.a)), b: pipe(s.b, mul(t.a), add(t.b)) }))
 * assert.deepEqual(toNested(steps({ a: tensor([2, 2, 2]), b: tensor([1, 1, 1]) }).b), [1, 3, 7])
 *
 * @category control flow
 */
export const associativeScan = <const N extends string>(
  given: Expect<OneAxis<'associativeScan', N, ''>, N>,
  options?: AssociativeScanOptions,
) => {
  const axis = typed<string>(given)
  checkAxis(op, axis)
  const reverse = heldFlag(op, 'reverse', heldOptions(op, options, ['reverse']).reverse, false)
  return <X extends object = Unannotated, Y extends object = X, G = unknown>(
    combine: Annotated<Unknown, X, (left: X, right: X) => Y, G>,
  ) => {
    const own = typed<(left: unknown, right: unknown) => unknown>(combine)
    checkFunction(op, own, "give one of two rows, as in associativeScan('seq')(f)")
    return (xs: Expect<KeepsForm<'associativeScan: a row', 'after it is combined', X, Y>, Stacked<N, X>>): Stacked<N, X> => {
      const stacks = typed<object>(xs)
      const { leaves, structure } = flatten(op, stacks)
      const names = tree.paths(stacks)
      const length = leadingSize(op, axis, names, leaves)
      const rows = leaves.map(x => ({ shape: join(dims(x.shape).slice(1)), sizes: x.sizes.slice(1), dtype: x.dtype }))
      const words = { op, what: 'a row', when: 'after it is combined' }
      const { program, captured } = trace(
        values => {
          const left = values.slice(0, rows.length)
          const result = own(unflatten(structure, left), unflatten(structure, values.slice(rows.length)))
          return leavesLike(words, result, structure, left, names)
        },
        [...rows, ...rows],
      )
      const pairwise = simplify(program)
      const flags = pairwise.inputs.map((_, i) => i < 2 * rows.length)
      const turned = (all: Rows): Rows => (reverse ? all.map(x => reverseAxes(x, [0])) : all)
      const results = prefixes(turned(leaves), length, (left, right, count) =>
        vmapProgram(pairwise, [...left, ...right, ...captured], flags, count),
      )
      return typed<Stacked<N, X>>(
        unflatten(
          structure,
          turned(results).map((x, i) => labelled(op, join([axis, ...dims(rows[i]?.shape ?? '')]), x)),
        ),
      )
    }
  }
}
