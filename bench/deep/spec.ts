/** A deep perceptron of tanh layers without biases, and the gradient of the mean square of what it gives: the longest chain of values to keep. */
import { sample, uniform } from '../numbers.js'
import { addTo, at } from '../training/tape.js'

export const [layers, groups, width, batch] = [64, 8, 64, 1024]

export const weightsOf = (): readonly Float32Array<ArrayBuffer>[] =>
  Array.from({ length: layers }, (_, layer) => uniform(width * width, 200 + layer, 2 / Math.sqrt(width)))

export const inputOf = (): Float32Array<ArrayBuffer> => uniform(batch * width, 121)

/** The layers whose gradients are checked. */
export const checked = [0, 31, 63] as const

export const flops = 3 * 2 * layers * batch * width * width

/** The loss and the checked gradients, by plain loops over float64. */
export const expected = (): readonly number[] => {
  const weights = weightsOf()
  const values = [Float64Array.from(inputOf())]
  for (const w of weights) {
    const [x, y] = [values.at(-1) ?? new Float64Array(), new Float64Array(batch * width)]
    for (let row = 0; row < batch; row += 1)
      for (let i = 0; i < width; i += 1)
        for (let j = 0; j < width; j += 1) addTo(y, row * width + j, at(x, row * width + i) * at(w, i * width + j))
    values.push(y.map(Math.tanh))
  }
  const last = values.at(-1) ?? new Float64Array()
  const loss = last.reduce((sum, y) => sum + y * y, 0) / last.length
  let ct: Float64Array = last.map(y => (2 * y) / last.length)
  const gradients = new Map<number, Float64Array>()
  for (let layer = layers - 1; layer >= 0; layer -= 1) {
    const [x, y, w] = [values[layer], values[layer + 1], weights[layer]]
    if (!x || !y || !w) throw new Error('no layer')
    const dz = ct.map((value, i) => value * (1 - at(y, i) ** 2))
    const [dw, dx] = [new Float64Array(width * width), new Float64Array(batch * width)]
    for (let row = 0; row < batch; row += 1)
      for (let i = 0; i < width; i += 1) {
        let sum = 0
        for (let j = 0; j < width; j += 1) {
          addTo(dw, i * width + j, at(x, row * width + i) * at(dz, row * width + j))
          sum += at(w, i * width + j) * at(dz, row * width + j)
        }
        dx[row * width + i] = sum
      }
    gradients.set(layer, dw)
    ct = dx
  }
  return [loss, ...checked.flatMap(layer => sample(gradients.get(layer) ?? []))]
}
