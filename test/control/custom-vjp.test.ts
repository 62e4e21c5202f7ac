/** A rule of one's own under every transformation, and its errors. The rules here give wrong derivatives on purpose, to be seen at work. */
import { pipe } from 'fp-ts/lib/function.js'
import { initializer, layer, optimizer, random, train } from 'pullback'
import { describe, expect, test } from 'vitest'
import { customVjp } from '../../src/control/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, cos, exp, log1p, mul, reshape, sigmoid, sin, square, sub, sum } from '../../src/ops/index.js'
import { check, simplify } from '../../src/program/index.js'
import { type Tensor, tensor, toNested, toNumber, typed, type Value } from '../../src/tensor/index.js'
import { trace } from '../../src/trace/index.js'
import { grad, hessian, jit, jvp, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>

/** x², said to have the derivative 100 x. */
const marked = customVjp(
  (x: Scalar) => square(x),
  x => [square(x), ct => pipe(ct, mul(x), mul(100))],
)

describe('the rule', () => {
  test('is used by reverse mode, the function where nothing is differentiated', () => {
    expect(toNumber(marked(tensor(3)))).toBe(9)
    expect(toNumber(grad(marked)(tensor(3)))).toBe(300)
    expect(toNumber(vjp(marked)(tensor(3))[1](tensor(2)))).toBe(600)
  })

  test('is differentiated again', () => {
    expect(toNumber(grad(grad(marked))(tensor(3)))).toBe(100)
    expect(toNumber(grad(grad(grad(marked)))(tensor(3)))).toBe(0)
    expect(toNumber(hessian(marked)(tensor(3)))).toBe(100)
  })

  test('is transposed by forward mode', () => {
    const [y, dy] = jvp(marked)(tensor(3), tensor(2))
    expect([toNumber(y), toNumber(dy)]).toEqual([9, 600])
    expect(toNumber(jvp(grad(marked))(tensor(3), tensor(1))[1])).toBe(100)
    expect(toNumber(grad((x: Scalar) => jvp(marked)(x, tensor(1))[1])(tensor(3)))).toBe(100)
  })

  test('is batched', () => {
    const xs = tensor([1, 2, 3])
    expect(toNested(vmap('3')(marked)(xs))).toEqual([1, 4, 9])
    expect(toNested(vmap('3')(grad(marked))(xs))).toEqual([100, 200, 300])
    expect(toNested(grad((z: Tensor<'3'>) => sum()(vmap('3')(marked)(z)))(xs))).toEqual([100, 200, 300])
    const rows = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(toNested(grad((z: Tensor<'2 3'>) => sum()(vmap('2')(vmap('3')(marked))(z)))(rows))).toEqual([
      [100, 200, 300],
      [400, 500, 600],
    ])
    expect(toNested(jvp(vmap('3')(marked))(xs, tensor([1, 1, 0]))[1])).toEqual([100, 200, 0])
  })

  test('is kept by jit', () => {
    expect(toNumber(jit(marked)(tensor(3)))).toBe(9)
    expect(toNumber(jit(grad(marked))(tensor(3)))).toBe(300)
    expect(toNumber(grad(jit(marked))(tensor(3)))).toBe(300)
    expect(toNested(vmap('2')(grad(jit(marked)))(tensor([1, 2])))).toEqual([100, 200])
    expect(toNested(grad((z: Tensor<'2'>) => sum()(jit(vmap('2')(marked))(z)))(tensor([1, 2])))).toEqual([100, 200])
  })

  test('takes and gives trees', () => {
    const f = customVjp(
      ({ a, b: [c] }: { readonly a: Scalar; readonly b: readonly [Scalar] }) => [pipe(a, mul(c))] as const,
      ({ a, b: [c] }) => [[pipe(a, mul(c))] as const, ([ct]) => ({ a: pipe(ct, mul(10)), b: [pipe(ct, mul(100))] as const })],
    )
    const gradient = grad((x: { readonly a: Scalar; readonly b: readonly [Scalar] }) => f(x)[0])({ a: tensor(2), b: [tensor(3)] })
    expect([toNumber(gradient.a), toNumber(gradient.b[0])]).toEqual([10, 100])
  })

  test('may call the function itself', () => {
    const cube = customVjp(
      (x: Scalar) => pipe(square(x), mul(x)),
      (x): readonly [Scalar, (ct: Scalar) => Scalar] => [cube(x), ct => pipe(ct, mul(square(x)), mul(3))],
    )
    expect(toNumber(grad(cube)(tensor(2)))).toBe(12)
    expect(toNumber(grad(grad(cube))(tensor(2)))).toBe(12)
    expect(toNested(jit(vmap('2')(grad(cube)))(tensor([1, 2])))).toEqual([3, 12])
  })

  test('is met inside a larger function', () => {
    const f = (x: Scalar): Scalar => pipe(marked(square(x)), add(marked(x)), mul(x))
    // d/dx x (x⁴ + x²) with the rule in place: (x⁴ + x²) + x (100 x² · 2x + 100 x)
    expect(toNumber(grad(f)(tensor(2)))).toBe(16 + 4 + 2 * (100 * 4 * 4 + 200))
  })

  test('may be one of several outputs, some of them unused', () => {
    const both = customVjp(
      (x: Scalar) => ({ s: sin(x), c: cos(x) }),
      x => [{ s: sin(x), c: cos(x) }, ct => pipe(ct.s, mul(7), add(pipe(ct.c, mul(1000))))],
    )
    expect(toNumber(grad((x: Scalar) => both(x).s)(tensor(1)))).toBe(7)
    expect(toNumber(grad((x: Scalar) => pipe(both(x).s, add(both(x).c)))(tensor(1)))).toBe(1007)
  })

  test('may be safe where the derived one is not', () => {
    const softplus = customVjp(
      (x: Scalar) => pipe(x, exp, log1p),
      x => [pipe(x, exp, log1p), ct => pipe(ct, mul(sigmoid(x)))],
    )
    expect(toNumber(grad((x: Scalar) => pipe(x, exp, log1p))(tensor(1000)))).toBeNaN()
    expect(toNumber(grad(softplus)(tensor(1000)))).toBe(1)
  })
})

test('a right rule keeps every law', () => {
  const f = customVjp(
    (x: Tensor<'3', 'float64'>) => pipe(x, sin, mul(x)),
    x => [pipe(x, sin, mul(x)), ct => pipe(sin(x), add(pipe(x, mul(cos(x)))), mul(ct))],
  )
  const x = tensor([0.3, -1.2, 2], 'float64')
  matchesDifferences(f)(x)
  matchesDifferences((z: typeof x) => vjp(f)(z)[1](x))(x)
  adjoint(f)(x, tensor([1, 2, 3], 'float64'), tensor([-1, 0.5, 2], 'float64'))
  jitChangesNothing(f)(x)
  vmapIsMapAndStack('2')(f)(
    tensor(
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      'float64',
    ),
  )
  const { program, captured } = trace(([z]) => [f(typed<typeof x>(z))], [x])
  expect(captured).toEqual([])
  expect(check(simplify(check(program))).equations.map(({ operation }) => operation.name)).toEqual(['customVjp'])
})

test('tensors it closes over are captured and may not be differentiated', () => {
  const scale: Scalar = tensor(5)
  const scaled = (by: Scalar) =>
    customVjp(
      (x: Scalar) => pipe(x, mul(by)),
      x => [pipe(x, mul(by)), ct => pipe(ct, mul(by))],
    )
  expect(toNumber(grad(scaled(scale))(tensor(2)))).toBe(5)
  expect(toNested(vmap('2')(grad(scaled(scale)))(tensor([1, 2])))).toEqual([5, 5])
  expect(errorOf(() => grad((by: Scalar) => scaled(by)(tensor(2)))(scale))).toMatchObject({
    _tag: 'TraceError',
    message:
      'customVjp: the function closes over a value that is being differentiated: make it part of the argument, so that the rule gives its cotangent',
  })
  expect(errorOf(() => jvp((by: Scalar) => scaled(by)(tensor(2)))(scale, tensor(1)))._tag).toBe('TraceError')
})

describe('what a rule closes over is captured where the function is called', () => {
  /** x · by, said to have the derivative 10 · by. */
  const scaled = (by: Scalar) =>
    customVjp(
      (x: Scalar) => pipe(x, mul(by)),
      x => [pipe(x, mul(by)), ct => pipe(ct, mul(by), mul(10))],
    )
  const xs = tensor([1, 2, 3])
  const each = (w: Scalar): Scalar => pipe(vmap('3')((by: Scalar) => scaled(by)(w))(xs), sum())

  test('and there in a batch', () => {
    expect(toNumber(each(tensor(2)))).toBe(12)
    expect(toNumber(grad(each)(tensor(2)))).toBe(60)
    expect(toNumber(jit(grad(each))(tensor(2)))).toBe(60)
    expect(toNested(vmap('2')(grad(each))(tensor([1, 2])))).toEqual([60, 60])
    const rows = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ])
    const nested = (w: Scalar): Scalar => pipe(vmap('2')((row: Tensor<'3'>) => vmap('3')((by: Scalar) => scaled(by)(w))(row))(rows), sum())
    expect(toNumber(grad(nested)(tensor(2)))).toBe(210)
    // The argument has the inner axis and what is closed over the outer one.
    const crossed = (ws: Tensor<'2'>): Scalar => pipe(vmap('3')((by: Scalar) => vmap('2')(scaled(by))(ws))(xs), sum())
    expect(toNested(grad(crossed)(tensor([5, 7])))).toEqual([60, 60])
  })

  test('under jit, and where jit is differentiated', () => {
    const f = jit((by: Scalar, x: Scalar) => scaled(by)(x))
    expect(toNumber(f(tensor(5), tensor(2)))).toBe(10)
    expect(toNumber(grad((w: Scalar) => f(tensor(5), w))(tensor(3)))).toBe(50)
    expect(toNumber(grad(jit(each))(tensor(2)))).toBe(60)
  })

  test('under forward mode, and second derivatives', () => {
    expect(jvp(each)(tensor(2), tensor(1)).map(y => toNumber(y))).toEqual([12, 60])
    const squared = (by: Scalar) =>
      customVjp(
        (x: Scalar) => pipe(square(x), mul(by)),
        x => [pipe(square(x), mul(by)), ct => pipe(ct, mul(by), mul(x), mul(2))],
      )
    const total = (w: Scalar): Scalar => pipe(vmap('3')((by: Scalar) => squared(by)(w))(xs), sum())
    expect(toNumber(grad(total)(tensor(5)))).toBe(60)
    expect(toNumber(grad(grad(total))(tensor(5)))).toBe(12)
    expect(toNumber(jvp(grad(total))(tensor(5), tensor(1))[1])).toBe(12)
    expect(toNumber(hessian(total)(tensor(5)))).toBe(12)
  })

  test('by a rule alone', () => {
    const marked = (by: Scalar) =>
      customVjp(
        (x: Scalar) => square(x),
        x => [square(x), ct => pipe(ct, mul(by))],
      )
    expect(toNumber(grad((w: Scalar) => sum()(vmap('3')((by: Scalar) => marked(by)(w))(xs)))(tensor(2)))).toBe(6)
    expect(toNested(vmap('3')((by: Scalar) => grad(marked(by))(tensor(2)))(xs))).toEqual([1, 2, 3])
  })

  test('by a rule inside a rule', () => {
    const inner = (by: Scalar) =>
      customVjp(
        (x: Scalar) => pipe(x, mul(by)),
        x => [pipe(x, mul(by)), ct => pipe(ct, mul(by), mul(100))],
      )
    const outer = (by: Scalar) =>
      customVjp(
        (x: Scalar) => pipe(square(x), mul(by)),
        x => [pipe(square(x), mul(by)), ct => pipe(inner(by)(x), mul(ct), mul(2))],
      )
    const total = (w: Scalar): Scalar => pipe(vmap('3')((by: Scalar) => outer(by)(w))(xs), sum())
    expect(toNumber(grad(total)(tensor(5)))).toBe(60)
    expect(toNumber(grad(grad(total))(tensor(5)))).toBe(1200)
  })

  test('by a rule that calls its own function, made anew each time', () => {
    const cube = (by: Scalar): ((x: Scalar) => Scalar) =>
      customVjp(
        (x: Scalar) => pipe(square(x), mul(x), mul(by)),
        (x): readonly [Scalar, (ct: Scalar) => Scalar] => [cube(by)(x), ct => pipe(ct, mul(square(x)), mul(by), mul(3))],
      )
    const total = (w: Scalar): Scalar => pipe(vmap('3')((by: Scalar) => cube(by)(w))(xs), sum())
    expect(toNumber(total(tensor(2)))).toBe(48)
    expect(toNumber(grad(total)(tensor(2)))).toBe(72)
    expect(toNumber(grad(grad(total))(tensor(2)))).toBe(72)
  })

  test('as the target of an example is in a training step', () => {
    // The loss (p - t)² with the derivative (p - t) in place of twice that: half the step.
    const halved = (prediction: Tensor<'1'>, target: Tensor<'1'>): Scalar =>
      customVjp(
        (p: Tensor<'1'>) => pipe(p, sub(target), square, sum()),
        p => [pipe(p, sub(target), square, sum()), ct => pipe(p, sub(target), mul(pipe(ct, reshape('1'))))],
      )(prediction)
    const model = pipe(layer.input('1'), layer.dense(1, { weight: initializer.zeros }))
    const descend = optimizer.sgd(1)
    const batch = { input: tensor([[1], [3]]), target: tensor([[2], [4]]) }
    const step = train.step(model, halved, descend)
    const [next, { loss }] = step(train.init(model, descend)(random.key(0)), batch)
    // From w = b = 0: the mean of t x, which is (2 + 12) / 2, and of t, (2 + 4) / 2.
    expect(toNumber(loss)).toBe(10)
    expect([toNested(next.params[0].weight), toNested(next.params[0].bias)]).toEqual([[[7]], [3]])
  })

  test('and may not be differentiated, by the function or by the rule', () => {
    const sentence = (who: string) =>
      `customVjp: the ${who} closes over a value that is being differentiated: make it part of the argument, so that the rule gives its cotangent`
    const both = (by: Scalar): Scalar => pipe(vmap('3')((x: Scalar) => scaled(by)(x))(xs), sum())
    for (const f of [both, jit(both)])
      expect(errorOf(() => grad(f)(tensor(3)))).toMatchObject({ _tag: 'TraceError', message: sentence('function') })
    const alone = (by: Scalar): Scalar =>
      customVjp(
        (x: Scalar) => x,
        x => [x, ct => pipe(ct, mul(by))],
      )(by)
    expect(errorOf(() => grad(alone)(tensor(3))).message).toBe(sentence('rule'))
    // As part of the argument it may.
    const whole = customVjp(
      ({ x, by }: { readonly x: Scalar; readonly by: Scalar }) => pipe(x, mul(by)),
      ({ x, by }) => [pipe(x, mul(by)), ct => ({ x: pipe(ct, mul(by)), by: pipe(ct, mul(x)) })],
    )
    const mapped = (w: Scalar): Scalar => pipe(vmap('3')((by: Scalar) => whole({ x: w, by }))(xs), sum())
    expect(toNumber(grad(mapped)(tensor(3)))).toBe(6)
  })

  test('and of a value kept too long there is an error, never a wrong number', () => {
    let kept: Scalar = tensor(0)
    jit((x: Scalar) => {
      kept = x
      return x
    })(tensor(1))
    expect(errorOf(() => grad(scaled(kept))(tensor(3)))._tag).toBe('TraceError')
  })
})

test('a rule is not asked for where nothing is traced, and once where something is', () => {
  let calls = 0
  const f = customVjp(
    (x: Scalar) => square(x),
    x => {
      calls += 1
      return [square(x), ct => pipe(ct, mul(x), mul(2))]
    },
  )
  f(tensor(3))
  expect(calls).toBe(0)
  expect(toNumber(grad(f)(tensor(3)))).toBe(6)
  expect(calls).toBe(1)
  const step = jit(grad(f))
  expect([toNumber(step(tensor(3))), toNumber(step(tensor(4)))]).toEqual([6, 8])
  expect(calls).toBe(2)
})

describe('errors', () => {
  const x: Scalar = tensor(2)
  const untyped =
    typed<(f: (x: Value) => object, rule: (x: Value) => readonly [object, (ct: object) => object]) => (x: Scalar) => Scalar>(customVjp)

  test('a value of another form', () => {
    const error = errorOf(() =>
      grad(
        untyped(
          y => y,
          y => [[y], () => y],
        ),
      )(x),
    )
    expect(error).toMatchObject({ _tag: 'TreeError', message: "customVjp: 'value' has another form than the function has" })
  })

  test.each([
    ['no pair', (y: Value) => y],
    ['a value alone', (y: Value) => [y]],
    ['no pullback', (y: Value) => [y, y]],
    ['nothing', () => undefined],
  ])('a rule that gives %s', (_, rule) => {
    expect(errorOf(() => grad(untyped(y => y, typed<Parameters<typeof untyped>[1]>(rule)))(x))).toMatchObject({
      _tag: 'ArgumentError',
      message: 'customVjp: the rule gives a pair: the value, and its pullback, as in x => [value, ct => …]',
    })
  })

  test('a cotangent of another form', () => {
    const error = errorOf(() =>
      grad(
        untyped(
          y => y,
          y => [y, () => ({ y })],
        ),
      )(x),
    )
    expect(error).toMatchObject({ _tag: 'TreeError', message: "customVjp: 'cotangent' has another form than the function has" })
  })

  test('a value of another shape', () => {
    expect(
      errorOf(() =>
        grad(
          untyped(
            y => y,
            () => [tensor([1, 2]), ct => ct],
          ),
        )(x),
      ),
    ).toMatchObject({ _tag: 'ShapeError' })
  })

  test('a cotangent of another shape or dtype', () => {
    expect(
      errorOf(() =>
        grad(
          untyped(
            y => y,
            y => [y, () => tensor([1, 2])],
          ),
        )(x),
      ),
    ).toMatchObject({ _tag: 'ShapeError' })
    expect(
      errorOf(() =>
        grad(
          untyped(
            y => y,
            y => [y, () => tensor(1, 'float64')],
          ),
        )(x),
      ),
    ).toMatchObject({ _tag: 'ShapeError' })
  })
})
