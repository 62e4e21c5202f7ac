/** Compilation: how often it traces, how it nests, what it captures, what it leaves alone. */
import * as fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { reference } from '../../src/engine/reference/index.js'
import { jitChangesNothing, tensors } from '../../src/laws/index.js'
import { add, exp, greater, log, mul, neg, softmax, square, sum, where } from '../../src/ops/index.js'
import type { Engine, Program } from '../../src/program/index.js'
import { type DType, type Tensor, tensor, toNested, toNumber, zeros } from '../../src/tensor/index.js'
import { grad, jit, vmap } from '../../src/transform/index.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>

/** A function that counts how often it is called. */
const counted = <A extends readonly object[], R extends object>(f: (...args: A) => R) => {
  let calls = 0
  const counting = (...args: A): R => {
    calls += 1
    return f(...args)
  }
  return { counting, calls: () => calls }
}

describe('jit traces', () => {
  test('once for arguments of one form', () => {
    const { counting, calls } = counted((x: Scalar) => square(x))
    const f = jit(counting)
    expect([1, 2, 3].map(n => toNumber(f(tensor(n))))).toEqual([1, 4, 9])
    expect(calls()).toBe(1)
  })

  test('again for another size, name, dtype or tree, and not again for one it has seen', () => {
    const { counting, calls } = counted((x: object) => x)
    const f = jit(counting)
    const forms: readonly object[] = [
      zeros('2'),
      zeros('3'),
      zeros('n', { n: 3 }),
      zeros('3', {}, 'float64'),
      [zeros('3')],
      { a: zeros('3') },
      { b: zeros('3') },
      {},
    ]
    for (const form of forms) f(form)
    expect(calls()).toBe(forms.length)
    for (const form of forms) f(form)
    expect(calls()).toBe(forms.length)
  })

  test('again for a form that 64 others have followed', () => {
    const { counting, calls } = counted((x: Tensor<string, DType>) => x)
    const f = jit(counting)
    const form = (n: number) => zeros('n', { n })
    for (let n = 0; n < 64; n += 1) f(form(n))
    f(form(0))
    expect(calls()).toBe(64)
    // Form 1 is now the one unused for longest.
    f(form(64))
    f(form(0))
    expect(calls()).toBe(65)
    f(form(1))
    expect(calls()).toBe(66)
  })

  test('nothing when it is called inside another trace that has seen the form', () => {
    const { counting, calls } = counted((x: Scalar) => square(x))
    const inner = jit(counting)
    const outer = jit((x: Scalar) => pipe(inner(x), add(inner(x))))
    expect(toNumber(outer(tensor(3)))).toBe(18)
    expect(toNumber(outer(tensor(4)))).toBe(32)
    expect(calls()).toBe(1)
  })
})

describe('jit', () => {
  test('keeps trees, names and dtypes', () => {
    const f = jit(({ x, y }: { readonly x: Tensor<'n 2'>; readonly y: Scalar }) => [pipe(x, mul(y)), { big: pipe(x, greater(3)) }] as const)
    const [scaled, { big }] = f({ x: zeros('n 2', { n: 1 }), y: tensor(2) })
    expect([scaled.shape, scaled.sizes, big.shape, big.dtype]).toEqual(['n 2', [1, 2], 'n 2', 'bool'])
  })

  test('captures tensors it closes over', () => {
    const w = tensor([1, 10])
    const f = jit((x: Tensor<'2'>) => pipe(x, mul(w), sum()))
    expect(toNumber(f(tensor([2, 3])))).toBe(32)
    expect(toNumber(f(tensor([1, 1])))).toBe(11)
  })

  test('may capture a value that is being traced', () => {
    // d/dw (w² · 5) = 10w, the jitted function being made anew in each trace.
    const f = (w: Scalar): Scalar => jit((x: Scalar) => pipe(square(w), mul(x)))(tensor(5))
    expect(toNumber(grad(f)(tensor(3)))).toBe(30)
    expect(toNested(vmap('2')(f)(tensor([1, 2])))).toEqual([5, 20])
    expect(toNumber(jit(grad(f))(tensor(3)))).toBe(30)
  })

  test('gives back its argument, a constant, and nothing', () => {
    const x = tensor([1, 2])
    expect(toNested(jit((y: Tensor<'2'>) => y)(x))).toEqual([1, 2])
    expect(toNested(jit((_: Tensor<'2'>) => tensor([3]))(x))).toEqual([3])
    expect(jit(() => ({}))()).toEqual({})
    expect(toNumber(jit(() => tensor(4))())).toBe(4)
  })

  test('nests with every transformation', () => {
    const cube = jit((x: Scalar) => pipe(square(x), mul(x)))
    expect(toNumber(jit(grad(jit(grad(cube))))(tensor(2)))).toBe(12)
    expect(toNumber(grad(jit(grad(jit(cube))))(tensor(2)))).toBe(12)
    expect(toNested(vmap('2')(jit(grad(cube)))(tensor([1, 2])))).toEqual([3, 12])
    expect(toNested(jit(vmap('2')(grad(cube)))(tensor([1, 2])))).toEqual([3, 12])
  })

  test('runs on the engine it is given, with a simplified program', () => {
    const programs: Program[] = []
    const spying: Engine = {
      ...reference,
      name: 'spying',
      prepare: program => {
        programs.push(program)
        return reference.prepare(program)
      },
    }
    const f = jit((x: Scalar) => pipe(exp(x), add(exp(x))), { engine: spying })
    expect(toNumber(f(tensor(0)))).toBe(2)
    expect(programs.map(({ equations }) => equations.map(({ operation }) => operation.name))).toEqual([['exp', 'add']])
  })

  test('changes no bit of functions with kinks, ties and undefined values', () => {
    const wild = fc.oneof(tensors('4'), fc.constant(tensor([0, -0, Number.NaN, Number.POSITIVE_INFINITY])))
    fc.assert(
      fc.property(wild, x => {
        jitChangesNothing((z: Tensor<'4'>) => [pipe(z, softmax(0)), pipe(z, log, neg, add(0), mul(1), mul(0))] as const)(x)
        jitChangesNothing(grad((z: Tensor<'4'>) => pipe(z, greater(0), where(pipe(z, log), 0), sum())))(x)
      }),
      draws(5, 20),
    )
  })

  test('a value kept from its trace is an error', () => {
    let kept: Scalar = tensor(0)
    const f = jit((x: Scalar) => {
      kept = x
      return x
    })
    f(tensor(1))
    expect(errorOf(() => add(kept)(tensor(1))).message).toBe(
      "add: a traced '' float32 was kept after the function it belongs to had returned: return the value from the function, do not assign it to a variable outside",
    )
  })
})
