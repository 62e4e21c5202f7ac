/** Gradients: further arguments, aux, nested gradients that must not be confused, and errors. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, argmax, exp, log, mul, reshape, square, stopGradient, sub, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber, typed } from '../../src/tensor/index.js'
import { grad, jit, jvp, valueAndGrad, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>
const x3: Scalar = tensor(3)

describe('grad', () => {
  test('is taken with respect to the first argument only', () => {
    const f = (w: { readonly a: Scalar }, x: Scalar, by: number): Scalar => pipe(w.a, mul(x), mul(by))
    expect(toNumber(grad(f)({ a: tensor(2) }, tensor(5), 10).a)).toBe(50)
  })

  test('of the identity is 1, of a constant 0', () => {
    expect(toNumber(grad((x: Scalar) => x)(x3))).toBe(1)
    expect(toNumber(grad((_: Scalar) => tensor(7))(x3))).toBe(0)
  })

  test('captured tensors are not differentiated', () => {
    const captured = tensor([1, 10, 100])
    expect(toNested(grad((x: Tensor<'3'>) => pipe(x, mul(captured), sum()))(tensor([0, 0, 0])))).toEqual([1, 10, 100])
  })
})

describe('valueAndGrad', () => {
  test('gives both, and passes aux through', () => {
    const [value, gradient] = valueAndGrad((x: Scalar) => square(x))(x3)
    expect([toNumber(value), toNumber(gradient)]).toEqual([9, 6])
    const withAux = valueAndGrad((x: Tensor<'2'>) => [pipe(x, square, sum()), { best: argmax(0)(x), twice: pipe(x, mul(2)) }] as const)
    const [[loss, { best, twice }], g] = withAux(tensor([3, 4]))
    expect([toNumber(loss), toNumber(best), toNested(twice), toNested(g)]).toEqual([25, 1, [6, 8], [6, 8]])
  })

  test('aux keeps what it depends on in an outer derivative', () => {
    // The aux is x³, so the outer gradient is 3x².
    const outer = grad((x: Scalar) => valueAndGrad((y: Scalar) => [square(y), pipe(y, mul(y), mul(y))] as const)(x)[0][1])
    expect(toNumber(outer(x3))).toBe(27)
  })
})

describe('nested derivatives are not confused', () => {
  test.each<readonly [string, (f: (y: Scalar) => Scalar) => (at: Scalar) => Scalar]>([
    ['grad', grad],
    ['vjp', f => at => vjp(f)(at)[1](tensor(1))],
    ['jvp', f => at => jvp(f)(at, tensor(1))[1]],
    ['jit of grad', f => jit(grad(f))],
    ['a row of vmap of grad', f => at => pipe(vmap('1')(grad(f))(reshape('1')(at)), reshape(''))],
  ])('d/dx (x · d/dy (x + y)) = 1, the inner by %s', (_, d) => {
    const f = (x: Scalar): Scalar => pipe(x, mul(d(y => pipe(x, add(y)))(tensor(1))))
    expect(toNumber(grad(f)(x3))).toBe(1)
    expect(toNumber(jvp(f)(x3, tensor(1))[1])).toBe(1)
    expect(toNumber(jit(grad(f))(x3))).toBe(1)
  })

  test('forward over forward: d/dx (x · d/dy (x y)) = 2x', () => {
    const f = (x: Scalar): Scalar => pipe(x, mul(jvp((y: Scalar) => pipe(x, mul(y)))(tensor(5), tensor(1))[1]))
    expect(toNumber(jvp(f)(x3, tensor(1))[1])).toBe(6)
  })

  test('a pullback may be used inside another derivative', () => {
    const [, pullback] = vjp((y: Scalar) => pipe(y, mul(y)))(x3)
    // pullback(x) = 6x, and x · 6x has the derivative 12x.
    expect(toNumber(grad((x: Scalar) => pipe(x, mul(pullback(x))))(tensor(2)))).toBe(24)
  })

  test('three levels that close over each other', () => {
    // d/dx d/dy d/dz (x² y² z²) = 8xyz
    const f = (x: Scalar): Scalar =>
      grad((y: Scalar): Scalar => grad((z: Scalar): Scalar => pipe(square(x), mul(square(y)), mul(square(z))))(tensor(5)))(tensor(7))
    expect(toNumber(grad(f)(x3))).toBe(8 * 3 * 7 * 5)
  })

  test('a gradient by row, inside a gradient by what the rows share', () => {
    // Σ_i d/dr (w r²) = Σ 2 w r: its derivative by w is 2 Σ r.
    const f = (w: Scalar): Scalar => pipe(tensor([1, 2, 3]), vmap('3')(grad((r: Scalar) => pipe(square(r), mul(w)))), sum())
    expect(toNumber(grad(f)(x3))).toBe(12)
  })
})

describe('stopGradient', () => {
  test('is the value, with derivative 0 in both modes and at any order', () => {
    const f = (x: Scalar): Scalar => pipe(x, mul(stopGradient(x)))
    expect(toNumber(f(x3))).toBe(9)
    expect(toNumber(grad(f)(x3))).toBe(3)
    expect(toNumber(grad(grad(f))(x3))).toBe(0)
    expect(toNumber(jvp(f)(x3, tensor(1))[1])).toBe(3)
    expect(toNumber(jit(grad(f))(x3))).toBe(3)
    expect(toNested(vmap('2')(grad(f))(tensor([1, 2])))).toEqual([1, 2])
    // x - stop(x) is 0 with derivative 1.
    expect(toNumber(grad((x: Scalar) => pipe(x, sub(stopGradient(x))))(x3))).toBe(1)
  })
})

describe('infinite and undefined slopes', () => {
  test('are what the formulas give', () => {
    expect(toNumber(grad((x: Scalar) => log(x))(tensor(0)))).toBe(Number.POSITIVE_INFINITY)
    expect(toNumber(grad((x: Scalar) => exp(x))(tensor(Number.NEGATIVE_INFINITY)))).toBe(0)
    expect(toNumber(grad((x: Scalar) => square(x))(tensor(Number.NaN)))).toBeNaN()
  })
})

describe('errors', () => {
  // Untyped callers: the compiler refuses all of these.
  const untyped = typed<(f: (x: Tensor<'2'>) => unknown) => (x: Tensor<'2'> | Tensor<'2', 'int32'>) => unknown>(grad)
  const x = tensor([1, 2])

  test('a result that is no scalar', () => {
    const error = errorOf(() => untyped(y => y)(x))
    expect(error.message).toBe("grad: the function gives '2', not a scalar: reduce it with sum() or mean(), or use vjp or jacobian")
    expect(error._tag).toBe('ShapeError')
  })

  test('a result that is no float', () => {
    const error = errorOf(() => untyped(y => argmax(0)(y))(x))
    expect(error.message).toBe('grad: the function gives int32: only floats have derivatives')
    expect(error._tag).toBe('DTypeError')
  })

  test('a result that is no tensor', () => {
    expect(errorOf(() => untyped(() => ({ loss: 1 }))(x)).message).toBe(
      'grad: the argument is a function that gives no scalar: return one, or a pair [scalar, aux]',
    )
  })

  test('an argument that is no float', () => {
    expect(errorOf(() => untyped(() => tensor(1))(tensor([1, 2], 'int32'))).message).toBe(
      'grad: the argument is int32: only floats have derivatives, let the function close over it or take it as a further argument',
    )
  })
})
