/**
 * The shapes and dtypes of a function's results, without computing them.
 *
 * @example
 * import { evalShape, matmul, zeros, type Tensor } from 'pullback'
 *
 * const logits = evalShape((x: Tensor<'batch 784'>) => matmul(zeros('784 10'))(x))(zeros('batch 784', { batch: 32 }))
 * assert.deepEqual(logits, { shape: 'batch 10', sizes: [32, 10], dtype: 'float32' })
 */
import { checkFunction, type DType, flatten, type Tensor, typed, unflatten } from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { traceTree } from './typed-program.js'

/** All that is known of a tensor before its numbers are. @category type-level */
export interface TensorShape<S extends string, D extends DType = 'float32'> {
  readonly shape: S
  /** The number of entries along each axis. */
  readonly sizes: readonly number[]
  readonly dtype: D
}

/** For each tensor of a tree its shape, sizes and dtype. @category type-level */
export type Shapes<T> = T extends Tensor<infer S, infer D> ? TensorShape<S, D> : { readonly [K in keyof T]: Shapes<T[K]> }

/**
 * Shape, sizes and dtype of each tensor that a function gives for arguments of given shapes. The function is traced, so nothing that depends
 * on the arguments is computed, and of the arguments only shapes and dtypes are looked at: `zeros` of any size take no memory.
 *
 * **Shapes**: a tree of the result's form, with `{ shape, sizes, dtype }` in the place of each tensor.
 * **Errors**: those of the function.
 *
 * @example
 * import { evalShape, outer, zeros, type Tensor } from 'pullback'
 *
 * const pairs = evalShape((x: Tensor<'n'>) => ({ products: outer(x)(x) }))(zeros('n', { n: 1_000_000 }))
 * assert.deepEqual(pairs.products.sizes, [1_000_000, 1_000_000])
 *
 * @category transformations
 */
export const evalShape = <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
  f: Annotated<"evalShape: annotate the argument, as in evalShape((x: Tensor<'3'>) => …)", A[number], (...args: A) => R, G>,
): ((...args: A) => Shapes<R>) => {
  checkFunction('evalShape', f, 'give one of tensors')
  return (...args) => {
    const { leaves, structure } = flatten('evalShape', args)
    const traced = traceTree('evalShape', tuple => typed<(...args: A) => R>(f)(...typed<A>(tuple)), leaves, structure)
    return typed<Shapes<R>>(
      unflatten(
        traced.structure,
        traced.outputs.map(({ shape, sizes, dtype }) => ({ shape, sizes, dtype })),
      ),
    )
  }
}
