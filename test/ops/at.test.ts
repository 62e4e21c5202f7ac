/** Places named by an index, blocks at computed places, values put along an axis: by hand, and against loops. */
import * as fc from 'fast-check'
import {
  arange,
  at,
  dynamicSlice,
  dynamicUpdate,
  fori,
  grad,
  hessian,
  jit,
  jvp,
  mul,
  ones,
  pipe,
  putAlongAxis,
  reshape,
  sum,
  type Tensor,
  tensor,
  toNested,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const x = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const i = tensor([2, 0, 2], 'int32')
/** What an index does, for callers without types. */
const untyped = (way: string, ...parts: readonly unknown[]) => loose(Reflect.get(Object(loose(at)(...parts)), way))

describe('at(...).get', () => {
  const cube = pipe(arange(24), reshape('2 3 4'))
  test('numbers, ranges, new axes and an ellipsis', () => {
    expect(toNested(pipe(x, at(1).get))).toEqual([4, 5, 6])
    expect(toNested(pipe(x, at('...', -1).get))).toEqual([3, 6])
    expect(toNested(pipe(x, at(':', '::2').get))).toEqual([
      [1, 3],
      [4, 6],
    ])
    expect(pipe(cube, at('newAxis', 0, '...', 'newAxis').get).shape).toBe('1 3 4 1')
    expect(toNested(pipe(cube, at(1, '...', '1:3').get))).toEqual([
      [13, 14],
      [17, 18],
      [21, 22],
    ])
    expect(toNested(pipe(tensor(5), at().get))).toBe(5)
  })
  test('a tensor puts its axes in the place of the axis; several side by side are read together', () => {
    expect(toNested(pipe(x, at(':', i).get))).toEqual([
      [3, 1, 3],
      [6, 4, 6],
    ])
    const rows = tensor([1, 0], 'int32')
    const columns = tensor([2, 1], 'uint32')
    expect(toNested(pipe(x, at(rows, columns).get))).toEqual([6, 2])
    expect(toNested(pipe(cube, at('1:', rows, columns).get))).toEqual([[18, 13]])
    expect(toNested(pipe(cube, at(0, ':', columns).get))).toEqual([
      [2, 1],
      [6, 5],
      [10, 9],
    ])
  })
  test('an index outside names itself, also among several', () => {
    const far = tensor([0, 3], 'int32')
    for (const f of [at(':', far).get, at(tensor([0, 1], 'int32'), far).get, at(far, 'newAxis').get] as const)
      expect(errorOf(() => loose(f)(x)).message).toMatch(/^at: index 3 is outside 0 to [12]/)
    expect(errorOf(() => untyped('get', 9)(x)).message).toBe("at: '9' is out of range for axis 0 of '2 3', whose size is 2")
  })
  test('refuses what is no part', () => {
    expect(errorOf(() => untyped('get', true)(x)).message).toBe(
      "at: a part is a boolean, give a number, a range such as '1:3', a tensor of integers, 'newAxis' or '...'",
    )
    expect(errorOf(() => untyped('get', x)(x)).message).toBe("at: indices are float32: cast('int32') first")
    expect(errorOf(() => untyped('get', '...', '...')(x)).message).toBe("at: '...' stands more than once")
  })
})

describe('updates', () => {
  test('set, add, mul, min and max of a range', () => {
    expect(toNested(pipe(x, at(0).set(0)))).toEqual([
      [0, 0, 0],
      [4, 5, 6],
    ])
    expect(
      toNested(
        pipe(
          x,
          at(':', '::2').add(
            tensor([
              [10, 20],
              [30, 40],
            ]),
          ),
        ),
      ),
    ).toEqual([
      [11, 2, 23],
      [34, 5, 46],
    ])
    expect(toNested(pipe(x, at(1, '1:').mul(-1)))).toEqual([
      [1, 2, 3],
      [4, -5, -6],
    ])
    expect(toNested(pipe(x, at('...', 0).min(2)))).toEqual([
      [1, 2, 3],
      [2, 5, 6],
    ])
    expect(toNested(pipe(x, at('...', 0).max(tensor(2))))).toEqual([
      [2, 2, 3],
      [4, 5, 6],
    ])
    expect(toNested(pipe(tensor([true, true]), at(0).set(0)))).toEqual([false, true])
    expect(toNested(pipe(x, at('1:1').set(9)))).toEqual(toNested(x))
  })
  test('of places that stand several times, the last is set and all are added', () => {
    const values = tensor([10, 20, 30])
    const row = tensor([1, 2, 3])
    expect(toNested(pipe(row, at(i).set(values)))).toEqual([20, 2, 30])
    expect(toNested(pipe(row, at(i).add(values)))).toEqual([21, 2, 43])
    expect(toNested(pipe(row, at(i).mul(values)))).toEqual([20, 2, 900])
    expect(toNested(pipe(row, at(i).max(values)))).toEqual([20, 2, 30])
    expect(toNested(pipe(row, at(i).min(tensor([-1, 5, 7]))))).toEqual([1, 2, -1])
  })
  test('the gradient of set goes to the last value of each place, and to what is not replaced', () => {
    const w = tensor([1, 10, 100])
    const f = (row: Tensor<'3'>, values: Tensor<'3'>) => pipe(row, at(i).set(values), mul(w), sum())
    expect(toNested(grad((row: Tensor<'3'>) => f(row, tensor([7, 8, 9])))(tensor([1, 2, 3])))).toEqual([0, 10, 0])
    expect(toNested(grad((values: Tensor<'3'>) => f(tensor([1, 2, 3]), values))(tensor([7, 8, 9])))).toEqual([0, 1, 100])
    const [, tangent] = jvp((values: Tensor<'3'>) => f(tensor([1, 2, 3]), values))(tensor([7, 8, 9]), tensor([1, 1, 1]))
    expect(toNested(tangent)).toBe(101)
  })
  test('the gradient of mul is the product of all others, with one zero and with two', () => {
    const two = tensor([0, 0, 0], 'int32')
    const f = (values: Tensor<'3'>) => pipe(tensor([2]), at(two).mul(values), sum())
    expect(toNested(grad(f)(tensor([3, 5, 7])))).toEqual([70, 42, 30])
    expect(toNested(grad(f)(tensor([3, 0, 7])))).toEqual([0, 42, 0])
    expect(toNested(grad(f)(tensor([0, 0, 7])))).toEqual([0, 0, 0])
    expect(toNested(hessian(f)(tensor([4, 2, 8])))).toEqual([
      [0, 16, 4],
      [16, 0, 8],
      [4, 8, 0],
    ])
  })
  test('those that equal the least share its cotangent, and NaN stays', () => {
    const two = tensor([0, 0], 'int32')
    const f = (values: Tensor<'2'>) => pipe(tensor([4]), at(two).min(values), sum())
    expect(toNested(grad(f)(tensor([4, 9])))).toEqual([0.5, 0])
    expect(toNested(pipe(tensor([Number.NaN, 1]), at(tensor([0, 1], 'int32')).min(tensor([0, Number.NaN]))))).toEqual([
      Number.NaN,
      Number.NaN,
    ])
  })
  test('ranges and tensors together', () => {
    expect(toNested(pipe(x, at(1, i).set(tensor([7, 8, 9]))))).toEqual([
      [1, 2, 3],
      [8, 5, 9],
    ])
    const pairs = at(tensor([0, 1], 'int32'), tensor([2, 0], 'int32'))
    expect(toNested(pipe(x, pairs.add(tensor([10, 20]))))).toEqual([
      [1, 2, 13],
      [24, 5, 6],
    ])
  })
  test('compiled and mapped they give the same', () => {
    const f = (row: Tensor<'3'>, values: Tensor<'3'>) => pipe(row, at(i).set(values), at('1:').add(1), at(0).mul(3))
    const [rows, values] = [
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      tensor([
        [7, 8, 9],
        [1, 2, 3],
      ]),
    ]
    const expected = [toNested(f(tensor([1, 2, 3]), tensor([7, 8, 9]))), toNested(f(tensor([4, 5, 6]), tensor([1, 2, 3])))]
    expect(toNested(vmap('2')(f)(rows, values))).toEqual(expected)
    expect(toNested(jit(vmap('2')(f))(rows, values))).toEqual(expected)
  })
  test('refuses values of another shape, dtype and kind', () => {
    expect(errorOf(() => loose(untyped('set', 0)(x))(x)).message).toBe(
      "at: the values are '2 3' and the places '3': give a number, a scalar or values of that shape",
    )
    expect(errorOf(() => loose(untyped('set', 0)(0.5))(tensor([1], 'int32')))._tag).toBe('DTypeError')
    expect(errorOf(() => loose(untyped('add', 0)(1))(tensor([true]))).message).toBe(
      "at: needs numbers, not bool: cast('float32') or cast('int32') first",
    )
  })
  test('any index against loops over the entries', () => {
    const ways: { readonly [by: string]: (a: number, b: number) => number } = {
      set: (_, b) => b,
      add: (a, b) => a + b,
      mul: (a, b) => a * b,
      min: Math.min,
      max: Math.max,
    }
    const indices = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(indices, fc.constantFrom(...Object.entries(ways)), (places, [by, combine]) => {
        const values = places.map((_, k) => k - 1.5)
        const expected = [1, 2, 3, 4]
        for (const [k, place] of places.entries()) expected[place] = combine(expected[place] ?? 0, values[k] ?? 0)
        const update = loose(Reflect.get(Object(loose(at)(loose(tensor)(places, 'int32'))), by))
        expect(loose(toNested)(loose(update(loose(tensor)(values)))(tensor([1, 2, 3, 4])))).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})

describe('dynamicSlice and dynamicUpdate', () => {
  test('a block at a computed place, along one axis and along several', () => {
    expect(toNested(pipe(x, dynamicSlice([tensor(1, 'int32'), 0], '1 3')))).toEqual([[4, 5, 6]])
    expect(toNested(pipe(x, dynamicSlice([0, tensor(1, 'uint32')], '2 2')))).toEqual([
      [2, 3],
      [5, 6],
    ])
    expect(toNested(pipe(x, dynamicUpdate([tensor(0, 'int32'), tensor(1, 'int32')], tensor([[7, 8]]))))).toEqual([
      [1, 7, 8],
      [4, 5, 6],
    ])
    expect(toNested(pipe(x, dynamicUpdate([0, 0], ones('2 3'))))).toEqual(toNested(ones('2 3')))
  })
  test('inside a loop, whose round says where', () => {
    const filledUp = pipe(
      zeros('4 2'),
      fori(4)((round, rows: Tensor<'4 2'>) => pipe(rows, dynamicUpdate([round, 0], tensor([[1, 2]])))),
    )
    expect(toNested(filledUp)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ])
  })
  test('gradients: to the block, and to what is around it', () => {
    const start = tensor(1, 'int32')
    expect(toNested(grad((y: Tensor<'4'>) => pipe(y, dynamicSlice([start], '2'), sum()))(zeros('4')))).toEqual([0, 1, 1, 0])
    const w = tensor([1, 10, 100, 1000])
    expect(toNested(grad((y: Tensor<'4'>) => pipe(y, dynamicUpdate([start], zeros('2')), mul(w), sum()))(zeros('4')))).toEqual([
      1, 0, 0, 1000,
    ])
    expect(toNested(grad((y: Tensor<'2'>) => pipe(zeros('4'), dynamicUpdate([start], y), mul(w), sum()))(zeros('2')))).toEqual([10, 100])
  })
  test('a block that reaches outside is an error when it is run', () => {
    expect(errorOf(() => pipe(x, dynamicSlice([0, tensor(2, 'int32')], '2 2'))).message).toMatch(/^dynamicSlice: index 3 is outside 0 to 2/)
    expect(errorOf(() => pipe(x, dynamicUpdate([tensor(2, 'int32'), 0], ones('1 3')))).message).toMatch(
      /^dynamicUpdate: index 2 is outside 0 to 1/,
    )
    expect(errorOf(() => loose(dynamicSlice)([-1, 0], '1 3')(x)).message).toBe(
      'dynamicSlice: a start is -1: give whole numbers from 0 up, or scalars of int32',
    )
    expect(errorOf(() => loose(dynamicSlice)([i, 0], '1 3')(x)).message).toBe("dynamicSlice: a start is '3', give a scalar for each axis")
  })
})

describe('putAlongAxis', () => {
  const indices = tensor(
    [
      [2, 2],
      [0, 1],
    ],
    'int32',
  )
  const values = tensor([
    [10, 20],
    [30, 40],
  ])
  test.each([
    [
      'set',
      [
        [1, 2, 20],
        [30, 40, 6],
      ],
    ],
    [
      'add',
      [
        [1, 2, 33],
        [34, 45, 6],
      ],
    ],
    [
      'mul',
      [
        [1, 2, 600],
        [120, 200, 6],
      ],
    ],
    [
      'max',
      [
        [1, 2, 20],
        [30, 40, 6],
      ],
    ],
    [
      'min',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ] as const)('%s', (by, expected) => {
    expect(toNested(pipe(x, putAlongAxis(indices, values, 1, { by })))).toEqual(expected)
  })
  test('refuses a way that does not exist', () => {
    expect(errorOf(() => loose(putAlongAxis)(indices, values, 1, { by: 'mean' })).message).toBe(
      'putAlongAxis: by is "mean": give set, add, mul, min, max',
    )
  })
})
