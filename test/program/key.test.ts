/** Keys: equal for equal operations and programs, whatever the numbers of their variables are, and different for any other. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { customVjp } from '../../src/control/index.js'
import { add, exp, mul, square, sub, sum } from '../../src/ops/index.js'
import { operationKey, type Program, programKey, simplify } from '../../src/program/index.js'
import { type Tensor, tensor, toNested, toNumber, typed, type Value } from '../../src/tensor/index.js'
import { trace } from '../../src/trace/index.js'
import { grad, jit, vmap } from '../../src/transform/index.js'

type Scalar = Tensor<''>

const traced = (f: (x: Scalar) => object, like: Value = tensor(0)): Program =>
  trace(([x]) => [typed<Value>(f(typed<Scalar>(x)))], [like]).program
const keyOf = (f: (x: Scalar) => object, like?: Value): string => programKey(traced(f, like))

describe('a program', () => {
  const f = (x: Scalar): Scalar => pipe(x, exp, mul(x))

  test('has the key of another with the same equations', () => {
    expect(keyOf(f)).toBe(keyOf(x => pipe(x, exp, mul(x))))
    const program = traced(f)
    const shifted: Program = JSON.parse(JSON.stringify(program), (key, value) => (key === 'id' ? value + 7 : value))
    const equations = program.equations.map((equation, i) => ({ ...shifted.equations[i], operation: equation.operation }))
    const renamed = { ...shifted, equations: typed<Program['equations']>(equations), count: program.count + 7 }
    expect(programKey(renamed)).toBe(programKey(program))
  })

  test.each<readonly [string, string]>([
    ['another operation', keyOf(x => pipe(x, exp, add(x)))],
    ['its operands the other way round', keyOf(x => pipe(x, mul(exp(x))))],
    ['another shape', keyOf(x => pipe(x, exp, mul(x)), tensor([1, 2]))],
    ['another dtype', keyOf(x => pipe(x, exp, mul(x)), tensor(0, 'float64'))],
    ['another result', keyOf(x => exp(x))],
  ])('and not that of one with %s', (_, key) => {
    expect(key).not.toBe(keyOf(f))
  })

  test('has constants in its key, of which -0 is not 0', () => {
    const scaled = (by: number): string => keyOf(x => pipe(x, mul(by)))
    expect(scaled(0)).toBe(scaled(0))
    expect(new Set([scaled(0), scaled(-0), scaled(1), scaled(Number.NaN)]).size).toBe(4)
  })
})

describe('an operation that holds a program', () => {
  /** x² with a rule that gives `slope` x. */
  const marked = (slope: number): ((x: Scalar) => Scalar) =>
    customVjp(
      (x: Scalar) => square(x),
      x => [square(x), ct => pipe(ct, mul(x), mul(slope))],
    )
  const five = marked(5)
  const names = (f: (x: Scalar) => Scalar): readonly string[] => simplify(traced(f)).equations.map(({ operation }) => operation.name)
  const operationOf = (f: (x: Scalar) => Scalar) => traced(f).equations[0]?.operation

  test('is joined with an equal one', () => {
    const twice = (x: Scalar): Scalar => pipe(five(x), add(five(x)))
    expect(names(twice)).toEqual(['customVjp', 'add'])
    expect(toNumber(grad(jit(twice))(tensor(3)))).toBe(30)
  })

  test('is not joined with one that has another rule, though both hold the same program', () => {
    const seven = marked(7)
    const both = (x: Scalar): Scalar => pipe(five(x), sub(seven(x)))
    expect(names(both)).toEqual(['customVjp', 'customVjp', 'sub'])
    expect(toNumber(jit(both)(tensor(3)))).toBe(0)
    expect(toNumber(grad(jit(both))(tensor(3)))).toBe(-6)
  })

  test('has one key at every call, so that it is compiled once', () => {
    const [first, second] = [operationOf(five), operationOf(five)]
    expect(first).not.toBe(second)
    expect(first && operationKey(first)).toBe(second && operationKey(second))
  })

  test('tells apart over which axes of a batch its inputs go, also where its program does not show it', () => {
    // A value that depends on nothing, said to have the derivative 1 by a: so the axis of a is seen by the rule alone.
    const f = customVjp(
      (_: { readonly a: Scalar; readonly b: Scalar }): Scalar => tensor(0),
      () => [tensor(0), ct => ({ a: ct, b: tensor(0) })],
    )
    type Vector = Tensor<'2'>
    const y: Vector = tensor([1, 2])
    const alongColumns = (x: Vector) => vmap('2')((b: Scalar) => vmap('2')((a: Scalar) => f({ a, b }))(x))(y)
    const alongRows = (x: Vector) => vmap('2')((a: Scalar) => vmap('2')((b: Scalar) => f({ a, b }))(y))(x)
    const weights = tensor([
      [0, 1],
      [0, 0],
    ])
    const difference = jit((x: Vector) => pipe(alongColumns(x), mul(weights), sub(pipe(alongRows(x), mul(weights))), sum()))
    expect(toNested(grad(difference)(tensor([5, 7])))).toEqual([-1, 1])
  })
})
