/** The first NaN or infinity: which operation, which part, which round, which line. */
import { describe, expect, test } from 'vitest'
import {
  add,
  cond,
  debug,
  div,
  exp,
  grad,
  greater,
  isPullbackError,
  jit,
  less,
  log,
  matmul,
  mean,
  mul,
  oneHot,
  pipe,
  reference,
  scan,
  sqrt,
  sub,
  sum,
  type Tensor,
  tensor,
  toNested,
  vmap,
  where,
  whileLoop,
  withEngine,
} from '../../src/index.js'
import { typed } from '../../src/tensor/index.js'
import { errorOf } from '../support/errors.js'

const found = (f: () => unknown) => {
  const error = errorOf(f)
  if (!(isPullbackError(error) && error._tag === 'NonFiniteError')) throw error
  return error
}
const here = (frame: string): boolean => /non-finite\.test\.ts:\d+:\d+\)?$/.test(frame)
/** The text of the line that a frame names. */
const line = (frame: string): number => Number(/:(\d+):\d+\)?$/.exec(frame)?.[1])
const lineHere = (): number => Number(/non-finite\.test\.ts:(\d+)/.exec(String(new Error().stack).split('\n')[2] ?? '')?.[1])

describe('forward', () => {
  test('the operation, its place and its operands are named', () => {
    let wrote = 0
    const f = (x: Tensor<'2 3'>) => {
      wrote = lineHere() + 1
      const y = log(x)
      return sum()(y)
    }
    const error = found(() =>
      debug.nonFinite(f)(
        tensor([
          [1, 2, 3],
          [4, 0, -1],
        ]),
      ),
    )
    expect(error).toMatchObject({ operation: 'log', part: 'forward', index: [1, 2], rounds: [] })
    expect(error.value).toBeNaN()
    expect(here(error.frame)).toBe(true)
    expect(line(error.frame)).toBe(wrote)
    expect(error.message).toContain(
      "debug.nonFinite: log makes NaN, entry [1, 2] of float32 '2 3', where its operand is -1; in the forward part; written at f ",
    )
  })

  test('an infinity of finite numbers is found, a NaN before it', () => {
    expect(found(() => debug.nonFinite((x: Tensor<'2'>) => log(x))(tensor([1, 0])))).toMatchObject({ value: -Infinity, index: [1] })
    expect(found(() => debug.nonFinite((x: Tensor<''>) => div(x)(tensor(1)))(tensor(0)))).toMatchObject({
      operation: 'div',
      value: Infinity,
    })
    const message = found(() =>
      debug.nonFinite((a: Tensor<'2 2'>) => matmul(a)(a))(
        tensor([
          [1e30, 0],
          [0, 1e30],
        ]),
      ),
    ).message
    expect(message).toContain('where its operands are between 0 and 1.0000000150474662e+30 and between 0')
  })

  test('an infinity that was given is not an operation’s fault, but a NaN made of it is', () => {
    const x = tensor([Number.POSITIVE_INFINITY, 1])
    expect(toNested(debug.nonFinite((v: Tensor<'2'>) => exp(v))(x))).toEqual([Infinity, Math.fround(Math.E)])
    expect(found(() => debug.nonFinite((v: Tensor<'2'>) => sub(v)(v))(x))).toMatchObject({ operation: 'sub', index: [0] })
    const nan = tensor([Number.NaN, 1])
    expect(toNested(debug.nonFinite((v: Tensor<'2'>) => add(v)(v))(nan))).toEqual([Number.NaN, 2])
  })

  test('what depends on no argument is looked at too', () => {
    const w = tensor(-1)
    expect(found(() => debug.nonFinite((x: Tensor<''>) => add(sqrt(w))(x))(tensor(1)))).toMatchObject({ operation: 'sqrt' })
  })

  test('where all is finite the result is the same, of the same form', () => {
    const f = (x: Tensor<'n'>) => ({ a: [exp(x)] as const, b: mean()(x) })
    const x = tensor([1, 2])
    expect(debug.nonFinite(f)(typed<Tensor<'n'>>(x))).toEqual(f(typed<Tensor<'n'>>(x)))
  })
})

describe('backward', () => {
  test('the line is that of the operation whose gradient it is', () => {
    let wrote = 0
    const f = (x: Tensor<''>) => {
      wrote = lineHere() + 1
      const root = sqrt(x)
      return mul(2)(root)
    }
    const error = found(() => debug.nonFinite(grad(f))(tensor(0)))
    expect(error).toMatchObject({ part: 'backward', value: Infinity })
    expect(line(error.frame)).toBe(wrote)
    expect(error.message).toContain('in the backward part; for the gradient of what is written at f ')
  })

  test('the gradient of a choice between numbers that goes wrong is found, and not the function', () => {
    const f = (x: Tensor<''>) => where(sqrt(x), 0)(greater(0)(x))
    expect(toNested(debug.nonFinite(f)(tensor(0)))).toBe(0)
    expect(found(() => debug.nonFinite(grad(f))(tensor(0))).part).toBe('backward')
    const whole = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => sqrt(y),
        (y: Tensor<''>) => mul(0)(y),
      )(x)
    expect(toNested(debug.nonFinite(grad(whole))(tensor(0)))).toBe(0)
  })
})

describe('inside programs', () => {
  const f = (xs: Tensor<'4'>) => scan('4')((p: Tensor<''>, x: Tensor<''>) => [pipe(p, mul(x)), log(p)] as const, tensor(1))(xs)[1]
  const xs = tensor([1, 0, 1, 1])

  test('the round is named, on each engine, and in the body of a gradient', () => {
    for (const run of [(g: () => unknown) => g(), (g: () => unknown) => withEngine(reference)(g)]) {
      const error = found(() => run(() => debug.nonFinite(f)(xs)))
      expect(error).toMatchObject({ operation: 'log', rounds: [2], part: 'forward', value: -Infinity })
      expect(error.message).toContain('in round 2 of 0 to 3 of scan')
      expect(here(error.frame)).toBe(true)
    }
    const root = (w: Tensor<''>) =>
      scan('4')((h: Tensor<''>, x: Tensor<''>) => [pipe(h, mul(w), mul(x), sqrt), []] as const, tensor(1))(xs)[0]
    // Backward the last round comes first; that of the zero is the third.
    expect(found(() => debug.nonFinite(grad(root))(tensor(1)))).toMatchObject({ part: 'backward' })
  })

  test('a round is told by its row: forward, backward, and of a loop in reverse', () => {
    const total = (reverse: boolean, recompute: boolean) => (xs: Tensor<'5'>) =>
      scan('5', { reverse, recompute })((c: Tensor<''>, row: Tensor<''>) => [pipe(c, add(sqrt(row))), []] as const, tensor(0))(xs)[0]
    const roundsOf = (f: (xs: Tensor<'5'>) => object, place: number, value: number): unknown => {
      const xs = tensor([1, 1, 1, 1, 1])
      const bad = pipe(xs, add(pipe(tensor(place, 'int32'), oneHot(5), mul(value - 1))))
      return found(() => debug.nonFinite(f)(bad)).rounds
    }
    for (const reverse of [false, true])
      for (const place of [0, 1, 4]) {
        // The root of a negative number is NaN forward; the slope of the root at 0 is infinite backward.
        expect(roundsOf(total(reverse, false), place, -1)).toEqual([place])
        for (const recompute of [false, true]) expect(roundsOf(grad(total(reverse, recompute)), place, 0)).toEqual([place])
      }
  })

  test('the round of a loop of unknown length', () => {
    const g = (x: Tensor<''>) =>
      pipe(
        x,
        whileLoop(
          (y: Tensor<''>) => less(9)(y),
          (y: Tensor<''>) => div(sub(1)(y))(tensor(1)),
        ),
      )
    // 1 / (1.5 - 1) = 2, 1 / (2 - 1) = 1, 1 / (1 - 1).
    const error = found(() => debug.nonFinite(g)(tensor(1.5)))
    expect(error).toMatchObject({ operation: 'div', rounds: [2] })
    expect(error.message).toContain('; in round 2 of while')
  })

  test('the case that runs is looked at, and the other one is not', () => {
    const g = (x: Tensor<''>) =>
      cond(
        greater(0)(x),
        (y: Tensor<''>) => log(y),
        (y: Tensor<''>) => log(mul(0)(y)),
      )(x)
    expect(toNested(debug.nonFinite(g)(tensor(1)))).toBe(0)
    expect(found(() => debug.nonFinite(g)(tensor(-1))).operation).toBe('log')
  })

  test('a jitted function is traced again, with its lines', () => {
    const g = jit(f)
    g(xs)
    expect(here(found(() => debug.nonFinite(g)(xs)).frame)).toBe(true)
  })
})

describe('inside transformations', () => {
  const f = debug.nonFinite((x: Tensor<''>) => log(x))

  test('jit, vmap and grad look at what the function computes', () => {
    const compiled = jit(f)
    expect(toNested(compiled(tensor(1)))).toBe(0)
    expect(found(() => compiled(tensor(0))).operation).toBe('log')
    expect(found(() => vmap('3')((x: Tensor<''>) => f(x))(tensor([1, 0, 2]))).index).toEqual([1])
    expect(toNested(grad(f)(tensor(2)))).toBe(0.5)
    expect(found(() => grad(f)(tensor(0))).part).toBe('forward')
    expect(found(() => jit(grad(f))(tensor(0))).part).toBe('forward')
  })
})

test('a function that is none is refused', () => {
  expect(errorOf(() => debug.nonFinite(typed<() => Tensor<''>>(3))).message).toBe(
    'debug.nonFinite: 3 is no function: give one of tensors, as in debug.nonFinite(grad(loss))',
  )
})
