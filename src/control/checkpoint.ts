/**
 * `checkpoint` computes the values inside a function again in the backward pass, and so needs no memory for them in between.
 *
 * @example
 * import { checkpoint, exp, grad, pipe, sin, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const f = (x: Tensor<''>) => pipe(x, sin, exp)
 * assert.equal(toNumber(grad(checkpoint(f))(tensor(0))), 1)
 */
import { checkFunction, flatten, typed } from '../tensor/index.js'
import { bind } from '../trace/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { resultOf, traceTree } from '../transform/index.js'
import { checkpointPrimitive } from './checkpoint-operation.js'

/**
 * The same function, for which reverse mode keeps the arguments alone: its pullback first runs the function again, and so has the values that it
 * needs. A chain of n layers in groups of √n, each of them a checkpoint, takes memory for about 2 √n layers in place of n, and the time of one
 * more run forward. Where nothing is differentiated it is the function itself.
 *
 * The function is traced once for each call, so it may not look at numbers. What it closes over is differentiated like its arguments. It may hold
 * anything, loops and checkpoints included. The rounds of a `scan` have an option for the same, `recompute`.
 *
 * **Shapes**: those of the function; any trees.
 * **Errors**: something that is no function of tensors.
 * **Source**: `jax.checkpoint` (also called `jax.remat`).
 *
 * @example
 * import { checkpoint, grad, matmul, pipe, sum, tanh, tensor, toNested, type Tensor } from 'pullback'
 *
 * const block = (x: Tensor<'1 2'>, w: Tensor<'2 2'>) => pipe(x, matmul(w), tanh, matmul(w), tanh)
 * const x = tensor([[1, 2]])
 * const gradient = (f: typeof block) => toNested(grad((w: Tensor<'2 2'>) => pipe(f(x, w), sum()))(tensor([[0.1, -0.2], [0.3, 0.4]])))
 * assert.deepEqual(gradient(checkpoint(block)), gradient(block))
 *
 * @category transformations
 */
export const checkpoint = <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
  f: Annotated<"checkpoint: annotate the argument, as in checkpoint((x: Tensor<'3'>) => …)", A[number], (...args: A) => R, G>,
): ((...args: A) => R) => {
  const own = typed<(...args: readonly unknown[]) => unknown>(f)
  checkFunction('checkpoint', own, 'give one of tensors')
  return (...args) => {
    const { leaves, structure } = flatten('checkpoint', args)
    const traced = traceTree('checkpoint', tuple => own(...typed<readonly unknown[]>(tuple)), leaves, structure)
    const outputs = bind(checkpointPrimitive.of({ again: false }, [traced.program]), [...leaves, ...traced.captured])
    return typed<R>(resultOf(traced, outputs))
  }
}
