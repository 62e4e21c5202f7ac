/** Functions with rules of their own that close over a tensor with numbers, inside of operations that hold programs. */
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'
import { checkpoint, cond, customJvp, customVjp, scan, whileLoop } from '../../src/control/index.js'
import { greater, less, mul, sum } from '../../src/ops/index.js'
import { type Tensor, tensor, toNested, zeros } from '../../src/tensor/index.js'
import { grad, jit, jvp, vmap } from '../../src/transform/index.js'

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
