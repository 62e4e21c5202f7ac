/** Plain loops on rows that factorisations share: sums in the order of a routine's `total`, reflectors, rotations. */
import { allocate, at, type Buffer, type DType } from '../../tensor/index.js'
import { roundedTo } from './rounded.js'

/** Part of an array, from a place on. */
export interface RowPart {
  readonly data: Buffer
  readonly start: number
}

type Round = (x: number) => number

/** The sum of products of `count` entries, in the order that `total` of kernel/routine.ts has. */
export const dotOf = (x: RowPart, y: RowPart, count: number, round: Round): number => {
  const term = (i: number): number => round(at(x.data, x.start + i) * at(y.data, y.start + i))
  const partial = [0, 0, 0, 0, 0, 0, 0, 0]
  const grouped = count - (count % 8)
  for (let i = 0; i < grouped; i += 1) partial[i % 8] = round(at(partial, i % 8) + term(i))
  const pair = (i: number): number => round(at(partial, i) + at(partial, i + 4))
  let sum = round(round(pair(0) + pair(2)) + round(pair(1) + pair(3)))
  for (let i = grouped; i < count; i += 1) sum = round(sum + term(i))
  return sum
}

/** x becomes the vector of the reflector that takes it to beta e₁. */
export const makeReflector = (x: RowPart, count: number, round: Round): { readonly tau: number; readonly beta: number } => {
  const alpha = at(x.data, x.start)
  const others = { ...x, start: x.start + 1 }
  const rest = dotOf(others, others, count - 1, round)
  x.data[x.start] = 1
  if (rest === 0) return { tau: 0, beta: alpha }
  const length = round(Math.sqrt(round(round(alpha * alpha) + rest)))
  const beta = alpha >= 0 ? -length : length
  const divisor = round(alpha - beta)
  for (let i = 0; i < count - 1; i += 1) x.data[others.start + i] = at(x.data, others.start + i) / divisor
  return { tau: round(round(beta - alpha) / beta), beta }
}

/** x less factor · y. */
export const subtract = (x: RowPart, y: RowPart, count: number, factor: number, round: Round): void => {
  for (let i = 0; i < count; i += 1) x.data[x.start + i] = at(x.data, x.start + i) - round(factor * at(y.data, y.start + i))
}

/** The reflection 1 - tau v vᵀ of x. */
export const reflected = (x: RowPart, v: RowPart, count: number, tau: number, round: Round): void =>
  subtract(x, v, count, round(tau * dotOf(v, x, count, round)), round)

/** Two rows turned: c · first + s · second, and c · second - s · first. */
export const turned = (data: Buffer, first: number, second: number, count: number, c: number, s: number): void => {
  for (let i = 0; i < count; i += 1) {
    const [x, y] = [at(data, first + i), at(data, second + i)]
    data[first + i] = c * x + s * y
    data[second + i] = c * y - s * x
  }
}

/** Rows with H₀ H₁ … e_j, the columns of a product of reflectors; that of reflector p begins at entry p + offset of its row. */
export const formed = (
  rows: number,
  width: number,
  { vectors, taus, offset }: { readonly vectors: Buffer; readonly taus: readonly number[]; readonly offset: number },
  dtype: DType,
): Buffer => {
  const round = roundedTo(dtype)
  const result = allocate(dtype, rows * width)
  for (let j = 0; j < rows; j += 1) {
    if (j < width) result[j * width + j] = 1
    for (let p = Math.min(j - offset, taus.length - 1); p >= 0; p -= 1) {
      const start = p + offset
      reflected({ data: result, start: j * width + start }, { data: vectors, start: p * width + start }, width - start, at(taus, p), round)
    }
  }
  return result
}

/** Whether a row is to be turned round: its first entry of at least half the greatest size is negative. */
export const isTurned = (row: ArrayLike<number>): boolean => {
  const entries = Array.from(row)
  const greatest = entries.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return (entries.find(value => Math.abs(value) >= greatest * 0.5) ?? 0) < 0
}
