/** The same tensor under another dimension string: `refine` and its throwing twins, and `rename`. */
import fc from 'fast-check'
import type { Either, Left } from 'fp-ts/lib/Either.js'
import type * as pullback from 'pullback'
import {
  as,
  asLike,
  broadcastTo,
  codec,
  data,
  fromArray,
  fromArrayOrThrow,
  grad,
  jit,
  ones,
  pipe,
  refine,
  refineOrThrow,
  rename,
  reshape,
  sum,
  type Tensor,
  tensor,
  toNested,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { draws } from '../support/draws.js'
import { problem, right } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

/** A tensor whose shape the compiler no longer knows. */
const gradual = (x: Tensor<string>): Tensor<string> => x

describe('refine', () => {
  test('binds names and keeps the values', () => {
    const x = right(
      refine('batch 3')(
        gradual(
          tensor([
            [1, 2, 3],
            [4, 5, 6],
          ]),
        ),
      ),
    )
    expect([x.shape, x.sizes, toNested(x)]).toEqual([
      'batch 3',
      [2, 3],
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ])
    expect(right(refine('')(gradual(tensor(5)))).shape).toBe('')
    expect(right(refine('n n')(gradual(zeros('3 3')))).sizes).toEqual([3, 3])
    expect(right(refine('4 2')(gradual(zeros('batch 2', { batch: 4 })))).shape).toBe('4 2')
  })
  test('refining to its own shape changes nothing', () => {
    const x = zeros('batch 3', { batch: 2 })
    expect(right(refine('batch 3')(x))).toBe(x)
  })
  test.each([
    ['n n', '2 3', 'SizeError', "refine: 'n' is 2 in one place and 3 in another: one name has one size"],
    ['batch 3', '2 4', 'ShapeError', "refine: '2 4' does not fit 'batch 3': '4' is not '3'"],
    ['a b', '2', 'ShapeError', "refine: '2' does not fit 'a b': it has 1 axis, not 2"],
    ['', '2 3', 'ShapeError', "refine: '2 3' does not fit '': it has 2 axes, not 0"],
    ['a,b', '2', 'ShapeError', "shape 'a,b': write one space between axes"],
  ])("'%s' from '%s'", (pattern, shape, tag, message) => {
    expect(problem(refine<string>(pattern)(ones<string>(shape)))).toEqual([tag, message])
  })
  test('the fields of a SizeError', () => {
    const result = refine('n n')(gradual(zeros('2 3')))
    expect(result).toMatchObject({ left: { _tag: 'SizeError', op: 'refine', axis: 'n', first: 2, second: 3 } })
  })
})

describe('as', () => {
  const f = (x: Tensor<string>): Tensor<'24 24'> => pipe(x, as('24 24'))
  test('gives a type and checks it, at once and traced', () => {
    expect(f(gradual(ones('24 24'))).shape).toBe('24 24')
    expect(f(gradual(ones('n n', { n: 24 }))).shape).toBe('24 24')
    expect(jit(f)(gradual(ones('n n', { n: 24 }))).shape).toBe('24 24')
    expect(vmap('batch')(f)(gradual(ones('5 24 24'))).shape).toBe('batch 24 24')
    const total = (x: Tensor<string>): Tensor<''> => pipe(x, as('n'), sum('n'))
    const slope = grad(total)(gradual(ones('3')))
    expect([slope.shape, toNested(slope)]).toEqual(['3', [1, 1, 1]])
  })
  test.each([
    ['at once', () => f(gradual(ones('24 23')))],
    ['under jit', () => jit(f)(gradual(ones('24 23')))],
    ['under vmap', () => vmap('b')(f)(gradual(ones('2 24 23')))],
    ['under grad', () => grad((x: Tensor<string>) => pipe(f(x), sum()))(gradual(ones('24 23')))],
  ])('throws %s', (_, run) => {
    expect(errorOf(run)).toMatchObject({ _tag: 'ShapeError', message: "as: '24 23' does not fit '24 24': '23' is not '24'" })
  })
  test.each([
    ['n n', ones('a b', { a: 2, b: 3 }), 'SizeError', "as: 'n' is 2 in one place and 3 in another: one name has one size"],
    ['n n', ones('2 3'), 'ShapeError', "as: '2 3' does not fit 'n n': 'n' is already '2', not '3'"],
    ['4 3', ones('n 3', { n: 2 }), 'ShapeError', "as: '2 3' does not fit '4 3': '2' is not '4'"],
    ['n 4', ones('n 3', { n: 2 }), 'ShapeError', "as: 'n 3' does not fit 'n 4': '3' is not '4'"],
    ['n n+2', ones('2 5'), 'SizeError', "as: 'n+2' is 4 in one place and 5 in another: one name has one size"],
    ['n+2', ones('1'), 'ShapeError', "as: 'n+2' is 1, which no size of 'n' makes"],
    ['n', ones('1 2'), 'ShapeError', "as: '1 2' does not fit 'n': it has 2 axes, not 1"],
    ['a,b', ones('1 2'), 'ShapeError', "shape 'a,b': write one space between axes"],
    ['n', [1, 2], 'TreeError', 'as: the argument is not a tensor: make one with tensor or fromArray'],
    [5, ones('5'), 'ShapeError', "as: 5 is no dimension string: write '5'"],
  ])('%s of %s', (shape, x, tag, message) => {
    const error = errorOf(() => loose(as)(shape)(x))
    expect([error._tag, error.message]).toEqual([tag, message])
  })
})

describe('asLike', () => {
  test('gives the shape of another tensor of the same sizes', () => {
    const like = zeros('n 3', { n: 2 })
    expect(pipe(gradual(ones('2 3')), asLike(like)).shape).toBe('n 3')
    expect(pipe(gradual(like), asLike(like))).toBe(like)
  })
  test.each([
    [ones('2 3'), ones('2 4'), 'ShapeError', "asLike: '2 3' does not fit '2 4': '3' is not '4'"],
    [ones('2 3'), ones('3'), 'ShapeError', "asLike: '2 3' does not fit '3': it has 2 axes, not 1"],
    [ones('n', { n: 3 }), ones('n', { n: 5 }), 'SizeError', "asLike: 'n' is 5 in one place and 3 in another: one name has one size"],
  ])('%s to %s', (x, like, tag, message) => {
    const error = errorOf(() => loose(asLike)(like)(x))
    expect([error._tag, error.message]).toEqual([tag, message])
  })
})

describe('rename', () => {
  test('turns sizes into names and back', () => {
    const named = pipe(tensor([[1, 2]]), rename('batch 2'))
    expect([named.shape, named.sizes, toNested(named)]).toEqual(['batch 2', [1, 2], [[1, 2]]])
    expect(pipe(named, rename('row 2')).shape).toBe('row 2')
    expect(pipe(named, rename('1 2')).shape).toBe('1 2')
    expect(errorOf(() => pipe(named, rename('7 2'))).message).toBe("rename: '1 2' does not fit '7 2': '1' is not '7'")
  })
  test('there and back is the same tensor, whatever the names', () => {
    const names = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(names, fc.array(fc.nat({ max: 2 }), { minLength: 3, maxLength: 3 }), (axes, sizes) => {
        const x = ones<string>(axes.map((_, i) => String(sizes[i])).join(' '))
        const target = axes.join(' ')
        const agrees = axes.every((axis, i) => sizes[i] === sizes[axes.indexOf(axis)])
        if (!agrees) expect(errorOf(() => rename<string>(target)(x)).message).toMatch(/^rename: /)
        else expect(pipe(x, rename<string>(target), rename<string>(x.shape))).toEqual(x)
      }),
      draws(12),
    )
  })
})

describe('a shape that is written is checked when it is run', () => {
  const loaded = gradual(ones('576'))
  test('by reshape and broadcastTo', () => {
    const image: Tensor<'24 24'> = pipe(loaded, reshape('24 24'))
    const rows: Tensor<'2 576'> = pipe(loaded, broadcastTo('2 576'))
    expect([image.sizes, rows.sizes]).toEqual([
      [24, 24],
      [2, 576],
    ])
    expect(errorOf(() => pipe(loaded, reshape('24 25'))).message).toBe("reshape: '576' has 576 values and '24 25' has 600")
    expect(errorOf(() => pipe(loaded, broadcastTo('2 575'))).message).toBe(
      "broadcastTo: '576' does not broadcast to '2 575': '576' is neither '1' nor '575'",
    )
  })
})

/** The names of the functions of a module whose result, at the first call or a later one, is an `Either`. */
type Makers<M> = { [K in keyof M & string]: GivesEither<M[K]> extends true ? K : never }[keyof M & string]
type GivesEither<F> = F extends (...args: never) => infer R
  ? [R] extends [never]
    ? false
    : [Extract<R, Left<unknown>>] extends [never]
      ? GivesEither<R>
      : [R] extends [Either<unknown, unknown>]
        ? true
        : false
  : false

type Namespaces = {
  [K in keyof typeof pullback]: (typeof pullback)[K] extends (...args: never) => unknown ? never : K
}[keyof typeof pullback]
type Throwing<M> = Extract<keyof M, `${string}OrThrow`>

describe('every maker of an Either has a twin that throws', () => {
  // Types are compared by the compiler, with all other types.
  test('of its name, and nothing else is called so', () => {
    expectTypeOf<Makers<typeof pullback>>().toEqualTypeOf<'fromArray' | 'refine'>()
    expectTypeOf<Throwing<typeof pullback>>().toEqualTypeOf<`${Makers<typeof pullback>}OrThrow`>()
    expectTypeOf<{ [N in Namespaces]: Throwing<(typeof pullback)[N]> }>().toEqualTypeOf<{
      [N in Namespaces]: [Makers<(typeof pullback)[N]>] extends [never] ? never : `${Makers<(typeof pullback)[N]>}OrThrow`
    }>()
  })
  const saved = { w: ones('2') }
  test('what is right', () => {
    expect(fromArrayOrThrow('n 2')([[1, 2]])).toEqual(right(fromArray('n 2')([[1, 2]])))
    expect(refineOrThrow('n')(gradual(ones('2')))).toEqual(right(refine('n')(gradual(ones('2')))))
    expect(data.parseJsonOrThrow('a file')('[1]')).toEqual([1])
    expect(data.rowsOfOrThrow('a file')([1])).toEqual([1])
    expect(data.someRowsOrThrow('a file')({ rows: [1], rejected: [] })).toEqual({ rows: [1], rejected: [] })
    expect(codec.decodeOrThrow(saved)(codec.encode(saved))).toEqual(saved)
  })
  test.each([
    [
      'fromArrayOrThrow',
      () => fromArrayOrThrow('n 3')([[1, 2]]),
      'ShapeError',
      "fromArrayOrThrow: '1 2' does not fit 'n 3': '2' is not '3'",
    ],
    ['refineOrThrow', () => refineOrThrow('3')(gradual(ones('2'))), 'ShapeError', "refineOrThrow: '2' does not fit '3': '2' is not '3'"],
    ['data.parseJsonOrThrow', () => data.parseJsonOrThrow('a file')('[1'), 'DataError', 'a file: not JSON'],
    ['data.rowsOfOrThrow', () => data.rowsOfOrThrow('a file')([]), 'DataError', 'a file: there are no rows: the list is empty'],
    ['data.someRowsOrThrow', () => data.someRowsOrThrow('a file')({ rows: [], rejected: [] }), 'DataError', 'a file: no row decodes'],
    ['codec.decodeOrThrow', () => codec.decodeOrThrow(saved)('{'), 'DataError', 'codec.decodeOrThrow: not JSON'],
  ])('what is not: %s', (_, f, tag, message) => {
    const error = errorOf(f)
    expect([error._tag, error.message.slice(0, message.length)]).toEqual([tag, message])
  })
})
