/** A recurrent network of 8 units, h' = tanh(h W + x): the mean square of all its states, and the gradient by W. */
import { sample, uniform } from '../numbers.js'
import { addTo, at } from '../training/tape.js'
import type { Case } from '../workload.js'

const units = 8
export const stepsOf = ({ name }: Case): number => Number(name.split(' ')[0])
export const weight = (): Float32Array<ArrayBuffer> => uniform(units * units, 131, 0.5)
export const inputOf = (steps: number): Float32Array<ArrayBuffer> => uniform(steps * units, 132)

export const expected = (work: Case): readonly number[] => {
  const [steps, w] = [stepsOf(work), weight()]
  const x = inputOf(steps)
  const states: Float64Array[] = [new Float64Array(units)]
  let loss = 0
  for (let t = 0; t < steps; t += 1) {
    const [h, next] = [states[t] ?? new Float64Array(), Float64Array.from(x.subarray(t * units, (t + 1) * units))]
    for (let i = 0; i < units; i += 1) for (let j = 0; j < units; j += 1) addTo(next, j, at(h, i) * at(w, i * units + j))
    states.push(next.map(Math.tanh))
    loss += (states.at(-1) ?? next).reduce((sum, y) => sum + y * y, 0)
  }
  const count = steps * units
  const gradient = new Float64Array(units * units)
  let ct = new Float64Array(units)
  for (let t = steps; t > 0; t -= 1) {
    const [h, before, previous] = [states[t] ?? ct, states[t - 1] ?? ct, new Float64Array(units)]
    const dz = ct.map((value, j) => (value + (2 * at(h, j)) / count) * (1 - at(h, j) ** 2))
    for (let i = 0; i < units; i += 1)
      for (let j = 0; j < units; j += 1) {
        addTo(gradient, i * units + j, at(before, i) * at(dz, j))
        addTo(previous, i, at(w, i * units + j) * at(dz, j))
      }
    ct = previous
  }
  return [loss / count, ...sample(gradient)]
}
