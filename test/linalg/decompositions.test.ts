/** QR, eigenvalues, singular values and what is made of them: by hand, residuals, forms, bad input, gradients. */
import {
  abs,
  add,
  arange,
  as,
  exp,
  eye,
  grad,
  jit,
  jvp,
  matmul,
  mul,
  pipe,
  reference,
  sub,
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
import { matchesDifferences } from 'pullback/laws'
import {
  cond,
  eigh,
  eigvalsh,
  expm,
  lstsq,
  matrixNorm,
  matrixPower,
  matrixRank,
  pinv,
  qr,
  qrComplete,
  solve,
  svd,
  svdvals,
} from 'pullback/linalg'
import { describe, expect, test } from 'vitest'
import { eighPrimitive, qrPrimitive, svdPrimitive } from '../../src/primitives/linalg/index.js'
import { bufferOf, concrete } from '../../src/tensor/index.js'
import { bind } from '../../src/trace/index.js'
import { loose } from '../support/loose.js'
import { distance, type Matrix, matrix, numbers } from './support.js'

const engines = [reference, wasmEngine({ threads: 1 })]
const { NaN: nan, POSITIVE_INFINITY: inf } = Number

/** Entries are below 1 and sums have some tens of terms: so much is some hundreds of roundings. */
const rounding = 5e-14
const columns = (x: Matrix, by: Tensor<string, 'float64'>): Matrix => pipe(x, mul(by))
const orthonormal = (x: Matrix): number => distance(pipe(transpose(x), matmul(x)), eye(x.sizes[1] ?? 0, 'float64'))
const symmetric = (x: Matrix): Matrix => pipe(x, add(transpose(x)))
/** 1, 1/2, 1/4 and so on. */
const halves = pipe(arange(30, 'float64'), mul(-Math.LN2), exp)
const rankTwo = pipe(matrix(40, 2), matmul(matrix(2, 30, 2)))

describe.each(engines.map(engine => [engine.name, engine] as const))('on the %s engine', (_, engine) => {
  const on = (title: string, body: () => void): void => test(title, () => withEngine(engine)(body))

  on('by hand', () => {
    const { q, r } = qr()(
      tensor([
        [0, 2],
        [-4, 3],
      ]),
    )
    expect([toNested(q), toNested(r)]).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [-4, 3],
        [0, 2],
      ],
    ])
    const wide = qr()(
      tensor([
        [0, 2, 5],
        [-4, 3, 6],
      ]),
    )
    expect([toNested(wide.q), toNested(wide.r)]).toEqual([
      [
        [0, 1],
        [1, 0],
      ],
      [
        [-4, 3, 6],
        [0, 2, 5],
      ],
    ])
    expect(
      toNested(
        eigvalsh(
          tensor([
            [2, 1],
            [1, 2],
          ]),
        ),
      ),
    ).toEqual([1, 3])
    expect(
      toNested(
        svdvals()(
          tensor([
            [3, 0, 0],
            [0, 0, -4],
          ]),
        ),
      ),
    ).toEqual([4, 3])
    expect(
      toNested(
        svd()(
          tensor([
            [0, 0],
            [0, 0],
          ]),
        ).s,
      ),
    ).toEqual([0, 0])
    expect(
      toNested(
        matrixPower(3)(
          tensor([
            [1, 1],
            [0, 2],
          ]),
        ),
      ),
    ).toEqual([
      [1, 7],
      [0, 8],
    ])
    expect(
      toNested(
        matrixPower(0)(
          tensor([
            [nan, 1],
            [0, 2],
          ]),
        ),
      ),
    ).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(toNested(expm(zeros('2 2')))).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(toNumber(pipe(expm(tensor([[-40]], 'float64')), sum())) / Math.exp(-40)).toBeCloseTo(1, 11)
    expect(toNested(expm(tensor([[1e7]])))).toEqual([[nan]])
  })

  on('one row, no rows, a batch', () => {
    expect(toNested(svd()(tensor([[-3]])).u)).toEqual([[-1]])
    expect(toNested(eigh(tensor([[-3]])).eigenvalues)).toEqual([-3])
    expect(svd()(zeros('0 0')).s.sizes).toEqual([0])
    expect(svd()(zeros('3 0')).u.sizes).toEqual([3, 0])
    expect(toNested(qrComplete(zeros('2 0')).q)).toEqual([
      [1, 0],
      [0, 1],
    ])
    expect(eigh(zeros('2 0 0')).eigenvectors.shape).toBe('2 0 0')
    expect(matrixRank()(zeros('2 3 0')).shape).toBe('2')
    const batch = tensor([
      [[3], [4]],
      [[0], [0]],
      [[5], [12]],
    ])
    expect(toNested(svdvals()(batch))).toEqual([[5], [0], [13]])
    expect(toNested(vmap('3')((x: Tensor<'2 1'>) => svdvals()(x))(batch))).toEqual([[5], [0], [13]])
  })

  on('a NaN or an infinity gives NaN', () => {
    for (const bad of [nan, inf]) {
      expect(
        toNested(
          eigvalsh(
            tensor([
              [bad, 0],
              [0, 1],
            ]),
          ),
        ),
      ).toEqual([nan, nan])
      expect(
        toNested(
          svd()(
            tensor([
              [1, 0],
              [bad, 1],
            ]),
          ).vh,
        ),
      ).toEqual([
        [nan, nan],
        [nan, nan],
      ])
      expect(toNested(pinv()(tensor([[bad]])))).toEqual([[nan]])
    }
  })
})

describe('residuals', () => {
  test.each([
    ['more rows', matrix(70, 45)],
    ['more columns', matrix(45, 70)],
    ['rank two', rankTwo],
    ['the identity', eye(20, 'float64')],
    ['zeros', zeros('20 12', {}, 'float64')],
    ['columns that fall off', columns(matrix(40, 30), halves)],
  ] as readonly (readonly [string, Matrix])[])('of qr and svd: %s', (_, a) => {
    const { q, r } = qr()(a)
    expect(distance(pipe(q, matmul(r)), a)).toBeLessThan(rounding)
    expect(orthonormal(q)).toBeLessThan(rounding)
    expect(toArray(r).every((value, i) => i % (a.sizes[1] ?? 1) >= Math.floor(i / (a.sizes[1] ?? 1)) || value === 0)).toBe(true)
    const complete = qrComplete(a)
    expect(distance(pipe(complete.q, matmul(complete.r)), a)).toBeLessThan(rounding)
    expect(orthonormal(complete.q)).toBeLessThan(rounding)
    const { u, s, vh } = svd()(a)
    expect(distance(pipe(columns(u, s), matmul(vh)), a)).toBeLessThan(10 * rounding)
    expect(orthonormal(u)).toBeLessThan(rounding)
    expect(orthonormal(transpose(vh))).toBeLessThan(rounding)
    expect([...toArray(s)].every((value, i, all) => value >= 0 && (i === 0 || value <= (all[i - 1] ?? 0)))).toBe(true)
    expect(toArray(svdvals()(a))).toEqual(toArray(s))
  })

  test.each([
    ['random', symmetric(matrix(60, 60))],
    ['of a graph, whose eigenvalues are many times equal', pipe(eye(24, 'float64'), sub(1))],
    ['the identity', eye(9, 'float64')],
  ] as readonly (readonly [string, Matrix])[])('of eigh: %s', (_, a) => {
    const { eigenvalues, eigenvectors } = eigh(a)
    expect(distance(pipe(columns(eigenvectors, eigenvalues), matmul(transpose(eigenvectors))), a)).toBeLessThan(10 * rounding)
    expect(orthonormal(eigenvectors)).toBeLessThan(rounding)
    expect(toArray(eigvalsh(a))).toEqual(toArray(eigenvalues))
  })

  test('at both ends of the range of float64', () => {
    for (const scale of [1e200, 1e-300]) {
      const a = pipe(matrix(20, 20), mul(scale))
      const near = (x: Matrix): number => distance(pipe(x, mul(1 / scale)), matrix(20, 20))
      const { q, r } = qr()(a)
      expect(near(pipe(q, matmul(r)))).toBeLessThan(rounding)
      const { u, s, vh } = svd()(a)
      expect(near(pipe(columns(u, s), matmul(vh)))).toBeLessThan(rounding)
      expect(toNumber(pipe(a, matrixNorm('fro'))) / scale / toNumber(matrixNorm('fro')(matrix(20, 20)))).toBeCloseTo(1, 12)
    }
  })

  test('the engine gives the bits of the plain loops in both dtypes', () => {
    for (const dtype of ['float32', 'float64'] as const) {
      const of = (m: number, n: number) => {
        const list = numbers(m * n, 3)
        return concrete([m, n], dtype, dtype === 'float32' ? Float32Array.from(list) : Float64Array.from(list))
      }
      for (const [operation, x] of [
        [qrPrimitive.of({ complete: false }), of(70, 41)],
        [qrPrimitive.of({ complete: true }), of(20, 11)],
        [eighPrimitive.of({}), of(41, 41)],
        [svdPrimitive.of({}), of(45, 41)],
      ] as const)
        expect(
          bind(operation, [x]).map(y => bufferOf('test', y)),
          operation.name,
        ).toEqual(operation.evaluate([{ sizes: x.sizes, dtype, data: bufferOf('test', x) }]))
    }
  })
})

describe('what is measured', () => {
  test('pseudo-inverses obey the equations of Penrose', () => {
    const p = pinv()(rankTwo)
    expect(p.sizes).toEqual([30, 40])
    expect(distance(pipe(rankTwo, matmul(p), matmul(rankTwo)), rankTwo)).toBeLessThan(rounding)
    expect(distance(pipe(p, matmul(rankTwo), matmul(p)), p)).toBeLessThan(rounding)
    const projection = pipe(rankTwo, matmul(p))
    expect(distance(projection, transpose(projection))).toBeLessThan(rounding)
  })

  test('least squares solve the normal equations, for vectors, columns and batches', () => {
    const [a, b] = [matrix(30, 4), matrix(30, 2, 7)]
    const normal = pipe(transpose(a), matmul(b), solve(pipe(transpose(a), matmul(a))))
    expect(distance(pipe(b, lstsq(a)), normal)).toBeLessThan(rounding)
    expect(toNested(lstsq(tensor([[2], [0]]))(tensor([3, 5])))).toEqual([1.5])
    expect(lstsq(as('batch 3 2')(zeros('batch 3 2', { batch: 5 })))(zeros('3')).shape).toBe('batch 2')
  })

  test('ranks, condition numbers and norms', () => {
    expect(toNumber(matrixRank()(rankTwo))).toBe(2)
    expect(toNumber(matrixRank({ rtol: 0.9 })(eye(3)))).toBe(3)
    expect(
      toNumber(
        cond(
          tensor([
            [4, 0],
            [0, 2],
          ]),
        ),
      ),
    ).toBe(2)
    expect(
      toNumber(
        cond(
          tensor(
            [
              [1, 2],
              [2, 4],
            ],
            'float64',
          ),
        ),
      ),
    ).toBeGreaterThan(1e15)
    const a = tensor(
      [
        [1, -2],
        [3, 4],
        [0, 0],
      ],
      'float64',
    )
    const orders = ['fro', 'nuc', 1, -1, inf, -inf] as const
    expect(orders.map(order => toNumber(matrixNorm(order)(a)))).toEqual([
      expect.closeTo(Math.sqrt(30), 14),
      // Of a matrix with two singular values: (s₀ + s₁)² is the sum of their squares, 30, and twice their product, the root of det aᵀa, 10.
      expect.closeTo(Math.sqrt(50), 13),
      6,
      4,
      7,
      0,
    ])
    expect(toNumber(matrixNorm(2)(a)) * toNumber(matrixNorm(-2)(a))).toBeCloseTo(10, 12)
  })

  test('the exponential: a turn, a sum, an inverse', () => {
    const turn = expm(
      tensor(
        [
          [0, -Math.PI / 2],
          [Math.PI / 2, 0],
        ],
        'float64',
      ),
    )
    expect(
      distance(
        turn,
        tensor(
          [
            [0, -1],
            [1, 0],
          ],
          'float64',
        ),
      ),
    ).toBeLessThan(1e-15)
    const a = pipe(matrix(12, 12), mul(3))
    // Its entries are some thousands.
    expect(distance(pipe(expm(a), matmul(expm(pipe(a, mul(-1))))), eye(12, 'float64'))).toBeLessThan(1e-7)
    expect(distance(pipe(expm(pipe(a, mul(0.5))), matrixPower(2)), expm(a)) / toNumber(pipe(expm(a), abs, sum()))).toBeLessThan(1e-14)
  })
})

describe('gradients', () => {
  const weights = (x: { readonly sizes: readonly number[] }): Matrix => matrix(x.sizes[0] ?? 1, x.sizes[1] ?? 1, 11)
  const weighed = (x: Matrix): Tensor<'', 'float64'> => pipe(x, mul(weights(x)), sum(), as(''))
  test.each([
    ['qr of more columns', (x: Matrix) => [qr()(transpose(x)).q, qr()(transpose(x)).r].map(weighed)],
    ['svd of more columns', (x: Matrix) => [weighed(svd()(transpose(x)).vh), sum()(svd()(transpose(x)).s)]],
    ['pinv', (x: Matrix) => [weighed(pinv()(x))]],
    ['lstsq', (x: Matrix) => [weighed(lstsq(x)(matrix(4, 2, 5)))]],
    ['nuclear norm', (x: Matrix) => [matrixNorm('nuc')(x)]],
    ['Frobenius norm', (x: Matrix) => [matrixNorm('fro')(x)]],
    ['eigh of xᵀx', (x: Matrix) => [weighed(eigh(pipe(transpose(x), matmul(x))).eigenvectors)]],
    ['expm of xᵀx', (x: Matrix) => [weighed(expm(pipe(transpose(x), matmul(x))))]],
    ['matrixPower of xᵀx', (x: Matrix) => [weighed(matrixPower(-3)(pipe(transpose(x), matmul(x))))]],
  ] as const)('%s', (_, f) => {
    matchesDifferences(f)(matrix(4, 3, 3))
  })

  test('of equal eigenvalues: that of their sum is finite, that of eigenvectors is not, as in JAX', () => {
    const trace = (x: Tensor<'2 2', 'float64'>) => pipe(eigh(x).eigenvalues, sum())
    expect(toNested(grad(trace)(eye(2, 'float64')))).toEqual([
      [1, 0],
      [0, 1],
    ])
    const first = (x: Tensor<'2 2', 'float64'>) =>
      pipe(
        eigh(x).eigenvectors,
        mul(
          tensor(
            [
              [1, 2],
              [3, 4],
            ],
            'float64',
          ),
        ),
        sum(),
      )
    expect([...toArray(grad(first)(eye(2, 'float64')))].some(value => !Number.isFinite(value))).toBe(true)
    // Least squares go through no singular vectors.
    const least = (x: Tensor<'2 2', 'float64'>) => pipe(tensor([1, 2], 'float64'), lstsq(x), sum())
    const [[a = 0] = []] = toNested(jit(grad(least))(eye(2, 'float64')))
    expect(a).toBeCloseTo(-1, 14)
  })

  test('second derivatives of the pseudo-inverse', () => {
    const slope = (x: Matrix) => grad((y: Matrix) => weighed(pinv()(y)))(x)
    matchesDifferences((x: Matrix) => jvp(slope)(x, matrix(3, 2, 9))[0])(matrix(3, 2, 3))
  })

  test('the complete factor of more rows than columns has none', () => {
    expect(() => grad((x: Tensor<'3 2'>) => pipe(qrComplete(x).q, sum()))(zeros('3 2'))).toThrow('the complete factor')
  })
})

describe('what is refused', () => {
  test.each([
    [() => loose(qr())(zeros('3')), "qr: '3' is no matrix: it needs two axes"],
    [() => loose(svd())(zeros('batch 3', { batch: 2 })), "svd: which axis of 'batch 3' is the smaller is not known: give 'batch' or '3'"],
    [() => loose(svd('batch'))(zeros('batch 3', { batch: 5 })), "svd: the smaller axis of 'batch 3' is not 'batch': the sizes are 5 and 3"],
    [() => loose(svdvals)('4')(zeros('2 4')), "svdvals: the smaller axis of '2 4' is '2', not '4'"],
    [() => loose(eigh)(zeros('3 2')), "eigh: '3 2' is not square: its last two axes differ"],
    [() => loose(pinv)({ rtol: -1 }), 'pinv: rtol is -1, it must be a number from 0 up'],
    [() => loose(matrixNorm)(3), "matrixNorm: there is no norm of order 3: give 'fro', 'nuc', 1, -1, 2, -2, Infinity or -Infinity"],
    [() => loose(matrixPower)(0.5), 'matrixPower: the power is 0.5, it must be a whole number'],
    [() => loose(lstsq(zeros('3 2')))(zeros('2')), "lstsq: pinv(a): '2 3' by '2': inner axes differ, '3' is not '2'"],
  ] as const)('%#', (call, message) => {
    expect(call).toThrow(message)
  })
})
