/**
 * `scan` runs a function along an axis and hands a carry from place to place: a recurrent network, a filter, a sum of everything so far. The
 * function is traced once and runs as a loop, so that a program takes no longer to compile where the axis is longer.
 *
 * @example
 * import { add, pipe, scan, tensor, toNested, toNumber, type Tensor } from 'pullback'
 *
 * const running = scan('4')((total: Tensor<''>, x: Tensor<''>) => [pipe(total, add(x)), pipe(total, add(x))], tensor(0))
 * const [total, sums] = running(tensor([1, 2, 3, 4]))
 * assert.equal(toNumber(total), 10)
 * assert.deepEqual(toNested(sums), [1, 3, 6, 10])
 */
import { add, filled } from '../primitives/index.js'
import { simplify } from '../program/index.js'
import { dims, type Expect, join, type OneAxis } from '../shape/index.js'
import {
  checkFunction,
  concrete,
  fail,
  flatten,
  heldFlag,
  heldOptions,
  labelled,
  relabel,
  type Structure,
  tree,
  typed,
  unflatten,
} from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import type { Known, Unannotated } from '../transform/annotated.js'
import { type Batched, checkAxis, leadingSize } from '../transform/index.js'
import { constantsFirst } from './captured.js'
import { type KeepsForm, leavesLike, ofCarry, type Stacked } from './form.js'
import { scanPrimitive } from './scan-operation.js'

/** @category model */
export interface ScanOptions {
  /** From the last place along the axis to the first; results stand where the rows stood. */
  readonly reverse?: boolean
  /**
   * What the gradient of a round needs is computed again from the carry before it, and is not stored for all rounds. It takes the time of one more
   * run forward, and the memory of the carries alone.
   */
  readonly recompute?: boolean
}

/** What a round is given, without its axis, and what a whole loop is. */
export interface Rounds {
  readonly op: string
  readonly axis: string
  readonly length: number
  readonly reverse: boolean
  readonly recompute: boolean
  /** Instead of a row a round is given its number, an int32, which is carried from round to round. */
  readonly counted: boolean
}

/** Runs a function over rows of trees: `f` is given the carry and a row, and gives the next carry and a further result. */
export const scanTree = (
  { op, axis, length, reverse, recompute, counted }: Rounds,
  f: (carry: unknown, row: unknown) => unknown,
  initial: object,
  stacks: object,
): readonly [carry: unknown, results: unknown] => {
  const first = flatten(op, initial)
  const given = flatten(op, stacks)
  const rows = given.leaves.map(x => ({ shape: join(dims(x.shape).slice(1)), sizes: x.sizes.slice(1), dtype: x.dtype }))
  const names = tree.paths(initial)
  const initials = counted ? [concrete([], 'int32', 0), ...first.leaves] : first.leaves
  const counters = counted ? 1 : 0
  const carries = initials.length
  let form: Structure = { kind: 'leaf' }
  const { program, captured, outputs } = trace(
    values => {
      const [round] = values
      const row = counted ? round : unflatten(given.structure, values.slice(carries))
      const result = f(unflatten(first.structure, values.slice(counters, carries)), row)
      if (!(Array.isArray(result) && result.length === 2))
        return fail({
          _tag: 'ArgumentError',
          op,
          detail: 'the function gives a pair: the next carry, and a result for the row, or [] for none',
        })
      const [carry, further]: readonly unknown[] = result
      const flat = flatten(`${op}: the function's result`, further)
      form = flat.structure
      const next = leavesLike(ofCarry(op), carry, first.structure, first.leaves, names)
      return [...(counted && round ? [add(round, filled(round, 1))] : []), ...next, ...flat.leaves]
    },
    [...initials, ...rows],
  )
  const body = simplify(constantsFirst(program, carries + rows.length))
  const results = bind(scanPrimitive.of({ constants: captured.length, carries, length, reverse, recompute }, [body]), [
    ...captured,
    ...initials,
    ...given.leaves,
  ])
  const last = results.slice(counters, carries).map((x, i) => relabel(first.leaves[i]?.shape ?? x.shape, x))
  const further = results.slice(carries).map((x, i) => labelled(op, join([axis, ...dims(outputs[carries + i]?.shape ?? '')]), x))
  return [unflatten(first.structure, last), unflatten(form, further)]
}

/** The message for a function without types for its arguments. */
type Unknown = "scan: annotate the arguments, as in scan('seq')((carry: Tensor<'4'>, x: Tensor<'3'>) => …, carry)"

/**
 * A function of a carry and a row, run along the leading axis of trees of tensors: each round is given the carry that the one before it gave. The
 * last carry, and the results of all rounds stacked along the axis. For rounds without a result give `[]`.
 *
 * The function is traced once, for any number of rounds, so it may not look at numbers. Under `grad` the rounds are gone through in the other order;
 * what their gradients need is stored, or computed again with the option `recompute`. Under `vmap` the loop runs once, over all examples.
 *
 * **Shapes**: `(carry: C, x: 'in') → [C, 'out']` becomes `(xs: 'seq in') → [C, 'seq out']`; trees on each side.
 * **Errors**: a carry whose form, shape or dtype a round changes; leading axes of different sizes; no tensor to go along, for which there is `fori`.
 * **Source**: `jax.lax.scan`.
 *
 * @example
 * import { add, matmul, pipe, scan, tanh, tensor, zeros, type Tensor } from 'pullback'
 *
 * const [w, u] = [zeros('8 8'), zeros('3 8')]
 * const step = (h: Tensor<'8'>, x: Tensor<'3'>) => {
 *   const next = pipe(h, matmul(w), add(pipe(x, matmul(u))), tanh)
 *   return [next, next] as const
 * }
 * const [last, all] = pipe(zeros('seq 3', { seq: 100 }), scan('seq')(step, zeros('8')))
 * assert.equal(last.shape, '8')
 * assert.equal(all.shape, 'seq 8')
 *
 * @category control flow
 */
export const scan = <const N extends string>(given: Expect<OneAxis<'scan', N, ''>, N>, options?: ScanOptions) => {
  const axis = typed<string>(given)
  checkAxis('scan', axis)
  const held = heldOptions('scan', options, ['reverse', 'recompute'])
  const reverse = heldFlag('scan', 'reverse', held.reverse, false)
  const recompute = heldFlag('scan', 'recompute', held.recompute, false)
  return <C extends object, X extends object = Unannotated, D extends object = C, Y extends object = object>(
    f: (carry: C, x: X) => readonly [carry: D, result: Y],
    initial: Known<Unknown, X, Expect<KeepsForm<'scan: the carry', 'after a round', C, D>, C>>,
  ) => {
    const round = typed<(carry: unknown, row: unknown) => unknown>(f)
    const first = typed<object>(initial)
    checkFunction('scan', round, "give one of a carry and a row, as in scan('seq')(f, carry)")
    return (xs: Stacked<N, X>): readonly [carry: C, results: Batched<N, Y>] => {
      const stacks = typed<object>(xs)
      const { leaves } = flatten('scan', stacks)
      const length = leadingSize('scan', axis, tree.paths(stacks), leaves)
      return typed<readonly [C, Batched<N, Y>]>(
        scanTree({ op: 'scan', axis, length, reverse, recompute, counted: false }, round, first, stacks),
      )
    }
  }
}
