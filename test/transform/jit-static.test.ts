import { describe, expect, test } from 'vitest'
import { add, mul, neg, pipe } from '../../src/index.js'
import { type Tensor, tensor, toNested, toNumber } from '../../src/tensor/index.js'
import { fold } from '../../src/train/index.js'
import { grad, jit, vmap } from '../../src/transform/index.js'
import { loose } from '../support/loose.js'

type Scalar = Tensor<''>

/** A jitted function that counts how often it is traced. */
const counted = () => {
  let traces = 0
  const f = jit(
    (x: Scalar, rule: { readonly power: number; readonly signs: readonly boolean[] }): Scalar => {
      traces += 1
      const signed = rule.signs.reduce((y: Scalar, sign) => (sign ? neg(y) : y), x)
      return Array.from({ length: rule.power - 1 }).reduce((y: Scalar) => mul(signed)(y), signed)
    },
    { static: [1] },
  )
  return { f, traces: () => traces }
}

describe('jit with static arguments', () => {
  test('gives the function a value to look at, and traces once for each value', () => {
    const { f, traces } = counted()
    const x = tensor(3)
    expect(toNumber(f(x, { power: 2, signs: [] }))).toBe(9)
    expect(toNumber(f(tensor(4), { power: 2, signs: [] }))).toBe(16)
    expect(toNumber(f(x, { signs: [], power: 2 }))).toBe(9)
    expect(traces()).toBe(1)
    expect(toNumber(f(x, { power: 3, signs: [true] }))).toBe(-27)
    expect(toNumber(f(x, { power: 3, signs: [false] }))).toBe(27)
    expect(toNumber(f(x, { power: 3, signs: [false, false] }))).toBe(27)
    expect(traces()).toBe(4)
    f(x, { power: 2, signs: [] })
    f(x, { power: 3, signs: [true] })
    expect(traces()).toBe(4)
  })

  test('keeps its own copy: a record that the caller changes afterwards is another value', () => {
    const { f, traces } = counted()
    const signs = [true]
    const rule = { power: 2, signs }
    expect(toNumber(f(tensor(3), rule))).toBe(9)
    rule.power = 3
    expect(toNumber(f(tensor(3), rule))).toBe(-27)
    signs.push(true)
    expect(toNumber(f(tensor(3), rule))).toBe(27)
    expect(traces()).toBe(3)
  })

  test('compares functions by identity, numbers as Object.is does', () => {
    let traces = 0
    const f = jit(
      (g: (x: Scalar) => Scalar, x: Scalar, n: number) => {
        traces += 1
        return pipe(g(x), add(Object.is(n, -0) ? 1 : 0))
      },
      { static: [0, 2] },
    )
    const double = (x: Scalar) => mul(2)(x)
    expect(toNumber(f(double, tensor(3), 0))).toBe(6)
    expect(toNumber(f(double, tensor(3), -0))).toBe(7)
    expect(toNumber(f(x => mul(2)(x), tensor(3), 0))).toBe(6)
    f(double, tensor(3), Number.NaN)
    f(double, tensor(3), Number.NaN)
    expect(traces).toBe(4)
  })

  test('is traced anew for other shapes, and drops the value that was not used for the longest time', () => {
    let traces = 0
    const f = jit(
      (x: Tensor<string>, n: number) => {
        traces += 1
        return mul(n)(x)
      },
      { static: [1] },
    )
    expect(toNested(f(tensor([1, 2]), 3))).toEqual([3, 6])
    expect(toNested(f(tensor([1, 2, 3]), 3))).toEqual([3, 6, 9])
    expect(traces).toBe(2)
    for (let n = 0; n < 64; n += 1) f(tensor([1]), n + 100)
    f(tensor([1, 2]), 3)
    expect(traces).toBe(67)
  })

  test('nests: inside jit, grad and vmap, also with an argument left out', () => {
    const power = jit((x: Scalar, n = 2): Scalar => (n === 1 ? x : mul(power(x, n - 1))(x)), { static: [1] })
    expect(toNumber(power(tensor(3)))).toBe(9)
    expect(toNumber(power(tensor(3), 4))).toBe(81)
    expect(toNumber(grad((x: Scalar) => power(x, 4))(tensor(3)))).toBe(108)
    expect(toNested(jit(vmap('3')((x: Scalar) => power(x, 3)))(tensor([1, 2, 3])))).toEqual([1, 8, 27])
  })

  test('as the step of a fold is a plain step', () => {
    const step = jit((state: Scalar, input: number) => [pipe(state, mul(input)), state] as const, { static: [1] })
    const [state, seen] = fold(step)(tensor(1))([2, 3, 2])
    expect(toNumber(state)).toBe(12)
    expect(seen.map(toNumber)).toEqual([1, 2, 6])
  })

  test('names an argument by its place in the call', () => {
    const f = loose(jit((n: number, x: Scalar) => mul(n)(x), { static: [0] }))
    expect(() => f(3, 4)).toThrow("jit: '1' is a number")
    expect(() => f({ a: [tensor(1)] }, tensor(2))).toThrow("jit: '0.a.0' is a tensor in a static argument: leave its place out of static")
    const loop: unknown[] = []
    loop.push(loop)
    expect(() => f(loop, tensor(2))).toThrow('is too deep for a static argument: does it hold itself?')
    expect(() => loose(jit)(f, { static: 1 })).toThrow('jit: 1 is no list: give the places of the static arguments, as in { static: [1] }')
    expect(() => loose(jit)(f, { static: [1.5] })).toThrow('jit: 1.5 is no place of an argument: places are counted from 0')
    expect(() => loose(jit)(f, { statics: [1] })).toThrow('statics')
  })

  test('keeps its own copy of the places, and tells records apart by keys that are symbols', () => {
    const places = [1]
    const key = Symbol('factor')
    const f = jit((x: Scalar, options: { readonly [key]: number }) => mul(options[key])(x), { static: places })
    places.push(0)
    expect(toNumber(f(tensor(3), { [key]: 2 }))).toBe(6)
    expect(toNumber(f(tensor(3), { [key]: 7 }))).toBe(21)
  })

  test('exports the program of the other arguments, and says how many those are', async () => {
    const f = jit((x: Scalar, n: number, y: Scalar) => pipe(x, mul(n), add(y)), { static: [1] })
    const { wasm } = await f.export(tensor(1), 3, tensor(2))
    expect(WebAssembly.validate(wasm.slice())).toBe(true)
    await expect(loose(f.export)(tensor(1), 3)).rejects.toThrow(/export/)
  })
})
