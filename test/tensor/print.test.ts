/** How a tensor looks: golden text, each checked by eye. */
import { inspect } from 'node:util'
import { arange, full, jit, pipe, reshape, type Tensor, tensor, zeros } from 'pullback'
import { describe, expect, test } from 'vitest'

const shown: readonly (readonly [name: string, x: { toString(): string }, text: string])[] = [
  ['a scalar', tensor(1.5), "Tensor<''> 1.5"],
  ['a negative zero', tensor(-0), "Tensor<''> -0"],
  ['a vector', tensor([1, 2, 3]), "Tensor<'3'> [1, 2, 3]"],
  ['points in one column', tensor([1, 22.5, -0.125]), "Tensor<'3'> [ 1    , 22.5  , -0.125]"],
  ['booleans', tensor([true, false]), "Tensor<'2', 'bool'> [ true, false]"],
  ['integers', tensor([1, -20, 300], 'int32'), "Tensor<'3', 'int32'> [  1, -20, 300]"],
  ['the greatest integer', tensor([4294967295], 'uint32'), "Tensor<'1', 'uint32'> [4294967295]"],
  ['six digits of a float32', tensor(1 / 3), "Tensor<''> 0.333333"],
  ['ten digits of a float64', tensor(1 / 3, 'float64'), "Tensor<'', 'float64'> 0.3333333333"],
  ['tiny and huge numbers', tensor([1e-10, 1, 1.5e10]), "Tensor<'3'> [  1e-10,       1, 1.5e+10]"],
  ['no numbers', tensor([Number.NaN, Number.POSITIVE_INFINITY, -1]), "Tensor<'3'> [     NaN, Infinity,       -1]"],
  [
    'a matrix',
    tensor([
      [1, 2.5],
      [-3, 4],
    ]),
    "Tensor<'2 2'>\n[[ 1  ,  2.5],\n [-3  ,  4  ]]",
  ],
  ['names, with their sizes', zeros('batch 3', { batch: 2 }), "Tensor<'batch 3'> (2 3)\n[[0, 0, 0],\n [0, 0, 0]]"],
  ['three axes', pipe(arange(8), reshape('2 2 2')), "Tensor<'2 2 2', 'int32'>\n[[[0, 1],\n  [2, 3]],\n\n [[4, 5],\n  [6, 7]]]"],
  ['nothing', tensor([]), "Tensor<'0'> []"],
  ['no rows', zeros('0 3'), "Tensor<'0 3'>\n[]"],
  ['empty rows', zeros('2 0'), "Tensor<'2 0'>\n[[],\n []]"],
  ['a long axis elided', arange(300), "Tensor<'300', 'int32'> [  0,   1,   2, ..., 297, 298, 299]"],
  [
    'long axes elided where they are long',
    pipe(arange(400), reshape('4 100')),
    `Tensor<'4 100', 'int32'>
[[  0,   1,   2, ...,  97,  98,  99],
 [100, 101, 102, ..., 197, 198, 199],
 [200, 201, 202, ..., 297, 298, 299],
 [300, 301, 302, ..., 397, 398, 399]]`,
  ],
  [
    'both axes elided',
    pipe(full(7)('300 20')),
    `Tensor<'300 20'>
[[7, 7, 7, ..., 7, 7, 7],
 [7, 7, 7, ..., 7, 7, 7],
 [7, 7, 7, ..., 7, 7, 7],
 ...,
 [7, 7, 7, ..., 7, 7, 7],
 [7, 7, 7, ..., 7, 7, 7],
 [7, 7, 7, ..., 7, 7, 7]]`,
  ],
]

test.each(shown)('%s', (_, x, text) => {
  expect(x.toString()).toBe(text)
})

describe('a traced tensor has no values to show', () => {
  const seenIn = <S extends string>(x: Tensor<S>): string => {
    let seen = ''
    jit((y: Tensor<S>) => {
      seen = y.toString()
      return y
    })(x)
    return seen
  }
  test('of sizes', () => {
    expect(seenIn(tensor([1, 2]))).toBe("Tensor<'2'> (traced)")
  })
  test('of names', () => {
    expect(seenIn(zeros('n 2', { n: 3 }))).toBe("Tensor<'n 2'> (3 2) (traced)")
  })
})

test('console.log, which inspects, and templates print the same', () => {
  const x = tensor([1, 2])
  expect(inspect(x)).toBe("Tensor<'2'> [1, 2]")
  expect(inspect({ w: x })).toBe("{ w: Tensor<'2'> [1, 2] }")
  expect(`${x}`).toBe("Tensor<'2'> [1, 2]")
})

test('200 values are printed, 201 are elided', () => {
  expect(arange(200).toString()).toContain(' 99, 100,')
  expect(arange(201).toString()).toContain(', ...,')
})

test('printing a million values reads only those shown', () => {
  expect(zeros('1000 1000').toString().length).toBeLessThan(400)
})
