/** The transformer block's loss by plain loops over float64. */
import { add, dense, gelu, layerNorm, squaredError } from '../training/loops.js'
import type { OracleLoss } from '../training/oracle.js'
import { addTo, at, type Node, type Tape } from '../training/tape.js'
import { heads, headWidth, hidden, length, width } from './spec.js'

const scale = 1 / Math.sqrt(headWidth)

/** Each place attends to itself and to those before it. All are batch × length × width, a head being a stretch of the width. */
const attention = (tape: Tape, q: Node, k: Node, v: Node): Node => {
  const rows = q.data.length / width
  const y = new Float64Array(q.data.length)
  const weights = new Float64Array(rows * heads * length)
  const dot = (a: Float64Array, i: number, b: Float64Array, j: number): number => {
    let sum = 0
    for (let c = 0; c < headWidth; c += 1) sum += at(a, i + c) * at(b, j + c)
    return sum
  }
  const axpy = (from: Float64Array, i: number, factor: number, to: Float64Array, j: number): void => {
    for (let c = 0; c < headWidth; c += 1) addTo(to, j + c, factor * at(from, i + c))
  }
  /** For each row and head: where its numbers begin, where its weights do, and where the numbers of the places that it sees begin. */
  const visit = (f: (own: number, weightsAt: number, seen: readonly number[]) => void): void => {
    for (let row = 0; row < rows; row += 1)
      for (let head = 0; head < heads; head += 1) {
        const first = row - (row % length)
        const seen = Array.from({ length: row - first + 1 }, (_, j) => (first + j) * width + head * headWidth)
        f(row * width + head * headWidth, (row * heads + head) * length, seen)
      }
  }
  visit((own, weightsAt, seen) => {
    const scores = seen.map(other => scale * dot(q.data, own, k.data, other))
    const top = Math.max(...scores)
    const powers = scores.map(score => Math.exp(score - top))
    const total = powers.reduce((sum, power) => sum + power, 0)
    seen.forEach((other, j) => {
      const weight = at(powers, j) / total
      weights[weightsAt + j] = weight
      axpy(v.data, other, weight, y, own)
    })
  })
  return tape.node(y, ct => {
    visit((own, weightsAt, seen) => {
      const byWeight = seen.map(other => dot(ct, own, v.data, other))
      const mean = byWeight.reduce((sum, g, j) => sum + g * at(weights, weightsAt + j), 0)
      seen.forEach((other, j) => {
        const weight = at(weights, weightsAt + j)
        const score = weight * (at(byWeight, j) - mean) * scale
        axpy(ct, own, weight, v.ct, other)
        axpy(k.data, other, score, q.ct, own)
        axpy(q.data, own, score, k.ct, other)
      })
    })
  })
}

export const blockLoss: OracleLoss = (tape, p, { input, target }) => {
  const x = tape.leaf(input)
  const h = layerNorm(tape, x, p('gain1'), p('shift1'))
  const projected = (w: Node): Node => dense(tape, h, w, undefined, width)
  const attended = attention(tape, projected(p('query')), projected(p('key')), projected(p('value')))
  const y = add(tape, x, dense(tape, attended, p('mix'), p('mixBias'), width))
  const raised = gelu(tape, dense(tape, layerNorm(tape, y, p('gain2'), p('shift2')), p('up'), p('upBias'), width))
  return squaredError(tape, add(tape, y, dense(tape, raised, p('down'), p('downBias'), hidden)), target)
}
