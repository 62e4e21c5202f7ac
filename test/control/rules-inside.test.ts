/** Functions with rules of their own that close over a tensor with numbers, inside of operations that hold programs. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, customJvp, customVjp, scan, whileLoop } from '../../src/control/index.js'
import { add, div, exp, greater, less, mul, stack, sum } from '../../src/ops/index.js'
import { ones, type Tensor, tensor, toNested, zeros } from '../../src/tensor/index.js'
import { grad, jit, jvp, vmap } from '../../src/transform/index.js'
import { errorOf } from '../support/errors.js'

type V = Tensor<'2'>
const factors: V = tensor([2, 3])
const times = (x: V): V => pipe(x, mul(factors))
const rules = {
  customVjp: customVjp(times, x => [times(x), ct => times(ct)]),
  customJvp: customJvp(times, (x, t) => [times(x), times(t)]),
}
const rounds = zeros('3')
const x: V = tensor([1, 1])

describe.each(Object.entries(rules))('%s', (_, f) => {
  test.each<readonly [string, (x: V) => V, readonly number[]]>([
    ['a checkpoint', checkpoint(f), [2, 3]],
    ['a cond', y => cond(greater(0)(sum()(y)), f, (z: V) => z)(y), [2, 3]],
    ['a scan', y => scan('3')((h: V, _: Tensor<''>) => [f(h), []], y)(rounds)[0], [8, 27]],
    ['a scan that recomputes', y => scan('3', { recompute: true })((h: V, _: Tensor<''>) => [f(h), []], y)(rounds)[0], [8, 27]],
    // The sums are 2, 5, 13 and 35.
    ['a whileLoop', y => whileLoop((h: V) => pipe(h, sum(), less(30)), f, { most: 20 })(y), [8, 27]],
  ])('in %s', (_, held, slopes) => {
    const total = (y: V): Tensor<''> => pipe(held(y), sum())
    for (const g of [grad(total), jit(grad(total)), grad(jit(total))]) expect(toNested(g(x))).toEqual(slopes)
    expect(toNested(jvp(held)(x, x)[1])).toEqual(slopes)
    expect(
      toNested(
        vmap('2')(grad(total))(
          tensor([
            [1, 1],
            [1, 1],
          ]),
        ),
      ),
    ).toEqual([slopes, slopes])
    expect(toNested(jvp(grad(total))(x, x)[1])).toEqual([0, 0])
  })
})

/** e^x, said to have another derivative, by either kind of rule. */
const kinds: Readonly<Record<string, (slope: (x: V) => V) => (x: V) => V>> = {
  customVjp: slope =>
    customVjp(
      (x: V) => exp(x),
      x => [exp(x), ct => pipe(ct, mul(slope(x)))],
    ),
  customJvp: slope =>
    customJvp(
      (x: V) => exp(x),
      (x, t) => [exp(x), pipe(t, mul(slope(x)))],
    ),
}

describe.each(Object.entries(kinds))('%s of every order', (_, custom) => {
  /** Functions whose derivatives at 0 are products: of order n, of the first n of c, d, c, d …. */
  const functions: Readonly<Record<string, (c: V, d: V) => (x: V) => V>> = {
    'that make each other anew': (c, d) => {
      const f = (x: V): V => custom(y => pipe(g(y), mul(c)))(x)
      const g = (x: V): V => custom(y => pipe(f(y), mul(d)))(x)
      return f
    },
    'that call each other twice, and make a tensor': (c, d) => {
      const half = (y: V): V => pipe(y, mul(tensor([0.5, 0.25])))
      const f: (x: V) => V = custom(x => pipe(half(g(x)), add(pipe(g(x), mul(tensor([0.5, 0.75])))), mul(c)))
      const g: (x: V) => V = custom(x => pipe(f(x), mul(d), mul(d), div(d)))
      return f
    },
    'that make each other anew, and compute with what they close over': (c, d) => {
      const f = (x: V): V => custom(y => pipe(g(y), mul(tensor([0.5, 0.25])), mul(pipe(c, mul(tensor([2, 4]))))))(x)
      const g = (x: V): V => custom(y => pipe(f(y), mul(pipe(d, mul(d), div(d)))))(x)
      return f
    },
    'that are six': (c, d) => [c, d, c, d, c, d].reduceRight<(x: V) => V>((next, by) => custom(x => pipe(next(x), mul(by))), exp),
  }
  const ordered = (f: (x: V) => V, n: number): ((x: V) => V) => {
    const g = n === 1 ? f : ordered(f, n - 1)
    return n % 2 === 0 ? x => jvp(g)(x, ones('2'))[1] : grad((x: V) => pipe(g(x), sum()))
  }
  const [c, d]: readonly [V, V] = [tensor([2, 3]), tensor([5, 7])]
  const at = zeros('2')
  const places: Readonly<Record<string, (f: (c: V, d: V) => (x: V) => V, n: number) => V>> = {
    'over tensors': (f, n) => ordered(f(c, d), n)(at),
    'over tensors, in a checkpoint': (f, n) => ordered(checkpoint(f(c, d)), n)(at),
    'over arguments of jit': (f, n) => jit((p: V, q: V) => ordered(f(p, q), n)(at))(c, d),
    'over arguments of a function that is differentiated by jit': (f, n) =>
      pipe(ordered(x => jit((p: V, q: V, y: V) => f(p, q)(y))(c, d, x), n)(at)),
    'over what differs by example': (f, n) =>
      pipe(
        at,
        ordered(
          x =>
            pipe(
              [stack(0)([c, c]), stack(0)([d, d])],
              vmap('2')(([p, q]: readonly [V, V]) => f(p, q)(x)),
              sum(0),
              mul(0.5),
            ),
          n,
        ),
      ),
    'over rows of a loop': (f, n) =>
      pipe(
        at,
        ordered(x => scan('1')((_: V, [p, q]: readonly [V, V]) => [f(p, q)(x), []], at)([stack(0)([c]), stack(0)([d])])[0], n),
      ),
  }
  describe.each(Object.entries(functions))('of functions %s', (_, f) => {
    test.each(Object.entries(places))('%s', (_, derivative) => {
      for (const n of [3, 5])
        expect([n, ...toNested(derivative(f, n))]).toEqual([
          n,
          ...[0, 1].map(i => [c, d, c, d, c].slice(0, n).reduce((p, y) => p * (toNested(y)[i] ?? 0), 1)),
        ])
    })
  })

  test('but for a function made by rules that closes over what none of those around it do', () => {
    const by = [2, 3, 4, 5, 6, 7, 8].map(y => tensor([y, 1]))
    const made = (n: number, x: V): V => custom(y => pipe(made(n + 1, y), mul(by[n] ?? y)))(x)
    expect(toNested(ordered((x: V) => made(0, x), 4)(at))).toEqual([120, 1])
    expect(errorOf(() => ordered((x: V) => made(0, x), 6)(at)).message).toMatch(
      /^custom[VJ][jv]p: a function that a rule has made, which another rule has made, closes over a value that those do not: make it outside of the rules, or pass the value as a part of the argument$/,
    )
  })

  test('but for a rule that asks for the derivative which it gives', () => {
    const f: (x: V) => V = custom(x => grad((y: V) => pipe(f(y), sum()))(x))
    expect(errorOf(() => ordered(f, 1)(at)).message).toMatch(
      /^custom[VJ][jv]p: the rule asks for the derivative of the function that it gives the derivative of$/,
    )
  })
})
