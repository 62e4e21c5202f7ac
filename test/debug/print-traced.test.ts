/** What prints while a function is traced: nothing. An operation that holds a print is part of the program, whatever it is given. */
import { describe, expect, test } from 'vitest'
import {
  add,
  checkpoint,
  cond,
  customJvp,
  customVjp,
  debug,
  evalShape,
  fori,
  grad,
  greater,
  hessian,
  jit,
  jvp,
  less,
  mul,
  program,
  type Tensor,
  tensor,
  toNested,
  train,
  vmap,
  whileLoop,
} from '../../src/index.js'

const lines: string[] = []
const shown = debug.print('d', { to: line => lines.push(line) })
const printed = (f: () => unknown): readonly string[] => {
  lines.length = 0
  f()
  return lines.slice()
}

/** Each prints 7 when it is run, and has no operand that is traced. */
const holders: readonly (readonly [name: string, run: () => unknown])[] = [
  ['a print', () => shown(tensor(7))],
  ['a scan', () => fori(1)((_: Tensor<'', 'int32'>, d: Tensor<''>) => shown(d))(tensor(7))],
  [
    'a choice',
    () =>
      cond(
        greater(0)(tensor(1)),
        (d: Tensor<''>) => shown(d),
        (d: Tensor<''>) => d,
      )(tensor(7)),
  ],
  ['a checkpoint', () => checkpoint((d: Tensor<''>) => shown(d))(tensor(7))],
  [
    'a loop of unknown length',
    () =>
      whileLoop(
        (d: Tensor<''>) => less(8)(d),
        (d: Tensor<''>) => add(1)(shown(d)),
      )(tensor(7)),
  ],
  [
    'a function with a pullback of its own',
    () =>
      customVjp(
        (d: Tensor<''>) => shown(d),
        d => [d, ct => ct],
      )(tensor(7)),
  ],
  [
    'a function with tangents of its own',
    () =>
      customJvp(
        (d: Tensor<''>) => shown(d),
        (d, t) => [d, t],
      )(tensor(7)),
  ],
  ['a jitted function', () => jit((d: Tensor<''>) => shown(d))(tensor(7))],
  [
    'a fold of a jitted step',
    () => train.fold(jit((s: Tensor<''>, d: Tensor<''>) => [add(shown(d))(s), s] as const))(tensor(0))([tensor(7)]),
  ],
]

describe.each(holders)('%s of a constant', (_, run) => {
  const f = (x: Tensor<''>): Tensor<''> => {
    run()
    return mul(2)(x)
  }

  test('is run at once outside of traces', () => {
    expect(printed(run)).toEqual(['d: 7'])
    expect(printed(() => f(tensor(1)))).toEqual(['d: 7'])
  })

  test('is run at each call of a compiled function', () => {
    const g = jit(f)
    expect(printed(() => [toNested(g(tensor(1))), toNested(g(tensor(2)))])).toEqual(['d: 7', 'd: 7'])
  })

  test('is not run where a program is only made', () => {
    expect(printed(() => program.of(f)(tensor(1)))).toEqual([])
    expect(printed(() => evalShape(f)(tensor(1)))).toEqual([])
  })

  test('is run in each round, in the case that is chosen alone, and once under transformations', () => {
    expect(printed(() => fori(3)((_: Tensor<'', 'int32'>, c: Tensor<''>) => f(c))(tensor(0)))).toEqual(['d: 7', 'd: 7', 'd: 7'])
    const chosen = (x: Tensor<''>) => cond(greater(0)(x), f, (y: Tensor<''>) => y)(x)
    expect(printed(() => chosen(tensor(-1)))).toEqual([])
    expect(printed(() => chosen(tensor(1)))).toEqual(['d: 7'])
    expect(printed(() => expect(toNested(grad(f)(tensor(1)))).toBe(2))).toEqual(['d: 7'])
    expect(printed(() => expect(toNested(vmap('2')(f)(tensor([1, 2])))).toEqual([2, 4]))).toEqual(['d: 7'])
  })
})

test('what is printed in a program keeps its order, whatever it depends on', () => {
  const f = jit((x: Tensor<''>) => {
    shown(x)
    checkpoint((d: Tensor<''>) => shown(d))(tensor(7))
    return shown(mul(2)(x))
  })
  expect(printed(() => [f(tensor(1)), f(tensor(2))])).toEqual(['d: 1', 'd: 7', 'd: 2', 'd: 2', 'd: 7', 'd: 4'])
})

test('a checkpoint of what a trace outside holds belongs to the case that it stands in', () => {
  const f = jit((x: Tensor<''>) =>
    cond(
      greater(0)(x),
      (y: Tensor<''>) => add(checkpoint((d: Tensor<''>) => shown(d))(x))(y),
      (y: Tensor<''>) => y,
    )(x),
  )
  expect(printed(() => expect([f(tensor(-1)), f(tensor(2))].map(toNested)).toEqual([-1, 4]))).toEqual(['d: 2'])
})

test('a rule prints the tangents and cotangents that it is given, and none that are made up', () => {
  const ofTangent = customJvp(
    (x: Tensor<''>) => mul(2)(x),
    (x, t) => [mul(2)(x), mul(2)(shown(t))],
  )
  expect(printed(() => jvp(ofTangent)(tensor(3), tensor(5)))).toEqual(['d: 5'])
  expect(printed(() => expect(toNested(grad(ofTangent)(tensor(3)))).toBe(2))).toEqual([])
  expect(printed(() => expect(toNested(jit(grad(ofTangent))(tensor(3)))).toBe(2))).toEqual([])
  const ofCotangent = customVjp(
    (x: Tensor<''>) => mul(2)(x),
    x => [mul(2)(x), ct => mul(2)(shown(ct))],
  )
  expect(printed(() => grad(ofCotangent)(tensor(3)))).toEqual(['d: 1'])
  expect(printed(() => expect(toNested(jvp(ofCotangent)(tensor(3), tensor(5))[1])).toBe(10))).toEqual([])
  expect(printed(() => expect(toNested(hessian((x: Tensor<''>) => mul(x)(ofCotangent(x)))(tensor(3)))).toBe(4))).not.toContain('d: 0')
})

test('each round of a loop names what an operation of constants holds', () => {
  const [, { w = tensor(0) }] = debug.capture((x: Tensor<''>) => {
    fori(3)((_: Tensor<'', 'int32'>, c: Tensor<''>) => debug.name('w')(add(1)(c)))(tensor(0))
    return x
  })(tensor(5))
  expect(toNested(w)).toEqual([1, 2, 3])
})
