/** Triangles, padding, copies and places of each row, by hand. */
import {
  as,
  diag,
  diagonal,
  grad,
  jit,
  kron,
  meshgrid,
  mul,
  pad,
  pipe,
  repeatInterleave,
  roll,
  rot90,
  split,
  sum,
  type Tensor,
  takeAlongAxis,
  tensor,
  tile,
  toNested,
  toNumber,
  trace,
  transpose,
  tril,
  triu,
  unstack,
  vmap,
  zeros,
} from 'pullback'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/errors.js'
import { loose } from '../support/loose.js'

const matrix = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
/** Weights that tell the entries of a result apart, so that a gradient says where each entry went. */
const weighted =
  (w: Tensor<string>) =>
  (y: Tensor<string>): Tensor<''> =>
    pipe(y, mul(w), sum(), as(''))

describe('tril and triu', () => {
  test('keep one side of a diagonal, of which 1 is the one above the main one', () => {
    expect(toNested(pipe(matrix, tril()))).toEqual([
      [1, 0, 0],
      [4, 5, 0],
    ])
    expect(toNested(pipe(matrix, tril(1)))).toEqual([
      [1, 2, 0],
      [4, 5, 6],
    ])
    expect(toNested(pipe(matrix, triu(-1)))).toEqual(toNested(matrix))
    expect(toNested(pipe(matrix, triu(2)))).toEqual([
      [0, 0, 3],
      [0, 0, 0],
    ])
  })
  test('a diagonal far outside keeps everything or nothing', () => {
    for (const far of [3, 2 ** 31, 1e15]) {
      expect(toNested(pipe(matrix, tril(far)))).toEqual(toNested(matrix))
      expect(toNested(pipe(matrix, triu(far)))).toEqual(toNested(zeros('2 3')))
      expect(toNested(pipe(matrix, tril(-far)))).toEqual(toNested(zeros('2 3')))
      expect(toNested(pipe(matrix, triu(-far)))).toEqual(toNested(matrix))
    }
  })
  test('what is left out is 0, whatever it was, and has no gradient', () => {
    const x = tensor([
      [1, Number.NaN],
      [2, 3],
    ])
    expect(toNested(pipe(x, tril()))).toEqual([
      [1, 0],
      [2, 3],
    ])
    expect(toNested(grad((y: Tensor<'2 2'>) => pipe(y, triu(), sum()))(x))).toEqual([
      [1, 1],
      [0, 1],
    ])
  })
  test('of every matrix of a batch, of any dtype', () => {
    expect(
      toNested(
        pipe(
          tensor([
            [
              [true, true],
              [true, true],
            ],
          ]),
          tril(),
        ),
      ),
    ).toEqual([
      [
        [true, false],
        [true, true],
      ],
    ])
    expect(
      toNested(
        vmap('2')((x: Tensor<'2 2'>) => tril()(x))(
          tensor([
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 8],
            ],
          ]),
        ),
      ),
    ).toEqual([
      [
        [1, 0],
        [3, 4],
      ],
      [
        [5, 0],
        [7, 8],
      ],
    ])
  })
  test('refuses a diagonal that is no whole number', () => {
    expect(errorOf(() => tril(0.5)).message).toBe('tril: the diagonal is 0.5: give a whole number, 0 for the main one')
  })
})

describe('pad', () => {
  const x = tensor([1, 2, 3])
  test.each([
    ['constant', [0, 0, 0, 0, 1, 2, 3, 0, 0, 0, 0]],
    ['edge', [1, 1, 1, 1, 1, 2, 3, 3, 3, 3, 3]],
    ['reflect', [1, 2, 3, 2, 1, 2, 3, 2, 1, 2, 3]],
    ['symmetric', [3, 3, 2, 1, 1, 2, 3, 3, 2, 1, 1]],
    ['wrap', [3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]],
  ] as const)('%s goes on as long as there are places to fill', (mode, expected) => {
    expect(toNested(pipe(x, pad([4], { mode })))).toEqual(expected)
  })
  test('an entry that stands several times has the sum of its cotangents', () => {
    const w = tensor([1, 10, 100, 1000, 10000])
    expect(toNested(grad((y: Tensor<'3'>) => pipe(y, pad([1], { mode: 'reflect' }), weighted(w)))(x))).toEqual([10, 10101, 1000])
    expect(toNested(grad((y: Tensor<'3'>) => pipe(y, pad([1], { value: 7 }), weighted(w)))(x))).toEqual([10, 100, 1000])
  })
  test('a constant is a value of the dtype: infinities, -0, numbers of int32 and bools', () => {
    expect(toNested(pipe(x, pad([[1, 0]], { value: Number.NEGATIVE_INFINITY })))).toEqual([Number.NEGATIVE_INFINITY, 1, 2, 3])
    expect(toNested(pipe(x, pad([[1, 0]], { value: -0 })))).toEqual([-0, 1, 2, 3])
    expect(toNested(pipe(tensor([5], 'int32'), pad([1], { value: -7 })))).toEqual([-7, 5, -7])
    expect(toNested(pipe(tensor([false]), pad([1], { value: 1 })))).toEqual([true, false, true])
    expect(errorOf(() => pipe(tensor([5], 'int32'), pad([1], { value: 0.5 })))._tag).toBe('DTypeError')
  })
  test('a single entry is its own reflection; none at all can only be padded with a constant', () => {
    expect(toNested(pipe(tensor([7]), pad([2], { mode: 'reflect' })))).toEqual([7, 7, 7, 7, 7])
    expect(toNested(pipe(zeros('0'), pad([2], { value: 1 })))).toEqual([1, 1, 1, 1])
    expect(errorOf(() => pipe(zeros('0'), pad([2], { mode: 'edge' }))).message).toBe(
      "pad: axis 0 of '0' has no entries to repeat, pad it with a constant",
    )
  })
  test('refuses a mode and an option that do not exist', () => {
    expect(errorOf(() => loose(pad)([1], { mode: 'mirror' })).message).toBe(
      'pad: the mode is "mirror": give constant, edge, wrap, symmetric, reflect',
    )
  })
})

describe('tile, repeatInterleave and roll', () => {
  test('tile puts a tensor beside itself; numbers that are missing belong to the first axes', () => {
    expect(toNested(pipe(matrix, tile([2])))).toEqual([
      [1, 2, 3, 1, 2, 3],
      [4, 5, 6, 4, 5, 6],
    ])
    expect(toNested(pipe(tensor([1, 2]), tile([2, 1, 2])))).toEqual([[[1, 2, 1, 2]], [[1, 2, 1, 2]]])
    expect(pipe(matrix, tile([0, 2])).shape).toBe('0 6')
    expect(toNested(pipe(tensor(3), tile([2])))).toEqual([3, 3])
  })
  test('repeatInterleave repeats entries', () => {
    expect(toNested(pipe(matrix, repeatInterleave(2, 0)))).toEqual([
      [1, 2, 3],
      [1, 2, 3],
      [4, 5, 6],
      [4, 5, 6],
    ])
  })
  test('the gradient of copies is the sum over them', () => {
    const w = tensor([1, 10, 100, 1000])
    expect(toNested(grad((y: Tensor<'2'>) => pipe(y, tile([2]), weighted(w)))(tensor([0, 0])))).toEqual([101, 1010])
    expect(toNested(grad((y: Tensor<'2'>) => pipe(y, repeatInterleave(2, 0), weighted(w)))(tensor([0, 0])))).toEqual([11, 1100])
  })
  test('roll goes round in both directions, any number of times', () => {
    for (const turns of [-6, -3, 0, 3, 3e9]) {
      expect(toNested(pipe(matrix, roll(turns + 1, -1)))).toEqual([
        [3, 1, 2],
        [6, 4, 5],
      ])
    }
    expect(toNested(pipe(matrix, roll(1, 0), roll(1, 1)))).toEqual([
      [6, 4, 5],
      [3, 1, 2],
    ])
    expect(pipe(zeros('0 3'), roll(1, 0)).shape).toBe('0 3')
  })
})

describe('takeAlongAxis', () => {
  test('takes from each row at its own places, along any axis', () => {
    expect(
      toNested(
        pipe(
          matrix,
          takeAlongAxis(
            tensor(
              [
                [2, 0],
                [1, 1],
              ],
              'int32',
            ),
            1,
          ),
        ),
      ),
    ).toEqual([
      [3, 1],
      [5, 5],
    ])
    expect(toNested(pipe(matrix, takeAlongAxis(tensor([[1, 0, 1]], 'uint32'), 0)))).toEqual([[4, 2, 6]])
  })
  test('the gradient goes to what was taken, twice where it was taken twice', () => {
    const indices = tensor(
      [
        [2, 0],
        [1, 1],
      ],
      'int32',
    )
    const f = (x: Tensor<'2 3'>) =>
      pipe(
        x,
        takeAlongAxis(indices, 1),
        weighted(
          tensor([
            [1, 10],
            [100, 1000],
          ]),
        ),
      )
    expect(toNested(grad(f)(matrix))).toEqual([
      [10, 0, 1],
      [0, 1100, 0],
    ])
  })
  test('an index outside is an error, alone and compiled', () => {
    const f = (x: Tensor<'2 3'>) => pipe(x, takeAlongAxis(tensor([[3], [0]], 'int32'), 1))
    const message = 'takeAlongAxis: index 3 is outside 0 to 2: indices and class labels count from 0'
    expect([errorOf(() => f(matrix)).message, errorOf(() => jit(f)(matrix)).message]).toEqual([message, message])
  })
})

describe('diagonal, diag and trace', () => {
  test('diagonals above and below the main one, of matrices that are wider or higher', () => {
    expect(toNested(pipe(matrix, diagonal()))).toEqual([1, 5])
    expect(toNested(pipe(matrix, diagonal(1)))).toEqual([2, 6])
    expect(toNested(pipe(matrix, diagonal(2)))).toEqual([3])
    expect(toNested(pipe(matrix, diagonal(-1)))).toEqual([4])
    expect(toNested(pipe(matrix, transpose, diagonal(-1)))).toEqual([2, 6])
    expect(pipe(matrix, diagonal(3)).shape).toBe('0')
    expect(pipe(matrix, diagonal(-9)).sizes).toEqual([0])
  })
  test('of every matrix of a batch', () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ])
    expect(toNested(pipe(x, diagonal()))).toEqual([
      [1, 4],
      [5, 8],
    ])
    expect(toNested(trace(x))).toEqual([5, 13])
    expect(toNumber(trace(zeros('0 0')))).toBe(0)
  })
  test('diag puts a vector on a diagonal, and takes it off again', () => {
    expect(toNested(pipe(tensor([1, 2]), diag(-1)))).toEqual([
      [0, 0, 0],
      [1, 0, 0],
      [0, 2, 0],
    ])
    for (const k of [-2, 0, 3] as const) expect(toNested(pipe(tensor([1, 2, 3]), diag(k), diag(k)))).toEqual([1, 2, 3])
    expect(toNested(pipe(zeros('0'), diag(1)))).toEqual([[0]])
    expect(toNested(pipe(tensor([true]), diag(1)))).toEqual([
      [false, true],
      [false, false],
    ])
  })
  test('their gradients are each other', () => {
    const w = tensor([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(grad((v: Tensor<'2'>) => pipe(v, diag(), weighted(w)))(tensor([0, 0])))).toEqual([1, 4])
    expect(toNested(grad((x: Tensor<'2 2'>) => pipe(x, diagonal(), weighted(tensor([5, 6]))))(w))).toEqual([
      [5, 0],
      [0, 6],
    ])
  })
})

describe('kron, meshgrid and rot90', () => {
  test('kron puts the argument in the place of each entry', () => {
    const block = tensor([
      [1, 2],
      [3, 4],
    ])
    expect(toNested(pipe(tensor([[1, 10]]), kron(block)))).toEqual([
      [1, 2, 10, 20],
      [3, 4, 30, 40],
    ])
    expect(toNested(pipe(tensor([1, 10]), kron(tensor([[1], [2]]))))).toEqual([
      [1, 10],
      [2, 20],
    ])
    expect(toNested(pipe(tensor(3), kron(tensor([1, 2]))))).toEqual([3, 6])
  })
  test('meshgrid of three, of other dtypes, of one and of none', () => {
    const vectors = [tensor([1, 2]), tensor([3, 4, 5], 'int32'), tensor([6])] as const
    expect(meshgrid()(vectors).map(x => x.sizes)).toEqual([
      [3, 2, 1],
      [3, 2, 1],
      [3, 2, 1],
    ])
    const [x, y, z] = meshgrid('ij')(vectors)
    expect([x.sizes, y.dtype]).toEqual([[2, 3, 1], 'int32'])
    expect(toNested(y)).toEqual([
      [[3], [4], [5]],
      [[3], [4], [5]],
    ])
    expect(toNested(z)[1]).toEqual([[6], [6], [6]])
    expect(toNested(meshgrid()([tensor([1, 2])])[0])).toEqual([1, 2])
    expect(meshgrid()([])).toEqual([])
  })
  test('four quarter turns are none, and two go back by two', () => {
    expect(toNested(pipe(matrix, rot90(1, 0, 1)))).toEqual([
      [3, 6],
      [2, 5],
      [1, 4],
    ])
    expect(toNested(pipe(matrix, rot90(-1, 0, 1)))).toEqual(toNested(pipe(matrix, rot90(1, 1, 0))))
    expect(toNested(pipe(matrix, rot90(2, 0, 1)))).toEqual(toNested(pipe(matrix, rot90(-2, 0, 1))))
    expect(toNested(pipe(matrix, rot90(1, 0, 1), rot90(3, 0, 1)))).toEqual(toNested(matrix))
  })
})

describe('split and unstack', () => {
  test('equal parts, and parts between indices, of which some may be empty', () => {
    expect(pipe(matrix, split(3, 1)).map(toNested)).toEqual([
      [[1], [4]],
      [[2], [5]],
      [[3], [6]],
    ])
    expect(pipe(tensor([1, 2, 3]), split([0, 1, 1, 3], 0)).map(toNested)).toEqual([[], [1], [], [2, 3], []])
    expect(pipe(tensor([1, 2]), split([], 0)).map(toNested)).toEqual([[1, 2]])
  })
  test('the parts of a named axis, when they are run', () => {
    const x = zeros('n 2', { n: 6 })
    expect(pipe(x, split(2, 'n')).map(y => [y.shape, y.sizes])).toEqual([
      ['n//2 2', [3, 2]],
      ['n//2 2', [3, 2]],
    ])
    expect(errorOf(() => pipe(zeros('n 2', { n: 5 }), split(2, 'n'))).message).toBe(
      "split: axis 0 of 'n 2' has size 5 here and does not go into 2 equal parts",
    )
    expect(errorOf(() => pipe(zeros('n 2', { n: 5 }), split([9], 'n'))).message).toBe(
      "split: axis 0 of 'n 2' has size 5 here, and the index 9 is beyond it",
    )
  })
  test('unstack gives a list of a named axis, and nothing of an empty one', () => {
    expect(pipe(zeros('n 2', { n: 3 }), unstack('n')).map(y => y.shape)).toEqual(['2', '2', '2'])
    expect(pipe(zeros('0 2'), unstack(0))).toEqual([])
    expect(pipe(matrix, unstack(-1)).map(toNested)).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ])
  })
  test('their gradients put the parts together again', () => {
    const f = (x: Tensor<'4'>) => {
      const [a, b] = pipe(x, split(2, 0))
      return pipe(a, mul(b), sum())
    }
    expect(toNested(grad(f)(tensor([1, 2, 3, 4])))).toEqual([3, 4, 1, 2])
  })
})
