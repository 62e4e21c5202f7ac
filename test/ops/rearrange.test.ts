/** Patterns by hand, and the equivalences that einops publishes (https://einops.rocks/1-einops-basics, and its tests). */
import * as fc from 'fast-check'
import {
  arange,
  concat,
  expandDims,
  grad,
  jit,
  max,
  mean,
  permute,
  pipe,
  rearrange,
  reduce,
  repeat,
  reshape,
  stack,
  sum,
  type Tensor,
  tensor,
  toNested,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { adjoint, jitChangesNothing, matchesDifferences, tensors, vmapIsMapAndStack } from '../../src/laws/index.js'
import { claims } from '../support/claim.js'
import { draws } from '../support/draws.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const x = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
])

describe('by hand', () => {
  test('rearrange', () => {
    expect(toNested(pipe(x, rearrange('h w -> (w h)')))).toEqual([1, 5, 2, 6, 3, 7, 4, 8])
    expect(toNested(pipe(x, rearrange('h (w s) -> s h w', { s: 2 })))).toEqual([
      [
        [1, 3],
        [5, 7],
      ],
      [
        [2, 4],
        [6, 8],
      ],
    ])
    expect(toNested(pipe(tensor([1, 2]), rearrange('a -> 1 a 1')))).toEqual([[[1], [2]]])
    expect(toNested(pipe(tensor([[[3]]]), rearrange('1 1 a -> a')))).toEqual([3])
  })
  test('reduce', () => {
    expect(toNested(pipe(x, reduce('(h 2) (w 2) -> h w', 'max')))).toEqual([[6, 8]])
    expect(toNested(pipe(x, reduce('h w -> w', 'sum')))).toEqual([6, 8, 10, 12])
    expect(toNested(pipe(x, reduce('h w -> w h', 'sum')))).toEqual([
      [1, 5],
      [2, 6],
      [3, 7],
      [4, 8],
    ])
    expect(toNested(pipe(x, reduce('h ... -> h', 'mean')))).toEqual([2.5, 6.5])
    expect(toNested(pipe(x, reduce('h w -> h 1', 'min')))).toEqual([[1], [5]])
    expect(toNested(pipe(x, reduce('2 w -> w', 'prod')))).toEqual([5, 12, 21, 32])
    expect(toNested(pipe(tensor([[true, false]]), reduce('a b -> a', 'any')))).toEqual([true])
    expect(toNested(pipe(tensor([[true, false]]), reduce('a b -> b', 'all')))).toEqual([true, false])
  })
  test('repeat', () => {
    expect(toNested(pipe(tensor([1, 2]), repeat('a -> a r', { r: 2 })))).toEqual([
      [1, 1],
      [2, 2],
    ])
    expect(toNested(pipe(tensor([1, 2]), repeat('a -> (2 a)')))).toEqual([1, 2, 1, 2])
    expect(toNested(pipe(tensor([1, 2]), repeat('a -> (a 2)')))).toEqual([1, 1, 2, 2])
    expect(toNested(pipe(tensor([1, 2]), repeat('a -> a 0')))).toEqual([[], []])
  })
  test('names', () => {
    claims(pipe(zeros('seq 12', { seq: 5 }), rearrange('seq (h d) -> h seq d', { h: 4 })), '4 seq 3', [4, 5, 3])
    claims(pipe(zeros('a b 6', { a: 2, b: 3 }), reduce('... (c 2) -> c ...', 'sum')), '3 a b', [3, 2, 3])
    claims(pipe(zeros('n', { n: 2 }), repeat('a -> 3 a')), '3 n', [3, 2])
    claims(pipe(zeros('n 1', { n: 2 }), rearrange('a b -> (a b)')), 'n', [2])
    claims(pipe(zeros('0'), rearrange('(h d) -> h d', { h: 4 })), '4 0', [4, 0])
  })
})

describe('equivalences', () => {
  const four = tensors('2 3 4 6')
  test('rearrange is reshape, permute and expandDims', () => {
    fc.assert(
      fc.property(four, y => {
        expect(toNested(pipe(y, rearrange('b c h w -> b h w c')))).toEqual(toNested(pipe(y, permute([0, 2, 3, 1]))))
        expect(toNested(pipe(y, rearrange('b c h w -> b (c h w)')))).toEqual(toNested(pipe(y, reshape('2 72'))))
        expect(toNested(pipe(y, rearrange('b c h w -> b 1 c h w')))).toEqual(toNested(pipe(y, expandDims(1))))
      }),
      draws(421, 20),
    )
  })
  test('rearrange turned round is its inverse', () => {
    fc.assert(
      fc.property(four, y => {
        const there = pipe(y, rearrange('b c (h p) (w q) -> b (h w) (p q c)', { p: 2, q: 3 }))
        expect(toNested(pipe(there, rearrange('b (h w) (p q c) -> b c (h p) (w q)', { p: 2, q: 3, h: 2 })))).toEqual(toNested(y))
        expect(toNested(pipe(y, rearrange('... -> (...)'), rearrange('(b c h w) -> b c h w', { b: 2, c: 3, h: 4 })))).toEqual(toNested(y))
      }),
      draws(422, 20),
    )
  })
  test('one rearrangement after another is one', () => {
    fc.assert(
      fc.property(four, y => {
        expect(toNested(pipe(y, rearrange('b c h w -> c (b h) w'), rearrange('c (b h) w -> w b (h c)', { b: 2 })))).toEqual(
          toNested(pipe(y, rearrange('b c h w -> w b (h c)'))),
        )
      }),
      draws(423, 20),
    )
  })
  test('reduce is a reduction over axes', () => {
    fc.assert(
      fc.property(four, y => {
        expect(toNested(pipe(y, reduce('b c h w -> b c', 'mean')))).toEqual(toNested(pipe(y, mean([2, 3]))))
        expect(toNested(pipe(y, reduce('b c (h p) w -> b h', 'sum', { p: 2 })))).toEqual(
          toNested(pipe(y, reshape('2 3 2 2 6'), sum([1, 3, 4]))),
        )
        expect(toNested(pipe(y, reduce('... ->', 'max')))).toEqual(toNested(max()(y)))
      }),
      // The same sums in the same order.
      draws(424, 20),
    )
  })
  test('repeat is stack and concat, and reduce takes back what repeat made', () => {
    fc.assert(
      fc.property(tensors('3 4'), y => {
        expect(toNested(pipe(y, repeat('h w -> 2 h w')))).toEqual(toNested(stack(0)([y, y])))
        expect(toNested(pipe(y, repeat('h w -> (2 h) w')))).toEqual(toNested(concat(0)([y, y])))
        expect(toNested(pipe(y, repeat('h w -> h (w 3)'), reduce('h (w 3) -> h w', 'max')))).toEqual(toNested(y))
        expect(toNested(pipe(y, repeat('h w -> h w')))).toEqual(toNested(y))
      }),
      draws(425, 20),
    )
  })
})

describe('laws', () => {
  const six = tensors('2 6', { dtype: 'float64' })
  const moved = (y: Tensor<'2 6', 'float64'>): Tensor<'3 2 2', 'float64'> => rearrange('a (b c) -> b a c', { c: 2 })(y)
  const meaned = (y: Tensor<'2 6', 'float64'>): Tensor<'3 1', 'float64'> => reduce('a (b c) -> b 1', 'mean', { c: 2 })(y)
  const repeated = (y: Tensor<'2 6', 'float64'>): Tensor<'12 3', 'float64'> => repeat('a b -> (b a) 3')(y)
  test('gradients by central differences, and the transpose', () => {
    fc.assert(fc.property(six, matchesDifferences(moved)), draws(426, 10))
    fc.assert(fc.property(six, matchesDifferences(meaned)), draws(427, 10))
    fc.assert(fc.property(six, matchesDifferences(repeated)), draws(428, 10))
    fc.assert(
      fc.property(six, six, tensors('12 3', { dtype: 'float64' }), (at, tangent, ct) => adjoint(repeated)(at, tangent, ct)),
      draws(429, 10),
    )
    expect(toNested(grad((y: Tensor<'2'>) => pipe(y, repeat('a -> a 3'), sum()))(tensor([1, 2])))).toEqual([3, 3])
  })
  test('vmap and jit', () => {
    const xs = fc.sample(tensors('3 2 6'), { seed: 430, numRuns: 1 })[0] ?? zeros('3 2 6')
    const f = (y: Tensor<'2 6'>): Tensor<'2 6'> =>
      pipe(y, rearrange('a (b c) -> b c a', { b: 2 }), reduce('b c a -> a b', 'max'), repeat('a b -> a (b 3)'))
    vmapIsMapAndStack('3')(f)(xs)
    jitChangesNothing((y: Tensor<'3 2 6'>) => pipe(y, rearrange('n a b -> b (a n)')))(xs)
    expect(jit(rearrange('a b c -> c (a b)'))(xs).shape).toBe('6 6')
  })
})

test('errors', () => {
  const wrong = (f: () => unknown): string => errorOf(f).message
  const y = pipe(arange(12), reshape('12'))
  expect(wrong(() => loose(rearrange)(3))).toBe("rearrange: 3 is no pattern: write one in quotes, such as 'a b -> b a'")
  expect(wrong(() => loose(rearrange)('a -> a', 4))).toBe('rearrange: 4 is no record of sizes: give one, such as { n: 4 }')
  expect(wrong(() => loose(rearrange)('a -> a', { a: '4' }))).toBe(`rearrange: the size of 'a' is "4": give a whole number from 0 up`)
  expect(wrong(() => loose(rearrange('a -> a'))([1]))).toBe('rearrange: the argument is not a tensor: make one with tensor or fromArray')
  expect(wrong(() => loose(rearrange('(a b) -> b a', { a: 5 }))(y))).toBe(
    "rearrange: '(a b) -> b a' of '12': with the sizes given '(a b)' does not make '12'",
  )
  expect(wrong(() => loose(reduce)('a ->', 'median'))).toBe('reduce: "median" is no reduction: give sum, mean, max, min, prod, any, all')
  expect(wrong(() => loose(reduce('a ->', 'mean'))(zeros('2', {}, 'int32')))).toMatch(/^reduce: needs a float dtype, not int32/)
})
