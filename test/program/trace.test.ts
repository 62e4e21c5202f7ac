/** Tracing: what becomes an input, what a constant, what is dropped, and every way in which reading a traced value is an error. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { add, mul, sum } from '../../src/ops/index.js'
import { check, print } from '../../src/program/index.js'
import { type Tensor, tensor, toArray, toNested, toNumber, typed, type Value, zeros } from '../../src/tensor/index.js'
import { trace } from '../../src/trace/index.js'
import { grad, jit, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

type Scalar = Tensor<''>

const traced = (f: (x: Tensor<'2'>) => readonly Value[]) => trace(([x]) => f(typed<Tensor<'2'>>(x)), [zeros('2')])

describe('trace', () => {
  test('makes captured tensors inputs, each once, after the explicit ones', () => {
    const a = tensor([1, 2])
    const b = tensor([3, 4])
    const { program, captured } = traced(x => [pipe(x, mul(a), add(b), mul(a))])
    expect(captured).toEqual([a, b])
    expect(print(check(program))).toBe(`program (a: float32 '2', b: float32 '2', c: float32 '2') {
  d: float32 '2' = mul a b
  e: float32 '2' = add d c
  f: float32 '2' = mul e b
  return f
}
`)
  })

  test('makes uniform tensors constants', () => {
    const { program, captured } = traced(x => [pipe(x, mul(2), add(zeros('2')))])
    expect(captured).toEqual([])
    expect(print(program)).toContain("= mul a 2:'2'")
    expect(print(program)).toContain("= add b 0:'2'")
  })

  test('runs at once what touches nothing traced', () => {
    const { program, captured } = traced(x => [pipe(x, mul(pipe(tensor([1, 2]), add(tensor([10, 20])))))])
    expect(program.equations.map(({ operation }) => operation.name)).toEqual(['mul'])
    expect(captured.map(x => [...toArray(x)])).toEqual([[11, 22]])
  })

  test('keeps only what the outputs depend on, in the order in which it was made', () => {
    const { program } = traced(x => {
      const first = pipe(x, mul(x))
      pipe(first, add(1))
      const second = pipe(x, add(x))
      return [second, first]
    })
    expect(program.equations.map(({ operation }) => operation.name)).toEqual(['mul', 'add'])
  })

  test('an output may be an input, a captured tensor or a constant', () => {
    const captured = tensor([5, 6])
    const result = traced(x => [x, captured, zeros('2'), x])
    expect(result.captured).toEqual([captured])
    expect(print(check(result.program))).toBe("program (a: float32 '2', b: float32 '2') {\n  return a, b, 0:'2', a\n}\n")
  })

  test('an inner trace captures what belongs to the outer', () => {
    const outer = traced(x => {
      const inner = trace(([y]) => [pipe(typed<Tensor<'2'>>(y), mul(x))], [zeros('2')])
      expect(inner.captured).toEqual([x])
      return [x]
    })
    expect(outer.program.equations).toEqual([])
  })

  test('a scope closes when the function throws', () => {
    let kept: Tensor<'2'> = zeros('2')
    const bang = new Error('bang')
    expect(() =>
      traced(x => {
        kept = x
        throw bang
      }),
    ).toThrow(bang)
    expect(errorOf(() => add(kept)(kept))._tag).toBe('TraceError')
  })
})

describe('a traced value has no number', () => {
  const inside = (use: (x: Scalar) => unknown) =>
    errorOf(() =>
      grad((x: Scalar) => {
        use(x)
        return x
      })(tensor(1)),
    )
  const noValue = "traced '' float32 has no value yet, it stands for every input of the function: "

  test.each<readonly [string, (x: Scalar) => unknown]>([
    ['toArray', x => toArray(x)],
    ['toNested', x => toNested(x)],
    ['toNumber', x => toNumber(x)],
  ])('%s', (name, read) => {
    const error = inside(read)
    expect(error._tag).toBe('TraceError')
    expect(error.message).toBe(`${name}: a ${noValue}return it and read the result outside, or use where(a, b)(condition) in place of if`)
  })

  test.each<readonly [string, (x: Scalar) => unknown]>([
    ['+x', x => +typed<number>(x)],
    ['a template', x => `${typed<string>(x)}`],
    ['x + 1', x => typed<number>(x) + 1],
    ['x < 1', x => typed<number>(x) < 1],
    ['Number(x)', x => Number(x)],
    ['Math.max(x, 1)', x => Math.max(typed<number>(x), 1)],
  ])('%s', (_, read) => {
    const error = inside(read)
    expect(error._tag).toBe('TraceError')
    expect(error.message).toBe(`a ${noValue}use where(a, b)(condition) in place of if, and ops such as add and less in place of + and <`)
  })

  test('it can still be shown', () => {
    grad((x: Scalar) => {
      expect(x.toString()).toBe("Tensor<''> (traced)")
      return x
    })(tensor(1))
  })

  test('a concrete tensor is no number either, but a string', () => {
    const x = tensor(1)
    expect(`${typed<string>(x)}`).toBe("Tensor<''> 1")
    expect(errorOf(() => +typed<number>(x)).message).toBe(
      "a tensor ('' float32) is not a number: use ops such as add and less in place of + and <, and toNumber to read a scalar",
    )
  })
})

describe('a traced value kept after its function has returned', () => {
  const keep = (run: (f: (x: Scalar) => Scalar) => unknown): Scalar => {
    let kept: Scalar = tensor(0)
    run(x => {
      kept = pipe(x, mul(x))
      return x
    })
    return kept
  }
  const message = (op: string): string =>
    `${op}: a traced '' float32 was kept after the function it belongs to had returned: return the value from the function, do not assign it to a variable outside`

  test.each<readonly [string, (f: (x: Scalar) => Scalar) => unknown]>([
    ['grad', f => grad(f)(tensor(1))],
    ['jit', f => jit(f)(tensor(1))],
    ['vmap', f => vmap('2')(f)(tensor([1, 2]))],
  ])('by %s', (_, run) => {
    const kept = keep(run)
    expect(errorOf(() => add(kept)(tensor(1))).message).toBe(message('add'))
    expect(errorOf(() => add(tensor(1))(kept)).message).toBe(message('add'))
    expect(errorOf(() => toNumber(kept))._tag).toBe('TraceError')
  })

  test('is an error inside another function too', () => {
    const kept = keep(f => grad(f)(tensor(1)))
    expect(errorOf(() => grad((x: Scalar) => pipe(x, mul(kept)))(tensor(1))).message).toBe(message('mul'))
    expect(errorOf(() => jit((x: Scalar) => pipe(x, mul(kept)))(tensor(1))).message).toBe(message('mul'))
  })

  test('is an error when an inner function leaks into the outer', () => {
    const outer = (x: Scalar): Scalar => {
      let kept: Scalar = x
      grad((y: Scalar) => {
        kept = pipe(x, mul(y))
        return y
      })(tensor(1))
      return pipe(x, add(kept))
    }
    expect(errorOf(() => grad(outer)(tensor(1))).message).toBe(message('add'))
  })

  test('what an inner function made of outer values alone may be kept', () => {
    const outer = (x: Scalar): Scalar => {
      let kept: Scalar = x
      grad((y: Scalar) => {
        kept = pipe(x, mul(x))
        return y
      })(tensor(1))
      return pipe(x, add(kept))
    }
    expect(toNumber(grad(outer)(tensor(3)))).toBe(7)
  })
})

test('the sum of a hundred thousand steps needs no deep stack', () => {
  const many = grad((x: Scalar) => {
    let y: Scalar = x
    for (let i = 0; i < 100_000; i += 1) y = add(x)(y)
    return pipe(y, sum())
  })
  expect(toNumber(many(tensor(1)))).toBe(100_001)
})
