/**
 * A program of n equations is compiled with work in proportion to n. Work is counted, not timed: with four times as many equations, each part of the way
 * from a function to a module goes through about four times as many elements of lists.
 */
import { describe, expect, test } from 'vitest'
import { buildGraph } from '../../src/engine/fusion/build.js'
import { merge } from '../../src/engine/fusion/merge.js'
import { writeModule } from '../../src/engine/wasm/module.js'
import { planMemory } from '../../src/engine/wasm/plan.js'
import { Space } from '../../src/engine/wasm/space.js'
import { wasmTarget } from '../../src/engine/wasm/target.js'
import { add, cond, grad, greater, matmul, mul, pipe, scan, slice, softmax, sum, type Tensor, tanh, zeros } from '../../src/index.js'
import { inlineCalls, simplify } from '../../src/program/index.js'
import { flatten, typed } from '../../src/tensor/index.js'
import { traceTree } from '../../src/transform/index.js'
import { visits } from '../support/visits.js'

interface Unrolled {
  readonly f: (x: object) => object
  readonly x: object
}
const many = <T>(n: number, f: (i: number) => T): readonly T[] => Array.from({ length: n }, (_, i) => f(i))
const repeated = <T>(n: number, f: (x: T) => T, x: T): T => (n === 0 ? x : many(n, i => i).reduce(before => f(before), x))

interface Cell {
  readonly w: Tensor<'8 8'>
  readonly u: Tensor<'3 8'>
  readonly xs: Tensor<'n 4 3'>
}
const rowOf = (xs: Tensor<'n 4 3'>, i: number): Tensor<'4 3'> => typed<Tensor<'4 3'>>(slice<string>(String(i))(typed<Tensor<string>>(xs)))
const recurrent = (n: number) => (p: Cell) => {
  const last = many(n, i => i).reduce<Tensor<'4 8'>>((h, i) => tanh(add(matmul(p.u)(rowOf(p.xs, i)))(matmul(p.w)(h))), zeros('4 8'))
  return sum()(last)
}
const cell = (n: number): Cell => ({ w: zeros('8 8'), u: zeros('3 8'), xs: zeros('n 4 3', { n }) })
const bodyOf = (n: number) => (p: { readonly h: Tensor<'8'>; readonly xs: Tensor<'4 8'>; readonly ws: readonly Tensor<'8'>[] }) =>
  pipe(
    p.xs,
    scan('4')((c: Tensor<'8'>, x: Tensor<'8'>) => [many(n, i => i).reduce((h, i) => tanh(mul(p.ws[i] ?? x)(h)), c), []] as const, p.h),
  )[0]

const made = <X extends object>(f: (x: X) => object, x: X): Unrolled => ({ f: given => f(typed<X>(given)), x })

const programs: readonly (readonly [string, (n: number) => Unrolled])[] = [
  ['a recurrent network', n => made(recurrent(n), cell(n))],
  ['its gradient', n => made(grad(recurrent(n)), cell(n))],
  [
    'the gradient of a chain',
    n =>
      made(
        grad((a: Tensor<'32'>) => sum()(repeated(n, h => tanh(mul(a)(h)), a))),
        zeros('32'),
      ),
  ],
  ['many results of one operand', n => made((a: Tensor<'32'>) => many(n, i => tanh(mul(i + 1)(a))), zeros('32'))],
  [
    'many parameters',
    n =>
      made(
        (ps: readonly Tensor<'64'>[]) => ps.map(x => add(x)(tanh(x))),
        many(n, () => zeros('64')),
      ),
  ],
  ['many softmaxes', n => made((a: Tensor<'128 256'>) => repeated(n, h => softmax(-1)(mul(2)(h)), a), zeros('128 256'))],
  [
    'the gradient of many scans',
    n =>
      made(
        grad(({ a, xs }: { readonly a: Tensor<'8'>; readonly xs: Tensor<'4 8'> }) =>
          sum()(repeated(n, h => scan('4')((c: Tensor<'8'>, x: Tensor<'8'>) => [tanh(add(x)(c)), []] as const, h)(xs)[0], a)),
        ),
        { a: zeros('8'), xs: zeros('4 8') },
      ),
  ],
  [
    'a choice that closes over many tensors',
    n =>
      made(
        ([a = zeros(''), ...others]: readonly Tensor<''>[]) =>
          cond(
            greater(0)(a),
            (x: Tensor<''>) => others.reduce((y, other) => add(other)(y), x),
            (x: Tensor<''>) => others.reduce((y, other) => mul(other)(y), x),
          )(a),
        many(n, () => zeros('')),
      ),
  ],
  ['a long body', n => made(bodyOf(n), { h: zeros('8'), xs: zeros('4 8'), ws: many(n, () => zeros('8')) })],
  [
    'the gradient of a long body',
    n =>
      made(
        grad((p: Parameters<ReturnType<typeof bodyOf>>[0]) => sum()(bodyOf(n)(p))),
        { h: zeros('8'), xs: zeros('4 8'), ws: many(n, () => zeros('8')) },
      ),
  ],
]

const options = { shared: false, arithmetic: 'strict', target: wasmTarget, patienceSeconds: 60, maySleep: false } as const

/** How many elements each part goes through. */
const workOf = ({ f, x }: Unrolled) => {
  const { leaves, structure } = flatten('test', x)
  const traced = visits(() => traceTree('test', given => f(Object(given)), leaves, structure).program)
  const simplified = visits(() => inlineCalls(simplify(traced.result)))
  const built = visits(() => buildGraph(simplified.result, wasmTarget))
  const merged = visits(() => merge(built.result, wasmTarget.costs.fusion))
  const planned = visits(() => planMemory(merged.result, wasmTarget.costs, 4096))
  const written = visits(() => writeModule(merged.result, planned.result, [], options))
  return { trace: traced, simplify: simplified, fuse: built, merge: merged, plan: planned, write: written }
}

describe('four times as long takes about four times as much work', () => {
  test.each(programs)('%s', (_, of) => {
    workOf(of(8))
    const [short, long] = [workOf(of(128)), workOf(of(512))]
    const ratios = Object.entries(long).map(([part, { count }]) => [part, count / short[part as keyof typeof short].count] as const)
    // A step that goes through a list for each of its elements takes 16 times as much. Some windows, such as that of 32 maps which a map may join, are
    // not yet full in the short program, so that what is linear grows by up to 6.
    expect(ratios.filter(([, ratio]) => !(ratio < 7))).toEqual([])
  })
})

test('work is counted where it grows with the square', () => {
  const square = (n: number) => visits(() => many(n, i => i).map((_, i, all) => all.indexOf(i))).count
  expect(square(512) / square(128)).toBeGreaterThan(14)
})

describe('space', () => {
  test('takes the smallest free stretch that is large enough, the first of several, and joins neighbours', () => {
    const space = new Space(100)
    const places = [64, 32, 64, 32, 128].map(size => space.take(size))
    expect(places).toEqual([100, 164, 196, 260, 292])
    space.give(196, 64)
    space.give(100, 64)
    // Of the two of 64 the one that was given back first; of one that is too large the rest stays free.
    expect([space.take(64), space.take(16), space.take(48)]).toEqual([196, 100, 116])
    space.give(164, 32)
    space.give(260, 32)
    space.give(196, 64)
    // Three neighbours are one stretch.
    expect(space.take(128)).toBe(164)
    space.give(292, 128)
    expect([space.end, space.most]).toEqual([292, 420])
  })
})
