/**
 * Non-linear least squares from `jacobian`, in float64: Gauss-Newton, and its damped form, Levenberg-Marquardt.
 *
 * The axes have names, so that the compiler follows the normal equations: Jᵀ J is 'parameters points' by 'points parameters'. A whole
 * step, its linear equations included, is made of tensor operations and is compiled once by `jit`.
 */
import { add, dot, jacobian, jit, matmul, mul, outer, pipe, sub, sum, take, type Tensor, tensor, toNumber, transpose } from 'pullback'

export type Vector = Tensor<'parameters', 'float64'>
type Matrix = Tensor<'parameters parameters', 'float64'>
type Number = Tensor<'', 'float64'>

/** The distances between a model and its data, as a function of the parameters. */
export type Residuals = (parameters: Vector) => Tensor<'points', 'float64'>

export interface Fit {
  readonly parameters: Vector
  readonly sumOfSquares: number
  readonly iterations: number
  readonly converged: boolean
}

/** The derivative of the identity is the identity. */
const identityLike: (x: Vector) => Matrix = jacobian((x: Vector) => x)

/**
 * The solution x of a x = b by elimination, where a is symmetric and positive definite, so that no pivot need be sought.
 * Each turn makes one more column of a that of the identity.
 */
export const solve = (a: Matrix, b: Vector): Vector => {
  const identity = identityLike(b)
  let [left, right] = [a, b]
  for (let i = 0; i < (b.sizes[0] ?? 0); i += 1) {
    const at = tensor(i, 'int32')
    const unit = pipe(identity, take(at, 0))
    const pivot = pipe(left, take(at, 0), dot(unit))
    const row = pipe(left, take(at, 0), div(pivot))
    const entry = pipe(right, take(at, 0), div(pivot))
    const column = pipe(left, take(at, 1), sub(unit))
    left = pipe(left, sub(pipe(column, outer(row))))
    right = pipe(right, sub(pipe(column, mul(entry))))
  }
  return right
}

const sumOfSquares = (r: Tensor<'points', 'float64'>): Number => pipe(r, dot(r))
