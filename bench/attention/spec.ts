/** Attention over heads that are given: weights = softmax(q kᵀ / √width), the sum of v by them; the loss is the mean of its squares. */
import { sample, uniform } from '../numbers.js'
import { addTo, at } from '../training/tape.js'

export const [batch, places, heads, width] = [16, 64, 4, 32]
const count = batch * places * heads * width

/** Queries, keys and values: batch × places × heads × width. */
export const given = (): readonly Float32Array<ArrayBuffer>[] => [111, 112, 113].map(seed => uniform(count, seed, 2))

/** Two for each multiply and add of the products: two forward, four backward. */
export const flops = 6 * 2 * batch * heads * places * places * width

/** The loss and the gradients, by plain loops over float64. */
export const expected = (): readonly number[] => {
  const [q, k, v] = given().map(values => Float64Array.from(values))
  if (!q || !k || !v) throw new Error('three tensors')
  const gradients = [q, k, v].map(values => new Float64Array(values.length))
  const [dq, dk, dv] = gradients
  if (!dq || !dk || !dv) throw new Error('three gradients')
  const scale = 1 / Math.sqrt(width)
  const dot = (a: Float64Array, i: number, b: Float64Array, j: number): number => {
    let sum = 0
    for (let c = 0; c < width; c += 1) sum += at(a, i + c) * at(b, j + c)
    return sum
  }
  const addRow = (to: Float64Array, i: number, factor: number, from: Float64Array, j: number): void => {
    for (let c = 0; c < width; c += 1) addTo(to, i + c, factor * at(from, j + c))
  }
  let loss = 0
  for (let example = 0; example < batch; example += 1)
    for (let head = 0; head < heads; head += 1) {
      const rows = Array.from({ length: places }, (_, place) => ((example * places + place) * heads + head) * width)
      for (const own of rows) {
        const scores = rows.map(other => scale * dot(q, own, k, other))
        const top = Math.max(...scores)
        const powers = scores.map(score => Math.exp(score - top))
        const total = powers.reduce((sum, power) => sum + power, 0)
        const weights = powers.map(power => power / total)
        const y = new Float64Array(width)
        rows.forEach((other, j) => {
          addRow(y, 0, at(weights, j), v, other)
        })
        loss += dot(y, 0, y, 0)
        const ct = y.map(value => (2 * value) / count)
        const byWeight = rows.map(other => dot(ct, 0, v, other))
        const mean = byWeight.reduce((sum, g, j) => sum + g * at(weights, j), 0)
        rows.forEach((other, j) => {
          const score = at(weights, j) * (at(byWeight, j) - mean) * scale
          addRow(dv, other, at(weights, j), ct, 0)
          addRow(dk, other, score, q, own)
          addRow(dq, own, score, k, other)
        })
      }
    }
  return [loss / count, ...gradients.flatMap(gradient => sample(gradient))]
}
