/** `scan`, `fori` and `map` against the loops that they stand for, written out, under every transformation. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { fori, map, scan } from '../../src/control/index.js'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, cast, matmul, mul, sin, slice, stack, sub, sum, tanh } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { arange, type DType, isTensor, ones, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, program, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

type Scalar = Tensor<'', 'float64'>
type Vector = Tensor<'2', 'float64'>
type Rows = Tensor<'3 2', 'float64'>

const at = (xs: Rows, i: 0 | 1 | 2): Vector => pipe(xs, [slice('0, :'), slice('1, :'), slice('2, :')][i] ?? slice('0, :'))
const rows = random.normal('3 2', {}, 'float64')(random.key(1))
const start = tensor([0.3, -0.5], 'float64')
const weight = tensor([0.7, -1.1], 'float64')

/** A round with a constant, a carry and a row. */
const round =
  (w: Vector) =>
  (h: Vector, x: Vector): readonly [Vector, Vector] => {
    const next = pipe(h, mul(w), add(x), sin)
    return [next, pipe(h, mul(next))]
  }
interface Given {
  readonly w: Vector
  readonly h: Vector
  readonly xs: Rows
}
const given: Given = { w: weight, h: start, xs: rows }

const looped = ({ w, h, xs }: Given) => scan('3')(round(w), h)(xs)
const unrolled = ({ w, h, xs }: Given): readonly [Vector, Rows] => {
  const f = round(w)
  const [first, a] = f(h, at(xs, 0))
  const [second, b] = f(first, at(xs, 1))
  const [last, c] = f(second, at(xs, 2))
  return [last, stack(0, '3')([a, b, c])]
}
/** One number of both results. */
const lossOf =
  (f: typeof unrolled) =>
  (all: Given): Scalar => {
    const [last, results] = f(all)
    return pipe(last, mul(last), sum(), add(pipe(results, sin, sum())))
  }

/** A tree with the numbers of its tensors. */
const numbers = (x: unknown): unknown => {
  if (isTensor(x)) return toNested<string, DType>(x)
  if (Array.isArray(x)) return x.map(numbers)
  return Object.fromEntries(Object.entries(Object(x)).map(([name, branch]) => [name, numbers(branch)]))
}
const flat = (x: unknown): readonly number[] => (typeof x === 'number' ? [x] : Object.values(Object(x)).flatMap(flat))
const close = (actual: unknown, expected: unknown): void => {
  const [a, b] = [flat(numbers(actual)), flat(numbers(expected))]
  expect(a.length).toBe(b.length)
  // The same sums in another order: some units in the last place of numbers near 1.
  a.forEach((value, i) => {
    expect(value).toBeCloseTo(b[i] ?? Number.NaN, 12)
  })
}

describe.each([reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })])('on $name', engine => {
  const on = (f: () => void) => (): void => withEngine(engine)(f)

  test(
    'the loop written out gives the same bits',
    on(() => {
      expect(numbers(looped(given))).toEqual(numbers(unrolled(given)))
      expect(numbers(jit(looped)(given))).toEqual(numbers(unrolled(given)))
    }),
  )

  test(
    'grad, vjp, jvp, and their compositions with jit',
    on(() => {
      const [loop, plain] = [lossOf(looped), lossOf(unrolled)]
      close(grad(loop)(given), grad(plain)(given))
      close(jit(grad(loop))(given), grad(plain)(given))
      close(grad(jit(loop))(given), grad(plain)(given))
      close(jvp(loop)(given, given), jvp(plain)(given, given))
      const [, pullback] = vjp((all: Given) => looped(all))(given)
      const [, other] = vjp((all: Given) => unrolled(all))(given)
      close(pullback([start, rows]), other([start, rows]))
      close(jvp((all: Given) => grad(loop)(all))(given, given), jvp((all: Given) => grad(plain)(all))(given, given))
    }),
  )

  test(
    'a Hessian',
    on(() => {
      const of = (loss: (all: Given) => Scalar) => hessian((h: Vector) => loss({ ...given, h }))(start)
      close(of(lossOf(looped)), of(lossOf(unrolled)))
    }),
  )

  test(
    'over a batch of rows, of carries, of constants, and of all',
    on(() => {
      const [hs, ws, all] = [
        random.normal('4 2', {}, 'float64')(random.key(2)),
        random.normal('4 2', {}, 'float64')(random.key(3)),
        random.normal('4 3 2', {}, 'float64')(random.key(4)),
      ]
      const forms = [
        (f: typeof unrolled) => vmap('4')((h: Vector) => f({ ...given, h }))(hs),
        (f: typeof unrolled) => vmap('4')((w: Vector) => f({ ...given, w }))(ws),
        (f: typeof unrolled) => vmap('4')((xs: Rows) => f({ ...given, xs }))(all),
        (f: typeof unrolled) => vmap('4')((h: Vector, w: Vector, xs: Rows) => f({ w, h, xs }))(hs, ws, all),
      ]
      for (const form of forms) expect(numbers(form(looped))).toEqual(numbers(form(unrolled)))
      const gradients = [
        (f: typeof unrolled) => vmap('4')((h: Vector) => grad(lossOf(f))({ ...given, h }))(hs),
        (f: typeof unrolled) => grad((w: Vector) => sum()(vmap('4')((h: Vector) => lossOf(f)({ ...given, w, h }))(hs)))(weight),
        (f: typeof unrolled) => jit(vmap('4')((xs: Rows) => vjp((w: Vector) => f({ ...given, w, xs })[0])(weight)[1](start)))(all),
      ]
      for (const form of gradients) close(form(looped), form(unrolled))
    }),
  )

  test(
    'a loop in a loop in a batch',
    on(() => {
      const nested = (x: Vector): readonly [Vector, Rows] =>
        scan('3')((h: Vector, row: Vector) => {
          const [inner] = scan('3')((g: Vector, y: Vector) => [pipe(g, mul(y), sin), []] as const, pipe(h, add(row)))(rows)
          return [inner, pipe(inner, mul(row))]
        }, x)(rows)
      const plain = (x: Vector): readonly [Vector, Rows] => {
        const f = (h: Vector, row: Vector): Vector =>
          ([0, 1, 2] as const).reduce((g, i) => pipe(g, mul(at(rows, i)), sin), pipe(h, add(row)))
        const [a, b, c] = [f(x, at(rows, 0)), x, x]
        const second = f(a, at(rows, 1))
        const third = f(second, at(rows, 2))
        return [
          third,
          stack(0, '3')([pipe(a, mul(at(rows, 0))), pipe(second, mul(at(rows, 1))), pipe(third, mul(at(rows, 2)), add(pipe(b, sub(c))))]),
        ]
      }
      expect(numbers(nested(start))).toEqual(numbers(plain(start)))
      const xs = random.normal('4 2', {}, 'float64')(random.key(5))
      expect(numbers(jit(vmap('4')(nested))(xs))).toEqual(numbers(vmap('4')(plain)(xs)))
      const loss =
        (f: typeof plain) =>
        (x: Vector): Scalar =>
          pipe(f(x)[1], sum())
      close(vmap('4')(grad(loss(nested)))(xs), vmap('4')(grad(loss(plain)))(xs))
    }),
  )
})

test('laws', () => {
  const f = (all: Given) => looped(all)
  matchesDifferences(f)(given)
  matchesDifferences((all: Given) => vjp(f)(all)[1]([start, rows]))(given)
  adjoint(f)(given, { w: start, h: weight, xs: rows }, [weight, rows])
  jitChangesNothing(f)(given)
  vmapIsMapAndStack('2')((h: Vector, xs: Rows) => scan('3', { reverse: true })(round(weight), h)(xs))(
    random.normal('2 2', {}, 'float64')(random.key(6)),
    random.normal('2 3 2', {}, 'float64')(random.key(7)),
  )
})

test('in reverse results stand where the rows stood', () => {
  const sums = scan('3', { reverse: true })((total: Tensor<''>, x: Tensor<''>) => [pipe(total, add(x)), pipe(total, add(x))], tensor(0))
  const [total, results] = sums(tensor([1, 2, 3]))
  expect([toNumber(total), toNested(results)]).toEqual([6, [6, 5, 3]])
})

test('carries that change places, a carry that is a row, a constant or itself, and a result that is the carry before', () => {
  type C = { readonly a: Tensor<''>; readonly b: Tensor<''>; readonly c: Tensor<''>; readonly d: Tensor<''>; readonly e: Tensor<''> }
  const constant = tensor(9)
  const turn = ({ a, b, e }: C, x: Tensor<''>): readonly [C, { readonly before: Tensor<''>; readonly row: Tensor<''> }] => [
    { a: b, b: a, c: x, d: constant, e },
    { before: a, row: x },
  ]
  const first: C = { a: tensor(1), b: tensor(2), c: tensor(3), d: tensor(4), e: tensor(5) }
  for (const run of [scan('3')(turn, first), jit((xs: Tensor<'3'>) => scan('3')(turn, first)(xs))]) {
    const [last, { before, row }] = run(tensor([7, 8, 6]))
    expect(numbers(last)).toEqual({ a: 2, b: 1, c: 6, d: 9, e: 5 })
    expect([toNested(before), toNested(row)]).toEqual([
      [1, 2, 1],
      [7, 8, 6],
    ])
  }
})

test('no rows give the carry, and stacks of none', () => {
  const [last, results] = scan('n')(round(weight), start)(zeros('n 2', { n: 0 }, 'float64'))
  expect([toNested(last), results.sizes, results.shape]).toEqual([[0.3, -0.5], [0, 2], 'n 2'])
  expect(toNested(grad((h: Vector) => pipe(scan('n')(round(weight), h)(zeros('n 2', { n: 0 }, 'float64'))[0], sum()))(start))).toEqual([
    1, 1,
  ])
})

test('integers and bools go through a loop, beside floats that are differentiated', () => {
  const f = (x: Tensor<''>): Tensor<''> =>
    pipe(
      arange(4, 'int32'),
      scan('4')(
        ({ y, n }: { readonly y: Tensor<''>; readonly n: Tensor<'', 'int32'> }, i: Tensor<'', 'int32'>) => [
          { y: pipe(y, mul(x)), n: pipe(n, add(i)) },
          [],
        ],
        {
          y: tensor(1),
          n: tensor(0, 'int32'),
        },
      ),
      ([last]) => last.y,
    )
  expect(toNumber(grad(f)(tensor(2)))).toBe(32)
})

test('what its pullback needs is stored, or computed again: the same bits', () => {
  const gradientWith = (recompute: boolean) =>
    jit(grad((all: Given) => lossOf(({ w, h, xs }) => scan('3', { recompute })(round(w), h)(xs))(all)))(given)
  expect(numbers(gradientWith(true))).toEqual(numbers(gradientWith(false)))
})

test('a program has one scan whatever its length, and its body once', () => {
  const equationsOf = (length: number): number => {
    const xs = zeros('n 2', { n: length })
    return program.of(
      grad((w: Tensor<'2'>) =>
        pipe(
          xs,
          scan('n')((h: Tensor<'2'>, x: Tensor<'2'>) => [pipe(h, mul(w), add(x), tanh), []], zeros('2')),
          ([last]) => last,
          sum(),
        ),
      ),
    )(ones('2')).equations.length
  }
  expect(equationsOf(10_000)).toBe(equationsOf(10))
})

test('threads do not change a bit of a large loop', () => {
  const [w, u] = [random.normal('96 96')(random.key(1)), random.normal('96 96')(random.key(2))]
  const xs = random.normal('20 64 96')(random.key(3))
  const f = (weights: Tensor<'96 96'>) =>
    pipe(
      xs,
      scan('20')((h: Tensor<'64 96'>, x: Tensor<'64 96'>) => [pipe(h, matmul(weights), add(pipe(x, matmul(u))), tanh), []], zeros('64 96')),
      ([last]) => last,
      sum(),
    )
  const [one, two] = [1, 2].map(threads => toNested(jit(grad(f), { engine: wasmEngine({ threads }) })(w)))
  expect(two).toEqual(one)
})

const message = (f: () => unknown): string => errorOf(f).message

describe('fori and map', () => {
  test('fori is its body so many times, with the number of the round', () => {
    expect(toNumber(fori(4)((i: Tensor<'', 'int32'>, n: Tensor<'', 'int32'>) => pipe(n, mul(2), add(i)))(tensor(1, 'int32')))).toBe(27)
    expect(toNumber(fori(0)((_, x: Tensor<''>) => x)(tensor(3)))).toBe(3)
    expect(toNumber(grad((x: Tensor<''>) => fori(3)((_, y: Tensor<''>) => pipe(y, mul(y)))(x))(tensor(2)))).toBe(8 * 2 ** 7)
  })

  test('fori carries the number of its round, and makes no array of them', () => {
    const f = (x: Tensor<''>): Tensor<''> =>
      fori(1_000_000)((i: Tensor<'', 'int32'>, y: Tensor<''>) => pipe(y, add(pipe(i, cast('float32')))))(x)
    const closed = program.of(f)(tensor(0))
    expect(closed.inputs.map(({ sizes }) => sizes)).toEqual([[]])
    // The number and the carry.
    expect(closed.equations.flatMap(({ outputs }) => outputs.map(({ sizes }) => sizes))).toEqual([[], []])
    expect(toNumber(jit(fori(1000)((i: Tensor<'', 'int32'>, n: Tensor<'', 'int32'>) => pipe(n, add(i))))(tensor(0, 'int32')))).toBe(499_500)
    expect(message(() => loose(fori(3))((_: unknown, h: unknown) => [h])({ a: tensor(1) }))).toContain('fori: the carry has another form')
    expect(message(() => loose(fori(3))(() => ({ a: zeros('2') }))({ a: tensor(1) }))).toContain("fori: the carry at 'a' is float32 ''")
  })

  test('map is vmap, row by row', () => {
    const f = (x: Vector): { readonly y: Scalar; readonly z: Vector } => ({ y: pipe(x, sin, sum()), z: pipe(x, mul(x)) })
    expect(numbers(map('3')(f)(rows))).toEqual(numbers(vmap('3')(f)(rows)))
    close(grad((xs: Rows) => pipe(map('3')(f)(xs).y, sum()))(rows), grad((xs: Rows) => pipe(vmap('3')(f)(xs).y, sum()))(rows))
  })
})

describe('errors', () => {
  const step = (h: Tensor<'2'>, x: Tensor<'2'>) => [pipe(h, add(x)), []] as const

  test.each<readonly [string, () => unknown, string]>([
    [
      'a carry of another shape',
      () => loose(scan('3'))(() => [zeros('3'), []], zeros('2'))(zeros('3 2')),
      "scan: the carry is float32 '2', after a round float32 '3'",
    ],
    [
      'a carry of another dtype, in a tree',
      () => loose(scan('3'))(() => [{ a: zeros('', {}, 'int32') }, []], { a: zeros('') })(zeros('3 2')),
      "scan: the carry at 'a' is float32 '', after a round int32 ''",
    ],
    [
      'a carry of another form',
      () => loose(scan('3'))(() => [[zeros('2')], []], zeros('2'))(zeros('3 2')),
      'scan: the carry has another form after a round: give one of the form that it had',
    ],
    [
      'no pair',
      () => loose(scan('3'))((h: unknown) => h, zeros('2'))(zeros('3 2')),
      'scan: the function gives a pair: the next carry, and a result for the row, or [] for none',
    ],
    ['another size', () => loose(scan('4')(step, zeros('2')))(zeros('3 2')), "scan: '4' is 4 in one place and 3 in another"],
    ['no axis', () => loose(scan)('a b'), "scan: 'a b' is not one axis: give a name or a size, as in scan('batch')"],
    [
      'no function',
      () => loose(scan('3'))(1, zeros('2')),
      "scan: 1 is no function: give one of a carry and a row, as in scan('seq')(f, carry)",
    ],
    ['a wrong option', () => loose(scan)('3', { backwards: true }), "scan: there is no option 'backwards', give reverse or recompute"],
    ['an option that is no flag', () => loose(scan)('3', { reverse: 'no' }), 'scan: reverse is "no": give true or false'],
    ['another option that is no flag', () => loose(scan)('3', { recompute: 1 }), 'scan: recompute is 1: give true or false'],
    ['half a round', () => fori(0.5), 'fori: 0.5 rounds'],
    ['more rounds than can be numbered', () => fori(2 ** 31 - 1), 'fori: 2147483647 rounds: give a whole number from 0 to 1073741824'],
    ['a scalar', () => loose(map('3')((x: Tensor<''>) => x))(tensor(1)), 'map: the argument is a scalar'],
  ])('%s', (_, f, text) => {
    expect(message(f)).toContain(text)
  })

  test('what is traced in a body may not leave it', () => {
    let kept: Tensor<''> = tensor(0)
    scan('3')((h: Tensor<''>, x: Tensor<''>) => {
      kept = h
      return [pipe(h, add(x)), []]
    }, tensor(0))(tensor([1, 2, 3]))
    expect(message(() => pipe(kept, add(1)))).toContain('was kept after the function it belongs to had returned')
  })
})
