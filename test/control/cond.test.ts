/** `cond` and `switchCase`: the function that is chosen runs, under every transformation. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { cond, scan, switchCase } from '../../src/control/index.js'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { adjoint, matchesDifferences } from '../../src/laws/index.js'
import { add, exp, greater, log, matmul, mul, sin, sqrt, sum } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { ones, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, jit, jvp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Scalar = Tensor<''>

const half = (x: Scalar): Scalar => pipe(x, mul(0.5))
/** log x where x is positive, and x / 2 elsewhere. */
const f = (x: Scalar): Scalar =>
  pipe(
    x,
    cond(greater(0)(x), (y: Scalar) => log(y), half),
  )

describe.each([reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })])('on $name', engine => {
  const on = (body: () => void) => (): void => withEngine(engine)(body)

  test(
    'the value and the derivatives are those of the function that is chosen',
    on(() => {
      for (const run of [f, jit(f)]) expect([1, -3].map(x => toNumber(run(tensor(x))))).toEqual([0, -1.5])
      for (const slope of [grad(f), jit(grad(f)), grad(jit(f))])
        expect([4, -3, 0].map(x => toNumber(slope(tensor(x))))).toEqual([0.25, 0.5, 0.5])
      expect(jvp(f)(tensor(4), tensor(2)).map(y => toNumber(y))).toEqual([Math.fround(Math.log(4)), 0.5])
      expect(toNumber(grad(grad(f))(tensor(4)))).toBe(-0.0625)
    }),
  )

  test(
    'one predicate for a batch, and one for each example',
    on(() => {
      const xs = tensor([4, -3, 1])
      expect(toNested(vmap('3')(grad(f))(xs))).toEqual([0.25, 0.5, 1])
      const shared = (p: Tensor<'', 'bool'>) =>
        vmap('3')((x: Scalar) =>
          pipe(
            x,
            cond(p, (y: Scalar) => pipe(y, mul(2)), half),
          ),
        )(xs)
      expect(toNested(shared(tensor(true)))).toEqual([8, -6, 2])
      expect(toNested(jit(shared)(tensor(false)))).toEqual([2, -1.5, 0.5])
    }),
  )

  test(
    'in a loop, where its case changes from round to round',
    on(() => {
      const steps = (start: Scalar): Scalar =>
        pipe(
          zeros('6'),
          scan('6')(
            (x: Scalar, _: Scalar) => [
              pipe(
                x,
                cond(greater(1)(x), half, (y: Scalar) => pipe(y, mul(3))),
              ),
              [],
            ],
            start,
          ),
          ([last]) => last,
        )
      // 1, 3, 1.5, 0.75, 2.25, 1.125, 0.5625: three halves and three times three.
      for (const run of [steps, jit(steps)]) expect(toNumber(run(tensor(1)))).toBe(0.5625)
      expect(toNumber(jit(grad(steps))(tensor(1)))).toBe(0.5625)
      expect(toNested(jit(vmap('2')(grad(steps)))(tensor([1, 8])))).toEqual([0.5625, 0.09375])
    }),
  )
})

test('threads change no bit of a large case, and go through the same case', () => {
  const w = random.normal('128 128')(random.key(1))
  const x = pipe(random.normal('128 128')(random.key(2)), mul(0.01))
  type Square = Tensor<'128 128'>
  const large = (y: Square, p: Tensor<'', 'bool'>) =>
    pipe(
      y,
      cond(
        p,
        (z: Square) => pipe(z, matmul(w), exp),
        (z: Square) => sin(z),
      ),
      sum(),
    )
  const [one, two] = [1, 2].map(threads => {
    const run = jit(large, { engine: wasmEngine({ threads }) })
    return Array.from({ length: 20 }, (_, i) => toNumber(run(x, tensor(i % 3 === 0))))
  })
  expect(two).toEqual(one)
  expect(new Set(one).size).toBe(2)
})

test('laws', () => {
  type Pair = Tensor<'2', 'float64'>
  const [x, dx] = [tensor([0.5, 1.25], 'float64'), tensor([1, -2], 'float64')]
  for (const i of [-1, 0, 1, 2, 5]) {
    const g = ({ a, b }: { readonly a: Pair; readonly b: Pair }) =>
      switchCase(tensor(i, 'int32'), [
        (y: Pair) => pipe(y, mul(a), sin),
        (y: Pair) => pipe(b, exp, add(y)),
        (y: Pair) => pipe(y, mul(y), mul(b)),
      ])(a)
    matchesDifferences(g)({ a: x, b: dx })
    adjoint(g)({ a: x, b: dx }, { a: dx, b: x }, x)
  }
})

test('a number outside of the list is the first or the last, with a choice for each example too', () => {
  const g = (i: Tensor<'', 'int32'>) =>
    switchCase(
      i,
      [1, 2, 3].map(n => (x: Scalar) => pipe(x, mul(n))),
    )(ones(''))
  const numbers = tensor([-7, 0, 1, 2, 9], 'int32')
  expect(toNested(vmap('5')(g)(numbers))).toEqual([1, 1, 2, 3, 3])
  expect([-7, 0, 1, 2, 9].map(i => toNumber(g(tensor(i, 'int32'))))).toEqual([1, 1, 2, 3, 3])
})

test('what the other case would divide by reaches no gradient', () => {
  const root = (x: Scalar): Scalar =>
    pipe(
      x,
      cond(
        greater(0)(x),
        (y: Scalar) => sqrt(y),
        (y: Scalar) => pipe(y, mul(0)),
      ),
    )
  expect(toNumber(grad(root)(tensor(0)))).toBe(0)
  // For each example both cases run, as in JAX.
  expect(toNested(vmap('2')(grad(root))(tensor([0, 4])))[1]).toBe(0.25)
})

describe('errors', () => {
  const message = (g: () => unknown): string => errorOf(g).message
  test.each<readonly [string, () => unknown, string]>([
    ['a predicate of numbers', () => loose(cond)(tensor(1), half, half), "cond: the predicate is float32 '': give a bool ''"],
    ['a predicate for each', () => loose(cond)(tensor([true]), half, half), "cond: the predicate is bool '1': give a bool ''"],
    [
      'no function',
      () => loose(cond)(tensor(true), half, 1),
      'cond: 1 is no function: give one for true and one for false, as in cond(p, f, g)',
    ],
    [
      'another shape',
      () =>
        loose(cond)(
          tensor(true),
          () => zeros('2'),
          () => zeros('3'),
        )(tensor(1)),
      "cond: the function for false gives float32 '3', the function for true gives float32 '2'",
    ],
    [
      'another dtype in a tree',
      () => loose(switchCase)(tensor(0, 'int32'), [() => ({ a: zeros('2') }), () => ({ a: zeros('2', {}, 'int32') })])(tensor(1)),
      "switchCase: function 0 gives float32 '2' at 'a', function 1 gives int32 '2'",
    ],
    [
      'another form',
      () =>
        loose(cond)(
          tensor(true),
          () => [zeros('2')],
          () => zeros('2'),
        )(tensor(1)),
      'the function for true gives a result of another form',
    ],
    [
      'nothing to choose',
      () => loose(switchCase)(tensor(0, 'int32'), [])(tensor(1)),
      'switchCase: there is no function to choose: give at least one',
    ],
    [
      'a predicate that is no tensor',
      () => loose(cond)(true, half, half),
      "cond: the predicate is true: give a bool '', as in tensor(true)",
    ],
    [
      'a number that is no tensor',
      () => loose(switchCase)(1, [half]),
      "switchCase: the number is 1: give an int32 '', as in tensor(1, 'int32')",
    ],
    ['a number that is none', () => loose(switchCase)(tensor(0), [half]), "switchCase: the number is float32 '': give an int32 ''"],
  ])('%s', (_, g, text) => {
    expect(message(g)).toContain(text)
  })
})
