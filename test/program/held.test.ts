/** Programs that operations hold: simplified, and drawn, as the program around them is. */
import { describe, expect, test } from 'vitest'
import {
  add,
  cond,
  exp,
  grad,
  greater,
  jit,
  matmul,
  mul,
  pipe,
  program,
  scan,
  sum,
  type Tensor,
  tensor,
  toNested,
} from '../../src/index.js'
import { check, type Program, simplify } from '../../src/program/index.js'

const bodyOf = (outer: Program, place = 0): Program => outer.equations.flatMap(({ operation }) => operation.programs)[place] ?? outer
const namesIn = (body: Program): readonly string[] => body.equations.map(({ operation }) => operation.name)

const xs = tensor([1, 2, 3, 4])

describe('simplify', () => {
  test('joins equal equations of a body', () => {
    const f = (given: Tensor<'4'>) =>
      scan('4')((carry: Tensor<''>, x: Tensor<''>) => [pipe(mul(x)(x), add(mul(x)(x)), add(carry)), []] as const, tensor(0))(given)[0]
    expect(namesIn(bodyOf(check(program.of(f)(xs))))).toEqual(['mul', 'add', 'add'])
  })

  test('drops the stack of a result that is not used, and what only that needed', () => {
    const f = (given: Tensor<'4'>) =>
      scan('4')((carry: Tensor<''>, x: Tensor<''>) => [add(x)(carry), exp(mul(x)(x))] as const, tensor(0))(given)[0]
    const body = bodyOf(check(program.of(f)(xs)))
    expect(namesIn(body)).toEqual(['add'])
    expect(body.outputs.length).toBe(1)
  })

  test('drops a carry that neither the result nor another carry needs, with its first value', () => {
    const f = (given: Tensor<'4'>, first: Tensor<''>) =>
      scan('4')(
        ({ a, b }: { readonly a: Tensor<''>; readonly b: Tensor<''> }, x: Tensor<''>) => [{ a: add(x)(a), b: mul(b)(b) }, []] as const,
        { a: tensor(0), b: exp(first) },
      )(given)[0].a
    const outer = check(program.of(f)(xs, tensor(1)))
    expect(namesIn(outer)).toEqual(['scan'])
    expect(bodyOf(outer).inputs.length).toBe(2)
  })

  test('keeps a carry that another one reads', () => {
    const f = (given: Tensor<'4'>) =>
      scan('4')(
        ({ a, b }: { readonly a: Tensor<''>; readonly b: Tensor<''> }, x: Tensor<''>) => [{ a: add(b)(a), b: mul(b)(x) }, []] as const,
        { a: tensor(0), b: tensor(1) },
      )(given)[0].a
    expect(bodyOf(check(program.of(f)(xs))).outputs.length).toBe(2)
    // 1 + 1 + 2 + 6: a is the sum of what b was before each round.
    expect(toNested(f(xs))).toBe(10)
    expect(toNested(jit(f)(xs))).toBe(10)
  })

  test('drops results and operands of a cond that are not used', () => {
    const f = (x: Tensor<''>, y: Tensor<''>) =>
      cond(
        greater(0)(x),
        ({ a, b }: { readonly a: Tensor<''>; readonly b: Tensor<''> }) => ({ p: mul(a)(a), q: exp(b) }),
        ({ a, b }) => ({ p: a, q: b }),
      )({ a: x, b: y }).p
    const outer = check(program.of(f)(tensor(3), tensor(1)))
    expect(outer.equations.at(-1)?.inputs.length).toBe(2)
    expect(namesIn(bodyOf(outer, 1))).toEqual(['mul'])
    expect(toNested(jit(f)(tensor(3), tensor(1)))).toBe(9)
  })

  test('joins scans that are equal once their bodies are simplified', () => {
    const once = (given: Tensor<'4'>, twice: boolean) =>
      scan('4')((carry: Tensor<''>, x: Tensor<''>) => {
        const square = mul(x)(x)
        return [pipe(carry, add(square), add(twice ? mul(x)(x) : square)), []] as const
      }, tensor(0))(given)[0]
    const f = (given: Tensor<'4'>) => add(once(given, false))(once(given, true))
    expect(namesIn(program.of(f)(xs))).toEqual(['scan', 'add'])
  })

  test('a simplified program is left as it is', () => {
    const f = grad((w: Tensor<''>) =>
      sum()(scan('4')((carry: Tensor<''>, x: Tensor<''>) => [pipe(carry, mul(w), add(x)), carry] as const, tensor(0))(xs)[1]),
    )
    const first = program.of(f)(tensor(2))
    expect(simplify(first)).toEqual(first)
  })
})

describe('draw', () => {
  const w = tensor([
    [1, 2],
    [3, 4],
  ])
  const f = (given: Tensor<'4 2'>) =>
    scan('4')((h: Tensor<'2'>, x: Tensor<'2'>) => [pipe(h, matmul(w), add(x)), []] as const, tensor([0, 0]))(given)[0]
  const rows = tensor([
    [1, 0],
    [0, 1],
    [1, 1],
    [0, 0],
  ])

  test('a body has a box of its own, whose nodes have names of their own', () => {
    const drawn = program.mermaid(f)(rows)
    expect(drawn).toContain('  subgraph e0p0["scan"]\n    e0p0i0(["a"])\n')
    expect(drawn).toContain('  end\n  e0 -.- e0p0\n')
    expect(program.dot(f)(rows)).toContain('  compound=true\n')
    expect(program.dot(f)(rows)).toContain('  subgraph cluster_e0p0 {\n    label="scan"\n    e0p0i0 [shape=oval, label="a"]\n')
  })

  test('a program that holds none is drawn as before', () => {
    expect(program.dot((x: Tensor<'4'>) => exp(x))(xs)).not.toContain('compound')
  })
})
