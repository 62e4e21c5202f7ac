/**
 * Non-linear least squares from `jacobian`, in float64: Gauss-Newton, and Levenberg-Marquardt, its damped form.
 *
 * The axes have names, so that the compiler follows the normal equations: Jᵀ J is 'parameters points' by 'points parameters'. A whole
 * step, the solution of its linear equations included, is tensor operations, and is compiled once by `jit`.
 */
import {
  abs,
  add,
  div,
  dot,
  jacobian,
  jit,
  matmul,
  max,
  mul,
  outer,
  pipe,
  sub,
  type Tensor,
  take,
  tensor,
  toNumber,
  transpose,
} from 'pullback'

type Scalar = Tensor<'', 'float64'>
type Vector = Tensor<'parameters', 'float64'>
type Matrix = Tensor<'parameters parameters', 'float64'>

/** The distances between a model and its data, as a function of the parameters. */
export type Residuals = (parameters: Vector) => Tensor<'points', 'float64'>

export interface Fit {
  readonly parameters: Vector
  readonly sumOfSquares: number
  readonly iterations: number
  /** Did the last step change no parameter beyond rounding? */
  readonly converged: boolean
}

/** The derivative of the identity is the identity matrix. */
const identityLike: (x: Vector) => Matrix = jacobian((x: Vector) => x)

/**
 * The solution x of A x = b by Gauss and Jordan's elimination, where A is symmetric and positive definite, so that no pivot is sought:
 * turn i makes column i of A that of the identity.
 */
export const solve = (a: Matrix, b: Vector): Vector => {
  const identity = identityLike(b)
  let [left, right] = [a, b]
  for (let i = 0; i < (b.sizes[0] ?? 0); i += 1) {
    const index = tensor(i, 'int32')
    const unit = pipe(identity, take(index, 0))
    const pivot = pipe(left, take(index, 0), dot(unit))
    const row = pipe(left, take(index, 0), div(pivot))
    const entry = pipe(right, take(index, 0), div(pivot))
    const column = pipe(left, take(index, 1), sub(unit))
    left = pipe(left, sub(outer(row)(column)))
    right = pipe(right, sub(mul(entry)(column)))
  }
  return right
}

const sumOfSquares = (r: Tensor<'points', 'float64'>): Scalar => pipe(r, dot(r))

/** One step: where (Jᵀ J + damping · diag Jᵀ J) δ = Jᵀ r leads; the diagonal is Marquardt's, so that the units of a parameter do not matter. */
const stepOf = (residuals: Residuals) =>
  jit((parameters: Vector, damping: Scalar) => {
    const j = jacobian(residuals)(parameters)
    const jᵀ = transpose(j)
    const normal = pipe(jᵀ, matmul(j))
    const diagonal = pipe(normal, mul(identityLike(parameters)))
    const change = solve(pipe(normal, add(pipe(diagonal, mul(damping)))), pipe(jᵀ, matmul(residuals(parameters))))
    const next = pipe(parameters, sub(change))
    return { next, sumOfSquares: sumOfSquares(residuals(next)), relativeChange: pipe(change, div(next), abs, max()) }
  })

/** A step that changes every parameter by less than this fraction is the last. */
const tolerance = 1e-11
/** Where descent gives over to undamped steps. */
const near = 1e-6
/** More steps than this find nothing. */
const most = 500

const unfitted = (residuals: Residuals, parameters: Vector): Fit => ({
  parameters,
  sumOfSquares: toNumber(sumOfSquares(residuals(parameters))),
  iterations: 0,
  converged: false,
})

/** Undamped steps: few, where the start is near enough; else they may run away. */
export const gaussNewton = (residuals: Residuals, start: Vector): Fit => {
  const step = stepOf(residuals)
  let fit = unfitted(residuals, start)
  while (!fit.converged && fit.iterations < most && Number.isFinite(fit.sumOfSquares)) {
    const { next, sumOfSquares, relativeChange } = step(fit.parameters, tensor(0, 'float64'))
    fit = {
      parameters: next,
      sumOfSquares: toNumber(sumOfSquares),
      iterations: fit.iterations + 1,
      converged: toNumber(relativeChange) < tolerance,
    }
  }
  return fit
}

/** Damped steps: one that lowers the sum of squares is taken and the damping lowered, any other is not taken and the damping raised. */
const descend = (residuals: Residuals, start: Vector): Fit => {
  const step = stepOf(residuals)
  let damping = 1e-3
  let fit = unfitted(residuals, start)
  while (!fit.converged && fit.iterations < most) {
    const trial = step(fit.parameters, tensor(damping, 'float64'))
    const sumOfSquares = toNumber(trial.sumOfSquares)
    const lower = sumOfSquares < fit.sumOfSquares
    const taken = lower ? { parameters: trial.next, sumOfSquares } : fit
    damping *= lower ? 0.1 : 10
    fit = { ...taken, iterations: fit.iterations + 1, converged: toNumber(trial.relativeChange) < near }
  }
  return fit
}

/**
 * Descent from afar, then undamped steps. The sum of squares is flat at its minimum, so that comparing it can find only half of the
 * digits that float64 holds; the step itself, which is 0 there, knows the others.
 */
export const levenbergMarquardt = (residuals: Residuals, start: Vector): Fit => {
  const descent = descend(residuals, start)
  const finish = gaussNewton(residuals, descent.parameters)
  return { ...finish, iterations: descent.iterations + finish.iterations }
}
