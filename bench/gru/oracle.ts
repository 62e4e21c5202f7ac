/** The unit's loss and the gradient by each weight, by plain loops over float64. */
import { sample } from '../numbers.js'
import { addTo, at } from '../training/tape.js'
import { batch, inputs, sequence, steps, units, weightsOf } from './spec.js'

const gates = 3 * units
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** What a round keeps for the way back: its gates, and what stands in brackets behind r. */
interface Round {
  readonly before: Float64Array
  readonly r: Float64Array
  readonly z: Float64Array
  readonly n: Float64Array
  readonly inner: Float64Array
}

export const expected = (): readonly number[] => {
  const [w, u, b, c] = weightsOf()
  const x = sequence()
  const rounds: Round[] = []
  let h: Float64Array = new Float64Array(batch * units)
  let loss = 0
  for (let t = 0; t < steps; t += 1) {
    const round: Round = {
      before: h,
      r: new Float64Array(h.length),
      z: new Float64Array(h.length),
      n: new Float64Array(h.length),
      inner: new Float64Array(h.length),
    }
    const next = new Float64Array(h.length)
    for (let example = 0; example < batch; example += 1) {
      const [a, s] = [Float64Array.from(b), Float64Array.from(c)]
      for (let i = 0; i < inputs; i += 1) {
        const value = at(x, (t * batch + example) * inputs + i)
        for (let j = 0; j < gates; j += 1) addTo(a, j, value * at(w, i * gates + j))
      }
      for (let i = 0; i < units; i += 1) {
        const value = at(h, example * units + i)
        for (let j = 0; j < gates; j += 1) addTo(s, j, value * at(u, i * gates + j))
      }
      for (let j = 0; j < units; j += 1) {
        const k = example * units + j
        const r = sigmoid(at(a, j) + at(s, j))
        const z = sigmoid(at(a, units + j) + at(s, units + j))
        const n = Math.tanh(at(a, 2 * units + j) + r * at(s, 2 * units + j))
        round.r[k] = r
        round.z[k] = z
        round.n[k] = n
        round.inner[k] = at(s, 2 * units + j)
        const value = (1 - z) * n + z * at(h, k)
        next[k] = value
        loss += value * value
      }
    }
    rounds.push(round)
    h = next
  }
  const count = steps * batch * units
  const [dw, du, db, dc] = [new Float64Array(w.length), new Float64Array(u.length), new Float64Array(gates), new Float64Array(gates)]
  let dh: Float64Array = new Float64Array(h.length)
  let after: Float64Array = h
  for (let t = steps - 1; t >= 0; t -= 1) {
    const round = rounds[t]
    if (!round) throw new Error('no round')
    const previous = new Float64Array(h.length)
    for (let example = 0; example < batch; example += 1) {
      const [da, ds] = [new Float64Array(gates), new Float64Array(gates)]
      for (let j = 0; j < units; j += 1) {
        const k = example * units + j
        const [r, z, n, inner, before] = [at(round.r, k), at(round.z, k), at(round.n, k), at(round.inner, k), at(round.before, k)]
        const ct = at(dh, k) + (2 * at(after, k)) / count
        const dn = ct * (1 - z) * (1 - n * n)
        const dz = ct * (before - n) * z * (1 - z)
        const dr = dn * inner * r * (1 - r)
        previous[k] = at(previous, k) + ct * z
        da[j] = ds[j] = dr
        da[units + j] = ds[units + j] = dz
        da[2 * units + j] = dn
        ds[2 * units + j] = dn * r
      }
      for (let i = 0; i < inputs; i += 1) {
        const value = at(x, (t * batch + example) * inputs + i)
        for (let j = 0; j < gates; j += 1) addTo(dw, i * gates + j, value * at(da, j))
      }
      for (let i = 0; i < units; i += 1) {
        const value = at(round.before, example * units + i)
        let sum = 0
        for (let j = 0; j < gates; j += 1) {
          addTo(du, i * gates + j, value * at(ds, j))
          sum += at(u, i * gates + j) * at(ds, j)
        }
        addTo(previous, example * units + i, sum)
      }
      for (let j = 0; j < gates; j += 1) {
        addTo(db, j, at(da, j))
        addTo(dc, j, at(ds, j))
      }
    }
    after = round.before
    dh = previous
  }
  return [loss / count, ...[dw, du, db, dc].flatMap(gradient => sample(gradient))]
}
