/**
 * Diagonals of matrices.
 *
 * @example
 * import { diag, diagonal, pipe, tensor, toNested, toNumber, trace } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, diagonal())), [1, 4])
 * assert.equal(toNumber(trace(x)), 5)
 * assert.deepEqual(toNested(pipe(tensor([5, 6]), diag())), [[5, 0], [0, 6]])
 */
import * as derived from '../derived/index.js'
import { sumAxes } from '../primitives/index.js'
import {
  type Diag,
  type Diagonal,
  diagonal as diagonalRule,
  diag as diagRule,
  type Expect,
  type ShapeOf,
  type TraceOf,
  trace as traceRule,
} from '../shape/index.js'
import {
  type DType,
  fail,
  heldDType,
  labelled,
  type NumericDType,
  numericDType,
  relabel,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'

const numbered = (op: string, k: number): number =>
  Number.isSafeInteger(k)
    ? k
    : fail({ _tag: 'ArgumentError', op, detail: `the diagonal is ${show(k)}: give a whole number, 0 for the main one` })

/** Takes diagonal number K of the matrices along the last two axes. @category type-level */
export type DiagonalOf<K extends number> = <S extends string, D extends DType>(
  x: Expect<Diagonal<'diagonal', S, K>, Tensor<S, D>>,
) => Tensor<ShapeOf<Diagonal<'diagonal', S, K>>, D>

/** The main diagonal, or the one given. @category type-level */
export interface DiagonalOp {
  (): DiagonalOf<0>
  <const K extends number>(diagonal: K): DiagonalOf<K>
}

/**
 * A diagonal of each matrix of the last two axes: number 0 is the main one, 1 the one above it, -1 the one below.
 *
 * **Gradient**: the cotangent on the diagonal, 0 elsewhere.
 *
 * **Errors**: fewer than two axes; axes of which the compiler does not know the shorter one.
 *
 * Source: https://data-apis.org/array-api/latest/extensions/generated/array_api.linalg.diagonal.html (numpy's own takes the first two axes)
 *
 * @example
 * import { diagonal, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2, 3], [4, 5, 6]]), diagonal(1))), [2, 6])
 */
export const diagonal: DiagonalOp = typed<DiagonalOp>((k = 0) => {
  const number = numbered('diagonal', k)
  return (x: Value): Value => {
    checkTensor('diagonal', x)
    return labelled('diagonal', held(diagonalRule('diagonal', x.shape, number)), derived.diagonal(x, number))
  }
})

/** A vector as a diagonal, or a matrix's diagonal. @category type-level */
export type DiagOf<K extends number> = <S extends string, D extends DType>(
  x: Expect<Diag<S, K>, Tensor<S, D>>,
) => Tensor<ShapeOf<Diag<S, K>>, D>

/** Of the main diagonal, or of the one given. @category type-level */
export interface DiagOp {
  (): DiagOf<0>
  <const K extends number>(diagonal: K): DiagOf<K>
}

/**
 * A vector as a diagonal of a square matrix of zeros, and a matrix to its diagonal.
 *
 * **Gradient**: of a vector, the cotangent's diagonal; of a matrix, the cotangent on the diagonal and 0 elsewhere.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.diag.html
 *
 * @example
 * import { diag, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), diag(1))), [[0, 1, 0], [0, 0, 2], [0, 0, 0]])
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), diag())), [1, 4])
 */
export const diag: DiagOp = typed<DiagOp>((k = 0) => {
  const number = numbered('diag', k)
  return (x: Value): Value => {
    checkTensor('diag', x)
    const shape = held(diagRule(x.shape, number))
    return labelled('diag', shape, x.sizes.length === 1 ? derived.diagonalMatrix(x, number) : derived.diagonal(x, number))
  }
})

/**
 * The sum of the main diagonal of each matrix of the last two axes.
 *
 * **Gradient**: the cotangent on the diagonal, 0 elsewhere.
 *
 * Source: https://data-apis.org/array-api/latest/extensions/generated/array_api.linalg.trace.html (numpy's own takes the first two axes)
 *
 * @example
 * import { tensor, toNested, trace } from 'pullback'
 *
 * assert.deepEqual(toNested(trace(tensor([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))), [5, 13])
 */
export const trace: <S extends string, D extends DType>(
  x: Expect<NumericDType<'trace', D>, Expect<TraceOf<S>, Tensor<S, D>>>,
) => Tensor<ShapeOf<TraceOf<S>>, D> = typed((x: Value): Value => {
  checkTensor('trace', x)
  heldDType(numericDType('trace', x.dtype))
  return relabel(held(traceRule(x.shape)), sumAxes(derived.diagonal(x, 0), [x.sizes.length - 2]))
})
