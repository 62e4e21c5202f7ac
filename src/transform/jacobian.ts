/**
 * Whole derivatives: Jacobians and Hessians, as trees of tensors with the result's axes first and the argument's axes after them.
 *
 * @example
 * import { hessian, mul, pipe, prod, tensor, toNested, type Tensor } from 'pullback'
 *
 * const h = hessian((x: Tensor<'2'>) => prod()(x))(tensor([3, 4]))
 * assert.deepEqual(toNested(h), [[0, 1], [1, 0]])
 */

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
import { differentiate, type LossResult } from './grad.js'
import { vjpTree } from './vjp.js'
import { vmapProgram } from './vmap.js'

/** The axes of the result, then those of the argument; where either is not known, neither is where one ends and the other begins. */
type Side<R extends string, A extends string> = string extends R | A ? string : R extends '' ? A : A extends '' ? R : `${R} ${A}`
type ByArgument<S extends string, A> =
  A extends Tensor<infer SA, infer D> ? Tensor<Side<S, SA>, D> : { readonly [K in keyof A]: ByArgument<S, A[K]> }

/** For each tensor of the result a tree of the argument's form: axes of the result, then axes of the argument. @category type-level */
export type Jacobian<R, A> = R extends Tensor<infer S, DType> ? ByArgument<S, A> : { readonly [K in keyof R]: Jacobian<R[K], A> }

/** One-hot cotangents for every entry of a result: the identity, its rows shaped like the result. */
const basis = (op: string, x: Value): Value => {
  const n = sizeOf(x.sizes)
  const buffer = allocate(x.dtype, n * n, op)
  for (let i = 0; i < n; i += 1) buffer[i * n + i] = 1
  return concrete([n, ...x.sizes], x.dtype, buffer)
}

/**
 * The Jacobian of a function over trees, by one pullback vectorised over the entries of the result.
 *
 * **Shapes**: `'out' → 'in'` gives 'out in'; a tree of results of trees of arguments otherwise.
 *
 * @example
 * import { jacobian, mul, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const j = jacobian((x: Tensor<'2'>) => pipe(x, mul(x)))(tensor([3, 4]))
 * assert.deepEqual(toNested(j), [[6, 0], [0, 8]])
 *
 * @category transformations
 */
export const jacobian = <A extends object = Unannotated, R extends object = object>(
  f: Annotated<"jacobian: annotate the argument, as in jacobian((x: Tensor<'3'>) => …)", A, (x: A) => R>,
): ((x: A) => Jacobian<R, A>) => jacobianOf('jacobian', typed<(x: A) => R>(f))

const jacobianOf = <A extends object, R extends object>(op: string, f: (x: A) => R): ((x: A) => Jacobian<R, A>) => {
  checkFunction(op, f, 'give one of tensors')
  return x => {
    const { outputs, pullback, traced } = vjpTree(op, tree => f(typed<A>(tree)), x)
    const argument = flatten(op, x)
    const blocks = outputs.map((output, i) => {
      const rows = trace(([ct]) => flatten(op, pullback(outputs.map((_, k) => (k === i ? ct : undefined)))).leaves, [output])
      const stacked = vmapProgram(
        rows.program,
        [basis(op, output), ...rows.captured],
        [true, ...rows.captured.map(() => false)],
        sizeOf(output.sizes),
      )
      const shaped = stacked.map((block, k) => {
        const of = argument.leaves[k] ?? block
        return labelled(op, join([...dims(output.shape), ...dims(of.shape)]), reshapeTo(block, [...output.sizes, ...of.sizes]))
      })
      return unflatten(argument.structure, shaped)
    })
    return typed<Jacobian<R, A>>(unflatten(traced.structure, blocks))
  }
}

/**
 * The Hessian of a scalar function: the Jacobian of its gradient.
 *
 * @example
 * import { hessian, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const cubes = (x: Tensor<'2'>) => pipe(x, mul(x), mul(x), sum())
 * assert.deepEqual(toNested(hessian(cubes)(tensor([1, 2]))), [[6, 0], [0, 12]])
 *
 * @category transformations
 */
export const hessian = <A extends object = Unannotated, R = unknown>(
  f: Annotated<"hessian: annotate the argument, as in hessian((x: Tensor<'3'>) => …)", A, (x: A) => Expect<LossResult<'hessian', R>, R>>,
): ((x: A) => Jacobian<A, A>) => {
  checkFunction('hessian', f, 'give one of tensors that gives a scalar')
  return jacobianOf('hessian', (x: A): A => typed<A>(differentiate('hessian', typed<(x: unknown) => unknown>(f), x)[1]))
}
