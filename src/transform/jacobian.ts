/**
 * Whole derivatives: Jacobians and Hessians, as trees of tensors with the result's axes first and the argument's axes after them.
 *
 * @example
 * import { hessian, mul, pipe, prod, tensor, toNested, type Tensor } from 'pullback'
 *
 * const h = hessian((x: Tensor<'2'>) => prod()(x))(tensor([3, 4]))
 * assert.deepEqual(toNested(h), [[0, 1], [1, 0]])
 */

import { castTo } from '../primitives/cast.js'
import { permuteAxes } from '../primitives/permute.js'
import { reshapeTo } from '../primitives/reshape.js'
import { dims, type Expect, join } from '../shape/index.js'
import {
  allocate,
  checkFunction,
  concrete,
  type DType,
  flatten,
  labelled,
  sizeOf,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { trace } from '../trace/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { vmapProgram } from './batching.js'
import { differentiate, type LossResult } from './grad.js'
import { linearized } from './linearize.js'
import { checkFloats, type TracedTree, traceTree } from './typed-program.js'
import { vjpProgram } from './vjp.js'

/** The axes of the result, then those of the argument; where either is not known, neither is where one ends and the other begins. */
type Side<R extends string, A extends string> = string extends R | A ? string : R extends '' ? A : A extends '' ? R : `${R} ${A}`
type ByArgument<S extends string, A> =
  A extends Tensor<infer SA, infer D> ? Tensor<Side<S, SA>, D> : { readonly [K in keyof A]: ByArgument<S, A[K]> }

/** For each tensor of the result a tree of the argument's form: axes of the result, then axes of the argument. @category type-level */
export type Jacobian<R, A> = R extends Tensor<infer S, DType> ? ByArgument<S, A> : { readonly [K in keyof R]: Jacobian<R[K], A> }

/** One-hot tensors for every entry of another: the identity, its rows shaped like that. */
const basis = (op: string, x: Value): Value => {
  const n = sizeOf(x.sizes)
  const buffer = allocate(x.dtype, n * n, op)
  for (let i = 0; i < n; i += 1) buffer[i * n + i] = 1
  return concrete([n, ...x.sizes], x.dtype, buffer)
}

/** A linear function of one tensor at each tensor of its basis: what it gives for these stands along a leading axis. */
const columnsOf = (op: string, f: (x: Value) => readonly Value[], x: Value): readonly Value[] => {
  const { program, captured } = trace(([unit = x]) => f(unit), [x])
  return vmapProgram(program, [basis(op, x), ...captured], [true, ...captured.map(() => false)], sizeOf(x.sizes))
}

/** For each tensor of the result, and in it for each of the argument, a block without names. */
type Blocks = readonly (readonly Value[])[]

/** Row by row: one pullback, vectorised over the entries of the result. */
const byRows = (op: string, { program, captured, outputs }: TracedTree, leaves: readonly Value[]): Blocks => {
  const inputs = [...leaves, ...captured]
  const { pullback } = vjpProgram(
    program,
    inputs,
    inputs.map((_, i) => i < leaves.length),
  )
  return outputs.map((output, i) => {
    const rows = columnsOf(op, row => pullback(outputs.map((_, k) => (k === i ? row : undefined))), output)
    return rows.map((block, k) => reshapeTo(block, [...output.sizes, ...(leaves[k]?.sizes ?? [])]))
  })
}

/** Column by column: one linear part, vectorised over the entries of the argument, which are then moved behind those of the result. */
const byColumns = (op: string, traced: TracedTree, leaves: readonly Value[]): Blocks => {
  const parts = linearized(
    traced,
    leaves,
    leaves.map((_, k) => leaves.map((_, other) => other === k)),
  ).pushes.map((push, k) => {
    const leaf = leaves[k]
    if (leaf === undefined) return []
    return columnsOf(op, column => push(leaves.map((x, other) => (other === k ? column : concrete(x.sizes, x.dtype, 0)))), leaf).map(
      columns => {
        const behind = permuteAxes(columns, [...columns.sizes.slice(1).map((_, axis) => axis + 1), 0])
        return castTo(reshapeTo(behind, [...columns.sizes.slice(1), ...leaf.sizes]), leaf.dtype)
      },
    )
  })
  return traced.outputs.map((_, i) => parts.flatMap(blocks => blocks[i] ?? []))
}

/** The order of computing that takes fewer passes; row by row where both take as many. */
const byFewer = (op: string, traced: TracedTree, leaves: readonly Value[]): Blocks => {
  const entries = (values: readonly Value[]): number => values.reduce((count, { sizes }) => count + sizeOf(sizes), 0)
  return (entries(leaves) < entries(traced.outputs) ? byColumns : byRows)(op, traced, leaves)
}

const jacobianBy =
  (blocksOf: typeof byRows) =>
  <A extends object, R extends object>(op: string, f: unknown): ((x: A) => Jacobian<R, A>) => {
    checkFunction(op, f, 'give one of tensors')
    return x => {
      const { leaves, structure } = flatten(op, x)
      checkFloats(op, x, leaves)
      const traced = traceTree(op, typed<(x: unknown) => unknown>(f), leaves, structure)
      const { outputs } = traced
      const blocks = blocksOf(op, traced, leaves).map((row, i) =>
        unflatten(
          structure,
          row.map((block, k) => labelled(op, join([...dims(outputs[i]?.shape ?? ''), ...dims(leaves[k]?.shape ?? '')]), block)),
        ),
      )
      return typed<Jacobian<R, A>>(unflatten(traced.structure, blocks))
    }
  }

/**
 * The Jacobian of a function over trees, in forward mode where the argument has fewer entries than the result, else in reverse mode.
 *
 * `jacobianForward` and `jacobianReverse` take one of the two. Both run one derivative vectorised over all entries: of the argument in forward
 * mode, of the result in reverse mode. They add in different orders, so that the last bits may differ. Inside `vmapWithAxis` the two mean different
 * things where an example reads others (`MappedAxis` says which), so that there what this gives depends on the sizes: name the mode.
 *
 * **Shapes**: `'in' → 'out'` gives 'out in'; a tree of results of trees of arguments otherwise.
 *
 * @example
 * import { jacobian, mul, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const j = jacobian((x: Tensor<'2'>) => pipe(x, mul(x)))(tensor([3, 4]))
 * assert.deepEqual(toNested(j), [[6, 0], [0, 8]])
 *
 * @category transformations
 */
export const jacobian = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"jacobian: annotate the argument, as in jacobian((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => Jacobian<R, A>) => jacobianBy(byFewer)('jacobian', f)

/**
 * The Jacobian column by column, by forward mode: for functions of few entries to many.
 *
 * **Shapes**: those of `jacobian`. It costs about as many evaluations of the function as the argument has entries.
 *
 * @example
 * import { jacobianForward, mul, tensor, toNested, type Tensor } from 'pullback'
 *
 * const j = jacobianForward((t: Tensor<''>) => mul(t)(tensor([1, 2, 3])))(tensor(5))
 * assert.deepEqual(toNested(j), [1, 2, 3])
 *
 * @category transformations
 */
export const jacobianForward = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"jacobianForward: annotate the argument, as in jacobianForward((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => Jacobian<R, A>) => jacobianBy(byColumns)('jacobianForward', f)

/**
 * The Jacobian row by row, by reverse mode: for functions of many entries to few.
 *
 * **Shapes**: those of `jacobian`. It costs about as many evaluations of the function as the result has entries.
 *
 * @example
 * import { jacobianReverse, prod, tensor, toNested, type Tensor } from 'pullback'
 *
 * const j = jacobianReverse((x: Tensor<'3'>) => prod()(x))(tensor([2, 3, 5]))
 * assert.deepEqual(toNested(j), [15, 10, 6])
 *
 * @category transformations
 */
export const jacobianReverse = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"jacobianReverse: annotate the argument, as in jacobianReverse((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => Jacobian<R, A>) => jacobianBy(byRows)('jacobianReverse', f)

/**
 * The Hessian of a scalar function: the forward Jacobian of its gradient.
 *
 * @example
 * import { hessian, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const cubes = (x: Tensor<'2'>) => pipe(x, mul(x), mul(x), sum())
 * assert.deepEqual(toNested(hessian(cubes)(tensor([1, 2]))), [[6, 0], [0, 12]])
 *
 * @category transformations
 */
export const hessian = <A extends object = Unannotated, R = unknown, G = unknown>(
  f: Annotated<"hessian: annotate the argument, as in hessian((x: Tensor<'3'>) => …)", A, (x: A) => Expect<LossResult<'hessian', R>, R>, G>,
): ((x: A) => Jacobian<A, A>) => {
  checkFunction('hessian', f, 'give one of tensors that gives a scalar')
  return jacobianBy(byColumns)('hessian', (x: object) => differentiate('hessian', typed<(x: unknown) => unknown>(f), x)[1])
}
