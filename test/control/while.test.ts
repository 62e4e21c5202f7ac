/** `whileLoop` against the loops that it stands for, written in JavaScript, under every transformation. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, scan, whileLoop } from '../../src/control/index.js'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, and, greater, less, matmul, mul, sin, stopGradient, sub, sum, tanh } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { full, ones, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, program, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { plannedBytes } from './planned.js'

type Scalar = Tensor<'', 'float64'>
type Int = Tensor<'', 'int32'>
const scalar = (x: number): Scalar => tensor(x, 'float64')

/** x doubled and lowered by a tenth until it is 10 or more. */
const doubled = (x: Scalar): Scalar =>
  whileLoop(
    (y: Scalar) => pipe(y, less(10)),
    (y: Scalar) => pipe(y, mul(2), sub(0.1)),
    { most: 12 },
  )(x)
const plain = (x: number): readonly [value: number, slope: number] => {
  let [y, slope] = [x, 1]
  for (let round = 0; round < 12 && y < 10; round += 1) [y, slope] = [y * 2 - 0.1, slope * 2]
  return [y, slope]
}

/** The carry with a counter, w^n · x as long as n is below a limit that the loop closes over. */
interface Carry {
  readonly n: Int
  readonly x: Scalar
}
const powers =
  (w: Scalar, limit: Int) =>
  (x: Scalar): Carry =>
    whileLoop(
      ({ n }: Carry) => pipe(n, less(limit)),
      ({ n, x: y }: Carry) => ({ n: pipe(n, add(1)), x: pipe(y, mul(w), sin) }),
      { most: 8 },
    )({ n: tensor(0, 'int32'), x })
const powersOf = (w: Scalar, rounds: number, x: Scalar): Scalar =>
  Array.from({ length: Math.max(0, Math.min(8, rounds)) }).reduce<Scalar>(y => pipe(y, mul(w), sin), x)

describe.each([reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })])('on $name', engine => {
  const on = (f: () => void) => (): void => withEngine(engine)(f)
  const starts = [-1, 0.05, 0.3, 1, 6, 10, 50] as const

  test(
    'values, and derivatives in both modes',
    on(() => {
      for (const f of [doubled, jit(doubled)]) expect(starts.map(x => toNumber(f(scalar(x))))).toEqual(starts.map(x => plain(x)[0]))
      for (const f of [grad(doubled), jit(grad(doubled)), grad(jit(doubled)), (x: Scalar) => jvp(doubled)(x, scalar(1))[1]])
        expect(starts.map(x => toNumber(f(scalar(x))))).toEqual(starts.map(x => plain(x)[1]))
      expect(toNumber(grad(grad((x: Scalar) => pipe(doubled(x), mul(doubled(x)))))(scalar(1)))).toBe(2 * 16 ** 2)
    }),
  )

  test(
    'over a batch each example ends in its own round',
    on(() => {
      const xs = tensor(starts, 'float64')
      for (const f of [vmap('7')(doubled), jit(vmap('7')(doubled))]) expect(toNested(f(xs))).toEqual(starts.map(x => plain(x)[0]))
      const total = (all: Tensor<'7', 'float64'>): Scalar => pipe(vmap('7')(doubled)(all), sum())
      for (const f of [vmap('7')(grad(doubled)), jit(vmap('7')(grad(doubled))), grad(total), jit(grad(total))])
        expect(toNested(f(xs))).toEqual(starts.map(x => plain(x)[1]))
      expect(toNested(jvp(vmap('7')(doubled))(xs, tensor([1, 1, 1, 1, 1, 1, 1], 'float64'))[1])).toEqual(starts.map(x => plain(x)[1]))
    }),
  )

  test(
    'what it closes over, and a carry of several dtypes',
    on(() => {
      const [w, x] = [scalar(1.3), scalar(0.7)]
      for (const rounds of [-2, 0, 1, 5, 8, 20]) {
        const limit = tensor(rounds, 'int32')
        const loop = (own: Scalar): Scalar => powers(own, limit)(x).x
        const written = (own: Scalar): Scalar => powersOf(own, rounds, x)
        for (const f of [loop, jit(loop)]) expect(toNumber(f(w))).toBe(toNumber(written(w)))
        // The same products and sums in another order: some units in the last place of numbers below 2.
        for (const f of [grad(loop), jit(grad(loop)), (own: Scalar) => jvp(loop)(own, scalar(1))[1]])
          expect(toNumber(f(w))).toBeCloseTo(toNumber(grad(written)(w)), 12)
        expect(toNumber(hessian(loop)(w))).toBeCloseTo(toNumber(hessian(written)(w)), 11)
        expect(toNumber(jvp(grad(loop))(w, scalar(1))[1])).toBeCloseTo(toNumber(hessian(written)(w)), 11)
        const [end, limits] = [powers(w, limit)(x).n, Math.max(0, Math.min(8, rounds))]
        expect(toNumber(end)).toBe(limits)
      }
      // One limit for all examples, a limit for each, and a weight for each.
      const limits = tensor([0, 3, 9], 'int32')
      const ws = tensor([1.3, 0.2, 0.9], 'float64')
      const each = (f: (own: Scalar, i: number) => Scalar): readonly number[] =>
        [1.3, 0.2, 0.9].map((own, i) => toNumber(f(scalar(own), i)))
      expect(toNested(jit(vmap('3')((limit: Int) => powers(w, limit)(x).x))(limits))).toEqual(
        [0, 3, 9].map(rounds => toNumber(powersOf(w, rounds, x))),
      )
      expect(toNested(jit(vmap('3')((own: Scalar) => powers(own, tensor(3, 'int32'))(x).x))(ws))).toEqual(each(own => powersOf(own, 3, x)))
      expect(toNested(jit(vmap('3')((own: Scalar, limit: Int) => powers(own, limit)(x).x))(ws, limits))).toEqual(
        each((own, i) => powersOf(own, [0, 3, 9][i] ?? 0, x)),
      )
    }),
  )

  test(
    'in a scan, in a cond, and a loop inside',
    on(() => {
      const nested = (x: Scalar): Scalar =>
        pipe(
          tensor([1, 2, 3], 'float64'),
          scan('3')(
            (h: Scalar, row: Scalar) => [
              pipe(
                h,
                cond(
                  greater(1.5)(row),
                  (y: Scalar) => doubled(pipe(y, mul(0.1))),
                  (y: Scalar) => pipe(y, mul(row)),
                ),
              ),
              [],
            ],
            x,
          ),
          ([last]) => last,
        )
      const written = (x: number): number => [2, 3].reduce(h => plain(h * 0.1)[0], x)
      for (const f of [nested, jit(nested)]) expect(toNumber(f(scalar(3)))).toBe(written(3))
      const outer = (x: Scalar): Scalar =>
        whileLoop(
          (y: Scalar) => pipe(y, less(1000)),
          (y: Scalar) => pipe(doubled(y), mul(3)),
          { most: 5 },
        )(x)
      let [y, slope] = [1, 1]
      while (y < 1000) {
        const [value, own] = plain(y)
        ;[y, slope] = [value * 3, slope * own * 3]
      }
      for (const f of [outer, jit(outer)]) expect(toNumber(f(scalar(1)))).toBe(y)
      for (const f of [grad(outer), jit(grad(outer))]) expect(toNumber(f(scalar(1)))).toBe(slope)
      expect(toNested(jit(vmap('2')(grad(outer)))(tensor([1, 2000], 'float64')))).toEqual([slope, 1])
    }),
  )
})

test('laws', () => {
  const f = ([w, x]: readonly [Scalar, Scalar]): Scalar => powers(w, tensor(4, 'int32'))(x).x
  const [a, b] = [scalar(0.7), scalar(-1.2)]
  matchesDifferences(f)([a, b])
  matchesDifferences((both: readonly [Scalar, Scalar]) => vjp(f)(both)[1](scalar(1.5)))([a, b])
  adjoint(f)([a, b], [b, a], a)
  jitChangesNothing(f)([a, b])
  vmapIsMapAndStack('3')((x: Scalar, limit: Int) => powers(a, limit)(x))(tensor([1, 2, 3], 'float64'), tensor([1, 7, 0], 'int32'))
})

test('carries that change places, that are a constant or themselves, and a predicate that is a carry or a constant', () => {
  type C = { readonly a: Int; readonly b: Int; readonly c: Tensor<''>; readonly go: Tensor<'', 'bool'> }
  const constant = tensor(9)
  const run = (first: C): C =>
    whileLoop(
      ({ go }: C) => go,
      ({ a, b, go }: C) => ({ a: b, b: pipe(a, add(1)), c: constant, go: pipe(go, and(less(3)(b))) }),
    )(first)
  const first = { a: tensor(0, 'int32'), b: tensor(0, 'int32'), c: tensor(1), go: tensor(true) }
  for (const f of [run, jit(run)]) {
    // (a, b): 0 0, 0 1, 1 1, 1 2, 2 2, 2 3, 3 3, and 3 4: the round that sees b = 3 is the last.
    const { a, b, c, go } = f(first)
    expect([toNumber(a), toNumber(b), toNumber(c), toNested(go)]).toEqual([3, 3, 9, false])
  }
  const never = jit((p: Tensor<'', 'bool'>) =>
    whileLoop(
      (_: Tensor<''>) => p,
      (x: Tensor<''>) => pipe(x, add(1)),
      { most: 3 },
    )(tensor(0)),
  )
  expect([true, false].map(p => toNumber(never(tensor(p))))).toEqual([3, 0])
})

test('without a bound is differentiated where only carries go on that no derivative reaches, whatever holds them', () => {
  type Pair = readonly [Scalar, Scalar]
  const round =
    (w: Scalar) =>
    ([n, x]: Pair): Pair => [pipe(n, add(1)), pipe(x, mul(w))]
  const rounds = scan('1')((pair: Pair, _: Scalar) => [pair, []], [scalar(0), scalar(1)])(zeros('1', {}, 'float64'))[0]
  const held: readonly ((w: Scalar) => (pair: Pair) => Pair)[] = [
    w => checkpoint(round(w)),
    w => cond(greater(-1)(w), round(w), (pair: Pair) => pair),
    w => pair => scan('1')((both: Pair, _: Scalar) => [round(w)(both), []], pair)(zeros('1', {}, 'float64'))[0],
    w => pair => whileLoop(([n]: Pair) => less(0.5)(sub(pair[0])(n)), round(w))(pair),
  ]
  for (const f of held)
    expect(toNumber(grad((w: Scalar) => mul(w)(whileLoop(([n]: Pair) => less(3)(n), f(w))(rounds)[0]))(scalar(2)))).toBe(3)
})

describe('the most rounds', () => {
  const counted = (most: number) =>
    whileLoop(
      (x: Tensor<''>) => greater(-1)(x),
      (x: Tensor<''>) => pipe(x, add(1)),
      { most },
    )
  test('end the loop though the predicate holds, with and without a derivative', () => {
    expect([0, 1, 7].map(most => toNumber(counted(most)(tensor(0))))).toEqual([0, 1, 7])
    expect([0, 1, 7].map(most => toNumber(jit(counted(most))(tensor(0))))).toEqual([0, 1, 7])
    expect([0, 1, 7].map(most => toNumber(vjp(counted(most))(tensor(0))[0]))).toEqual([0, 1, 7])
    expect(toNested(vmap('2')(counted(3))(tensor([0, -5])))).toEqual([3, -5])
  })

  test('do not change the size of a program', () => {
    const equations = (most: number): number => program.of(grad(counted(most)))(tensor(0)).equations.length
    expect(equations(1_000_000)).toBe(equations(100))
  })

  test('of a batch cost little too: no round is gone through for which the predicate holds for no example', () => {
    const halved = (x: Tensor<''>) =>
      whileLoop(
        (y: Tensor<''>) => greater(1)(y),
        (y: Tensor<''>) => pipe(y, mul(0.5)),
        { most: 1_000_000_000 },
      )(x)
    const xs = tensor([1, 2, 8])
    expect(toNested(vmap('3')(grad(halved))(xs))).toEqual([1, 0.5, 0.125])
    expect(toNested(jit(vmap('3')(grad(halved)))(xs))).toEqual([1, 0.5, 0.125])
    expect(toNested(grad((all: Tensor<'3'>) => sum()(vmap('3')(halved)(all)))(xs))).toEqual([1, 0.5, 0.125])
    expect(toNested(vmap('1')(vmap('3')(grad(halved)))(tensor([[1, 2, 8]])))).toEqual([[1, 0.5, 0.125]])
  })

  test('cost little where they are far above what is needed', () => {
    type Row = Tensor<'1024'>
    const gradientOf = (most: number) =>
      grad((w: Row) =>
        pipe(
          whileLoop(
            (x: Row) => greater(0.5)(sum()(x)),
            (x: Row) => pipe(x, mul(w)),
            { most },
          )(ones('1024')),
          sum(),
        ),
      )
    const w = full(0.5)('1024')
    const bytes = (most: number): number => plannedBytes(program.of(gradientOf(most))(w))
    // 100 blocks of 100 rounds: their carries, those of one block, and some that are being computed.
    expect(bytes(10_000)).toBeLessThan(230 * 4096)
    // The sum is halved eleven times until it is 0.5: d(1024 w¹¹)/dw is 11 w¹⁰ in each place.
    for (const most of [11, 15, 16, 17, 40, 10_000]) expect(toNested(jit(gradientOf(most))(w))[7]).toBe(11 * 0.5 ** 10)
    expect(toNested(jit(gradientOf(3))(w))[7]).toBe(3 * 0.5 ** 2)
    expect([16, 17, 23, 100].map(most => toNumber(grad(counted(most))(tensor(0))))).toEqual([1, 1, 1, 1])
    expect([16, 17, 23, 100].map(most => toNumber(vjp(counted(most))(tensor(0))[0]))).toEqual([16, 17, 23, 100])
  })

  test('are not needed in forward mode, nor where nothing flows back through the loop', () => {
    const f = (x: Tensor<''>): Tensor<''> =>
      whileLoop(
        (y: Tensor<''>) => less(100)(y),
        (y: Tensor<''>) => pipe(y, mul(y)),
      )(x)
    expect(jvp(f)(tensor(3), tensor(1)).map(y => toNumber(y))).toEqual([6561, 8 * 3 ** 7])
    expect(toNumber(grad((x: Tensor<''>) => pipe(stopGradient(f(x)), mul(x)))(tensor(3)))).toBe(6561)
    expect(errorOf(() => grad(f)(tensor(3))).message).toBe(
      'whileLoop: reverse mode goes through the rounds in the other order, and stores their carries: give the most rounds that there can be, as in whileLoop(predicate, f, { most: 100 }), or use forward mode, as jvp does',
    )
    expect(errorOf(() => jit(grad(f))(tensor(3))).message).toContain('whileLoop: reverse mode')
  })
})

test('threads do not change a bit of a large loop, and end it in the same round', () => {
  const w = pipe(random.normal('96 96')(random.key(1)), mul(0.2))
  type State = { readonly h: Tensor<'64 96'>; readonly n: Int }
  const f = (h: Tensor<'64 96'>, limit: Int) =>
    whileLoop(
      ({ n }: State) => less(limit)(n),
      ({ h: x, n }: State) => ({ h: pipe(x, matmul(w), tanh), n: pipe(n, add(1)) }),
    )({ h, n: tensor(0, 'int32') }).h
  const [one, two] = [1, 2].map(threads => {
    const run = jit(f, { engine: wasmEngine({ threads }) })
    return [0, 1, 2, 17, 40].map(limit => toNested(run(random.normal('64 96')(random.key(2)), tensor(limit, 'int32'))))
  })
  expect(two).toEqual(one)
  expect(new Set(one?.map(rows => JSON.stringify(rows))).size).toBe(5)
})

describe('errors', () => {
  const id = (x: unknown): unknown => x
  test.each<readonly [string, () => unknown, string]>([
    ['no bool', () => loose(whileLoop)(id, id)(tensor(1)), "whileLoop: the predicate gives float32 '', not bool ''"],
    [
      'no scalar',
      () => loose(whileLoop)((x: Tensor<'2'>) => less(1)(x), id)(zeros('2')),
      "whileLoop: the predicate gives bool '2', not bool ''",
    ],
    ['no tensor', () => loose(whileLoop)(() => true, id)(tensor(1)), "whileLoop: the predicate gives true: give a bool ''"],
    [
      'a carry of another shape',
      () =>
        loose(whileLoop)(
          () => tensor(true),
          () => ({ a: zeros('3') }),
        )({ a: zeros('2') }),
      "whileLoop: the carry at 'a' is float32 '2', after a round float32 '3'",
    ],
    [
      'a carry of another form',
      () =>
        loose(whileLoop)(
          () => tensor(true),
          () => [zeros('2')],
        )(zeros('2')),
      'whileLoop: the carry has another form after a round',
    ],
    ['no function', () => loose(whileLoop)(id, 1), 'whileLoop: 1 is no function: give a predicate and a function of the carry'],
    [
      'half a round',
      () => loose(whileLoop)(id, id, { most: 0.5 }),
      'whileLoop: 0.5 rounds at most: give a whole number from 0 to 2147483647',
    ],
    ['another option', () => loose(whileLoop)(id, id, { limit: 3 }), "whileLoop: there is no option 'limit', give most"],
  ])('%s', (_, f, text) => {
    expect(errorOf(f).message).toContain(text)
  })
})
