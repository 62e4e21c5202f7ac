/**
 * Random vectors and matrices.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const [shares = []] = toNested(random.dirichlet(tensor([1, 1, 1]))('1')(random.key(0)))
 * assert.ok(Math.abs(shares.reduce((a, b) => a + b, 0) - 1) < 1e-6)
 */
import { fori } from '../control/index.js'
import { scale, softmax } from '../derived/index.js'
import { checkTensor, held, stretch } from '../ops/apply-rule.js'
import {
  abs,
  add,
  broadcastAxes,
  castTo,
  contract,
  div,
  equal,
  filled,
  gather,
  iota,
  lessEqual,
  mul,
  neg,
  pow,
  reshapeTo,
  select,
  sqrt,
  sub,
  sumAxes,
} from '../primitives/index.js'
import { type Dims, dims, type Expect, type ReduceSome, reduceSome, type ShapeOf } from '../shape/index.js'
import {
  type DType,
  type Float,
  type FloatDType,
  finiteNumber,
  floatDType,
  heldDType,
  type Tensor,
  typed,
  type Value,
  type WholeNumber,
  wholeNumber,
} from '../tensor/index.js'
import { generalizedDrawn } from './by-gamma.js'
import { logGammaDrawn } from './gamma.js'
import { exponentialOf } from './inverse.js'
import { split } from './key.js'
import { normalDrawn } from './normal.js'
import { type DrawRows, drawingRows } from './rows.js'
import { unit } from './words.js'

/** The last axis. */
type Last<D extends readonly string[]> = D extends readonly [...string[], infer L extends string] ? L : string

/**
 * Vectors of shares that add up to 1, by concentrations along the last axis of a tensor, whose other axes broadcast to the shape of the draws.
 *
 * **Shapes**: concentrations '… k' and the shape '…' give '… k'.
 * **Gradient**: to the concentrations, through gamma numbers.
 * **Source**: the softmax of logarithms of gamma numbers, as in JAX.
 *
 * @example
 * import { random, tensor } from 'pullback'
 *
 * assert.equal(random.dirichlet(tensor([1, 2, 3]))('5')(random.key(0)).shape, '5 3')
 *
 * @category constructors
 */
export const dirichlet: <S extends string, D extends DType>(
  concentrations: Expect<FloatDType<'dirichlet', D>, Expect<ReduceSome<'dirichlet', S, -1>, Tensor<S, D>>>,
) => DrawRows<'dirichlet', ShapeOf<ReduceSome<'dirichlet', S, -1>>, Last<Dims<S>>, D, D> = typed((concentrations: Value) => {
  const op = 'dirichlet'
  checkTensor(op, concentrations)
  const { shape, sizes, dtype } = concentrations
  heldDType(floatDType(op, dtype))
  const others = { shape: held(reduceSome(op, shape, -1, false)), sizes: sizes.slice(0, -1) }
  const row = { shape: dims(shape).slice(-1).join(' '), sizes: sizes.slice(-1) }
  const [k = 1] = row.sizes
  return drawingRows(op, { parameters: [others], row, dtype }, (key, n, _, drawn) => {
    const each = reshapeTo(stretch(concentrations, [...drawn, k], shape), [n * k])
    return softmax(reshapeTo(logGammaDrawn(key, each), [n, k]), 1)
  })
})

/** A vector of the size d. @category type-level */
type DrawVectors<Op extends string, N extends number> = DrawRows<Op, '', `${N}`, 'float32', Float>

/**
 * Vectors from the ball of radius 1, each point of which is as likely as any other. Distances are the p-th root of the sum of p-th powers, 2 unless told
 * otherwise, for any finite p from 1 on.
 *
 * **Shapes**: the shape '…' gives '… d'.
 * **Source**: F. Barthe, O. Guédon, S. Mendelson, A. Naor, "A probabilistic approach to the geometry of the lₚⁿ-ball", 2005, as in JAX.
 *
 * @example
 * import { random, toNested } from 'pullback'
 *
 * const points = toNested(random.ball(2)('9')(random.key(0)))
 * assert.ok(points.every(([x = 9, y = 9]) => x * x + y * y <= 1.000001))
 *
 * @category constructors
 */
export const ball: <const N extends number>(
  d: Expect<WholeNumber<'ball', N, 'is no number of coordinates', 1>, N>,
  p?: number,
) => DrawVectors<'ball', N> = typed((given: number, p = 2) => {
  const op = 'ball'
  const d = wholeNumber(op, given, shown => `${shown} is no number of coordinates`, { least: 1 })
  finiteNumber(op, p, shown => `${shown} is no power`, { least: 1 })
  return drawingRows(op, { parameters: [], row: { shape: `${d}`, sizes: [d] } }, (key, n, dtype) => {
    const [first, second] = split()(typed(key))
    const shared = exponentialOf(unit(second, n, dtype))
    const direction = reshapeTo(
      p === 2
        ? scale(normalDrawn(first, n * d, dtype), Math.SQRT1_2)
        : generalizedDrawn(first, n * d, dtype, filled({ sizes: [n * d], dtype }, p)),
      [n, d],
    )
    const size = abs(direction)
    const powers = sumAxes(p === 2 ? mul(size, size) : pow(size, filled(size, p)), [1])
    const total = add(powers, shared)
    const length = p === 2 ? sqrt(total) : pow(total, filled(total, 1 / p))
    return div(direction, broadcastAxes(length, [n, d], [1]))
  })
})

/** Products of reflections, one for each row of normal numbers 'n d d'. */
const reflected = (rows: Value): Value => {
  const [n = 0, d = 0] = rows.sizes
  const places = iota([n, d], 1, 'int32')
  const identity = castTo(equal(iota([n, d, d], 1, 'int32'), iota([n, d, d], 2, 'int32')), rows.dtype)
  const rounds: (f: (round: Value, carry: Value) => Value) => (first: Value) => Value = typed(fori(d))
  return rounds((round, q) => {
    const own = reshapeTo(gather(rows, reshapeTo(round, [1]), { axis: 1, batch: 0, op: 'orthogonal' }), [n, d])
    const here = broadcastAxes(round, [n, d], [0, 1])
    const isHere = equal(places, here)
    const x = select(lessEqual(here, places), own, filled(own, 0))
    const sum = (y: Value): Value => broadcastAxes(sumAxes(y, [1]), [n, d], [1])
    const first = sum(select(isHere, x, filled(x, 0)))
    const turn = select(lessEqual(filled(first, 0), first), filled(first, 1), filled(first, -1))
    const v = select(isHere, add(x, mul(turn, sqrt(sum(mul(x, x))))), x)
    // Nothing is left to reflect where all numbers are 0.
    const square = sum(mul(v, v))
    const scaled = div(scale(v, 2), select(equal(square, filled(square, 0)), filled(square, 1), square))
    const along = contract(q, v, { left: [2], right: [1], leftBatch: [0], rightBatch: [0] })
    const across = contract(along, scaled, { left: [], right: [], leftBatch: [0], rightBatch: [0] })
    const signs = select(isHere, neg(turn), filled(turn, 1))
    return mul(sub(q, across), broadcastAxes(signs, [n, d, d], [1]))
  })(identity)
}

/**
 * Orthogonal matrices, each of which is as likely as any other (Haar's measure).
 *
 * **Shapes**: the shape '…' gives '… n n'.
 * **Source**: G. W. Stewart, "The efficient generation of random orthogonal matrices", SIAM Journal on Numerical Analysis 17, 1980: the Q of a matrix of
 * normal numbers, as a product of reflections.
 *
 * @example
 * import { matmul, pipe, random, toNested, transpose } from 'pullback'
 *
 * const q = random.orthogonal(3)('')(random.key(0))
 * assert.ok(Math.abs((toNested(pipe(q, matmul(transpose(q))))[0]?.[0] ?? 0) - 1) < 1e-6)
 *
 * @category constructors
 */
export const orthogonal: <const N extends number>(
  n: Expect<WholeNumber<'orthogonal', N, 'is no size', 1>, N>,
) => DrawRows<'orthogonal', '', `${N} ${N}`, 'float32', Float> = typed((given: number) => {
  const d = wholeNumber('orthogonal', given, shown => `${shown} is no size`, { least: 1, most: 2 ** 15 })
  return drawingRows('orthogonal', { parameters: [], row: { shape: `${d} ${d}`, sizes: [d, d] } }, (key, n, dtype) =>
    reflected(reshapeTo(normalDrawn(key, n * d * d, dtype), [n, d, d])),
  )
})
