/**
 * The lower and the upper triangle of matrices.
 *
 * @example
 * import { ones, pipe, tril, triu, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(ones('2 3'), tril())), [[1, 0, 0], [1, 1, 0]])
 * assert.deepEqual(toNested(pipe(ones('2 3'), triu(1))), [[0, 1, 1], [0, 0, 1]])
 */
import * as derived from '../derived/index.js'
import { type Expect, type Matrices, matrices } from '../shape/index.js'
import { type DType, fail, relabel, show, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

/** A triangle of the matrices that lie along the last two axes, up to a diagonal. @category type-level */
export type Triangle<Op extends string> = (
  diagonal?: number,
) => <S extends string, D extends DType>(x: Expect<Matrices<Op, S>, Tensor<S, D>>) => Tensor<S, D>

const triangle = <Op extends string>(op: Op, apply: (x: Value, diagonal: number) => Value): Triangle<Op> =>
  typed((diagonal: number = 0) => {
    if (!Number.isInteger(diagonal))
      return fail({ _tag: 'ArgumentError', op, detail: `the diagonal is ${show(diagonal)}: give a whole number, 0 for the main one` })
    return (x: Value): Value => {
      checkTensor(op, x)
      return relabel(held(matrices(op, x.shape)), apply(x, diagonal))
    }
  })

/**
 * The entries on a diagonal and below it, 0 above: of each matrix of the last two axes. Diagonal 0 is the main one, 1 the one above it.
 *
 * **Gradient**: the cotangent on and below the diagonal, 0 above.
 *
 * @example
 * import { pipe, tensor, toNested, tril } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
 * assert.deepEqual(toNested(pipe(x, tril())), [[1, 0, 0], [4, 5, 0], [7, 8, 9]])
 * assert.deepEqual(toNested(pipe(x, tril(-1))), [[0, 0, 0], [4, 0, 0], [7, 8, 0]])
 */
export const tril: Triangle<'tril'> = triangle('tril', derived.lowerTriangle)

/**
 * The entries on a diagonal and above it, 0 below: of each matrix of the last two axes. Diagonal 0 is the main one, 1 the one above it.
 *
 * **Gradient**: the cotangent on and above the diagonal, 0 below.
 *
 * @example
 * import { pipe, tensor, toNested, triu } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), triu(1))), [[0, 2], [0, 0]])
 */
export const triu: Triangle<'triu'> = triangle('triu', derived.upperTriangle)
