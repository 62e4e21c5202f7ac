/** The losses of the first steps in float64, by plain loops: what every side must find before it is timed. */
import { batchesOf, betas, epsilon, layersOf, type Mlp } from './spec.js'

type Matrix = Float64Array

const at = (x: ArrayLike<number>, i: number): number => x[i] ?? Number.NaN

const transposed = (x: Matrix, columns: number): Matrix =>
  x.map((_, i) => at(x, (i % (x.length / columns)) * columns + Math.floor(i / (x.length / columns))))

/** rows × inner by inner × columns. */
const product = (a: Matrix, b: Matrix, rows: number, inner: number, columns: number): Matrix => {
  const c = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i += 1) {
    const row = c.subarray(i * columns, (i + 1) * columns)
    for (let k = 0; k < inner; k += 1) {
      const x = at(a, i * inner + k)
      const from = k * columns
      for (let j = 0; j < columns; j += 1) row[j] = at(row, j) + x * at(b, from + j)
    }
  }
  return c
}

/** The mean loss and its derivative by the last layer's results. */
const lossOf = (z: Matrix, target: ArrayLike<number>, { loss, batch }: Mlp): readonly [number, Matrix] => {
  const columns = z.length / batch
  const d = new Float64Array(z.length)
  let total = 0
  for (let i = 0; i < batch; i += 1) {
    const row = z.subarray(i * columns, (i + 1) * columns)
    const top = Math.max(...row)
    const log = top + Math.log(row.reduce((sum, x) => sum + Math.exp(x - top), 0))
    for (let j = 0; j < columns; j += 1) {
      const [x, t] = [at(row, j), at(target, i * columns + j)]
      total += loss === 'crossEntropy' ? -t * (x - log) : (x - t) ** 2 / columns
      d[i * columns + j] = loss === 'crossEntropy' ? (Math.exp(x - log) - t) / batch : (2 * (x - t)) / columns / batch
    }
  }
  return [total / batch, d]
}

interface Parameter {
  readonly value: Matrix
  readonly first: Matrix
  readonly second: Matrix
}

const parameter = (values: Float32Array): Parameter => ({
  value: Float64Array.from(values),
  first: new Float64Array(values.length),
  second: new Float64Array(values.length),
})

const update = ({ value, first, second }: Parameter, gradient: Matrix, { optimizer, rate }: Mlp, step: number): void => {
  gradient.forEach((g, i) => {
    if (optimizer === 'sgd') {
      value[i] = at(value, i) - rate * g
      return
    }
    const m = betas[0] * at(first, i) + (1 - betas[0]) * g
    const v = betas[1] * at(second, i) + (1 - betas[1]) * g * g
    first[i] = m
    second[i] = v
    value[i] = at(value, i) - (rate * m) / (1 - betas[0] ** step) / (Math.sqrt(v / (1 - betas[1] ** step)) + epsilon)
  })
}

export const lossesOf = (mlp: Mlp): readonly number[] => {
  const { batch, activation, checked } = mlp
  const layers = layersOf(mlp).map(layer => ({ ...layer, w: parameter(layer.weight), b: parameter(layer.bias) }))
  const batches = batchesOf(mlp)
  return Array.from({ length: checked }, (_, step) => {
    const { input, target } = batches[step % batches.length] ?? { input: [], target: [] }
    const values: Matrix[] = [Float64Array.from(input)]
    layers.forEach(({ inputs, outputs, w, b }, l) => {
      const z = product(values[l] ?? new Float64Array(), w.value, batch, inputs, outputs)
      const last = l === layers.length - 1
      values.push(
        z.map((x, i) => {
          const y = x + at(b.value, i % outputs)
          if (last) return y
          return activation === 'relu' ? Math.max(0, y) : Math.tanh(y)
        }),
      )
    })
    const [loss, top] = lossOf(values.at(-1) ?? new Float64Array(), target, mlp)
    let d = top
    for (const [l, { inputs, outputs, w, b }] of [...layers.entries()].reverse()) {
      const x = values[l] ?? new Float64Array()
      const dw = product(transposed(x, inputs), d, inputs, batch, outputs)
      const db = new Float64Array(outputs)
      d.forEach((g, i) => {
        db[i % outputs] = at(db, i % outputs) + g
      })
      if (l > 0)
        d = product(d, transposed(w.value, outputs), batch, outputs, inputs).map((g, i) =>
          activation === 'relu' ? (at(x, i) > 0 ? g : 0) : g * (1 - at(x, i) ** 2),
        )
      update(w, dw, mlp, step + 1)
      update(b, db, mlp, step + 1)
    }
    return loss
  })
}
