/** Derivatives of every order, by transformations nested in any order, against closed forms. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { mul, reshape, slice, stack, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber } from '../../src/tensor/index.js'
import {
  grad,
  hessian,
  jacobian,
  jacobianForward,
  jacobianReverse,
  jit,
  jvp,
  linearize,
  linearTranspose,
  valueAndGrad,
  vjp,
  vmap,
  vmapWithAxis,
} from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { closely, known, type Real, real, type Smooth, valueAt } from '../support/scalars.js'

const one = real(1)

/** Ways to the derivative of a function. */
const derivatives: { readonly [name: string]: (f: Smooth) => Smooth } = {
  grad: f => grad(f),
  'grad of a record': f => x => grad(({ a }: { readonly a: Real }) => f(a))({ a: x }).a,
  'grad of a nested tuple': f => x => grad(([[a]]: readonly [readonly [Real]]) => f(a))([[x]])[0][0],
  'grad of a jitted function': f => grad(jit(f)),
  valueAndGrad: f => x => valueAndGrad(f)(x)[1],
  vjp: f => x => vjp(f)(x)[1](one),
  'vjp, twice the cotangent': f => x => pipe(vjp(f)(x)[1](real(2)), mul(0.5)),
  jvp: f => x => jvp(f)(x, one)[1],
  'jvp of a record': f => x => jvp(({ a }: { readonly a: Real }) => ({ b: f(a) }))({ a: x }, { a: one })[1].b,
  jacobian: f => jacobian(f),
  jacobianForward: f => jacobianForward(f),
  jacobianReverse: f => jacobianReverse(f),
  linearize: f => x => linearize(f)(x)[1](one),
  'the transpose of linearize': f => x => linearTranspose(linearize(f)(x)[1])(one)(one),
  'the transpose of vjp': f => x => linearTranspose(vjp(f)(x)[1])(one)(one),
  'grad of a sum over a vmap': f => x => grad((y: Real) => pipe(vmap('2')(f)(stack(0)([y, y])), sum(), mul(0.5)))(x),
  'a row of a vmap of grad': f => x => pipe(vmap('2')(grad(f))(stack(0)([x, one])), slice('0')),
  // The losses of both examples are the mean, so their sum is f(x) + f(1).
  'a row of gradients of means over the axis': f => x =>
    pipe(vmapWithAxis('2')(axis => (y: Real) => grad((z: Real) => axis.mean(f(z)))(y))(stack(0)([x, one])), slice('0')),
  'grad of a mean over the axis': f => x =>
    grad((y: Real) => vmapWithAxis('2', { out: null })(axis => (z: Real) => axis.mean(f(z)))(stack(0)([y, y])))(x),
}

/** Ways to the same function. */
const identities: { readonly [name: string]: (f: Smooth) => Smooth } = {
  jit: f => jit(f),
  'jit of jit': f => jit(jit(f)),
  vmap: f => x => pipe(vmap('3')(f)(stack(0)([one, x, one])), slice('1')),
  'vmap of vmap': f => x => pipe(x, reshape('1 1'), vmap('1')(vmap('1')(f)), reshape('')),
  'vmap over the last axis': f => x => pipe(stack(0)([one, x]), reshape('1 2'), vmap('2', { in: 1, out: 1 })(vmap('1')(f)), slice('0, 1')),
  'a mean over an axis of equal examples': f => x =>
    pipe(vmapWithAxis('2')(axis => (y: Real) => axis.mean(f(axis.mean(y))))(stack(0)([x, x])), slice('1')),
  'what is gathered over the axis': f => x =>
    pipe(vmapWithAxis('2')(axis => (y: Real) => f(slice('0')(axis.gather(y))))(stack(0)([x, one])), slice('1')),
  'what a neighbour has': f => x =>
    pipe(vmapWithAxis('2')(axis => (y: Real) => axis.permute([1, 0])(f(y)))(stack(0)([x, one])), slice('1')),
  'the value of vjp': f => x => vjp(f)(x)[0],
  'the value of jvp': f => x => jvp(f)(x, one)[0],
  'the value of linearize': f => x => linearize(f)(x)[0],
  'the value of valueAndGrad': f => x => valueAndGrad(f)(x)[0],
}

describe.each(known.map(entry => [entry.name, entry] as const))('%s', (_, { f, derivative }) => {
  test.each([1, 2, 3, 4])('order %i by grad alone', order => {
    let nth = f
    for (let i = 0; i < order; i += 1) nth = grad(nth)
    for (const x of [-1.3, 0, 0.7]) expect(Math.abs(valueAt(nth, x) - derivative(order, x))).toBeLessThan(closely * 100)
  })

  test.each(Object.entries(derivatives))('%s', (_, d) => {
    for (const x of [-1.3, 0, 0.7]) expect(Math.abs(valueAt(d(f), x) - derivative(1, x))).toBeLessThan(closely)
  })

  test.each(Object.entries(identities))('%s changes nothing', (_, same) => {
    for (const x of [-1.3, 0, 0.7]) expect(Math.abs(valueAt(same(f), x) - derivative(0, x))).toBeLessThan(closely)
  })
})

test('any composition of transformations is the derivative of its order', () => {
  const step = fc.constantFrom(
    ...Object.entries(derivatives).map(([name, wrap]) => ({ name, wrap, order: 1 })),
    ...Object.entries(identities).map(([name, wrap]) => ({ name, wrap, order: 0 })),
  )
  const steps = fc.array(step, { minLength: 1, maxLength: 5 }).filter(list => list.reduce((order, { order: n }) => order + n, 0) <= 4)
  const point = fc.integer({ min: -12, max: 12 }).map(n => n / 8)
  fc.assert(
    fc.property(fc.constantFrom(...known), steps, point, ({ f, derivative }, list, x) => {
      const composed = list.reduce<Smooth>((g, { wrap }) => wrap(g), f)
      const order = list.reduce((sum, { order: n }) => sum + n, 0)
      expect(Math.abs(valueAt(composed, x) - derivative(order, x))).toBeLessThan(closely * 100)
    }),
    draws(4, 150),
  )
})

test('derivatives of several variables nest over trees', () => {
  // f = a² b: ∂²f/∂a∂b = 2a, ∂²f/∂a² = 2b, ∂²f/∂b² = 0
  type Pair = { readonly a: Real; readonly b: readonly [Real] }
  const f = ({ a, b: [b] }: Pair): Real => pipe(a, mul(a), mul(b))
  const h = hessian(f)({ a: real(3), b: [real(5)] })
  expect(toNumber(h.a.a)).toBe(10)
  expect(toNumber(h.a.b[0])).toBe(6)
  expect(toNumber(h.b[0].a)).toBe(6)
  expect(toNumber(h.b[0].b[0])).toBe(0)
})

test('a derivative of a row of a batch of derivatives', () => {
  // Σ_i x_i³: the gradient is 3x², the gradient of its sum 6x.
  const cubes = (x: Tensor<'3'>): Tensor<''> => pipe(x, mul(x), mul(x), sum())
  const g = grad((x: Tensor<'3'>) => pipe(grad(cubes)(x), sum()))
  expect(toNested(g(tensor([1, 2, -1])))).toEqual([6, 12, -6])
  const rows = vmap('2')(jit(g))(
    tensor([
      [1, 2, 3],
      [0, 0, 1],
    ]),
  )
  expect(toNested(rows)).toEqual([
    [6, 12, 18],
    [0, 0, 6],
  ])
})
