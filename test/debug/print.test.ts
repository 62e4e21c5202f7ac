/** Values printed by running programs: when, in which order, how often, and that nothing else changes. */
import { describe, expect, test } from 'vitest'
import {
  add,
  checkpoint,
  cond,
  customVjp,
  debug,
  exp,
  fori,
  grad,
  greater,
  hessian,
  jacobianForward,
  jit,
  jvp,
  linearize,
  linearTranspose,
  map,
  matmul,
  mul,
  pipe,
  program,
  reference,
  scan,
  sin,
  sum,
  type Tensor,
  tanh,
  tensor,
  toNested,
  train,
  vmap,
  withEngine,
} from '../../src/index.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

const recorder = () => {
  const lines: string[] = []
  return { lines, to: { to: (line: string) => lines.push(line) } }
}
const engines = [
  ['wasm', undefined],
  ['reference', reference],
] as const

describe.each(engines)('on the %s engine', (_, engine) => {
  const on = <T>(f: () => T): T => (engine ? withEngine(engine)(f) : f())

  test('a value is printed at each call, compiled or not, in the order of the program', () => {
    const { lines, to } = recorder()
    const f = (x: Tensor<''>) =>
      pipe(x, debug.print('first', to), mul(2), exp, debug.print('then', to), y => mul(debug.print('', to)(x))(y))
    on(() => {
      f(tensor(0))
      const g = jit(f)
      g(tensor(0))
      g(tensor(0))
    })
    expect(lines).toEqual(Array.from({ length: 3 }, () => ['first: 0', 'then: 1', ': 0']).flat())
  })

  test('a value whose result is not used, that is printed twice, or that depends on no argument, is printed each time', () => {
    const { lines, to } = recorder()
    const f = jit((x: Tensor<'2'>) => {
      debug.print('x', to)(x)
      debug.print('x', to)(x)
      debug.print('c', to)(tensor(7))
      debug.print('unused', to)(add(3)(x))
      return exp(x)
    })
    on(() => [f(tensor([1, 2])), f(tensor([3, 4]))])
    const of = (a: number, b: number) => [
      `x: Tensor<'2'> [${a}, ${b}]`,
      `x: Tensor<'2'> [${a}, ${b}]`,
      'c: 7',
      `unused: Tensor<'2'> [${3 + a}, ${3 + b}]`,
    ]
    expect(lines).toEqual([...of(1, 2), ...of(3, 4)])
  })

  test('in a scan each round prints, from the first to the last, in reverse the other way', () => {
    for (const reverse of [false, true]) {
      const { lines, to } = recorder()
      const shown = debug.print('{x} after {total}', to)
      const f = (xs: Tensor<'3'>) =>
        scan('3', { reverse })((total: Tensor<''>, x: Tensor<''>) => {
          shown({ x, total })
          return [add(x)(total), mul(2)(x)] as const
        }, tensor(0))(xs)
      const results = on(() => [f(tensor([1, 2, 3])), jit(f)(tensor([1, 2, 3]))])
      const expected = reverse ? ['3 after 0', '2 after 3', '1 after 5'] : ['1 after 0', '2 after 1', '3 after 3']
      expect(lines).toEqual([...expected, ...expected])
      for (const [total, rows] of results) expect([toNested(total), toNested(rows)]).toEqual([6, [2, 4, 6]])
    }
  })

  test('in a choice the case that is run prints', () => {
    const { lines, to } = recorder()
    const f = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => debug.print('yes', to)(mul(2)(y)),
        (y: Tensor<''>) => debug.print('no', to)(y),
      )(x)
    expect(on(() => [f(tensor(1)), f(tensor(-1)), jit(f)(tensor(3))].map(toNested))).toEqual([2, -1, 6])
    expect(lines).toEqual(['yes: 2', 'no: -1', 'yes: 6'])
  })

  test('a loop in a loop, a choice in it, a function with a rule, a checkpoint', () => {
    const { lines, to } = recorder()
    const twice = customVjp(
      (x: Tensor<''>) => debug.print('twice', to)(mul(2)(x)),
      x => [mul(2)(x), ct => mul(2)(ct)],
    )
    const again = checkpoint((x: Tensor<''>) => debug.print('again', to)(add(1)(x)))
    const f = (x: Tensor<''>) =>
      fori(2)((i: Tensor<'', 'int32'>, a: Tensor<''>) =>
        fori(2)((j: Tensor<'', 'int32'>, b: Tensor<''>) => {
          debug.print('{i} {j}', to)({ i, j })
          return cond(
            greater(100)(b),
            (y: Tensor<''>) => y,
            (y: Tensor<''>) => again(twice(y)),
          )(b)
        })(a),
      )(x)
    expect(on(() => toNested(jit(f)(tensor(1))))).toBe(31)
    expect(lines).toEqual(
      [
        ['0 0', 2, 3],
        ['0 1', 6, 7],
        ['1 0', 14, 15],
        ['1 1', 30, 31],
      ].flatMap(([at, a, b]) => [String(at), `twice: ${a}`, `again: ${b}`]),
    )
  })
})

describe('under transformations', () => {
  const cube = (to: debug.PrintOptions) => (x: Tensor<''>) => pipe(x, mul(x), debug.print('square', to), mul(x))

  test('a gradient prints what is computed forward, once, in order with what is around it', () => {
    const { lines, to } = recorder()
    expect(toNested(grad(cube(to))(tensor(3)))).toBe(27)
    expect(toNested(jit(grad(cube(to)))(tensor(4)))).toBe(48)
    expect(lines).toEqual(['square: 9', 'square: 16'])
  })

  test('the gradients of loops print forward alone, stored or computed again', () => {
    for (const recompute of [false, true]) {
      const { lines, to } = recorder()
      const f = (w: Tensor<''>) =>
        scan('3', { recompute })(
          (h: Tensor<''>, x: Tensor<''>) => [pipe(h, mul(w), debug.print('h', to), add(x), tanh), []] as const,
          tensor(1),
        )(tensor([1, 2, 3]))[0]
      const silent = (w: Tensor<''>) =>
        scan('3')((h: Tensor<''>, x: Tensor<''>) => [pipe(h, mul(w), add(x), tanh), []] as const, tensor(1))(tensor([1, 2, 3]))[0]
      expect(toNested(grad(f)(tensor(0.5)))).toBe(toNested(grad(silent)(tensor(0.5))))
      expect(lines.length).toBe(3)
      expect(toNested(jit(grad(f))(tensor(0.5)))).toBe(toNested(grad(silent)(tensor(0.5))))
      expect(lines.length).toBe(6)
    }
  })

  test('the gradient of a choice, and of a checkpoint, prints forward alone', () => {
    const { lines, to } = recorder()
    const f = (x: Tensor<''>) => cond(greater(0)(x), cube(to), (y: Tensor<''>) => y)(x)
    expect(toNested(grad(f)(tensor(2)))).toBe(12)
    expect(toNested(grad(checkpoint(cube(to)))(tensor(2)))).toBe(12)
    expect(lines).toEqual(['square: 4', 'square: 4'])
  })

  test('forward mode, linearize, jacobians and hessians print once', () => {
    const { lines, to } = recorder()
    jvp(cube(to))(tensor(2), tensor(1))
    const [, push] = linearize(cube(to))(tensor(2))
    expect([push(tensor(1)), push(tensor(2))].map(toNested)).toEqual([12, 24])
    expect(toNested(jacobianForward(cube(to))(tensor(2)))).toBe(12)
    expect(toNested(hessian(cube(to))(tensor(2)))).toBe(12)
    expect(lines).toEqual(Array.from({ length: 4 }, () => 'square: 4'))
  })

  test('of a linear function that is transposed nothing runs, and nothing is printed', () => {
    const { lines, to } = recorder()
    const back = linearTranspose((x: Tensor<''>) => pipe(x, mul(3), debug.print('x', to)))(tensor(0))
    expect(toNested(back(tensor(2)))).toBe(6)
    expect(lines).toEqual([])
  })

  test('under vmap a batch is printed as one tensor, and what all examples share as it is', () => {
    const { lines, to } = recorder()
    const w = tensor([1, 2])
    const f = vmap('3')((x: Tensor<'2'>) => {
      debug.print('w', to)(w)
      return pipe(x, mul(w), debug.print('x', to), sum())
    })
    expect(
      toNested(
        f(
          tensor([
            [1, 1],
            [2, 2],
            [3, 3],
          ]),
        ),
      ),
    ).toEqual([3, 6, 9])
    jit(f)(
      tensor([
        [1, 1],
        [2, 2],
        [3, 3],
      ]),
    )
    const both = ["w: Tensor<'2'> [1, 2]", "x: Tensor<'3 2'>\n[[1, 2],\n [2, 4],\n [3, 6]]"]
    expect(lines).toEqual([...both, ...both])
  })

  test('a scan under vmap, and map in a jitted function in another', () => {
    const { lines, to } = recorder()
    const total = (xs: Tensor<'2'>) =>
      scan('2')((t: Tensor<''>, x: Tensor<''>) => [debug.print('t', to)(add(x)(t)), []] as const, tensor(0))(xs)[0]
    const rows = tensor([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(vmap('2')(total)(rows))).toEqual([3, 7])
    expect(lines.splice(0)).toEqual(["t: Tensor<'2'> [1, 3]", "t: Tensor<'2'> [3, 7]"])
    const inner = jit(total)
    expect(toNested(jit((given: Tensor<'2 2'>) => map('2')((xs: Tensor<'2'>) => inner(xs))(given))(rows))).toEqual([3, 7])
    expect(lines).toEqual(['t: 1', 't: 3', 't: 3', 't: 7'])
  })

  test('a fold of a step that prints', () => {
    const { lines, to } = recorder()
    const step = jit((state: Tensor<''>, x: Tensor<''>) => [debug.print('state', to)(add(x)(state)), state] as const)
    const [last] = train.fold(step)(tensor(0))([tensor(1), tensor(2), tensor(3)])
    expect(toNested(last)).toBe(6)
    expect(lines).toEqual(['state: 1', 'state: 3', 'state: 6'])
  })
})

describe('nothing else changes', () => {
  test('not a bit of a long chain of products', () => {
    const w = tensor([
      [0.3, -0.7],
      [1.1, 0.2],
    ])
    const f = (shown: (x: Tensor<'2'>) => Tensor<'2'>) => (x: Tensor<'2'>) =>
      pipe(x, matmul(w), sin, shown, exp, matmul(w), shown, tanh, sum())
    const { to } = recorder()
    const x = tensor([0.1, 0.9])
    const [plain, printing] = [f(y => y), f(debug.print('y', to))]
    expect(toNested(jit(printing)(x))).toBe(toNested(jit(plain)(x)))
    expect(toNested(jit(grad(printing))(x))).toEqual(toNested(jit(grad(plain))(x)))
  })

  test('a printed program shows it, without a result', () => {
    expect(program.print((x: Tensor<''>) => debug.print('x')(exp(x)))(tensor(1))).toBe(
      "program (a: float32 '') {\n  b: float32 '' = exp a\n  debug.print[format=x: {} paths= shapes=] b\n  return b\n}\n",
    )
  })

  test('counting leaves it out', () => {
    expect(debug.count((x: Tensor<''>) => debug.print('x')(exp(x)))(tensor(1)).operations).toEqual({ exp: 1 })
  })
})

describe('formats', () => {
  test('name the whole, parts and braces', () => {
    const { lines, to } = recorder()
    const value = { a: tensor(1), b: { c: tensor(2, 'int32'), d: tensor([3, 4]) } }
    for (const format of ['all', '{a}', '{b}!', '{b.c} {{ {a} }}', '{}']) debug.print(format, to)(value)
    expect(lines).toEqual([
      "all: a: 1, b.c: 2, b.d: Tensor<'2'> [3, 4]",
      '1',
      "c: 2, d: Tensor<'2'> [3, 4]!",
      '2 { 1 }',
      "a: 1, b.c: 2, b.d: Tensor<'2'> [3, 4]",
    ])
  })

  test('that are wrong are refused', () => {
    const message = (f: () => unknown) => errorOf(f).message
    expect(message(() => debug.print('{b}')({ a: tensor(1) }))).toBe("debug.print: there is nothing at 'b' of what is printed")
    expect(message(() => debug.print(typed<string>(tensor(1))))).toBe(
      "debug.print: a tensor is no text: give a label first, as in debug.print('loss')(x)",
    )
    expect(message(() => debug.print('x', typed<debug.PrintOptions>({ to: 3 })))).toBe(
      "debug.print: 3 is no function: give one of a line, as in debug.print('loss', { to: line => lines.push(line) })",
    )
    expect(message(() => debug.print('x')(typed<object>(3)))).toContain('debug.print: the argument is a number')
  })
})
