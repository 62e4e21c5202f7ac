import fc from 'fast-check'
import {
  broadcastTo,
  concat,
  conv,
  einsum,
  expandDims,
  flatten,
  matmul,
  maxPool,
  meanPool,
  ones,
  permute,
  pipe,
  random,
  rearrange,
  reduce,
  rename,
  repeat,
  reshape,
  slice,
  squeeze,
  stack,
  sum,
  type Tensor,
  toNested,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { evaluated, isSigned } from '../../src/shape/expression.js'
import { dims } from '../../src/shape/index.js'
import { typed } from '../../src/tensor/index.js'
import { sized } from '../shape/expressions.js'
import { claims } from '../support/claim.js'
import { errorOf } from '../support/errors.js'

type Operation = (x: Tensor<string>) => Tensor<string>
const both = (x: Tensor<string>): readonly Tensor<string>[] => [x, x]
const of = (f: unknown): Operation => typed<Operation>(f)
const join = (axis: number): ((list: readonly Tensor<string>[]) => Tensor<string>) =>
  typed<(list: readonly Tensor<string>[]) => Tensor<string>>(concat(axis))

/** `reshape` to a shape, which for sizes in the place of names is that of the sizes. */
const to =
  (shape: string): Operation =>
  x => {
    const [n = 0, m = 0] = x.sizes
    return of(
      reshape(
        x.shape === 'n m'
          ? shape
          : dims(shape)
              .map(axis => evaluated(axis, sized({ n, m })))
              .join(' '),
      ),
    )(x)
  }

/** Operations on a tensor 'n m', which put its names into expressions, and the shapes that they give. */
const operations: readonly (readonly [shape: string, f: Operation])[] = [
  ['m*n', of(flatten)],
  ['m*n', to('m*n')],
  ['m*n 1', to('m*n 1')],
  ['2 n//2 m', to('2 n//2 m')],
  ['n*2 m', x => join(0)(both(x))],
  ['n m*2', x => join(1)(both(x))],
  ['n-1 m', of(slice('1:'))],
  ['n (m+1)//2-1', of(slice(':, 1:-1:2'))],
  ['2 n//2 m', of(rearrange('(a b) m -> a b m', { a: 2 }))],
  ['n//2 m', of(reduce('(n 2) m -> n m', 'max'))],
  ['n*3 m', of(repeat('n m -> (n 3) m'))],
  ['m*n', of(rearrange('n m -> (m n)'))],
  ['n//2 m//2', of(maxPool([2, 2]))],
  ['n-1 (m+1)//2', of(meanPool([2, 1], { stride: [1, 2] }))],
  ['1 n-2 m', x => pipe(x, of(expandDims(0)), of(conv(ones('1 1 3 3'), { padding: [0, 1] })))],
  ['(n+1)//2 m', x => pipe(x, of(expandDims(0)), of(conv(ones('1 1 3 3'), { stride: [2, 1], padding: 'same' })), of(squeeze(0)))],
  ['m n-1', x => pipe(x, of(slice('1:')), of(permute([1, 0])))],
  ['n*2', x => pipe(join(0)(both(x)), of(sum(-1)))],
  ['n*2 n*2', x => pipe(join(0)(both(x)), y => of(matmul(of(permute([1, 0]))(y)))(y))],
  ['n-1', x => pipe(x, of(slice('1:')), of(einsum('i j -> i')))],
  ['2 n-1 m', x => of(stack(0))(typed<Tensor<string>>([of(slice('1:'))(x), of(slice(':-1'))(x)]))],
  ['n//4 m', of(reduce('(n 4) m -> n m', 'max'))],
]

describe('operations on names', () => {
  const sizes = fc.record({ n: fc.integer({ min: 1, max: 4 }).map(k => 4 * k), m: fc.integer({ min: 2, max: 7 }) })
  test('are those on their sizes', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ n, m }, seed) => {
        const x: Tensor<string> = random.normal('n m', { n, m })(random.key(seed))
        const plain = of(rename(`${n} ${m}`))(x)
        for (const [shape, f] of operations) {
          const [named, numbers] = [f(x), f(plain)]
          expect(named.shape).toBe(shape)
          expect(named.sizes).toEqual(dims(shape).map(axis => evaluated(axis, sized({ n, m }))))
          expect([numbers.shape, numbers.sizes]).toEqual([named.sizes.join(' '), named.sizes])
          expect(toNested(numbers)).toEqual(toNested(named))
        }
      }),
      { numRuns: 10 },
    )
  })
  test('make expressions of them', () => {
    expect(operations.filter(([shape]) => isSigned(shape)).length).toBe(operations.length)
  })
})

describe('sizes that only the run knows', () => {
  const wrong = (f: () => unknown): readonly [string, string] => {
    const error = errorOf(f)
    return [error._tag, error.message]
  }
  test('may not divide', () => {
    expect(wrong(() => pipe(zeros('n 2', { n: 6 }), rearrange('(h d) b -> h d b', { h: 4 })))).toEqual([
      'ShapeError',
      "rearrange: axis 0 of 'n 2' is 6, which 4 does not divide",
    ])
    expect(wrong(() => pipe(zeros('n', { n: 6 }), reshape('4 n//4')))[0]).toBe('ShapeError')
  })
  test('may be too short', () => {
    expect(wrong(() => pipe(zeros('1 time', { time: 2 }), conv(zeros('8 1 3'))))).toEqual([
      'ShapeError',
      "conv: a window that spans 3 does not fit axis 1 of '1 2', which has size 2 with its padding",
    ])
    expect(wrong(() => pipe(zeros('time', { time: 2 }), maxPool([3])))[0]).toBe('ShapeError')
    expect(wrong(() => pipe(zeros('n', { n: 1 }), slice('2:')))[0]).toBe('ShapeError')
    expect(wrong(() => zeros('n-2', { n: 1 }))).toEqual(['ArgumentError', "zeros: 'n-2' is -1: a size is a whole number from 0 up"])
  })
  test('follow from the names where they are given', () => {
    claims(zeros('n*2 h//2 n', { n: 3, h: 5 }), 'n*2 h//2 n', [6, 2, 3])
    claims(pipe(zeros('n', { n: 3 }), broadcastTo('n*2 n')), 'n*2 n', [6, 3])
    claims(pipe(zeros('n*2 3', { n: 4 }), reshape('n 6')), 'n 6', [4, 6])
  })
})
