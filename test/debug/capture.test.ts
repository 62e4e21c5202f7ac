/** Named values as a further result: everywhere a value can be named, and nothing where nobody captures. */
import { describe, expect, test } from 'vitest'
import {
  add,
  as,
  cast,
  checkpoint,
  cond,
  customVjp,
  debug,
  exp,
  grad,
  greater,
  hessian,
  jit,
  layer,
  matmul,
  mul,
  pipe,
  program,
  random,
  relu,
  scan,
  sum,
  type Tensor,
  tensor,
  toNested,
  valueAndGrad,
  vmap,
  zeros,
} from '../../src/index.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

const numbersOf = (captured: debug.Captured) => Object.fromEntries(Object.entries(captured).map(([key, x]) => [key, toNested(x)]))
const shapesOf = (captured: debug.Captured) => Object.fromEntries(Object.entries(captured).map(([key, x]) => [key, x.shape]))
const square = (x: Tensor<''>) => pipe(x, mul(x), debug.name('square'))

describe('captures', () => {
  test('values by name, in the order of the program, repeated names with a number, trees by place', () => {
    const f = (x: Tensor<''>) => {
      const [a, b] = [square(x), square(add(1)(x))]
      debug.name('both')({ a, b: [b] })
      return add(a)(b)
    }
    const [y, captured] = debug.capture(f)(tensor(2))
    expect(toNested(y)).toBe(13)
    expect(numbersOf(captured)).toEqual({ square: 4, 'square.1': 9, 'both.a': 4, 'both.b.0': 9 })
    expect(Object.keys(captured)).toEqual(['square', 'square.1', 'both.a', 'both.b.0'])
  })

  test('whatever the names, each value under a name of its own', () => {
    const named = (...names: readonly string[]) =>
      numbersOf(
        debug.capture((x: Tensor<''>) => {
          names.forEach((name, i) => {
            debug.name(name)(add(i + 1)(x))
          })
          return x
        })(tensor(0))[1],
      )
    expect(named('a', 'a', 'a.1')).toEqual({ a: 1, 'a.1': 2, 'a.1.1': 3 })
    expect(named('a', 'a.1', 'a', 'a')).toEqual({ a: 1, 'a.1': 2, 'a.2': 3, 'a.3': 4 })
    expect(named('a.1', 'a.1', 'a', 'a', 'a.1.1')).toEqual({ 'a.1': 1, 'a.1.1': 2, a: 3, 'a.2': 4, 'a.1.1.1': 5 })
  })

  test('with the names of their axes', () => {
    const f = (x: Tensor<'batch 2'>) => pipe(x, matmul(zeros('2 4')), relu, debug.name('hidden'), sum())
    expect(shapesOf(debug.capture(f)(zeros('batch 2', { batch: 3 }))[1])).toEqual({ hidden: 'batch 4' })
  })

  test('what depends on no argument too, and values that nothing else uses', () => {
    const f = (x: Tensor<''>) => {
      debug.name('constant')(tensor(7))
      debug.name('unused')(exp(x))
      return x
    }
    expect(numbersOf(debug.capture(f)(tensor(0))[1])).toEqual({ constant: 7, unused: 1 })
  })

  test('compiled, and from a function that was compiled before', () => {
    const f = jit(square)
    f(tensor(3))
    expect(numbersOf(debug.capture(f)(tensor(3))[1])).toEqual({ square: 9 })
    expect(numbersOf(jit(debug.capture(f))(tensor(4))[1])).toEqual({ square: 16 })
    expect(toNested(f(tensor(5)))).toBe(25)
  })

  test('inside and outside of gradients', () => {
    const inside = debug.capture(grad((x: Tensor<''>) => mul(x)(square(x))))
    const [gradient, captured] = inside(tensor(2))
    expect([toNested(gradient), numbersOf(captured)]).toEqual([12, { square: 4 }])
    const [[value, seen], outside] = valueAndGrad((x: Tensor<''>) => debug.capture(square)(x))(tensor(3))
    expect([toNested(value), numbersOf(seen), toNested(outside)]).toEqual([9, { square: 9 }, 6])
    // The captured value is differentiated as any result is.
    const through = grad((x: Tensor<''>) => {
      const { square: seen = tensor(0) } = debug.capture(square)(x)[1]
      return cast('float32')(as('')(seen))
    })
    expect(toNested(through(tensor(3)))).toBe(6)
    expect(numbersOf(debug.capture(hessian(square))(tensor(3))[1])).toEqual({ square: 9 })
  })

  test('inside and outside of vmap', () => {
    const rows = tensor([1, 2, 3])
    const inside = debug.capture(vmap('3')((x: Tensor<''>) => square(x)))(rows)[1]
    expect([shapesOf(inside), numbersOf(inside)]).toEqual([{ square: '3' }, { square: [1, 4, 9] }])
    const outside = vmap('3')((x: Tensor<''>) => debug.capture(square)(x))(rows)[1]
    expect([shapesOf(outside), numbersOf(outside)]).toEqual([{ square: '3' }, { square: [1, 4, 9] }])
  })

  test('each round of a loop, one in another', () => {
    const outer = (xs: Tensor<'2'>) =>
      scan('2')((t: Tensor<''>, x: Tensor<''>) => {
        const inner = scan('3')((u: Tensor<''>, y: Tensor<''>) => [debug.name('u')(add(y)(u)), []] as const, x)(tensor([1, 1, 1]))[0]
        return [debug.name('t')(add(inner)(t)), []] as const
      }, tensor(0))(xs)[0]
    for (const run of [debug.capture(outer), jit(debug.capture(outer))]) {
      const [total, captured] = run(tensor([10, 20]))
      expect(toNested(total)).toBe(36)
      expect(numbersOf(captured)).toEqual({
        u: [
          [11, 12, 13],
          [21, 22, 23],
        ],
        t: [13, 36],
      })
    }
  })

  test('the gradient of a loop, forward', () => {
    const f = (w: Tensor<''>) =>
      scan('3')((h: Tensor<''>, _: Tensor<''>) => [pipe(h, mul(w), debug.name('h')), []] as const, tensor(1))(tensor([0, 0, 0]))[0]
    const [gradient, captured] = debug.capture(grad(f))(tensor(2))
    expect([toNested(gradient), numbersOf(captured)]).toEqual([12, { h: [2, 4, 8] }])
  })

  test('in all functions of a choice, or none', () => {
    const both = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => debug.name('y')(exp(y)),
        (y: Tensor<''>) => debug.name('y')(mul(2)(y)),
      )(x)
    expect(numbersOf(debug.capture(both)(tensor(-1))[1])).toEqual({ y: -2 })
    const one = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => debug.name('y')(y),
        (y: Tensor<''>) => y,
      )(x)
    expect(errorOf(() => debug.capture(one)(tensor(1))).message).toBe(
      "debug.capture: 'y' is not named once in each function of a cond: only one of them runs, so name the result of the cond",
    )
    const other = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => {
          debug.name('y')(zeros('2'))
          return y
        },
        (y: Tensor<''>) => debug.name('y')(y),
      )(x)
    expect(errorOf(() => debug.capture(other)(tensor(1))).message).toBe(
      "debug.capture: 'y' is float32 '' in one function of a cond and float32 '2' in another",
    )
  })

  test('of a choice that differs by example in all functions, for all examples, as documented', () => {
    const h = debug.name('h')
    const f = vmap('2')((x: Tensor<''>) =>
      debug.name('chosen')(
        cond(
          greater(0)(x),
          (y: Tensor<''>) => h(mul(2)(y)),
          (y: Tensor<''>) => h(mul(3)(y)),
        )(x),
      ),
    )
    expect(numbersOf(debug.capture(f)(tensor([1, -1]))[1])).toEqual({ h: [3, -3], 'h.1': [2, -2], chosen: [2, -3] })
  })

  test('in a function with a rule of its own and in a checkpoint, whose derivatives stay', () => {
    const twice = customVjp(
      (x: Tensor<''>) => debug.name('twice')(mul(2)(x)),
      x => [mul(2)(x), () => tensor(100)],
    )
    const f = (x: Tensor<''>) => checkpoint((y: Tensor<''>) => debug.name('after')(exp(mul(0)(twice(y)))))(x)
    const [y, captured] = debug.capture((x: Tensor<''>) => [twice(x), f(x)] as const)(tensor(3))
    expect([y.map(toNested), numbersOf(captured)]).toEqual([[6, 1], { twice: 6, 'twice.1': 6, after: 1 }])
    const [, gradient] = valueAndGrad((x: Tensor<''>) => debug.capture(twice)(x))(tensor(3))
    expect(toNested(gradient)).toBe(100)
  })

  test('in what prints, which prints as it does uncaptured', () => {
    const lines: string[] = []
    const shown = debug.print('d', { to: line => lines.push(line) })
    const named = (x: Tensor<''>) => debug.name('twice')(shown(mul(2)(x)))
    const ruled = customVjp(named, x => [mul(2)(x), ct => ct])
    for (const f of [named, ruled, checkpoint(named), checkpoint((x: Tensor<''>) => checkpoint(ruled)(x))]) {
      expect(numbersOf(debug.capture(f)(tensor(3))[1])).toEqual({ twice: 6 })
      expect(toNested(jit(debug.capture(f))(tensor(4))[0])).toBe(8)
      expect(lines.splice(0)).toEqual(['d: 6', 'd: 8'])
    }
  })

  test('in a checkpoint of a compiled function, which is compiled whole', async () => {
    const named = (x: Tensor<''>) => debug.name('twice')(mul(2)(x))
    const ruled = customVjp(named, x => [mul(2)(x), ct => ct])
    for (const f of [named, ruled, checkpoint(named), checkpoint((x: Tensor<''>) => checkpoint(ruled)(x))]) {
      expect(program.print((x: Tensor<''>) => debug.capture(f)(x)[0])(tensor(1))).not.toContain('debug.name')
      const files = await jit((x: Tensor<''>) => debug.capture(f)(x)[0]).export(tensor(1))
      expect(files.wasm.length).toBeGreaterThan(0)
    }
  })

  test('from a model with layers', () => {
    const model = pipe(layer.input('2'), layer.dense(3), layer.relu, layer.dense(1))
    const params = model.init(random.key(0))
    const [y, captured] = debug.capture((x: Tensor<'2'>) => debug.name('out')(model.apply(params)(x)))(tensor([1, 2]))
    expect(numbersOf(captured)).toEqual({ out: toNested(y) })
  })

  test('by the innermost of two, and nothing after an error', () => {
    const [[, inner], outer] = debug.capture((x: Tensor<''>) => debug.capture(square)(x))(tensor(2))
    expect([numbersOf(inner), numbersOf(outer)]).toEqual([{ square: 4 }, {}])
    expect(() =>
      debug.capture((_: Tensor<''>): Tensor<''> => {
        throw new Error('mine')
      })(tensor(1)),
    ).toThrow('mine')
    expect(program.of(square)(tensor(1)).equations.length).toBe(1)
  })
})

describe('names', () => {
  test('are nothing where nobody captures', () => {
    const x = tensor([1, 2])
    expect(debug.name('x')(x)).toBe(x)
    expect(program.print(square)(tensor(1))).not.toContain('debug')
  })

  test('that are none are refused', () => {
    expect(errorOf(() => debug.name(typed<string>(tensor(1)))).message).toBe(
      "debug.name: a tensor is no name: give a text, as in debug.name('hidden')(x)",
    )
    expect(errorOf(() => debug.name('')).message).toBe('debug.name: "" is no name: give a text, as in debug.name(\'hidden\')(x)')
  })
})
