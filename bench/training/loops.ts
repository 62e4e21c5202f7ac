/** The operations of the models as plain loops over float64, each with its pullback. Rows are whatever comes before the last axis. */
import { addTo, at, type Node, type Tape } from './tape.js'

const each = (tape: Tape, x: Node, f: (x: number) => number, derivative: (x: number) => number): Node =>
  tape.node(
    x.data.map(value => f(value)),
    ct => {
      for (let i = 0; i < ct.length; i += 1) addTo(x.ct, i, at(ct, i) * derivative(at(x.data, i)))
    },
  )

export const relu = (tape: Tape, x: Node): Node =>
  each(
    tape,
    x,
    value => Math.max(0, value),
    value => (value > 0 ? 1 : 0),
  )

export const tanh = (tape: Tape, x: Node): Node => each(tape, x, Math.tanh, value => 1 - Math.tanh(value) ** 2)

const inner = (x: number): number => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)
/** ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))). */
export const gelu = (tape: Tape, x: Node): Node =>
  each(
    tape,
    x,
    value => 0.5 * value * (1 + Math.tanh(inner(value))),
    value => {
      const t = Math.tanh(inner(value))
      return 0.5 * (1 + t) + 0.5 * value * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * value ** 2)
    },
  )

export const add = (tape: Tape, x: Node, y: Node): Node =>
  tape.node(
    x.data.map((value, i) => value + at(y.data, i)),
    ct => {
      for (let i = 0; i < ct.length; i += 1) {
        addTo(x.ct, i, at(ct, i))
        addTo(y.ct, i, at(ct, i))
      }
    },
  )

/** Rows by a weight of `inputs` × `outputs`, and a bias if there is one. */
export const dense = (tape: Tape, x: Node, weight: Node, bias: Node | undefined, inputs: number): Node => {
  const outputs = weight.data.length / inputs
  const rows = x.data.length / inputs
  const y = new Float64Array(rows * outputs)
  for (let i = 0; i < rows; i += 1) {
    for (let j = 0; j < outputs; j += 1) y[i * outputs + j] = bias ? at(bias.data, j) : 0
    for (let k = 0; k < inputs; k += 1) {
      const value = at(x.data, i * inputs + k)
      for (let j = 0; j < outputs; j += 1) addTo(y, i * outputs + j, value * at(weight.data, k * outputs + j))
    }
  }
  return tape.node(y, ct => {
    for (let i = 0; i < rows; i += 1) {
      if (bias) for (let j = 0; j < outputs; j += 1) addTo(bias.ct, j, at(ct, i * outputs + j))
      for (let k = 0; k < inputs; k += 1) {
        const value = at(x.data, i * inputs + k)
        let sum = 0
        for (let j = 0; j < outputs; j += 1) {
          const g = at(ct, i * outputs + j)
          addTo(weight.ct, k * outputs + j, value * g)
          sum += g * at(weight.data, k * outputs + j)
        }
        addTo(x.ct, i * inputs + k, sum)
      }
    }
  })
}

/** (x - mean) / √(variance + 1e-5) · gain + shift along rows of the gain's length. */
export const layerNorm = (tape: Tape, x: Node, gain: Node, shift: Node): Node => {
  const size = gain.data.length
  const rows = x.data.length / size
  const [y, normal, scales] = [new Float64Array(x.data.length), new Float64Array(x.data.length), new Float64Array(rows)]
  for (let i = 0; i < rows; i += 1) {
    const row = x.data.subarray(i * size, (i + 1) * size)
    const mean = row.reduce((sum, value) => sum + value, 0) / size
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / size
    scales[i] = 1 / Math.sqrt(variance + 1e-5)
    for (let j = 0; j < size; j += 1) {
      normal[i * size + j] = (at(row, j) - mean) * at(scales, i)
      y[i * size + j] = at(normal, i * size + j) * at(gain.data, j) + at(shift.data, j)
    }
  }
  return tape.node(y, ct => {
    for (let i = 0; i < rows; i += 1) {
      let [sum, product] = [0, 0]
      for (let j = 0; j < size; j += 1) {
        const [g, n] = [at(ct, i * size + j), at(normal, i * size + j)]
        addTo(shift.ct, j, g)
        addTo(gain.ct, j, g * n)
        sum += g * at(gain.data, j)
        product += g * at(gain.data, j) * n
      }
      for (let j = 0; j < size; j += 1) {
        const place = i * size + j
        addTo(x.ct, place, at(scales, i) * (at(ct, place) * at(gain.data, j) - sum / size - (at(normal, place) * product) / size))
      }
    }
  })
}

/** The mean of the squared differences. */
export const squaredError = (tape: Tape, y: Node, target: ArrayLike<number>): Node => {
  const n = y.data.length
  return tape.node(Float64Array.of(y.data.reduce((sum, value, i) => sum + (value - at(target, i)) ** 2, 0) / n), ct => {
    for (let i = 0; i < n; i += 1) addTo(y.ct, i, (at(ct, 0) * 2 * (at(y.data, i) - at(target, i))) / n)
  })
}

/** The mean over the rows of -Σ target · log softmax; the target's rows are one-hot. */
export const crossEntropy = (tape: Tape, y: Node, target: ArrayLike<number>, classes: number): Node => {
  const rows = y.data.length / classes
  const logs = Array.from({ length: rows }, (_, i) => {
    const row = y.data.subarray(i * classes, (i + 1) * classes)
    const top = Math.max(...row)
    return top + Math.log(row.reduce((sum, value) => sum + Math.exp(value - top), 0))
  })
  const logOf = (i: number): number => at(y.data, i) - at(logs, Math.floor(i / classes))
  const loss = y.data.reduce((sum, _, i) => sum - at(target, i) * logOf(i), 0) / rows
  return tape.node(Float64Array.of(loss), ct => {
    for (let i = 0; i < y.data.length; i += 1) addTo(y.ct, i, (at(ct, 0) * (Math.exp(logOf(i)) - at(target, i))) / rows)
  })
}
