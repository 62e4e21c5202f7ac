/** Pseudo-inverses and least squares, norms, ranks and condition numbers. */
import { product } from '../primitives/linalg/matrices.js'
import { dims, type Expect, join, type ShapeOf } from '../shape/index.js'
import { calledAs, type DType, fail, heldOptions, relabel, type SameDType, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkMatrix, type MatrixTensor } from './decompositions.js'
import { checkSides, solved } from './face.js'
import { conditionOf, matrixNorms, pseudoInverse, rankOf } from './pseudo.js'
import type { Solution } from './rules.js'
import type { Flipped, LeadOf } from './thin.js'

/** What counts as 0 among singular values. */
export interface SingularOptions {
  /** Singular values of at most so much of the greatest count as 0; max(m, n) units in the last place of the dtype unless told. */
  readonly rtol?: number
}

const rtolOf = (op: string, options: SingularOptions | undefined): number | undefined => {
  const { rtol } = heldOptions(op, options, ['rtol'])
  return rtol === undefined || rtol >= 0
    ? rtol
    : fail({ _tag: 'ArgumentError', op, detail: `rtol is ${rtol}, it must be a number from 0 up` })
}

/** A function of matrices that transposes their shape. @category type-level */
export type Flipping<Op extends string> = <S extends string, D extends DType>(
  a: MatrixTensor<Op, S, D>,
) => Tensor<ShapeOf<Flipped<Op, S>>, D>

/** A function of matrices that gives a number for each; `R` is its dtype, or 'same'. @category type-level */
export type NumberOfMatrix<Op extends string, R extends DType | 'same' = 'same'> = <S extends string, D extends DType>(
  a: MatrixTensor<Op, S, D>,
) => Tensor<LeadOf<S>, R extends DType ? R : D>

/**
 * The pseudo-inverse of Moore and Penrose, by singular values.
 *
 * **Shapes**: '… m n' → '… n m'.
 * **Gradient**: that of Golub and Pereyra, exact also where singular values are equal; it holds where the rank stays as it is.
 * **Errors**: an rtol below 0.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { pinv } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(pinv()(tensor([[2, 0], [0, 0], [0, 0]]))), [[0.5, 0, 0], [0, 0, 0]])
 */
export const pinv = (options?: SingularOptions): Flipping<'pinv'> => {
  const rtol = rtolOf('pinv', options)
  return typed((a: Value): Value => {
    const shape = checkMatrix('pinv', a)
    return calledAs('pinv', () => relabel(shape, pseudoInverse(a, rtol)))
  })
}

/** What takes the right sides of least squares. @category type-level */
export type LeastSquares<SA extends string, DA extends DType> = <SB extends string, DB extends DType>(
  b: Expect<SameDType<'lstsq', DA, DB>, Expect<LeastSolution<SA, SB>, Tensor<SB, DB>>>,
) => Tensor<ShapeOf<LeastSolution<SA, SB>>, DB>

/** The axes of the product of the pseudo-inverse and the right sides. @category type-level */
export type LeastSolution<SA extends string, SB extends string> = Solution<'lstsq: pinv(a)', ShapeOf<Flipped<'lstsq', SA>>, SB>

/**
 * The solution x of least squares, for which |a x - b| is least, and of those the one of least length: `pipe(b, lstsq(a))`. The rank may be any.
 *
 * Singular values of at most max(m, n) units in the last place of the greatest count as 0; the rank itself is `matrixRank()(a)`.
 *
 * **Shapes**: a '… m n'; b 'm' or '… m k' → 'n' or '… n k'.
 * **Gradient**: that of the pseudo-inverse times b.
 *
 * @example
 * import { pipe, tensor, toNested } from 'pullback'
 * import { lstsq } from 'pullback/linalg'
 *
 * // The mean is what is nearest to all numbers.
 * const x = pipe(tensor([1, 2, 6], 'float64'), lstsq(tensor([[1], [1], [1]], 'float64')))
 * assert.ok(Math.abs((toNested(x)[0] ?? 0) - 3) < 1e-14)
 */
export const lstsq: <SA extends string, DA extends DType>(a: MatrixTensor<'lstsq', SA, DA>) => LeastSquares<SA, DA> = typed((a: Value) => {
  const shape = checkMatrix('lstsq', a)
  return (b: Value): Value => {
    checkSides('lstsq', a, b)
    return calledAs('lstsq', () => solved('lstsq: pinv(a)', relabel(shape, pseudoInverse(a, undefined)), b, product))
  }
})

const numberOf =
  (op: string, apply: (a: Value) => Value) =>
  (a: Value): Value => {
    checkMatrix(op, a)
    return calledAs(op, () => relabel(join(dims(a.shape).slice(0, -2)), apply(a)))
  }

/**
 * How many singular values of matrices count as more than 0; int32.
 *
 * **Shapes**: '… m n' → '…'.
 *
 * @example
 * import { tensor, toNumber } from 'pullback'
 * import { matrixRank } from 'pullback/linalg'
 *
 * assert.equal(toNumber(matrixRank()(tensor([[1, 2], [2, 4]]))), 1)
 * assert.equal(toNumber(matrixRank({ rtol: 0.5 })(tensor([[3, 0], [0, 1]]))), 1)
 */
export const matrixRank = (options?: SingularOptions): NumberOfMatrix<'matrixRank', 'int32'> => {
  const rtol = rtolOf('matrixRank', options)
  return typed(numberOf('matrixRank', a => rankOf(a, rtol)))
}

/**
 * The condition number of matrices in the norm 2: the ratio of the greatest singular value to the smallest.
 *
 * **Shapes**: '… m n' → '…'.
 *
 * @example
 * import { tensor, toNumber } from 'pullback'
 * import { cond } from 'pullback/linalg'
 *
 * assert.equal(toNumber(cond(tensor([[4, 0], [0, 2]]))), 2)
 */
export const cond: NumberOfMatrix<'cond'> = typed(numberOf('cond', conditionOf))

/** The order of a norm of matrices: a name, or 1, -1, 2, -2, Infinity or -Infinity. */
export type MatrixNorm = 'fro' | 'nuc' | number

/**
 * A norm of matrices, by its order: 'fro', the root of the sum of squares; 'nuc', the sum of singular values; 2 and -2, the greatest and the least
 * singular value; 1 and -1, the greatest and the least sum of sizes of a column; Infinity and -Infinity, of a row.
 *
 * **Shapes**: '… m n' → '…'.
 * **Errors**: another order.
 *
 * @example
 * import { pipe, tensor, toNumber } from 'pullback'
 * import { matrixNorm } from 'pullback/linalg'
 *
 * const a = tensor([[3, 0], [0, -4]])
 * const norms = ['fro', 'nuc', 2, -2, 1, Number.POSITIVE_INFINITY] as const
 * assert.deepEqual(norms.map(order => toNumber(pipe(a, matrixNorm(order)))), [5, 7, 4, 3, 4, 4])
 */
export const matrixNorm = (order: MatrixNorm): NumberOfMatrix<'matrixNorm'> => {
  const apply = Object.entries(matrixNorms).find(([name]) => name === String(order))?.[1]
  if (apply === undefined)
    return fail({
      _tag: 'ArgumentError',
      op: 'matrixNorm',
      detail: `there is no norm of order ${String(order)}: give 'fro', 'nuc', 1, -1, 2, -2, Infinity or -Infinity`,
    })
  return typed(numberOf('matrixNorm', apply))
}
