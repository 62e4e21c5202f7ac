/**
 * `contract`: the general product of two tensors (lax.dot_general): entries are multiplied, summed over pairs of contracted axes and kept
 * side by side along pairs of batch axes.
 *
 *   result: batch axes, then the left's free axes, then the right's free axes, each in the order of their tensor.
 *
 * Gradient: to each side ct contracted with the other side over the other's free axes.
 * Numerics: products are added in float64 in the order of the contracted index and rounded once at the end.
 */
import type { Operand } from '../program/index.js'
import { type Aval, allocate, at, type Buffer, fail, rowMajor, sizeOf, type Value } from '../tensor/index.js'
import { apply, type Primitive, perExample, primitive } from '../trace/index.js'
import { checkSameDType } from './family/elementwise.js'
import { checkAxes, shifted } from './family/linear.js'
import { real, whole } from './family/sample.js'
import { readStrided } from './family/strided.js'
import { moveAxis, permuteAxes } from './permute.js'

/** Axes of the left and of the right, pair by pair. */
type ContractParams = {
  readonly left: readonly number[]
  readonly right: readonly number[]
  readonly leftBatch: readonly number[]
  readonly rightBatch: readonly number[]
}

const free = (
  x: Aval,
  { contracted, batch }: { readonly contracted: readonly number[]; readonly batch: readonly number[] },
): readonly number[] => x.sizes.map((_, axis) => axis).filter(axis => !contracted.includes(axis) && !batch.includes(axis))
const leftFree = (x: Aval, { left, leftBatch }: ContractParams): readonly number[] => free(x, { contracted: left, batch: leftBatch })
const rightFree = (y: Aval, { right, rightBatch }: ContractParams): readonly number[] => free(y, { contracted: right, batch: rightBatch })
const select = (x: Aval, axes: readonly number[]): readonly number[] => axes.map(axis => at(x.sizes, axis))
const range = (start: number, count: number): readonly number[] => Array.from({ length: count }, (_, i) => start + i)
const swapSides = ({ left, right, leftBatch, rightBatch }: ContractParams): ContractParams => ({
  left: right,
  right: left,
  leftBatch: rightBatch,
  rightBatch: leftBatch,
})

const shape = (x: Aval, y: Aval, params: ContractParams): Aval => {
  const { left, right, leftBatch, rightBatch } = params
  checkAxes('contract', [...left, ...leftBatch], x.sizes.length)
  checkAxes('contract', [...right, ...rightBatch], y.sizes.length)
  checkSameDType('contract', x, y)
  if (x.dtype === 'bool') return fail({ _tag: 'DTypeError', detail: "contract: needs numbers, not bool: cast('float32') first" })
  const paired = select(x, [...left, ...leftBatch]).join(' ') === select(y, [...right, ...rightBatch]).join(' ')
  if (!paired || left.length !== right.length)
    return fail({
      _tag: 'ShapeError',
      detail: `contract: '${x.sizes.join(' ')}' by '${y.sizes.join(' ')}': axes ${left.join(', ')} and ${right.join(', ')} differ in size`,
    })
  return { sizes: [...select(x, leftBatch), ...select(x, leftFree(x, params)), ...select(y, rightFree(y, params))], dtype: x.dtype }
}

/** The left side's axes in the order in which the right side has their partners. */
const partners = ({ left, right }: ContractParams): readonly number[] =>
  [...right.keys()].sort((a, b) => at(right, a) - at(right, b)).map(i => at(left, i))

/** Puts axes in their places: `raw` has x's axes in the order `order`, the result has them as x does. */
const placed = (raw: Value, order: readonly number[]): Value =>
  permuteAxes(
    raw,
    order.map((_, axis) => order.indexOf(axis)),
  )

/**
 * The cotangent of the left side, which is ct by the right side. Its axes come in the order batch axes, x's free axes, partners of y's
 * contracted axes. Where x is a plain matrix, that is x's own order, so nothing is permuted.
 */
const transposeLeft = (ct: Value, x: Aval, y: Value, params: ContractParams): Value => {
  const rows = leftFree(x, params)
  const columns = rightFree(y, params)
  const batch = range(0, params.leftBatch.length)
  const ctColumns = range(batch.length + rows.length, columns.length)
  const raw = contract(ct, y, { left: ctColumns, right: columns, leftBatch: batch, rightBatch: params.rightBatch })
  return placed(raw, [...params.leftBatch, ...rows, ...partners(params)])
}

/** The cotangent of the right side, which is the left side by ct. Its axes come in the order batch axes, partners, free axes. */
const transposeRight = (ct: Value, x: Value, y: Aval, params: ContractParams): Value => {
  const rows = leftFree(x, params)
  const batch = range(0, params.leftBatch.length)
  const raw = contract(x, ct, { left: rows, right: range(batch.length, rows.length), leftBatch: params.leftBatch, rightBatch: batch })
  return placed(raw, [...params.rightBatch, ...partners(swapSides(params)), ...rightFree(y, params)])
}

/** Row-major copies with the axes in the order that three nested loops want. */
const arranged = (x: Operand, axes: readonly number[]): Buffer => {
  const steps = rowMajor(x.sizes)
  return axes.every((axis, i) => axis === i)
    ? x.data
    : readStrided(
        x.data,
        { sizes: select(x, axes), dtype: x.dtype },
        axes.map(axis => at(steps, axis)),
      )
}

const evaluate = (x: Operand, y: Operand, params: ContractParams, output: Aval): Buffer => {
  const { left, right, leftBatch, rightBatch } = params
  const rows = leftFree(x, params)
  const columns = rightFree(y, params)
  const a = arranged(x, [...leftBatch, ...rows, ...left])
  const b = arranged(y, [...rightBatch, ...columns, ...right])
  const m = sizeOf(select(x, rows))
  const n = sizeOf(select(y, columns))
  const k = sizeOf(select(x, left))
  const integer = output.dtype === 'int32' || output.dtype === 'uint32'
  const result = allocate(output.dtype, sizeOf(output.sizes))
  for (let place = 0; place < result.length; place += 1) {
    const column = place % n
    const row = (place - column) / n
    const aStart = row * k
    const bStart = (Math.floor(row / m) * n + column) * k
    let sum = 0
    if (integer) for (let i = 0; i < k; i += 1) sum = (sum + Math.imul(at(a, aStart + i), at(b, bStart + i))) | 0
    else for (let i = 0; i < k; i += 1) sum += at(a, aStart + i) * at(b, bStart + i)
    result[place] = sum
  }
  return result
}

const matrix: ContractParams = { left: [1], right: [0], leftBatch: [], rightBatch: [] }

export const contractPrimitive: Primitive<ContractParams> = primitive<readonly [Value, Value], ContractParams>({
  name: 'contract',
  arity: 2,
  samples: [
    { params: matrix, inputs: [real([2, 3]), real([3, 4])] },
    { params: { left: [0], right: [1], leftBatch: [1], rightBatch: [0] }, inputs: [real([3, 2, 4]), real([2, 3])] },
    { params: { left: [2, 0], right: [0, 1], leftBatch: [], rightBatch: [] }, inputs: [real([2, 2, 3]), real([3, 2, 2])] },
    { params: { left: [], right: [], leftBatch: [], rightBatch: [] }, inputs: [real([2]), real([3])] },
    { params: matrix, inputs: [whole([2, 3], -9, 9), whole([3, 2], -9, 9)] },
    { params: matrix, inputs: [real([2, 0]), real([0, 2])] },
  ],
  shape: ([x, y], params) => shape(x, y, params),
  vjp: ([x, y], params) => [ct => transposeLeft(ct, x, y, params), ct => transposeRight(ct, x, y, params)],
  jvp: ([x, y], [s, t], params) => [...(s ? [contract(s, y, params)] : []), ...(t ? [contract(x, t, params)] : [])],
  batch: ([x, y], [leftBatched, rightBatched], params) => {
    const { left, right, leftBatch, rightBatch } = params
    const lifted = {
      left: leftBatched ? shifted(left) : left,
      right: rightBatched ? shifted(right) : right,
      leftBatch: leftBatched ? shifted(leftBatch) : leftBatch,
      rightBatch: rightBatched ? shifted(rightBatch) : rightBatch,
    }
    if (leftBatched && rightBatched)
      return perExample(contract(x, y, { ...lifted, leftBatch: [0, ...lifted.leftBatch], rightBatch: [0, ...lifted.rightBatch] }))
    const result = contract(x, y, lifted)
    return perExample(moveAxis(result, leftBatched ? leftBatch.length : leftBatch.length + leftFree(x, lifted).length, 0))
  },
  evaluate: ([x, y], params, output) => evaluate(x, y, params, output),
  lower: (_, params) => ({ kind: 'contract', ...params }),
  uniform: 'no',
})

export const contract = (x: Value, y: Value, params: ContractParams): Value => apply(contractPrimitive.of(params), x, y)
