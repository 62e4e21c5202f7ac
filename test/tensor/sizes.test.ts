/** A dimension string and its sizes agree in every tensor that a public function gives, or an error names the axis and both sizes. */
import {
  add,
  broadcastTo,
  codec,
  concat,
  customVjp,
  data,
  forall,
  fromArray,
  hessian,
  jacobian,
  jit,
  layer,
  loss,
  mul,
  ones,
  outer,
  pipe,
  stack,
  sum,
  type Tensor,
  take,
  tensor,
  tree,
  vjp,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { checkSizes } from '../../src/tensor/index.js'
import { problem } from '../support/either.js'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'
import { visits } from '../support/visits.js'

const n = (size: number): Tensor<'n'> => zeros('n', { n: size })
const indices = zeros('n', { n: 5 }, 'int32')
const twoSizes = (op: string, axis: string, first: number, second: number): readonly [string, string] => [
  'SizeError',
  `${op}: '${axis}' is ${first} in one place and ${second} in another: one name has one size`,
]
const thrown = (f: () => unknown): readonly [string, string] => {
  const error = errorOf(f)
  return [error._tag, error.message]
}

describe('one name has one size', () => {
  test.each([
    ['add', () => pipe(n(3), add(n(5))), twoSizes('add', 'n', 3, 5)],
    ['outer', () => pipe(n(3), outer(n(5))), twoSizes('outer', 'n', 3, 5)],
    ['take along another axis', () => pipe(zeros('n 4', { n: 3 }), take(indices, 1)), twoSizes('take', 'n', 3, 5)],
    ['take along the same axis', () => pipe(zeros('n 4', { n: 3 }), take(indices, 0)), twoSizes('take', 'n', 3, 5)],
    ['concat along the axis', () => concat(0)([n(3), n(5)]), twoSizes('concat', 'n', 3, 5)],
    ['concat with a sum', () => concat(0)([n(3), zeros('n+2', { n: 5 })]), twoSizes('concat', 'n+2', 5, 7)],
    ['stack', () => stack(0)([n(3), n(5)]), twoSizes('stack', 'n', 3, 5)],
    ['broadcastTo', () => pipe(n(3), broadcastTo('4 n', { n: 5 })), twoSizes('broadcastTo', 'n', 3, 5)],
    [
      'broadcastTo by a new axis',
      () => pipe(n(3), broadcastTo('m n', { m: 2 }), add(zeros('m n', { m: 4, n: 3 }))),
      twoSizes('add', 'm', 2, 4),
    ],
    [
      'vmap of an axis whose name is there',
      () => loose(vmap('batch')((x: Tensor<'batch'>) => x))(zeros('n batch', { n: 2, batch: 3 })),
      twoSizes('vmap', 'batch', 2, 3),
    ],
    [
      'vmap over what has another size',
      () => vmap('n')((x: Tensor<'4'>) => pipe(x, outer(n(5))))(zeros('n 4', { n: 3 })),
      twoSizes('vmap', 'n', 3, 5),
    ],
    ['jacobian', () => jacobian((x: Tensor<'n'>) => pipe(n(2), add(pipe(x, sum()))))(n(3)), twoSizes('jacobian', 'n', 2, 3)],
    [
      'hessian',
      () => hessian((p: { readonly a: Tensor<'n'>; readonly b: Tensor<'n'> }) => pipe(sum()(p.a), mul(sum()(p.b))))({ a: n(2), b: n(3) }),
      twoSizes('hessian', 'n', 2, 3),
    ],
    ['jit', () => jit((x: Tensor<'n'>, y: Tensor<'n'>) => pipe(x, outer(y)))(n(3), n(5)), twoSizes('outer', 'n', 3, 5)],
    [
      'rows of a data set',
      () =>
        data
          .batches({ size: 2 })({ x: zeros('n n', { n: 3 }) })
          [Symbol.iterator]()
          .next(),
      twoSizes('data.batches', 'n', 2, 3),
    ],
    ['a loss', () => loss.meanSquaredError(n(3), n(5)), twoSizes('meanSquaredError', 'n', 3, 5)],
    ['forall, of two arguments', () => forall('a', 'a')((x, y) => pipe(x, outer(y)))(n(3), n(5)), twoSizes('forall', 'n', 3, 5)],
    ['forall, of two names for one', () => forall('a', 'b')((x, y) => pipe(x, outer(y)))(n(3), n(5)), twoSizes('forall', 'n', 3, 5)],
    [
      'forall, of what the body makes',
      () => forall('a', 'b')((_, __) => ones('a', { a: 9 }))(zeros('3'), zeros('4')),
      twoSizes('forall', 'a', 3, 9),
    ],
    ['forall, of what the body closes over', () => forall('a')(x => pipe(x, outer(n(5))))(n(3)), twoSizes('forall', 'n', 3, 5)],
  ])('%s', (_, f, expected) => expect(thrown(f)).toEqual(expected))

  test('in data from outside', () => {
    expect(
      problem(
        fromArray('n n+1')([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toEqual(['ShapeError', "fromArray: '2 2' does not fit 'n n+1': 'n+1' is already '3', not '2'"])
    expect(
      problem(
        fromArray('n+1 n')([
          [1, 2],
          [3, 4],
        ]),
      )[0],
    ).toBe('ShapeError')
    expect(problem(fromArray('n+4')([1, 2, 3]))).toEqual(['ShapeError', "fromArray: 'n+4' is 3, which no size of 'n' makes"])
  })
})

describe('a sum is as long as its parts', () => {
  test('in whichever order forall binds them', () => {
    const join = forall('a+b', 'a', 'b')((x, y, z) => pipe(concat(0)([y, z]), add(x)))
    expect(join(ones('5'), ones('2'), ones('3')).sizes).toEqual([5])
    expect(thrown(() => loose(join)(ones('6'), ones('2'), ones('3')))).toEqual([
      'ShapeError',
      "forall: '3' does not fit 'b': 'a+b' is already '6', not '5'",
    ])
    const apart = forall('a', 'b', 'a+b')((y, z, x) => pipe(concat(0)([y, z]), add(x)))
    expect(apart(ones('2'), ones('3'), ones('5')).shape).toBe('5')
    expect(thrown(() => loose(apart)(ones('2'), ones('3'), ones('6')))[0]).toBe('ShapeError')
  })

  const check = (...tensors: readonly (readonly [string, readonly number[]])[]) =>
    checkSizes(
      'op',
      tensors.map(([shape, sizes]) => ({ shape, sizes })),
    )
  test('of names and numbers', () => {
    check(['a b a+b+2', [3, 4, 9]])
    check(['a+b+2 b a', [9, 4, 3]])
    check(['a+4', [4]], ['a', [0]])
    check(['n+n', [6]], ['n', [3]])
    check(['a+b', [7]], ['a+b', [7]])
    // One sum gives the name for which another waits.
    check(['a+b', [5]], ['b+1', [4]], ['a', [2]])
    expect(thrown(() => check(['a b a+b+2', [3, 4, 8]]))).toEqual(twoSizes('op', 'a+b+2', 9, 8))
    expect(thrown(() => check(['a+4', [3]]))).toEqual(['ShapeError', "op: 'a+4' is 3, which no size of 'a' makes"])
    expect(thrown(() => check(['n+n', [5]]))).toEqual(['ShapeError', "op: 'n+n' is 5, which no size of 'n' makes"])
    expect(thrown(() => check(['a+4', [7]], ['a', [2]]))).toEqual(twoSizes('op', 'a+4', 6, 7))
    expect(thrown(() => check(['a+4', [7]], ['a+1', [5]]))).toEqual(twoSizes('op', 'a+1', 4, 5))
    expect(thrown(() => check(['a+b', [7]], ['a+b', [8]]))).toEqual(twoSizes('op', 'a+b', 7, 8))
    expect(thrown(() => check(['a+b', [5]], ['b+1', [4]], ['a', [3]]))).toEqual(twoSizes('op', 'b+1', 3, 4))
  })
  test('whose names come one from the other, in any order', () => {
    const chain = Array.from({ length: 12 }, (_, i): readonly [string, readonly number[]] => [`n${i}+n${i + 1}`, [2 * i + 1]])
    for (const sums of [chain, chain.toReversed(), [...chain, ...chain.toReversed()]]) {
      check(...sums, ['n0', [0]])
      check(...sums, ['n12', [12]])
      check(...sums)
      expect(thrown(() => check(...sums, ['n0', [0]], ['n12', [11]]))[0]).toMatch(/SizeError|ShapeError/)
    }
    check(['__proto__+1', [4]], ['__proto__', [3]])
    expect(thrown(() => check(['__proto__', [3]], ['__proto__+1', [5]]))).toEqual(twoSizes('op', '__proto__+1', 4, 5))
  })
  test.each([
    ['of one name', () => 'n+1 d'],
    ['of distinct names', (i: number) => `a${i}+1 d`],
    ['of names without sizes', (i: number) => `a${i}+b${i} d`],
  ])('in a time that grows with their number: sums %s', (_, shapeOf) => {
    const work = (length: number) => {
      const tensors = Array.from({ length }, (__, i) => ({ shape: shapeOf(i), sizes: [3, 2] }))
      return visits(() => checkSizes('op', tensors)).count
    }
    expect(work(400) / work(100)).toBeLessThan(5)
  })
  test('a number is its size, and every axis has one', () => {
    expect(thrown(() => check(['2 3', [2, 4]]))).toEqual(twoSizes('op', '3', 3, 4))
    expect(thrown(() => check(['2 3', [2]]))).toEqual(['InternalError', "defect in pullback: op: '2 3' is said of the sizes (2)"])
  })
})

describe('messages say sizes where names hide them', () => {
  const both = "float32 'n' (3)"
  test.each([
    [
      'a cotangent',
      () => vjp((x: Tensor<'n'>) => pipe(x, mul(2)))(n(3))[1](n(5)),
      `vjp: the cotangent is float32 'n' (5), the result is ${both}`,
    ],
    [
      "a rule's value",
      () =>
        vjp(
          customVjp(
            (x: Tensor<'n'>) => pipe(x, mul(2)),
            () => [n(5), ct => ct],
          ),
        )(n(3)),
      `customVjp: the rule's value is float32 'n' (5), not ${both}`,
    ],
    [
      'a mapped tree',
      () => tree.map(() => n(5))(n(3)),
      `tree.map: the argument was ${both} and became float32 'n' (5): use collect for results of another type`,
    ],
    [
      'a target',
      () => loose(loss.meanSquaredError)(n(3), zeros('m', { m: 3 }, 'float64')),
      `meanSquaredError: the prediction is ${both}, the target float64 'm' (3): they must be alike`,
    ],
    [
      'an activation',
      () =>
        pipe(
          layer.input('n'),
          layer.activation(() => n(5)),
        ).apply([])(n(3)),
      "layer.activation: the function makes float32 'n' (5) of float32 'n' (3): it must keep shape and dtype",
    ],
    [
      'columns',
      () => data.standardise(ones('batch c', { batch: 2, c: 3 })).apply(ones('batch c', { batch: 2, c: 4 })),
      "data.standardise: 'batch c' (2 4) has not the columns 'c' (3) that it was learnt from",
    ],
  ])('%s', (_, f, message) => expect(thrown(f)[1]).toBe(message))
  test('a saved tensor', () => {
    expect(problem(codec.decode({ w: n(5) })(codec.encode({ w: n(3) })))[1]).toBe(
      "codec.decode: 'w' is float32 'n' (3), expected float32 'n' (5)",
    )
  })
  test('and not where numbers say them', () => {
    expect(thrown(() => loose(vjp((x: Tensor<'2'>) => x)(tensor([1, 2]))[1])(tensor([1, 2, 3])))[1]).toBe(
      "vjp: the cotangent is float32 '3', the result is float32 '2'",
    )
  })
})
