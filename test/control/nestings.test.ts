/**
 * Operations that hold programs, one inside another, under transformations of transformations: against loops in TypeScript that apply the same
 * operations one after another, for which the transformations see no loop.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { associativeScan, checkpoint, cond, customJvp, customVjp, fori, map, scan, switchCase, whileLoop } from '../../src/control/index.js'
import { abs, add, cos, greater, less, mul, sin, slice, sum, where } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { type Tensor, tensor, toNested } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, linearize, linearTranspose, vjp, vmap } from '../../src/transform/index.js'
import { testOnEach } from '../support/engines.js'

type S = Tensor<'', 'float64'>
type V = Tensor<'2', 'float64'>
type Int = Tensor<'', 'int32'>
type F = (x: V) => S

const numbers = [0.3, -0.7, 1.1]
const rows = tensor([0.3, -0.7, 1.1], 'float64')
const scalar = (x: number): S => tensor(x, 'float64')
const first = (x: V): S => pipe(x, slice('0'))
const second = (x: V): S => pipe(x, slice('1'))

/** Two steps, of a carry, a row and a weight. */
const wave = (h: S, row: S, w: S): S => pipe(h, mul(w), add(row), sin)
const damp = (h: S, row: S, w: S): S => pipe(h, mul(row), add(w), mul(0.5))
const chosen = (h: S, row: number, w: S): S => (row > 0 ? wave : damp)(h, scalar(row), w)

const overRows =
  (step: (h: S, row: S, w: S) => S): F =>
  x =>
    scan('3')((h: S, row: S) => [step(h, row, second(x)), []] as const, first(x))(rows)[0]
const overNumbers =
  (step: (h: S, row: number, w: S) => S): F =>
  x =>
    numbers.reduce((h, row) => step(h, row, second(x)), first(x))

const byRow = (h: S, row: S, w: S): S =>
  pipe(
    h,
    cond(
      greater(0)(row),
      (y: S) => wave(y, row, w),
      (y: S) => damp(y, row, w),
    ),
  )
const byCarry = (h: S, row: S, w: S): S =>
  pipe(
    h,
    cond(
      greater(0.2)(h),
      (y: S) => wave(y, row, w),
      (y: S) => damp(y, row, w),
    ),
  )

interface Counted {
  readonly n: Int
  readonly h: S
}
const zero: Int = tensor(0, 'int32')
/** A step n times. */
const times = (n: number, step: (h: S) => S, h: S): S =>
  whileLoop(
    ({ n: i }: Counted) => less(n)(i),
    ({ n: i, h: y }: Counted) => ({ n: pipe(i, add(1)), h: step(y) }),
    { most: n + 2 },
  )({ n: zero, h }).h
const repeated = (n: number, step: (h: S) => S, h: S): S => Array.from({ length: n }).reduce<S>(y => step(y), h)

const sine = customJvp(
  (x: S) => sin(x),
  (x, t) => [sin(x), pipe(t, mul(cos(x)))],
)
const sineBack = customVjp(
  (x: S) => sin(x),
  x => [sin(x), ct => pipe(ct, mul(cos(x)))],
)

/** What holds programs, and the same written out. */
const pairs: { readonly [name: string]: readonly [held: F, written: F] } = {
  'a scan of a cond': [overRows(byRow), overNumbers(chosen)],
  'a checkpoint of a scan of a cond': [checkpoint(overRows(byRow)), overNumbers(chosen)],
  'a scan of a cond by its carry': [
    overRows(byCarry),
    overNumbers((h, row, w) => pipe(greater(0.2)(h), where(wave(h, scalar(row), w), damp(h, scalar(row), w)))),
  ],
  'a scan that recomputes, of checkpoints': [
    x => scan('3', { recompute: true })((h: S, row: S) => [checkpoint(wave)(h, row, second(x)), []] as const, first(x))(rows)[0],
    overNumbers((h, row, w) => wave(h, scalar(row), w)),
  ],
  'a scan in a scan': [
    overRows((h, row, w) => scan('3')((g: S, inner: S) => [wave(g, inner, row), []] as const, pipe(h, mul(w)))(rows)[0]),
    overNumbers((h, row, w) => numbers.reduce((g, inner) => wave(g, scalar(inner), scalar(row)), pipe(h, mul(w)))),
  ],
  'a whileLoop in a scan': [
    overRows((h, row, w) => times(2, y => wave(y, row, w), h)),
    overNumbers((h, row, w) => repeated(2, y => wave(y, scalar(row), w), h)),
  ],
  'a scan in a whileLoop': [
    x => times(2, h => scan('3')((g: S, row: S) => [wave(g, row, second(x)), []] as const, h)(rows)[0], first(x)),
    x => repeated(2, h => numbers.reduce((g, row) => wave(g, scalar(row), second(x)), h), first(x)),
  ],
  'a whileLoop that asks for its carry': [
    x =>
      whileLoop(
        (h: S) => less(1)(abs(h)),
        (h: S) => pipe(h, mul(1.5), add(second(x))),
        { most: 5 },
      )(first(x)),
    x => repeated(5, h => pipe(less(1)(abs(h)), where(pipe(h, mul(1.5), add(second(x))), h)), first(x)),
  ],
  'a fori of a switchCase': [
    x =>
      fori(3)((i: Int, h: S) => switchCase(i, [(y: S) => wave(y, h, second(x)), (y: S) => damp(y, y, second(x)), (y: S) => sin(y)])(h))(
        first(x),
      ),
    x => [(y: S) => wave(y, y, second(x)), (y: S) => damp(y, y, second(x)), (y: S) => sin(y)].reduce((h, f) => f(h), first(x)),
  ],
  'a map of a cond': [
    x =>
      pipe(
        rows,
        map('3')((row: S) => byRow(first(x), row, second(x))),
        sum(),
      ),
    x => numbers.map(row => chosen(first(x), row, second(x))).reduce((a, b) => pipe(a, add(b))),
  ],
  'an associativeScan of a recurrence': [
    x => {
      type Step = { readonly a: S; readonly b: S }
      const steps = { a: pipe(rows, mul(second(x))), b: pipe(rows, sin) }
      const all = associativeScan('3')((s: Step, t: Step) => ({ a: pipe(s.a, mul(t.a)), b: pipe(s.b, mul(t.a), add(t.b)) }))(steps)
      return pipe(all.a, mul(first(x)), add(all.b), sin, sum())
    },
    x => {
      let h = first(x)
      let total = scalar(0)
      for (const row of numbers) {
        h = pipe(h, mul(pipe(second(x), mul(row))), add(sin(scalar(row))))
        total = pipe(total, add(sin(h)))
      }
      return total
    },
  ],
  'a customJvp in a scan': [overRows((h, row, w) => sine(pipe(h, mul(w), add(row)))), overNumbers((h, row, w) => wave(h, scalar(row), w))],
  'a customVjp in a whileLoop': [
    x => times(3, h => sineBack(pipe(h, mul(second(x)))), first(x)),
    x => repeated(3, h => pipe(h, mul(second(x)), sin), first(x)),
  ],
  'a cond of a scan': [
    x =>
      pipe(
        x,
        cond(greater(-9)(first(x)), overRows(byRow), (y: V) => first(y)),
      ),
    overNumbers(chosen),
  ],
}

const [x, dx] = [tensor([0.4, -0.9], 'float64'), tensor([1.2, 0.7], 'float64')]
const batch = random.normal('3 2', {}, 'float64')(random.key(1))
const others = random.normal('3 2', {}, 'float64')(random.key(2))
const one = scalar(1)

const nestings: { readonly [name: string]: (f: F) => unknown } = {
  'vmap(grad)': f => vmap('3')(grad(f))(batch),
  'grad(vmap)': f => grad((xs: typeof batch) => pipe(vmap('3')(f)(xs), sin, sum()))(batch),
  'jvp(grad)': f => jvp(grad(f))(x, dx),
  'grad(jvp)': f => grad((y: V) => jvp(f)(y, dx)[1])(x),
  hessian: f => hessian(f)(x),
  'jit(vmap(hessian))': f => jit(vmap('3')(hessian(f)))(batch),
  'jit(vmap(vjp))': f => jit(vmap('3')((y: V) => vjp(f)(y)[1](one)))(batch),
  'vmap(jvp)': f => vmap('3')((y: V, t: V) => jvp(f)(y, t)[1])(batch, others),
  'jvp(vmap(grad))': f => jvp(vmap('3')(grad(f)))(batch, others)[1],
  'grad(jit(vmap))': f => grad((xs: typeof batch) => pipe(jit(vmap('3')(f))(xs), sum()))(batch),
  'vmap(vmap(grad))': f => vmap('3')((y: V) => vmap('3')((t: V) => grad(f)(pipe(y, mul(t))))(others))(batch),
  'grad(checkpoint)': f => jit(grad(checkpoint(f)))(x),
  'vmap(grad(checkpoint))': f => vmap('3')(grad(checkpoint(f)))(batch),
  'hessian(checkpoint)': f => hessian(checkpoint(f))(x),
  'grad(scan)': f => grad((y: V) => scan('3')((h: S, z: V) => [pipe(h, add(f(pipe(z, mul(y))))), []] as const, scalar(0))(batch)[0])(x),
  'transpose of linearize': f => linearTranspose(linearize(f)(x)[1])(x)(one),
}

const flat = (value: unknown): readonly number[] => {
  if (Array.isArray(value)) return value.flatMap(flat)
  return typeof value === 'number' ? [value] : flat(toNested<string, 'float64'>(Object(value)))
}

describe.each(Object.entries(pairs))('%s', (_, [held, written]) => {
  testOnEach('gives the same number', () => {
    // One after another, the same operations: the same bits, but where pairs are combined in another order.
    expect(flat(held(x))[0]).toBeCloseTo(flat(written(x))[0] ?? Number.NaN, 14)
  })

  testOnEach('is the same under every nesting', () => {
    for (const [name, nesting] of Object.entries(nestings)) {
      const [actual, expected] = [flat(nesting(held)), flat(nesting(written))]
      expect(actual.length, name).toBe(expected.length)
      // The same products and sums in another order: some tens of roundings of numbers below 100.
      actual.forEach((value, i) => {
        expect(value, name).toBeCloseTo(expected[i] ?? Number.NaN, 11)
      })
    }
  })
})

test('the derivatives that are compared are not all zero', () => {
  for (const [name, [, written]] of Object.entries(pairs))
    for (const [nesting, transform] of Object.entries(nestings))
      if (!(name.startsWith('a whileLoop that') && /hessian|jvp\(grad|grad\(jvp|jvp\(vmap/.test(nesting)))
        expect(
          flat(transform(written)).some(value => value !== 0),
          `${nesting} of ${name}`,
        ).toBe(true)
})
