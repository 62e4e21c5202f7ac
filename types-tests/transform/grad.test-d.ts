import {
  evalShape,
  exp,
  grad,
  hessian,
  hvp,
  jacobian,
  jacobianForward,
  jacobianReverse,
  jvp,
  linearize,
  linearTranspose,
  matmul,
  mul,
  pipe,
  type Scalar,
  type Shapes,
  sum,
  type Tensor,
  type TensorShape,
  valueAndGrad,
  vjp,
  zeros,
} from 'pullback'
import { typeOf } from '../assert.js'
import { gradual, ints, scalar, vector, x } from '../given.js'

type Params = { readonly w: Tensor<'784 10'>; readonly b: readonly [Tensor<'10'>, { readonly scale: Tensor<'', 'float64'> }] }
declare const params: Params
declare const predict: (p: Params) => Tensor<'batch 10'>
declare const loss: (p: Params) => Tensor<''>

// The cotangent has the type of the result, the gradient that of the parameters.
const [y, pullback] = vjp(predict)(params)
typeOf(y).is<Tensor<'batch 10'>>()
typeOf(pullback).is<(cotangent: Tensor<'batch 10'>) => Params>()
typeOf(vjp((v: Tensor<'3'>) => ({ once: v, twice: [v, exp(v)] as const }))(vector)).is<
  readonly [
    { once: Tensor<'3'>; twice: readonly [Tensor<'3'>, Tensor<'3'>] },
    (cotangent: { once: Tensor<'3'>; twice: readonly [Tensor<'3'>, Tensor<'3'>] }) => Tensor<'3'>,
  ]
>()
typeOf(vjp(([a, b]: readonly [Tensor<'2 3'>, Tensor<'3'>]) => pipe(a, matmul(b)))).is<
  (
    point: readonly [Tensor<'2 3'>, Tensor<'3'>],
  ) => readonly [Tensor<'2'>, (cotangent: Tensor<'2'>) => readonly [Tensor<'2 3'>, Tensor<'3'>]]
>()
// @ts-expect-error Type '"batch 11"' is not assignable to type '"batch 10"'.
pullback(zeros('batch 11', { batch: 2 }))
// @ts-expect-error Type '"float64"' is not assignable to type '"float32"'.
pullback(zeros('batch 10', { batch: 2 }, 'float64'))
// @ts-expect-error Type '"3"' is not assignable to type '"2 3"'.
vjp((m: Tensor<'2 3'>) => m)(vector)
// @ts-expect-error Type 'number' is not assignable to type 'object'.
vjp((v: Tensor<'3'>) => v.sizes.length)

typeOf(grad(loss)).is<(point: Params) => Params>()
typeOf(grad((v: Tensor<'3'>) => pipe(v, mul(v), sum()))(vector)).is<Tensor<'3'>>()
typeOf(grad((v: Tensor<'3'>, m: Tensor<'2 3'>) => pipe(m, matmul(v), sum()))(vector, x)).is<Tensor<'3'>>()
typeOf(grad((v: Tensor<'3', 'float64'>) => sum()(v))).is<(point: Tensor<'3', 'float64'>) => Tensor<'3', 'float64'>>()
typeOf(grad(grad((s: Tensor<''>) => exp(s)))(scalar)).is<Tensor<''>>()
typeOf(grad((v: Tensor<'3'>) => pipe(gradual, mul(v), sum()))(vector)).is<Tensor<'3'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"grad: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
grad((v: Tensor<'3'>) => exp(v))
// @ts-expect-error Type 'Tensor<"", "int32">' is not assignable to type '"grad: the function gives int32: only floats have derivatives"'.
grad((v: Tensor<'3', 'int32'>) => sum()(v))
// @ts-expect-error Type 'number' is not assignable to type '"grad: the function gives no scalar: return a tensor '' of floats"'.
grad((v: Tensor<'3'>) => v.sizes.length)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
grad((v: Tensor<'3'>) => sum()(v))(x)
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"matmul: '3' by '2 3': inner axes differ, '3' is not '2'"'.
grad((v: Tensor<'3'>) => pipe(v, matmul(x), sum()))
// @ts-expect-error Property 'b' is missing in type '{ w: Tensor<"784 10", "float32">; }' but required in type 'Params'.
grad(loss)({ w: params.w })

typeOf(valueAndGrad(loss)(params)).is<readonly [value: Tensor<''>, gradient: Params]>()
typeOf(valueAndGrad((v: Tensor<'3'>) => [sum()(v), { squares: mul(v)(v) }])(vector)).is<
  readonly [value: readonly [Tensor<''>, { readonly squares: Tensor<'3'> }], gradient: Tensor<'3'>]
>()
typeOf(valueAndGrad((v: Tensor<'3'>) => [sum()(v), v] as const)(vector)).is<
  readonly [value: readonly [Tensor<''>, Tensor<'3'>], gradient: Tensor<'3'>]
>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"valueAndGrad: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
valueAndGrad((v: Tensor<'3'>) => exp(v))
// @ts-expect-error Type 'readonly [Tensor<"3", "float32">, Tensor<"3", "float32">]' is not assignable to type '"valueAndGrad: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
valueAndGrad((v: Tensor<'3'>) => [v, v])

typeOf(jvp(predict)(params, params)).is<readonly [Tensor<'batch 10'>, Tensor<'batch 10'>]>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
jvp((v: Tensor<'3'>) => exp(v))(vector, x)

// Axes of the result first, axes of the argument after them; the trees nest likewise.
typeOf(jacobian((v: Tensor<'3'>) => pipe(x, matmul(v)))(vector)).is<Tensor<'2 3'>>()
typeOf(jacobian(loss)(params)).is<Params>()
typeOf(jacobian(predict)(params)).is<{
  readonly w: Tensor<'batch 10 784 10'>
  readonly b: readonly [Tensor<'batch 10 10'>, { readonly scale: Tensor<'batch 10', 'float64'> }]
}>()
typeOf(jacobian((v: Tensor<'3'>) => ({ once: v, total: [sum()(v)] as const }))(vector)).is<{
  readonly once: Tensor<'3 3'>
  readonly total: readonly [Tensor<'3'>]
}>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
jacobian((v: Tensor<'3'>) => exp(v))(x)

typeOf(jacobianForward(predict)(params)).is<ReturnType<ReturnType<typeof jacobian<Params, Tensor<'batch 10'>>>>>()
typeOf(jacobianReverse((v: Tensor<'3'>) => pipe(x, matmul(v)))(vector)).is<Tensor<'2 3'>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
jacobianForward((v: Tensor<'3'>) => exp(v))(x)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
jacobianReverse((v: Tensor<'3'>) => exp(v))(x)

typeOf(hessian((v: Tensor<'3'>) => sum()(v))(vector)).is<Tensor<'3 3'>>()
typeOf(hessian((p: { readonly a: Tensor<'3'>; readonly b: Tensor<''> }) => pipe(p.a, mul(p.b), sum()))({ a: vector, b: scalar })).is<{
  readonly a: { readonly a: Tensor<'3 3'>; readonly b: Tensor<'3'> }
  readonly b: { readonly a: Tensor<'3'>; readonly b: Tensor<''> }
}>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"hessian: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
hessian((v: Tensor<'3'>) => v)

// The Hessian times a tangent has the argument's type.
typeOf(hvp(loss)).is<(point: Params, tangent: Params) => Params>()
typeOf(hvp((v: Tensor<'3'>) => sum()(v))(vector, vector)).is<Tensor<'3'>>()
// @ts-expect-error Type 'Tensor<"3", "float32">' is not assignable to type '"hvp: the function gives '3', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian"'.
hvp((v: Tensor<'3'>) => v)
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
hvp((v: Tensor<'3'>) => sum()(v))(vector, x)

// The linear part goes from tangents of the argument to tangents of the result, its transpose the other way.
const [logits, push] = linearize(predict)(params)
typeOf(logits).is<Tensor<'batch 10'>>()
typeOf(push).is<(tangent: Params) => Tensor<'batch 10'>>()
typeOf(linearTranspose(push)(params)).is<(cotangent: Tensor<'batch 10'>) => Params>()
typeOf(linearTranspose(linearTranspose(push)(params))(logits)(params)).is<Tensor<'batch 10'>>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
linearize((v: Tensor<'3'>) => exp(v))(vector)[1](x)
// @ts-expect-error Type '"3"' is not assignable to type '""'.
linearTranspose((v: Tensor<'3'>) => sum()(v))(vector)(vector)

// Shapes of results keep their types.
typeOf(evalShape(predict)).is<(p: Params) => TensorShape<'batch 10'>>()
typeOf(evalShape((v: Tensor<'3'>, m: Tensor<'2 3'>) => ({ product: matmul(v)(m), all: [v] as const }))(vector, x)).is<
  Shapes<{ readonly product: Tensor<'2'>; readonly all: readonly [Tensor<'3'>] }>
>()
typeOf(evalShape((v: Tensor<'3', 'int32'>) => v)(zeros('3', {}, 'int32')).dtype).is<'int32'>()
// @ts-expect-error Type '"2 3"' is not assignable to type '"3"'.
evalShape((v: Tensor<'3'>) => exp(v))(x)

export const scalars: readonly Scalar[] = [scalar, zeros('', {}, 'float64')]
// @ts-expect-error Type '"3"' is not assignable to type '""'.
export const noScalar: Scalar = ints
