/**
 * Gradients of scalar functions.
 *
 * @example
 * import { grad, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const gradient = grad((x: Tensor<'2'>) => pipe(x, mul(x), sum()))
 * assert.deepEqual(toNested(gradient(tensor([3, 4]))), [6, 8])
 */
import { type Err, type Expect, err, isErr, type Ok, ok } from '../shape/index.js'
import {
  checkFunction,
  concrete,
  type DType,
  type Float,
  fail,
  isFloat,
  isTensor,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { vjpTree } from './vjp.js'

/** What can be differentiated: a scalar of floats. */
export type Scalar = Tensor<'', Float>

/** A function that is differentiated gives a scalar of floats. @category type-level */
export type ScalarResult<Op extends string, S extends string, D extends DType> = string extends S
  ? Ok<S>
  : [S] extends ['']
    ? [DType] extends [D]
      ? Ok<S>
      : [D] extends [Float]
        ? Ok<S>
        : Err<`${Op}: the function gives ${D}: only floats have derivatives`>
    : Err<`${Op}: the function gives '${S}', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian`>

/**
 * The rule for all that a function may give; a body with an error of its own (`unknown`) has had its message. A scalar of floats is looked at first,
 * because nearly all results are one and the compiler then need not take them apart.
 */
export type LossResult<Op extends string, R> = unknown extends R
  ? Ok<''>
  : [R] extends [Scalar]
    ? Ok<''>
    : [R] extends [Tensor<infer S, infer D>]
      ? ScalarResult<Op, S, D>
      : Err<`${Op}: the function gives no scalar: return a tensor '' of floats`>

/** The same for a function that may give a pair of the scalar and of anything else. @category type-level */
export type LossOrPairRule<Op extends string, R> = [R] extends [readonly [infer L, object]] ? LossResult<Op, L> : LossResult<Op, R>

const scalarRule = (op: string, shape: string, dtype: DType): Ok<string> | Err<string> => {
  if (shape !== '') return err(`${op}: the function gives '${shape}', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian`)
  return isFloat(dtype) ? ok(shape) : err(`${op}: the function gives ${dtype}: only floats have derivatives`)
}

/** The scalar of a result that is one, or that is a pair of one and of anything else the function found on the way. */
const lossOf = (op: string, result: unknown): Value => {
  const loss: unknown = Array.isArray(result) ? result[0] : result
  if (!isTensor(loss))
    return fail({ _tag: 'TreeError', op, path: '', detail: 'is a function that gives no scalar: return one, or a pair [scalar, aux]' })
  const rule = scalarRule(op, loss.shape, loss.dtype)
  return isErr(rule) ? fail({ _tag: loss.shape === '' ? 'DTypeError' : 'ShapeError', detail: rule.message }) : loss
}

/** The value and the gradient of a function whose result is a scalar, or begins with one. `op` names who was asked. */
export const differentiate = (op: string, f: (x: unknown) => unknown, x: object): readonly [value: unknown, gradient: unknown] => {
  const checked = (tree: unknown): unknown => {
    const result = f(tree)
    lossOf(op, result)
    return result
  }
  const { value, outputs, pullback } = vjpTree(op, checked, x)
  const loss = lossOf(op, value)
  // Only the loss, which comes first, has a cotangent.
  return [value, pullback(outputs.map((_, i) => (i === 0 ? concrete([], loss.dtype, 1) : undefined)))]
}

/**
 * The gradient of a scalar function with respect to its first argument; further arguments are passed on.
 *
 * **Shapes**: the gradient has the type of the argument, any tree.
 * **Errors**: a leaf that is not a float, a result that is not a scalar.
 *
 * @example
 * import { grad, mul, pipe, sum, tensor, toNested, type Tensor } from 'pullback'
 *
 * const loss = (w: { readonly a: Tensor<'2'> }, x: Tensor<'2'>) => pipe(w.a, mul(x), sum())
 * const gradient = grad(loss)({ a: tensor([1, 2]) }, tensor([5, 6]))
 * assert.deepEqual(toNested(gradient.a), [5, 6])
 *
 * @category transformations
 */
export const grad = <A extends object = Unannotated, Rest extends readonly unknown[] = [], R = unknown, G = unknown>(
  f: Annotated<
    "grad: annotate the argument, as in grad((x: Tensor<'3'>) => …)",
    A,
    (x: A, ...rest: Rest) => Expect<LossResult<'grad', R>, R>,
    G
  >,
): ((x: A, ...rest: Rest) => A) => {
  checkFunction('grad', f, 'give one of tensors that gives a scalar')
  return (x, ...rest) => typed<A>(differentiate('grad', tree => typed<(x: unknown, ...rest: Rest) => unknown>(f)(tree, ...rest), x)[1])
}

/** @category type-level */
export type ValueAndGrad = <A extends object = Unannotated, Rest extends readonly unknown[] = [], const R = unknown, G = unknown>(
  f: Annotated<
    "valueAndGrad: annotate the argument, as in valueAndGrad((x: Tensor<'3'>) => …)",
    A,
    (x: A, ...rest: Rest) => Expect<LossOrPairRule<'valueAndGrad', R>, R>,
    G
  >,
) => (x: A, ...rest: Rest) => readonly [value: R, gradient: A]

/**
 * The value of a scalar function and its gradient. A function that gives `[loss, aux]` has its aux passed through, undifferentiated.
 *
 * @example
 * import { mul, pipe, sum, tensor, toNested, toNumber, valueAndGrad, type Tensor } from 'pullback'
 *
 * const [[loss, squares], gradient] = valueAndGrad((x: Tensor<'2'>) => {
 *   const squares = pipe(x, mul(x))
 *   return [sum()(squares), squares] as const
 * })(tensor([3, 4]))
 * assert.equal(toNumber(loss), 25)
 * assert.deepEqual(toNested(squares), [9, 16])
 * assert.deepEqual(toNested(gradient), [6, 8])
 *
 * @category transformations
 */
export const valueAndGrad: ValueAndGrad = typed<ValueAndGrad>((f: (x: unknown, ...rest: readonly unknown[]) => unknown) => {
  checkFunction('valueAndGrad', f, 'give one of tensors that gives a scalar')
  return (x: object, ...rest: readonly unknown[]): readonly [unknown, unknown] => differentiate('valueAndGrad', tree => f(tree, ...rest), x)
})
