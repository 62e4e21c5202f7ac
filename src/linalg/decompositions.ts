/** QR, eigenvalues and singular values. */

import { held } from '../ops/apply-rule.js'
import { eigenvalues, eighOf } from '../primitives/linalg/index.js'
import { dims, type Expect, join } from '../shape/index.js'
import {
  calledAs,
  checkTensor,
  type DType,
  type FloatDType,
  fail,
  floatDType,
  heldDType,
  relabel,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkSquare, type SquareTensor } from './face.js'
import { anyQr, anySingularValues, anySvd } from './factors.js'
import { type FirstSquare, type Flipped, flipped, type RowsOf, type Thin, type ThinShape, type ThinShapes, thin } from './thin.js'
import { symmetrised } from './values.js'

/** A parameter that must be matrices of floats whose smaller axis is known. @category type-level */
export type ThinTensor<Op extends string, S extends string, D extends DType, K extends string | undefined> = Expect<
  FloatDType<Op, D>,
  Expect<Thin<Op, S, K>, Tensor<S, D>>
>

/** A parameter that must be matrices of floats. @category type-level */
export type MatrixTensor<Op extends string, S extends string, D extends DType> = Expect<
  FloatDType<Op, D>,
  Expect<Flipped<Op, S>, Tensor<S, D>>
>

/** Checks the argument of a function of matrices. */
export const checkMatrix = (op: string, a: Value): string => {
  checkTensor(op, a)
  heldDType(floatDType(op, a.dtype))
  return held(flipped(op, a.shape))
}

const checkThin = (op: string, a: Value, given: string | undefined): ThinShapes<string, string, string> => {
  checkMatrix(op, a)
  const shapes = held(thin(op, a.shape, given))
  const [m = 0, n = 0] = a.sizes.slice(-2)
  const size = dims(shapes.values).at(-1) === dims(a.shape).at(-2) ? m : n
  return size === Math.min(m, n)
    ? shapes
    : fail({ _tag: 'ShapeError', detail: `${op}: the smaller axis of '${a.shape}' is not '${given}': the sizes are ${m} and ${n}` })
}

/** Orthonormal columns and an upper triangle. @category type-level */
export interface QrFactors<Q extends string, R extends string, D extends DType> {
  readonly q: Tensor<Q, D>
  readonly r: Tensor<R, D>
}

/** The factors of matrices whose smaller axis is known or given as K. @category type-level */
export type Qr<K extends string | undefined> = <S extends string, D extends DType>(
  a: ThinTensor<'qr', S, D, K>,
) => QrFactors<ThinShape<Thin<'qr', S, K>, 'rows'>, ThinShape<Thin<'qr', S, K>, 'columns'>, D>

/**
 * The factors q r of matrices: q has orthonormal columns, and r is upper triangular.
 *
 * Which of two named axes is the smaller, the caller says: `qr('features')`. Signs are those of LAPACK.
 *
 * **Shapes**: '… m n' → q '… m k', r '… k n', where k is the smaller of m and n.
 * **Gradient**: as in JAX and PyTorch; NaN or infinite where the first k columns are dependent.
 * **Source**: Golub and Van Loan, Matrix Computations, 5.2.2.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { qr } from 'pullback/linalg'
 *
 * const { q, r } = qr()(tensor([[0, 2], [-4, 3]]))
 * assert.deepEqual(toNested(q), [[0, 1], [1, 0]])
 * assert.deepEqual(toNested(r), [[-4, 3], [0, 2]])
 *
 * @category primitives
 */
export const qr: {
  (): Qr<undefined>
  <const K extends string>(smaller: K): Qr<K>
} = typed((given?: string) => (a: Value) => {
  const { rows, columns } = checkThin('qr', a, given)
  const [q, r] = calledAs('qr', () => anyQr(a, false))
  return { q: relabel(rows, q), r: relabel(columns, r) }
})

/**
 * The factors q r of matrices, where q is square.
 *
 * **Shapes**: '… m n' → q '… m m', r '… m n'.
 * **Gradient**: none where m > n, for the last columns of q are not determined: that is an error.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { qrComplete } from 'pullback/linalg'
 *
 * const { q, r } = qrComplete(tensor([[0], [-4]]))
 * assert.deepEqual(toNested(q), [[0, 1], [1, 0]])
 * assert.deepEqual(toNested(r), [[-4], [0]])
 */
export const qrComplete: <S extends string, D extends DType>(a: MatrixTensor<'qrComplete', S, D>) => QrFactors<FirstSquare<S>, S, D> =
  typed((a: Value) => {
    checkMatrix('qrComplete', a)
    const [q, r] = calledAs('qrComplete', () => anyQr(a, true))
    const axes = dims(a.shape)
    return { q: relabel(join([...axes.slice(0, -1), ...axes.slice(-2, -1)]), q), r: relabel(a.shape, r) }
  })

/** Eigenvalues and eigenvectors. @category type-level */
export interface Eigh<W extends string, V extends string, D extends DType> {
  /** Ascending. */
  readonly eigenvalues: Tensor<W, D>
  /** Column i belongs to eigenvalue i. */
  readonly eigenvectors: Tensor<V, D>
}

/**
 * The eigenvalues, ascending, and the eigenvectors of symmetric matrices. As in JAX, the matrix and its mirror image are averaged first.
 *
 * Of each eigenvector the first entry of at least half the greatest size is positive. A NaN or an infinity gives NaN everywhere.
 *
 * **Shapes**: '… n n' → eigenvalues '… n', eigenvectors '… n n'.
 * **Gradient**: as in JAX; that by the eigenvectors of equal eigenvalues is infinite or NaN.
 * **Source**: Golub and Van Loan, Matrix Computations, 8.3, in float64 for both dtypes.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { eigh } from 'pullback/linalg'
 *
 * const { eigenvalues, eigenvectors } = eigh(tensor([[5, 0], [0, 2]]))
 * assert.deepEqual(toNested(eigenvalues), [2, 5])
 * assert.deepEqual(toNested(eigenvectors), [[0, 1], [1, 0]])
 *
 * @category primitives
 */
export const eigh: <S extends string, D extends DType>(a: SquareTensor<'eigh', S, D>) => Eigh<RowsOf<S>, S, D> = typed((a: Value) => {
  checkSquare('eigh', a)
  const [values, vectors] = calledAs('eigh', () => eighOf(symmetrised(a)))
  return { eigenvalues: relabel(join(dims(a.shape).slice(0, -1)), values), eigenvectors: relabel(a.shape, vectors) }
})

/**
 * The eigenvalues of symmetric matrices, ascending: those of `eigh`, in about a third of its time.
 *
 * **Shapes**: '… n n' → '… n'.
 * **Gradient**: v diag(ct) vᵀ.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { eigvalsh } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(eigvalsh(tensor([[2, 1], [1, 2]]))), [1, 3])
 */
export const eigvalsh: <S extends string, D extends DType>(a: SquareTensor<'eigvalsh', S, D>) => Tensor<RowsOf<S>, D> = typed(
  (a: Value) => {
    checkSquare('eigvalsh', a)
    return calledAs('eigvalsh', () => relabel(join(dims(a.shape).slice(0, -1)), eigenvalues(symmetrised(a))))
  },
)

/** Singular values and vectors. @category type-level */
export interface SvdFactors<U extends string, S extends string, V extends string, D extends DType> {
  readonly u: Tensor<U, D>
  /** From the greatest to the smallest. */
  readonly s: Tensor<S, D>
  readonly vh: Tensor<V, D>
}

/** The singular values and vectors of matrices whose smaller axis is known or given as K. @category type-level */
export type Svd<K extends string | undefined> = <S extends string, D extends DType>(
  a: ThinTensor<'svd', S, D, K>,
) => SvdFactors<ThinShape<Thin<'svd', S, K>, 'rows'>, ThinShape<Thin<'svd', S, K>, 'values'>, ThinShape<Thin<'svd', S, K>, 'columns'>, D>

/**
 * The singular values of matrices, from the greatest to the smallest, and their singular vectors: a is u diag(s) vh.
 *
 * Which of two named axes is the smaller, the caller says: `svd('features')`. There are as many singular vectors as singular values: numpy's
 * `full_matrices=False`. A NaN or an infinity gives NaN everywhere.
 *
 * **Shapes**: '… m n' → u '… m k', s '… k', vh '… k n', where k is the smaller of m and n.
 * **Gradient**: as in JAX; that by the singular vectors of equal singular values is infinite or NaN.
 * **Source**: Golub and Van Loan, Matrix Computations, 8.6.3, in float64 for both dtypes.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { svd } from 'pullback/linalg'
 *
 * const { u, s, vh } = svd()(tensor([[3, 0], [0, 4], [0, 0]]))
 * assert.deepEqual(toNested(s), [4, 3])
 * assert.deepEqual(toNested(u), [[0, 1], [1, 0], [0, 0]])
 * assert.deepEqual(toNested(vh), [[0, 1], [1, 0]])
 *
 * @category primitives
 */
export const svd: {
  (): Svd<undefined>
  <const K extends string>(smaller: K): Svd<K>
} = typed((given?: string) => (a: Value) => {
  const { rows, values, columns } = checkThin('svd', a, given)
  const [u, s, vh] = calledAs('svd', () => anySvd(a))
  return { u: relabel(rows, u), s: relabel(values, s), vh: relabel(columns, vh) }
})

/** The singular values of matrices whose smaller axis is known or given as K. @category type-level */
export type Svdvals<K extends string | undefined> = <S extends string, D extends DType>(
  a: ThinTensor<'svdvals', S, D, K>,
) => Tensor<ThinShape<Thin<'svdvals', S, K>, 'values'>, D>

/**
 * The singular values of matrices, from the greatest to the smallest: those of `svd`, in less than half its time.
 *
 * **Shapes**: '… m n' → '… k', where k is the smaller of m and n; of two named axes the caller says which, `svdvals('features')`.
 * **Gradient**: u diag(ct) vh.
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { svdvals } from 'pullback/linalg'
 *
 * assert.deepEqual(toNested(svdvals()(tensor([[3], [4]]))), [5])
 */
export const svdvals: {
  (): Svdvals<undefined>
  <const K extends string>(smaller: K): Svdvals<K>
} = typed((given?: string) => (a: Value) => {
  const { values } = checkThin('svdvals', a, given)
  return calledAs('svdvals', () => relabel(values, anySingularValues(a)))
})
