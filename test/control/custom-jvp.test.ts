/** Tangents of one's own under every transformation, and their errors. Some rules here give wrong derivatives on purpose, to be seen at work. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, customJvp, customVjp, fori, scan, whileLoop } from '../../src/control/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, cast, cos, greater, less, mul, sin, square, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, linearize, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Scalar = Tensor<''>
const xs = tensor([1, 2, 3])

/** x², said to have the derivative 100 x. */
const marked = customJvp(
  (x: Scalar) => square(x),
  (x, t) => [square(x), pipe(t, mul(x), mul(100))],
)

describe('the rule', () => {
  test('is used by forward mode, and transposed by reverse mode; the function is used where nothing is differentiated', () => {
    expect(toNumber(marked(tensor(3)))).toBe(9)
    expect(jvp(marked)(tensor(3), tensor(2)).map(y => toNumber(y))).toEqual([9, 600])
    expect(toNumber(grad(marked)(tensor(3)))).toBe(300)
    expect(toNumber(vjp(marked)(tensor(3))[1](tensor(2)))).toBe(600)
    expect(toNumber(linearize(marked)(tensor(3))[1](tensor(2)))).toBe(600)
  })

  test('is differentiated again, in every order of the modes', () => {
    expect(toNumber(grad(grad(marked))(tensor(3)))).toBe(100)
    expect(toNumber(hessian(marked)(tensor(3)))).toBe(100)
    expect(toNumber(jvp(grad(marked))(tensor(3), tensor(1))[1])).toBe(100)
    expect(toNumber(grad((x: Scalar) => jvp(marked)(x, tensor(1))[1])(tensor(3)))).toBe(100)
    expect(toNumber(jvp((x: Scalar) => jvp(marked)(x, tensor(1))[1])(tensor(3), tensor(1))[1])).toBe(100)
    expect(toNumber(grad(grad(grad(marked)))(tensor(3)))).toBe(0)
  })

  test('is batched, kept by jit, and goes through a loop', () => {
    expect(toNested(vmap('3')(marked)(xs))).toEqual([1, 4, 9])
    for (const f of [vmap('3')(grad(marked)), jit(vmap('3')(grad(marked))), grad((z: typeof xs) => sum()(vmap('3')(jit(marked))(z)))])
      expect(toNested(f(xs))).toEqual([100, 200, 300])
    expect(toNested(jvp(vmap('3')(marked))(xs, tensor([1, 1, 0]))[1])).toEqual([100, 200, 0])
    const shared = (x: Scalar): Scalar =>
      pipe(
        xs,
        vmap('3')((t: Scalar) => pipe(jvp(marked)(x, t)[1], mul(x))),
        sum(),
      )
    expect(toNumber(shared(tensor(2)))).toBe(6 * 400)
    expect(toNumber(grad(shared)(tensor(2)))).toBe(6 * 400)
    const total = (z: typeof xs): Scalar => scan('3')((h: Scalar, x: Scalar) => [pipe(h, add(marked(x))), []], tensor(0))(z)[0]
    expect(toNested(jit(grad(total))(xs))).toEqual([100, 200, 300])
    expect(
      toNested(
        vmap('2')(grad(total))(
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      ),
    ).toEqual([
      [100, 200, 300],
      [400, 500, 600],
    ])
  })

  test('takes and gives trees, and several results of which some are unused', () => {
    type In = { readonly a: Scalar; readonly b: readonly [Scalar] }
    const f = customJvp(
      ({ a, b: [c] }: In) => ({ product: pipe(a, mul(c)), sine: sin(a) }),
      ({ a, b: [c] }, t) => [
        { product: pipe(a, mul(c)), sine: sin(a) },
        { product: pipe(t.a, mul(10), add(pipe(t.b[0], mul(100)))), sine: pipe(t.a, mul(1000)) },
      ],
    )
    const x: In = { a: tensor(2), b: [tensor(3)] }
    const slopes = (g: (x: In) => Scalar): readonly number[] => {
      const { a, b } = grad(g)(x)
      return [toNumber(a), toNumber(b[0])]
    }
    expect(slopes(y => f(y).product)).toEqual([10, 100])
    expect(slopes(y => f(y).sine)).toEqual([1000, 0])
    expect(slopes(y => pipe(f(y).product, add(f(y).sine)))).toEqual([1010, 100])
  })

  test('may call the function itself', () => {
    const cube = customJvp(
      (x: Scalar) => pipe(square(x), mul(x)),
      (x, t): readonly [Scalar, Scalar] => [cube(x), pipe(t, mul(square(x)), mul(3))],
    )
    expect(toNumber(grad(cube)(tensor(2)))).toBe(12)
    expect(toNumber(grad(grad(cube))(tensor(2)))).toBe(12)
    expect(toNested(jit(vmap('2')(grad(cube)))(tensor([1, 2])))).toEqual([3, 12])
  })

  test('gives integers tangents of zeros', () => {
    const power = (x: Scalar): Scalar =>
      customJvp(
        ({ y, n }: { readonly y: Scalar; readonly n: Tensor<'', 'int32'> }) => ({ y: pipe(y, mul(cast('float32')(n))), n }),
        ({ y, n }, t) => [
          { y: pipe(y, mul(cast('float32')(n))), n },
          { y: pipe(t.y, mul(cast('float32')(n))), n: t.n },
        ],
      )({ y: x, n: tensor(5, 'int32') }).y
    expect(toNumber(grad(power)(tensor(3)))).toBe(5)
    expect(toNumber(jvp(power)(tensor(3), tensor(2))[1])).toBe(10)
  })
})

test('a right rule keeps every law', () => {
  const f = customJvp(
    (x: Tensor<'3', 'float64'>) => pipe(x, sin, mul(x)),
    (x, t) => [pipe(x, sin, mul(x)), pipe(sin(x), add(pipe(x, mul(cos(x)))), mul(t))],
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
})

describe('what it closes over', () => {
  /** x · by, said to have the derivative 10 · by. */
  const scaled = (by: Scalar) =>
    customJvp(
      (x: Scalar) => pipe(x, mul(by)),
      (x, t) => [pipe(x, mul(by)), pipe(t, mul(by), mul(10))],
    )

  test('may be an example of a batch, or a value of a function that has returned', () => {
    const each = (w: Scalar): Scalar =>
      pipe(
        xs,
        vmap('3')((by: Scalar) => scaled(by)(w)),
        sum(),
      )
    expect(toNumber(each(tensor(2)))).toBe(12)
    expect(toNumber(grad(each)(tensor(2)))).toBe(60)
    expect(toNumber(jit(grad(each))(tensor(2)))).toBe(60)
    expect(toNested(vmap('2')(grad(each))(tensor([1, 2])))).toEqual([60, 60])
  })

  test('may not be differentiated', () => {
    const message =
      'customJvp: the function closes over a value that is being differentiated: make it part of the argument, so that the rule gives its tangent'
    const of = (by: Scalar): Scalar => scaled(by)(tensor(2))
    expect(errorOf(() => grad(of)(tensor(5))).message).toBe(message)
    expect(errorOf(() => jvp(of)(tensor(5), tensor(1))).message).toBe(message)
  })
})

describe('errors', () => {
  const f = (x: Scalar): Scalar => x
  test.each<readonly [string, () => unknown, string]>([
    ['no function', () => loose(customJvp)(1, f), 'customJvp: 1 is no function: give one of tensors, and its rule'],
    [
      'no rule',
      () => loose(customJvp)(f),
      'customJvp: undefined is no function: give a rule after the function, (x, t) => [value, tangent]',
    ],
    [
      'no pair',
      () => loose(grad)(loose(customJvp)(f, (x: Scalar) => x))(tensor(1)),
      'customJvp: the rule gives a pair: the value and the tangent, as in (x, t) => [value, tangent]',
    ],
    [
      'another tangent',
      () => loose(grad)(loose(customJvp)(f, (x: Scalar) => [x, zeros('2')]))(tensor(1)),
      "customJvp: the rule's tangent is float32 '2', not float32 ''",
    ],
    [
      'another value',
      () => loose(grad)(loose(customJvp)(f, (_: Scalar, t: Scalar) => [zeros('', {}, 'float64'), t]))(tensor(1)),
      "customJvp: the rule's value is float64 '', not float32 ''",
    ],
    [
      'another form',
      () => loose(grad)(loose(customJvp)(f, (x: Scalar, t: Scalar) => [x, [t]]))(tensor(1)),
      "customJvp: 'tangent' has another form",
    ],
  ])('%s', (_, g, text) => {
    expect(errorOf(() => loose(g)()).message).toContain(text)
  })
})

describe('a tangent that is not linear in the given one is refused where it would be transposed', () => {
  const x = tensor(2)
  const because = (operation: string): string => `because of '${operation}'`
  test.each<readonly [string, (x: Scalar, t: Scalar) => readonly [Scalar, Scalar], string]>([
    ['its square', (y, t) => [y, square(t)], because('mul')],
    ['a sum with a value', (y, t) => [y, pipe(t, add(y))], `${because('add')} with a value that does not depend on it`],
    ['a value', y => [y, y], 'on which it does not depend'],
    ['in a loop', (y, t) => [y, scan('3')((h: Scalar, row: Scalar) => [pipe(h, mul(h), mul(row)), []], t)(xs)[0]], because('mul')],
    ['the value', (y, t) => [pipe(y, add(t)), t], "the rule's value depends on the tangent"],
  ])('%s', (_, rule, text) => {
    const f = customJvp((y: Scalar) => y, rule)
    expect(errorOf(() => grad(f)(x)).message).toContain(text)
    expect(errorOf(() => vmap('3')(grad(f))(xs)).message).toContain(text)
  })

  test('and one that is linear is not, whatever it is made of', () => {
    const rules: readonly ((x: Scalar, t: Scalar) => readonly [Scalar, Scalar])[] = [
      y => [y, zeros('')],
      (y, t) => [y, jvp((z: Scalar) => sin(z))(y, t)[1]],
      (y, t) => [y, scan('3')((h: Scalar, row: Scalar) => [pipe(h, mul(row)), []], t)(xs)[0]],
      (y, t) => [
        y,
        cond(
          greater(0)(y),
          (z: Scalar) => pipe(z, mul(y)),
          (z: Scalar) => z,
        )(t),
      ],
    ]
    expect(rules.map(rule => toNumber(grad(customJvp((y: Scalar) => y, rule))(x)))).toEqual([0, toNumber(cos(x)), 6, 2])
  })
})

test('the two kinds of rules nest', () => {
  const inner = customVjp(
    (x: Scalar) => sin(x),
    x => [sin(x), ct => pipe(ct, mul(cos(x)), mul(7))],
  )
  const outer = customJvp(
    (x: Scalar) => inner(square(x)),
    (x, t) => [inner(square(x)), pipe(inner(x), mul(t))],
  )
  // The rule of `outer` says sin x, whose derivative `inner` says to be 7 cos x.
  expect(toNumber(grad(outer)(tensor(0)))).toBe(0)
  expect(toNumber(grad(grad(outer))(tensor(0)))).toBe(7)
})

describe("a rule may take the function's derivative from jvp", () => {
  const steps = (x: Scalar): Scalar => fori(3)((_, h: Scalar) => pipe(h, sin, mul(2)))(x)
  test.each<readonly [string, (x: Scalar) => Scalar]>([
    ['of a loop', steps],
    ['of a checkpoint', checkpoint((x: Scalar) => pipe(x, sin, mul(2)))],
    [
      'of a choice',
      (x: Scalar) =>
        cond(
          greater(0)(x),
          (y: Scalar) => square(y),
          (y: Scalar) => sin(y),
        )(x),
    ],
    [
      'of a loop with a predicate',
      whileLoop(
        (x: Scalar) => less(3)(x),
        (x: Scalar) => mul(2)(x),
        { most: 20 },
      ),
    ],
    ['of a loop in a checkpoint', checkpoint(steps)],
  ])('%s', (_, f) => {
    const own = customJvp(f, (x, t) => jvp(f)(x, t))
    const at = tensor(0.7)
    const numbers = (g: (x: Scalar) => Scalar): readonly number[] =>
      [g(at), grad(g)(at), jvp(g)(at, tensor(1))[1], grad(grad(g))(at), jit(grad(g))(at), hessian(g)(at)].map(toNumber)
    for (const [i, expected] of numbers(f).entries()) expect(numbers(own)[i]).toBeCloseTo(expected, 5)
    expect(toNested(vmap('3')(grad(own))(xs))).toEqual(toNested(vmap('3')(grad(f))(xs)))
  })

  test('and its value must still not depend on the tangent, in a loop either', () => {
    const wrong = customJvp(steps, (x, t) => [steps(pipe(x, add(t))), t])
    expect(errorOf(() => grad(wrong)(tensor(1))).message).toContain("the rule's value depends on the tangent")
    const asked = customJvp(
      (x: Scalar) => x,
      (x, t) => [
        whileLoop(
          ([, u]: readonly [Scalar, Scalar]) => less(3)(u),
          ([y, u]: readonly [Scalar, Scalar]) => [add(1)(y), add(1)(u)] as const,
          { most: 4 },
        )([x, t])[0],
        t,
      ],
    )
    expect(errorOf(() => grad(asked)(tensor(1))).message).toContain("the rule's value depends on the tangent")
  })
})
