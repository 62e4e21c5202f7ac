/** `checkpoint`: the same values and derivatives in every nesting, for which less memory is planned. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, scan } from '../../src/control/index.js'
import { withEngine } from '../../src/engine/current.js'
import { reference } from '../../src/engine/reference/index.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { adjoint, jitChangesNothing, matchesDifferences, vmapIsMapAndStack } from '../../src/laws/index.js'
import { add, exp, greater, matmul, mul, sin, sum, tanh } from '../../src/ops/index.js'
import * as random from '../../src/random/index.js'
import { type Tensor, tensor, toNested, toNumber } from '../../src/tensor/index.js'
import { grad, hessian, jit, jvp, program, vjp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { plannedBytes } from './planned.js'

type Scalar = Tensor<'', 'float64'>
type Vector = Tensor<'2', 'float64'>
const start = tensor([0.3, -0.5], 'float64')
const other = tensor([0.7, -1.1], 'float64')

describe.each([reference, wasmEngine({ threads: 1 }), wasmEngine({ threads: 2 })])('on $name', engine => {
  const on = (f: () => void) => (): void => withEngine(engine)(f)
  const plain = ({ w, x }: { readonly w: Vector; readonly x: Vector }) => ({ y: pipe(x, mul(w), sin, exp), z: pipe(w, tanh, sum()) })
  const kept = (given: { readonly w: Vector; readonly x: Vector }) => checkpoint(plain)(given)
  const lossOf =
    (f: typeof plain) =>
    (given: { readonly w: Vector; readonly x: Vector }): Scalar => {
      const { y, z } = f(given)
      return pipe(y, mul(y), sum(), mul(z))
    }
  const given = { w: other, x: start }

  test(
    'value, gradient, tangent and Hessian have the bits of the function itself',
    on(() => {
      const [a, b] = [lossOf(kept), lossOf(plain)]
      const bits = (f: typeof a): unknown[] => {
        const gradients = [grad(f), jit(grad(f)), grad(jit(f))].map(g => g(given))
        const [y, dy] = jvp(f)(given, given)
        const of = (x: Vector): Scalar => f({ w: other, x })
        return [
          toNumber(f(given)),
          toNumber(y),
          toNumber(dy),
          gradients.map(({ w, x }) => [toNested(w), toNested(x)]),
          toNested(hessian(of)(start)),
          toNested(jvp(grad(of))(start, other)[1]),
          toNested(grad((x: Vector) => jvp(of)(x, other)[1])(start)),
        ]
      }
      expect(bits(a)).toEqual(bits(b))
    }),
  )
})

test('what it closes over is differentiated', () => {
  const f = (w: Tensor<''>): Tensor<''> => checkpoint((x: Tensor<''>) => pipe(x, mul(w), mul(w)))(tensor(3))
  expect(toNumber(grad(f)(tensor(2)))).toBe(12)
  expect(toNumber(grad(grad(f))(tensor(2)))).toBe(6)
  expect(toNested(vmap('2')(grad(f))(tensor([1, 2])))).toEqual([6, 12])
})

test('integers and bools go in and out, and have no derivative', () => {
  const f = (x: Tensor<''>): Tensor<''> => {
    const { y } = checkpoint((a: Tensor<''>, n: Tensor<'', 'int32'>) => ({ y: pipe(a, mul(a)), n: pipe(n, add(1)), b: greater(0)(a) }))(
      x,
      tensor(2, 'int32'),
    )
    return y
  }
  expect(toNumber(grad(f)(tensor(3)))).toBe(6)
})

test('laws', () => {
  const f = checkpoint((x: Vector, y: Vector) => pipe(x, mul(y), sin, mul(x)))
  const pair = ([x, y]: readonly [Vector, Vector]): Vector => f(x, y)
  matchesDifferences(pair)([start, other])
  matchesDifferences((both: readonly [Vector, Vector]) => vjp(pair)(both)[1](start))([start, other])
  adjoint(pair)([start, other], [other, start], start)
  jitChangesNothing(f)(start, other)
  vmapIsMapAndStack('2')(f)(random.normal('2 2', {}, 'float64')(random.key(1)), random.normal('2 2', {}, 'float64')(random.key(2)))
})

/** What the engine plans for a gradient. */
const gradientBytes = (f: (weight: Weight) => Tensor<''>): number => plannedBytes(program.of(grad(f))(w))

type Rows = Tensor<'256 32'>
type Weight = Tensor<'32 32'>
const w: Weight = pipe(random.normal('32 32')(random.key(1)), mul(0.2))
const rows: Rows = random.normal('256 32')(random.key(2))
/** 256 rows of 32 numbers. */
const layerBytes = 256 * 32 * 4

describe('a chain of 24 layers', () => {
  const layer = (h: Rows, weight: Weight): Rows => pipe(h, matmul(weight), tanh)
  const six = Array.from({ length: 6 }, (_, i) => i)
  /** Four layers, whose weight is used once in each. */
  const four = (h: Rows, weight: Weight): Rows => layer(layer(layer(layer(h, w), w), w), weight)
  const chain =
    (group: typeof four) =>
    (weight: Weight): Tensor<''> =>
      pipe(
        six.reduce((h, i) => group(h, pipe(weight, mul(1 + i))), rows),
        sum(),
      )
  const whole = chain(four)
  const inGroups = chain(checkpoint(four))
  const closing = chain((h, weight) => checkpoint((x: Rows) => four(x, weight))(h))

  test('has the same bits in groups that are checkpoints', () => {
    const gradients = (f: typeof whole): unknown => [jit(grad(f)), grad(f), grad(jit(f))].map(g => toNested(g(w)))
    expect(gradients(inGroups)).toEqual(gradients(whole))
    expect(gradients(closing)).toEqual(gradients(whole))
  })

  test('keeps the values between the groups and those of one group, and not those of 24 layers', () => {
    const [all, groups, captured] = [gradientBytes(whole), gradientBytes(inGroups), gradientBytes(closing)]
    // The gradient of a layer needs its product and the tanh of that.
    expect(all / layerBytes).toBeGreaterThan(2 * 22)
    // 6 between groups, 2 · 4 inside of one, the rows themselves, and at most three that are being computed.
    expect(groups / layerBytes).toBeLessThan(6 + 2 * 4 + 1 + 3)
    expect(captured).toBe(groups)
  })

  test('keeps less with checkpoints inside of checkpoints', () => {
    const two = checkpoint((h: Rows) => layer(layer(h, w), w))
    const twelve = checkpoint((h: Rows, weight: Weight): Rows => layer(two(two(two(two(two(layer(h, w)))))), weight))
    const plain = (h: Rows, weight: Weight): Rows =>
      layer(
        Array.from({ length: 11 }).reduce<Rows>(x => layer(x, w), h),
        weight,
      )
    const twice =
      (group: typeof plain) =>
      (weight: Weight): Tensor<''> =>
        pipe(group(group(rows, weight), pipe(weight, mul(2))), sum())
    expect(toNested(jit(grad(twice(twelve)))(w))).toEqual(toNested(jit(grad(twice(plain)))(w)))
    // The gradient reaches 13 of the layers.
    expect(gradientBytes(twice(plain)) / layerBytes).toBeGreaterThan(2 * 13)
    expect(gradientBytes(twice(twelve)) / layerBytes).toBeLessThan(15)
  })
})

test('a checkpoint of a scan of a cond keeps nothing of its rounds', () => {
  const loop = (h: Rows, weight: Weight): Rows =>
    pipe(
      rows,
      scan('256')(
        (x: Rows, row: Tensor<'32'>) => [
          pipe(
            x,
            cond(
              greater(0)(sum()(row)),
              (y: Rows) => pipe(y, matmul(weight), tanh),
              (y: Rows) => pipe(y, mul(0.5)),
            ),
          ),
          [],
        ],
        h,
      ),
      ([last]) => last,
    )
  const lossOf =
    (f: typeof loop) =>
    (weight: Weight): Tensor<''> =>
      pipe(f(rows, weight), sum())
  const [a, b] = [lossOf(checkpoint(loop)), lossOf(loop)]
  expect(toNested(jit(grad(a))(w))).toEqual(toNested(jit(grad(b))(w)))
  const twice =
    (f: typeof loop) =>
    (weight: Weight): Tensor<''> =>
      pipe(f(f(rows, weight), weight), sum())
  expect(gradientBytes(twice(checkpoint(loop)))).toBeLessThan(0.7 * gradientBytes(twice(loop)))
})

describe('errors', () => {
  test('no function', () => {
    expect(errorOf(() => loose(checkpoint)(1)).message).toBe('checkpoint: 1 is no function: give one of tensors')
  })
  test('a result that is no tensor', () => {
    expect(errorOf(() => loose(checkpoint)(() => 1)(tensor(1))).message).toContain("checkpoint: the function's result")
  })
})
