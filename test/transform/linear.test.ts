/** Linear parts and their transposes, Hessians times vectors, and shapes without values. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, customVjp, fori, scan, switchCase, whileLoop } from '../../src/control/index.js'
import { tensors } from '../../src/laws/index.js'
import {
  add,
  cast,
  concat,
  conv,
  div,
  exp,
  floor,
  less,
  matmul,
  max,
  mul,
  neg,
  outer,
  prod,
  relu,
  rem,
  reshape,
  sin,
  slice,
  sort,
  square,
  stopGradient,
  sub,
  sum,
  take,
  tanh,
  transpose,
  where,
} from '../../src/ops/index.js'
import { ones, type Tensor, tensor, toNested, toNumber, typed, zeros } from '../../src/tensor/index.js'
import { evalShape, grad, hessian, hvp, jit, jvp, linearize, linearTranspose, vjp, vmap } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Scalar = Tensor<''>
type Vector = Tensor<'3'>

const cubes = (x: Vector): Scalar => pipe(x, square, mul(x), sum())
const a = tensor([
  [1, 2, 3],
  [4, 5, 6],
])

describe('hvp', () => {
  test('is the Hessian times the tangent, over trees', () => {
    // f = a² b: the Hessian is [[2b, 2a], [2a, 0]]
    type Pair = { readonly a: Scalar; readonly b: readonly [Scalar] }
    const product = hvp(({ a, b: [b] }: Pair) => pipe(a, square, mul(b)))(
      { a: tensor(3), b: [tensor(5)] },
      { a: tensor(1), b: [tensor(10)] },
    )
    expect([toNumber(product.a), toNumber(product.b[0])]).toEqual([10 + 60, 6])
  })

  test('nests with jit, vmap and itself', () => {
    const along = tensor([1, 10, 100])
    expect(toNested(jit(hvp(cubes))(tensor([1, 2, 3]), along))).toEqual([6, 120, 1800])
    const rows = vmap('2')((x: Vector) => hvp(cubes)(x, along))(reshape('2 3')(tensor([1, 2, 3, 0, 1, 0])))
    expect(toNested(rows)).toEqual([
      [6, 120, 1800],
      [0, 60, 0],
    ])
    // The gradient of vᵀ H v is 6 v², whatever x is.
    const curvature = (x: Vector): Scalar => pipe(hvp(cubes)(x, along), mul(along), sum())
    expect(toNested(grad(curvature)(tensor([1, 2, 3])))).toEqual([6, 600, 60000])
    expect(toNested(hvp(curvature)(tensor([1, 2, 3]), along))).toEqual([0, 0, 0])
  })

  test('is the contraction of the whole Hessian', () => {
    const f = (x: Vector): Scalar => pipe(x, sin, outer(x), sum(0), tanh, prod())
    const vectors = tensors('3', { low: -1, high: 1 })
    fc.assert(
      fc.property(vectors, vectors, (x, v) => {
        const [whole, product] = [pipe(hessian(f)(x), matmul(v)), hvp(f)(x, v)]
        toNested(whole).forEach((entry, i) => {
          // Tens of roundings of float32, each relative 6e-8, of terms of at most about 10.
          expect(Math.abs(entry - (toNested(product)[i] ?? Number.NaN))).toBeLessThan(1e-4)
        })
      }),
      draws(31, 20),
    )
  })
})

describe('linearize', () => {
  test('computes what depends on the point once', () => {
    const [y, push] = linearize((x: Vector) => pipe(x, sin, mul(x)))(tensor([0, 1, 2]))
    expect(y.shape).toBe('3')
    const equations: string[] = []
    // What is left for the linear part has no sine and no cosine in it.
    const traced = jit((t: Vector) => {
      const tangent = push(t)
      equations.push(tangent.shape)
      return tangent
    })
    const [, expected] = jvp((x: Vector) => pipe(x, sin, mul(x)))(tensor([0, 1, 2]), ones('3'))
    expect(toNested(traced(ones('3')))).toEqual(toNested(expected))
    expect(equations).toEqual(['3'])
  })

  test('traces the function once', () => {
    let calls = 0
    const [, push] = linearize((x: Vector) => {
      calls += 1
      return exp(x)
    })(zeros('3'))
    push(ones('3'))
    push(zeros('3'))
    expect(calls).toBe(1)
  })

  test('takes and gives trees; what does not depend on the argument has a zero tangent', () => {
    const f = ({ a, b: [c] }: { readonly a: Scalar; readonly b: readonly [Scalar] }) => ({
      product: pipe(a, mul(c)),
      none: tensor(5),
      whole: cast('int32')(a),
    })
    const [y, push] = linearize(f)({ a: tensor(2), b: [tensor(3)] })
    const dy = push({ a: tensor(1), b: [tensor(10)] })
    expect([toNumber(y.product), toNumber(y.none), toNumber(y.whole)]).toEqual([6, 5, 2])
    expect([toNumber(dy.product), toNumber(dy.none), toNumber(dy.whole), dy.whole.dtype]).toEqual([23, 0, 0, 'int32'])
  })

  test('goes through a loop, whose values and tangents are computed together', () => {
    const rows = reshape('2 3')(tensor([1, 2, 3, 4, 5, 6]))
    const f = (h: Vector): Scalar => {
      const [last] = scan('2')((carry: Vector, row: Vector) => [pipe(carry, sin, mul(row)), carry] as const, h)(rows)
      return pipe(last, sum())
    }
    const [x, along] = [tensor([0.5, 1, -1]), tensor([1, 10, 100])]
    const [y, push] = linearize(f)(x)
    expect([toNumber(y), toNumber(push(along))]).toEqual(jvp(f)(x, along).map(value => toNumber(value)))
  })

  test('keeps names', () => {
    const [y, push] = linearize((x: Tensor<'n'>) => sin(x))(zeros('n', { n: 2 }))
    expect([y.shape, push(ones('n', { n: 2 })).shape]).toEqual(['n', 'n'])
  })

  test('nests with jit on either side, vmap and grad', () => {
    const x = tensor([1, 2, 3])
    const [y, push] = linearize(jit(cubes))(x)
    expect([toNumber(y), toNumber(jit(push)(tensor([1, 0, 0]))), toNumber(push(tensor([0, 0, 1])))]).toEqual([36, 3, 27])
    // All columns of a Jacobian by one linear part.
    const columns = vmap('3')(linearize((v: Vector) => pipe(a, matmul(square(v))))(x)[1])
    expect(toNested(transpose(columns(reshape('3 3')(tensor([1, 0, 0, 0, 1, 0, 0, 0, 1])))))).toEqual([
      [2, 8, 18],
      [8, 20, 36],
    ])
    const slope = (v: Vector): Scalar => linearize(cubes)(v)[1](ones('3'))
    expect(toNested(grad(slope)(x))).toEqual([6, 12, 18])
    expect(toNested(vmap('2')(grad(slope))(reshape('2 3')(tensor([1, 2, 3, 0, 0, 1]))))).toEqual([
      [6, 12, 18],
      [0, 0, 6],
    ])
    expect(toNested(jit((v: Vector) => linearize(grad(cubes))(v)[1](ones('3')))(x))).toEqual([6, 12, 18])
  })
})

describe('linearTranspose', () => {
  test('of a matrix product is the product with the transposed matrix', () => {
    const transposed = linearTranspose((x: Vector) => pipe(a, matmul(x)))(zeros('3'))
    expect(toNested(transposed(tensor([1, 10])))).toEqual([41, 52, 63])
  })

  test('of trees, and of what closes over values, is the adjoint', () => {
    type In = { readonly u: Vector; readonly v: readonly [Scalar] }
    const f = ({ u, v: [v] }: In) => [pipe(u, sub(v), mul(tensor([1, 2, 3])), sum()), { rest: pipe(u, slice('1:'), neg) }] as const
    const back = linearTranspose(f)({ u: zeros('3'), v: [zeros('')] })([tensor(1), { rest: tensor([10, 20]) }])
    expect([toNested(back.u), toNumber(back.v[0])]).toEqual([[1, 2 - 10, 3 - 20], -6])
  })

  test('is undone by itself', () => {
    const twice = linearTranspose(linearTranspose((x: Vector) => pipe(a, matmul(x)))(zeros('3')))(zeros('2'))
    expect(toNested(twice(tensor([1, 10, 100])))).toEqual([321, 654])
  })

  test('of the linear part of a function is its pullback', () => {
    const f = (x: Vector) => pipe(a, matmul(tanh(x)), square)
    const x = tensor([0.5, -1, 2])
    const [y, push] = linearize(f)(x)
    const ct = tensor([1, -2])
    const [value, pullback] = vjp(f)(x)
    expect(toNested(y)).toEqual(toNested(value))
    const [left, right] = [toNested(linearTranspose(push)(zeros('3'))(ct)), toNested(pullback(ct))]
    // A few roundings of float32 of terms of about 100.
    left.forEach((entry, i) => {
      expect(Math.abs(entry - (right[i] ?? Number.NaN))).toBeLessThan(1e-4)
    })
  })

  test('of a pullback is the pushforward', () => {
    const f = (x: Vector) => pipe(x, square, outer(x))
    const x = tensor([1, 2, 3])
    const push = linearTranspose(vjp(f)(x)[1])(zeros('3 3'))
    expect(toNested(push(tensor([1, 0, 2])))).toEqual(toNested(jvp(f)(x, tensor([1, 0, 2]))[1]))
  })

  test('nests with jit, vmap and grad', () => {
    const back = linearTranspose(jit((x: Vector) => pipe(a, matmul(x))))(zeros('3'))
    expect(toNested(jit(back)(tensor([1, 10])))).toEqual([41, 52, 63])
    expect(toNested(vmap('2')(back)(reshape('2 2')(tensor([1, 0, 0, 1]))))).toEqual(toNested(a))
    expect(toNested(grad((ct: Tensor<'2'>) => pipe(ct, back, sum()))(zeros('2')))).toEqual([6, 15])
    // A transpose inside a function of which the matrix is the argument.
    const through = (m: Tensor<'2 3'>): Scalar =>
      pipe(linearTranspose((x: Vector) => pipe(m, matmul(x)))(zeros('3'))(tensor([1, 2])), sum())
    expect(toNested(grad(through)(a))).toEqual([
      [1, 1, 1],
      [2, 2, 2],
    ])
    expect(toNested(jit(grad(through))(a))).toEqual(toNested(grad(through)(a)))
  })

  test('takes what is linear, whatever it is made of', () => {
    const mask = tensor([true, false, true])
    const linear: readonly ((x: Vector) => object)[] = [
      x => div(tensor([1, 2, 4]))(x),
      x => where(x, zeros('3'))(mask),
      x => where(x, mul(2)(x))(mask),
      x => take(tensor([2, 0], 'int32'), 0)(x),
      x => concat(0)([x, neg(x), zeros('2')]),
      x => sub(x)(zeros('3')),
      x => [x, zeros('')],
      x => conv(ones('1 1 2'))(reshape('1 1 3')(x)),
      x =>
        customVjp(
          (v: Vector) => mul(2)(v),
          v => [mul(2)(v), ct => mul(2)(ct)],
        )(x),
    ]
    for (const f of linear) expect(linearTranspose(f)(zeros('3'))).toBeTypeOf('function')
  })

  test('takes loops and choices that hold what is linear', () => {
    const rows = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const step = (h: Vector, row: Vector) => [pipe(h, mul(row)), pipe(h, add(h))] as const
    const ct = tensor([1, 10, 100])
    const transposed = (f: (x: Vector) => Vector): unknown => toNested(linearTranspose(f)(zeros('3'))(ct))
    expect(transposed(x => scan('2')(step, x)(rows)[0])).toEqual([4, 100, 1800])
    expect(transposed(x => sum(0)(scan('2')(step, x)(rows)[1]))).toEqual([4, 60, 800])
    // The carry begins with zeros, and a value that does not depend on the argument goes along with it.
    const running = (x: Vector): Vector =>
      scan('2')(({ h, n }: { readonly h: Vector; readonly n: Vector }, row: Vector) => [{ h: pipe(h, add(pipe(x, mul(n)))), n: row }, []], {
        h: zeros('3'),
        n: tensor([1, 1, 1]),
      })(rows)[0].h
    expect(transposed(running)).toEqual([2, 30, 400])
    expect(transposed(x => fori(3)((_, y: Vector) => mul(2)(y))(x))).toEqual([8, 80, 800])
    expect(
      transposed(x =>
        cond(
          tensor(true),
          (y: Vector) => neg(y),
          (y: Vector) => mul(3)(y),
        )(x),
      ),
    ).toEqual([-1, -10, -100])
    expect(transposed(x => switchCase(tensor(1, 'int32'), [() => zeros('3'), (y: Vector) => mul(3)(y)])(x))).toEqual([3, 30, 300])
    expect(transposed(checkpoint((x: Vector) => mul(2)(x)))).toEqual([2, 20, 200])
    const doubled = (x: Vector): Vector =>
      whileLoop(
        ({ n }: { readonly n: Tensor<''>; readonly y: Vector }) => less(3)(n),
        ({ n, y }: { readonly n: Tensor<''>; readonly y: Vector }) => ({ n: add(1)(n), y: mul(2)(y) }),
        { most: 9 },
      )({ n: tensor(0), y: x }).y
    expect(transposed(doubled)).toEqual([8, 80, 800])
  })

  test('does not take loops and choices that hold what is not', () => {
    const rows = ones('2 3')
    const c = tensor([1, 2, 3])
    const total = (x: Vector) => sum()(x)
    const faults: readonly (readonly [f: (x: Vector) => object, operation: string, isShifted?: true])[] = [
      [x => scan('2')((h: Vector, row: Vector) => [pipe(h, mul(h), mul(row)), []], x)(rows)[0], 'mul'],
      [x => scan('2')((h: Vector, row: Vector) => [pipe(h, add(row)), []], x)(rows)[0], 'add', true],
      // What is added to zeros is linear in x, but the first carry is not zero.
      [x => scan('2')((h: Vector, _: Vector) => [pipe(h, add(x)), []], c)(rows)[0], 'scan', true],
      // After a round the carry does not depend on x any more.
      [x => scan('2')((_: Vector, __: Vector) => [c, []], x)(rows)[0], 'scan', true],
      // x comes into a carry that is multiplied with another only in the third round.
      [
        x =>
          scan('4')(
            ({ a, b, d }: { readonly a: Vector; readonly b: Vector; readonly d: Vector }, _: Tensor<''>) => [
              { a: x, b: a, d: pipe(d, add(pipe(b, mul(b)))) },
              [],
            ],
            { a: zeros('3'), b: zeros('3'), d: zeros('3') },
          )(ones('4'))[0].d,
        'mul',
      ],
      [
        x =>
          cond(
            less(1)(total(x)),
            (y: Vector) => y,
            (y: Vector) => neg(y),
          )(x),
        'less',
      ],
      [
        x =>
          cond(
            tensor(true),
            (y: Vector) => y,
            (y: Vector) => exp(y),
          )(x),
        'exp',
      ],
      [
        x =>
          cond(
            tensor(true),
            (y: Vector) => y,
            () => c,
          )(x),
        'cond',
        true,
      ],
      [
        x =>
          whileLoop(
            (y: Vector) => less(9)(total(y)),
            (y: Vector) => mul(2)(y),
          )(x),
        'whileLoop',
      ],
      [x => add(1)(add(0)(x)), 'add', true],
    ]
    const messages = faults.map(([, operation, isShifted]) => {
      const shifted = isShifted ? ' with a value that does not depend on it' : ''
      return `linearTranspose: the function is not linear in its argument, because of '${operation}'${shifted}: linearize gives the linear part at a point`
    })
    expect(faults.map(([f]) => errorOf(() => linearTranspose(f)(zeros('3'))).message)).toEqual(messages)
  })

  test('does not take what is not', () => {
    const because = (operation: string, shifted = ''): string =>
      `linearTranspose: the function is not linear in its argument, because of '${operation}'${shifted}: linearize gives the linear part at a point`
    const shifted = ' with a value that does not depend on it'
    const c = tensor([1, 2, 3])
    const faults: readonly (readonly [f: (x: Vector) => object, message: string])[] = [
      [x => mul(x)(x), because('mul')],
      [exp, because('exp')],
      [relu, because('lessEqual')],
      [x => max()(x), because('max')],
      [x => pipe(c, div(x)), because('div')],
      [floor, because('floor')],
      [x => stopGradient(x), because('stopGradient')],
      [x => sort(0)(x), because('argsort')],
      [x => rem(c)(x), because('rem')],
      [x => where(c, zeros('3'))(less(c)(x)), because('less')],
      [x => add(c)(x), because('add', shifted)],
      [x => sub(x)(c), because('sub', shifted)],
      [x => concat(0)([x, c]), because('concat', shifted)],
      [x => where(x, c)(tensor([true, false, true])), because('select', shifted)],
      [jit((x: Vector) => add(1)(x)), because('add', shifted)],
      [
        x =>
          customVjp(
            (v: Vector) => add(1)(v),
            v => [add(1)(v), ct => ct],
          )(x),
        because('add', shifted),
      ],
      [
        () => c,
        'linearTranspose: the result is no linear function of the argument, on which it does not depend: linearize gives the linear part at a point',
      ],
      [
        x => ({ a: x, b: [c] }),
        "linearTranspose: 'b.0' of the result is no linear function of the argument, on which it does not depend: linearize gives the linear part at a point",
      ],
    ]
    expect(faults.map(([f]) => errorOf(() => linearTranspose(f)(zeros('3'))).message)).toEqual(faults.map(([, message]) => message))
  })

  test('names itself where the cotangent does not fit', () => {
    const back = linearTranspose((x: Vector) => pipe(a, matmul(x)))(zeros('3'))
    expect(errorOf(() => loose(back)(ones('3'))).message).toBe("linearTranspose: the cotangent is float32 '3', the result is float32 '2'")
    expect(errorOf(() => loose(back)([ones('2')])).message).toBe(
      'linearTranspose: the argument is a cotangent of another form than the result',
    )
  })
})

describe('evalShape', () => {
  test('gives shape, sizes and dtype, names kept, and computes nothing', () => {
    const large = zeros('n d', { n: 1_000_000, d: 1_000_000 })
    const shapes = evalShape((x: Tensor<'n d'>, y: Tensor<'d'>) => [pipe(x, matmul(y)), { flags: less(0)(x) }] as const)(
      large,
      zeros('d', { d: 1_000_000 }),
    )
    expect(shapes).toEqual([
      { shape: 'n', sizes: [1_000_000], dtype: 'float32' },
      { flags: { shape: 'n d', sizes: [1_000_000, 1_000_000], dtype: 'bool' } },
    ])
  })

  test('is the shapes of what the function gives, of transformed functions too', () => {
    const x = tensor([1, 2, 3])
    for (const f of [cubes, grad(cubes), hessian(cubes), jit(cubes), (v: Vector) => vjp(cubes)(v)[1](tensor(1))]) {
      const { shape, sizes, dtype } = typed<Tensor<string>>(f(x))
      expect(evalShape(typed<(v: Vector) => Tensor<string>>(f))(x)).toEqual({ shape, sizes, dtype })
    }
  })
})
