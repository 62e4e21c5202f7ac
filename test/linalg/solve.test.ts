/** Triangles, Cholesky and LU: numbers checked by hand, residuals, blocks, bad input, leading axes. */
import * as E from 'fp-ts/lib/Either.js'
import {
  add,
  as,
  cast,
  eye,
  grad,
  jit,
  matmul,
  mul,
  pipe,
  reference,
  sum,
  type Tensor,
  tensor,
  toArray,
  toNested,
  toNumber,
  transpose,
  vmap,
  wasmEngine,
  withEngine,
  zeros,
} from 'pullback'
import {
  cholesky,
  choleskyChecked,
  choleskyCheckedOrThrow,
  choSolve,
  det,
  inv,
  luFactor,
  luSolve,
  slogdet,
  solve,
  solveChecked,
  solveCheckedOrThrow,
  triangularSolve,
} from 'pullback/linalg'
import { describe, expect, test } from 'vitest'
import { choleskyPrimitive, luPrimitive, solvePrimitive, triangularSolvePrimitive } from '../../src/primitives/linalg/index.js'
import { bufferOf, concrete, type Value } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { loose } from '../support/loose.js'
import { distance, matrix, numbers } from './support.js'

const engines = [reference, wasmEngine({ threads: 1 })]
const { NaN: nan, POSITIVE_INFINITY: inf } = Number
const tall = as('batch 2 2')(
  tensor(
    [
      [
        [4, 2],
        [2, 10],
      ],
      [
        [1, 0],
        [0, 9],
      ],
    ],
    'float64',
  ),
)

describe.each(engines.map(engine => [engine.name, engine] as const))('on the %s engine', (_, engine) => {
  const on = (title: string, body: () => void): void => test(title, () => withEngine(engine)(body))

  on('factors of batches, by hand', () => {
    expect(toNested(cholesky(tall))).toEqual([
      [
        [2, 0],
        [1, 3],
      ],
      [
        [1, 0],
        [0, 3],
      ],
    ])
    expect(toNested(det(tall))).toEqual([36, 9])
    expect(toNested(slogdet(tall).sign)).toEqual([1, 1])
    expect(
      toNested(
        inv(
          tensor([
            [2, 0],
            [1, 4],
          ]),
        ),
      ),
    ).toEqual([
      [0.5, 0],
      [-0.125, 0.25],
    ])
    const { lu, pivots, permutation } = luFactor(
      tensor([
        [0, 1, 2],
        [4, 0, 8],
        [2, 2, 0],
      ]),
    )
    expect(toNested(lu)).toEqual([
      [4, 0, 8],
      [0.5, 2, -4],
      [0, 0.5, 4],
    ])
    expect(toNested(pivots)).toEqual([1, 2, 2])
    expect(toNested(permutation)).toEqual([1, 2, 0])
  })

  on('right sides: a vector, columns, and leading axes on either side or both', () => {
    const a = tensor([
      [1, 1],
      [2, 4],
    ])
    expect(toNested(solve(a)(tensor([3, 8])))).toEqual([2, 1])
    expect(toNested(solve(a)(tensor([[3], [8]])))).toEqual([[2], [1]])
    expect(
      toNested(
        solve(a)(
          as('batch 2 1')(
            tensor([
              [[3], [8]],
              [[5], [12]],
            ]),
          ),
        ),
      ),
    ).toEqual([
      [[2], [1]],
      [[4], [1]],
    ])
    expect(toNested(solve(tall)(tensor([6, 12], 'float64')))).toEqual([
      [1, 1],
      [6, 12 / 9],
    ])
    expect(solve(tall)(as('batch 2 3')(zeros('batch 2 3', { batch: 2 }, 'float64'))).shape).toBe('batch 2 3')
    expect(toNested(luSolve(luFactor(a))(tensor([3, 8])))).toEqual([2, 1])
    expect(
      toNested(
        luSolve(
          luFactor(
            tensor([
              [0, 2],
              [1, 0],
            ]),
          ),
        )(
          as('batch 2 1')(
            tensor([
              [[4], [3]],
              [[2], [1]],
            ]),
          ),
        ),
      ),
    ).toEqual([
      [[3], [2]],
      [[1], [1]],
    ])
    expect(
      toNested(
        vmap('3')((b: Tensor<'2'>) => solve(a)(b))(
          tensor([
            [3, 8],
            [5, 12],
            [1, 4],
          ]),
        ),
      ),
    ).toEqual([
      [2, 1],
      [4, 1],
      [0, 1],
    ])
    expect(
      toNested(
        choSolve(
          tensor([
            [2, 0],
            [1, 3],
          ]),
        )(tensor([6, 12])),
      ),
    ).toEqual([1, 1])
  })

  on('triangles: lower and upper, transposed, with a diagonal of ones, what is not read', () => {
    const a = tensor([
      [2, nan],
      [1, 4],
    ])
    const b = tensor([2, 9])
    expect(toNested(triangularSolve(a, { lower: true })(b))).toEqual([1, 2])
    expect(toNested(triangularSolve(a, { lower: true, unitDiagonal: true })(b))).toEqual([2, 7])
    expect(toNested(triangularSolve(a, { lower: true, transpose: true })(tensor([4, 8])))).toEqual([1, 2])
    const upper = tensor([
      [2, 1],
      [nan, 4],
    ])
    expect(toNested(triangularSolve(upper, { lower: false })(tensor([4, 8])))).toEqual([1, 2])
    expect(toNested(triangularSolve(upper, { lower: false, transpose: true, unitDiagonal: true })(b))).toEqual([2, 7])
  })

  on('matrices of no rows and of one', () => {
    expect(cholesky(zeros('0 0')).shape).toBe('0 0')
    expect(toNumber(det(zeros('0 0')))).toBe(1)
    expect(solve(zeros('0 0'))(zeros('0 2')).sizes).toEqual([0, 2])
    expect(toNested(cholesky(tensor([[9]])))).toEqual([[3]])
    expect(toNested(inv(tensor([[4]])))).toEqual([[0.25]])
    expect(toNested(inv(zeros('0 2 2')))).toEqual([])
  })

  on('bad matrices give NaN and infinities, as in JAX', () => {
    expect(
      toNested(
        cholesky(
          tensor([
            [1, 2],
            [2, 1],
          ]),
        ),
      ),
    ).toEqual([
      [nan, 0],
      [nan, nan],
    ])
    expect(toNested(cholesky(tensor([[0]])))).toEqual([[nan]])
    expect(
      toNested(
        solve(
          tensor([
            [1, 2],
            [2, 4],
          ]),
        )(tensor([1, 3])),
      ),
    ).toEqual([inf, -inf])
    expect(
      toNumber(
        det(
          tensor([
            [2, 4],
            [1, 2],
          ]),
        ),
      ),
    ).toBe(0)
    const { sign, logabsdet } = slogdet(
      tensor([
        [2, 4],
        [1, 2],
      ]),
    )
    expect([toNumber(sign), toNumber(logabsdet)]).toEqual([0, -inf])
    expect(toNested(inv(tensor([[0]])))).toEqual([[inf]])
  })
})

/** More than two blocks of rows, and a part of eight. */
const large = 75
const definite = pipe(matrix(large, large), x => pipe(x, matmul(transpose(x)), add(eye(large, 'float64'))))

describe('residuals and determinants of larger matrices', () => {
  test('the product of the factors is the matrix, up to some roundings of its size', () => {
    const l = cholesky(definite)
    // Entries are about 25, and sums of 75 terms: 75 · 25 · 2⁻⁵³ is 2e-13.
    expect(distance(pipe(l, matmul(transpose(l))), definite)).toBeLessThan(2e-13)
    const a = matrix(large, large, 5)
    const b = matrix(large, 3, 6)
    // The solution grows with the condition of the matrix, here some thousands; the residual does not.
    const x = solve(a)(b)
    expect(distance(pipe(a, matmul(x)), b) / Math.max(...toArray(x).map(Math.abs))).toBeLessThan(1e-13)
    expect(distance(pipe(a, matmul(inv(a))), eye(large, 'float64'))).toBeLessThan(1e-11)
    expect(distance(pipe(definite, matmul(choSolve(l)(b))), b)).toBeLessThan(1e-12)
  })

  test('log det is twice the sum of the logarithms of the Cholesky diagonal', () => {
    const l = toArray(cholesky(definite))
    const expected = Array.from({ length: large }, (_, i) => 2 * Math.log(l[i * (large + 1)] ?? 0)).reduce((x, y) => x + y)
    expect(toNumber(slogdet(definite).logabsdet)).toBeCloseTo(expected, 10)
  })

  test('the engine gives the bits of the plain loops, in both dtypes, at sizes that end inside blocks', () => {
    for (const dtype of ['float32', 'float64'] as const)
      for (const [m, n] of [
        [large, large],
        [large, 41],
        [41, large],
      ] as const) {
        const of = (sizes: readonly number[], seed: number): Value => {
          const list = numbers(
            sizes.reduce((x, y) => x * y),
            seed,
          )
          return concrete(sizes, dtype, dtype === 'float32' ? Float32Array.from(list) : Float64Array.from(list))
        }
        const square = cast(dtype)(definite)
        const cases = [
          [luPrimitive.of({}), [of([m, n], 3)]],
          ...(m === n
            ? ([
                [choleskyPrimitive.of({}), [square]],
                [solvePrimitive.of({}), [of([m, m], 3), of([m, 11], 4)]],
                [triangularSolvePrimitive.of({ lower: true, unit: false }), [square, of([m, 11], 4)]],
                [triangularSolvePrimitive.of({ lower: false, unit: false }), [square, of([m, 1], 4)]],
              ] as const)
            : []),
        ] as const
        for (const [operation, inputs] of cases)
          expect(
            bind(operation, inputs).map(x => bufferOf('test', x)),
            operation.name,
          ).toEqual(operation.evaluate(inputs.map(x => ({ sizes: x.sizes, dtype: x.dtype, data: bufferOf('test', x) }))))
      }
  })
})

describe('gradients', () => {
  test('log det of a matrix has its inverse transposed, and a quadratic form of an inverse its products', () => {
    const a = tensor(
      [
        [2, 1],
        [0, 4],
      ],
      'float64',
    )
    expect(toNested(grad((x: Tensor<'2 2', 'float64'>) => slogdet(x).logabsdet)(a))).toEqual([
      [0.5, 0],
      [-0.125, 0.25],
    ])
    const f = (x: Tensor<'2 2', 'float64'>) => pipe(tensor([4, 8], 'float64'), solve(x), mul(tensor([1, 0], 'float64')), sum())
    // x = (1, 2); c = a⁻ᵀ e₀ = (1/2, -1/8); the gradient is -c xᵀ.
    expect(toNested(grad(f)(a))).toEqual([
      [-0.5, -1],
      [0.125, 0.25],
    ])
  })

  test('of cholesky it is symmetric: the mirror image counts as well', () => {
    const f = (x: Tensor<'2 2', 'float64'>) => pipe(cholesky(x), sum())
    const [[a, b] = [], [c, d] = []] = toNested(
      jit(grad(f))(
        tensor(
          [
            [4, 2],
            [2, 10],
          ],
          'float64',
        ),
      ),
    )
    expect(b).toBe(c)
    // l = [[2, 0], [1, 3]]: ∂l₀₀ = 1/4; ∂l₁₀ = -1/8; ∂l₁₁ = -l₁₀ ∂l₁₀ / l₁₁ = 1/24, by the first entry.
    expect(a).toBeCloseTo(1 / 4 - 1 / 8 + 1 / 24, 14)
    expect(d).toBeCloseTo(1 / 6, 14)
  })
})

describe('checked forms', () => {
  test('name the matrix', () => {
    const two = tensor([
      [
        [1, 0],
        [0, 1],
      ],
      [
        [1, 2],
        [2, 1],
      ],
    ])
    const failure = choleskyChecked(two)
    expect(E.isLeft(failure) && failure.left.message).toBe('choleskyChecked: matrix 1 of 2 is not positive definite')
    expect(() => choleskyCheckedOrThrow(two)).toThrow('choleskyCheckedOrThrow: matrix 1 of 2 is not positive definite')
    const singular = solveChecked(
      tensor([
        [1, 2],
        [2, 4],
      ]),
    )(tensor([1, 3]))
    expect(E.isLeft(singular) && singular.left.message).toBe('solveChecked: the matrix is singular, or a number is not finite')
    expect(() => solveCheckedOrThrow(two)(tensor([1, nan]))).toThrow('solveCheckedOrThrow: matrix 0 of 2 is singular')
  })

  test('give what the others give', () => {
    expect(choleskyChecked(tall)).toEqual(E.right(cholesky(tall)))
    expect(solveChecked(tall)(tensor([6, 12], 'float64'))).toEqual(E.right(solve(tall)(tensor([6, 12], 'float64'))))
  })
})

describe('what is refused', () => {
  test.each([
    [() => loose(cholesky)(zeros('3 4')), "cholesky: '3 4' is not square: its last two axes differ"],
    [() => loose(det)(zeros('3')), "det: '3' is not square: a matrix has two axes"],
    [() => loose(inv)(zeros('2 2', {}, 'int32')), "inv: needs a float dtype, not int32: cast('float32') first"],
    [() => loose(solve(zeros('2 2')))(zeros('3')), "solve: '2 2' by '3': inner axes differ, '2' is not '3'"],
    [() => loose(solve(zeros('2 2')))(zeros('2', {}, 'float64')), 'solve: float32 and float64: dtypes differ, cast one of them'],
    [() => loose(solve)(3), 'solve: the argument is not a tensor: make one with tensor or fromArray'],
    [() => loose(triangularSolve)(zeros('2 3'), { lower: true }), "triangularSolve: '2 3' is not square: its last two axes differ"],
    [
      () => loose(triangularSolve)(zeros('2 2')),
      'triangularSolve: which triangle is meant is not said: give { lower: true } or { lower: false }',
    ],
    [
      () => loose(triangularSolve)(zeros('2 2'), { upper: true }),
      "triangularSolve: there is no option 'upper', give lower, transpose or unitDiagonal",
    ],
    [() => loose(luSolve)(zeros('2 2')), 'luSolve: the argument is not a tensor: make one with tensor or fromArray'],
  ] as const)('%s', (call, message) => {
    expect(call).toThrow(message)
  })
})
