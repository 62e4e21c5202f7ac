/** Every transformation over one another: gradients of gradients, vmaps of vmaps, Jacobians of trees. */
import {
  exp,
  forall,
  grad,
  hessian,
  jacobian,
  jit,
  matmul,
  mean,
  mul,
  pipe,
  softmax,
  sum,
  type Tensor,
  valueAndGrad,
  vjp,
  vmap,
  zeros,
} from 'pullback'

type Params = {
  readonly w: Tensor<'784 10'>
  readonly b: Tensor<'10'>
  readonly inner: readonly [Tensor<'10 4'>, { readonly s: Tensor<'4'> }]
}

const predict = (p: Params, x: Tensor<'784'>): Tensor<'4'> =>
  pipe(x, matmul(p.w), mul(p.b), matmul(p.inner[0]), mul(p.inner[1].s), softmax(-1))
const lossOf = (p: Params, x: Tensor<'784'>): Tensor<''> => pipe(predict(p, x), mean())

export const gradient: (p: Params, x: Tensor<'784'>) => Params = grad(lossOf)
export const perExample = vmap('batch')((x: Tensor<'784'>, p: Params) => grad(lossOf)(p, x))
export const twice = jit(
  vmap('outer')(
    vmap('inner')((x: Tensor<'3'>) =>
      pipe(
        x,
        grad(v => pipe(v, mul(v), sum())),
      ),
    ),
  ),
)
export const both = jit(valueAndGrad((p: Params, x: Tensor<'784'>) => [lossOf(p, x), { prediction: predict(p, x) }]))
export const pulled = vjp((p: Params) => predict(p, zeros('784')))
export const whole = jacobian((p: Params) => predict(p, zeros('784')))
export const curvature = hessian((p: Params) => lossOf(p, zeros('784')))
export const third = jacobian(jacobian(jacobian((x: Tensor<'3'>) => exp(x))))
export const attention = forall((q: Tensor<'seq d'>, k: Tensor<'d seq'>, v: Tensor<'seq e'>) => pipe(q, matmul(k), softmax(-1), matmul(v)))
export const heads = vmap('heads')(vmap('batch')((q: Tensor<'8 4'>, k: Tensor<'4 8'>, v: Tensor<'8 2'>) => attention(q, k, v)))
