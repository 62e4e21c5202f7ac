/**
 * Minimax polynomials: the exchange algorithm of Remez on a grid, in fixed point, so that the coefficients are right beyond float64.
 *
 * Source: Remez 1934; the single and multiple exchange as in Muller, Elementary Functions, chapter 3.
 */
import { fixedOf, numberOf, one, over, times } from './precise.js'

export interface Fit {
  /** In rising powers. */
  readonly coefficients: readonly number[]
  /** The greatest weighted error. */
  readonly error: number
}

/** Gaussian elimination with pivots, in fixed point. */
const solve = (rows: bigint[][]): bigint[] => {
  const n = rows.length
  const size = (a: bigint): bigint => (a < 0n ? -a : a)
  for (let i = 0; i < n; i += 1) {
    const pivot = rows.reduce((best, row, r) => (r >= i && size(row[i]!) > size(rows[best]![i]!) ? r : best), i)
    const top = rows[pivot]!
    rows[pivot] = rows[i]!
    rows[i] = top
    for (let r = i + 1; r < n; r += 1) {
      const factor = over(rows[r]![i]!, top[i]!)
      for (let c = i; c <= n; c += 1) rows[r]![c] = rows[r]![c]! - times(factor, top[c]!)
    }
  }
  const x: bigint[] = new Array<bigint>(n).fill(0n)
  for (let i = n - 1; i >= 0; i -= 1) {
    let rest = rows[i]![n]!
    for (let c = i + 1; c < n; c += 1) rest -= times(rows[i]![c]!, x[c]!)
    x[i] = over(rest, rows[i]![i]!)
  }
  return x
}

/**
 * The polynomial of a degree for which the greatest |weight(x) (p(x) - f(x))| on [from, to] is least. `weight` is how much an error of p
 * counts, for instance x² / e^x where p stands for (e^x - 1 - x) / x².
 */
export const minimax = (f: (x: bigint) => bigint, weight: (x: number) => number, from: number, to: number, degree: number): Fit => {
  const unknowns = degree + 2
  const points = unknowns * 24
  const at = (i: number, n: number): number => (from + to) / 2 - ((to - from) / 2) * Math.cos((Math.PI * (i + 0.5)) / n)
  const grid = Array.from({ length: points }, (_, i) => {
    const x = fixedOf(at(i, points))
    return { x, y: f(x), weight: weight(numberOf(x)) }
  })
  let nodes = Array.from({ length: unknowns }, (_, i) => grid[Math.round(((i + 0.5) * points) / unknowns)]!)
  let coefficients: bigint[] = []
  let error = 0
  for (let round = 0; round < 12; round += 1) {
    const solution = solve(
      nodes.map((node, i) => {
        const row: bigint[] = [one]
        for (let k = 1; k <= degree; k += 1) row.push(times(row[k - 1]!, node.x))
        const inverse = fixedOf(1 / node.weight)
        return [...row, i % 2 === 0 ? inverse : -inverse, node.y]
      }),
    )
    coefficients = solution.slice(0, degree + 1)
    const errors = grid.map(({ x, y, weight: w }) => numberOf(coefficients.reduceRight((sum, c) => times(sum, x) + c, 0n) - y) * w)
    error = Math.max(...errors.map(Math.abs))
    // The extremum of each run of one sign.
    const extrema: number[] = []
    errors.forEach((e, i) => {
      const last = extrema[extrema.length - 1]
      if (last === undefined || e > 0 !== errors[last]! > 0) extrema.push(i)
      else if (Math.abs(e) > Math.abs(errors[last]!)) extrema[extrema.length - 1] = i
    })
    while (extrema.length > unknowns) {
      if (Math.abs(errors[extrema[0]!]!) < Math.abs(errors[extrema[extrema.length - 1]!]!)) extrema.shift()
      else extrema.pop()
    }
    if (extrema.length < unknowns) break
    const level = Math.min(...extrema.map(i => Math.abs(errors[i]!)))
    nodes = extrema.map(i => grid[i]!)
    if (level > error * 0.98) break
  }
  return { coefficients: coefficients.map(numberOf), error }
}
