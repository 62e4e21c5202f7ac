/** The convolutional network's loss by plain loops over float64. */
import { crossEntropy, dense, relu } from '../training/loops.js'
import type { OracleLoss } from '../training/oracle.js'
import { addTo, at, type Node, type Tape } from '../training/tape.js'
import { batch, channels, classes, features, filterSide, padding, side } from './spec.js'

/** 'batch in size size' by 'out in 5 5' and a bias, with zeros around: 'batch out size size'. */
const convolve = (tape: Tape, x: Node, filter: Node, bias: Node, inputs: number, outputs: number, size: number): Node => {
  const y = new Float64Array(batch * outputs * size * size)
  /** For each product: the places of the result, of the image's entry and of the filter's. */
  const visit = (f: (result: number, image: number, entry: number) => void): void => {
    for (let b = 0; b < batch; b += 1)
      for (let o = 0; o < outputs; o += 1)
        for (let c = 0; c < inputs; c += 1)
          for (let p = 0; p < filterSide; p += 1)
            for (let q = 0; q < filterSide; q += 1) {
              const entry = ((o * inputs + c) * filterSide + p) * filterSide + q
              for (let i = Math.max(0, padding - p); i < Math.min(size, size + padding - p); i += 1)
                for (let j = Math.max(0, padding - q); j < Math.min(size, size + padding - q); j += 1)
                  f(((b * outputs + o) * size + i) * size + j, ((b * inputs + c) * size + i + p - padding) * size + j + q - padding, entry)
            }
  }
  const channelOf = (result: number): number => Math.floor(result / size ** 2) % outputs
  for (let i = 0; i < y.length; i += 1) y[i] = at(bias.data, channelOf(i))
  visit((result, image, entry) => addTo(y, result, at(x.data, image) * at(filter.data, entry)))
  return tape.node(y, ct => {
    for (let i = 0; i < ct.length; i += 1) addTo(bias.ct, channelOf(i), at(ct, i))
    visit((result, image, entry) => {
      const g = at(ct, result)
      addTo(x.ct, image, g * at(filter.data, entry))
      addTo(filter.ct, entry, g * at(x.data, image))
    })
  })
}

/** The largest of each 2 × 2 entries; images of `size` × `size`. */
const maxPool = (tape: Tape, x: Node, size: number): Node => {
  const half = size / 2
  const largest = Array.from({ length: x.data.length / 4 }, (_, place) => {
    const [image, i, j] = [Math.floor(place / half ** 2), Math.floor(place / half) % half, place % half]
    const corner = (image * size + 2 * i) * size + 2 * j
    return [corner, corner + 1, corner + size, corner + size + 1].reduce((a, b) => (at(x.data, b) > at(x.data, a) ? b : a))
  })
  return tape.node(
    Float64Array.from(largest, from => at(x.data, from)),
    ct => {
      for (const [place, from] of largest.entries()) addTo(x.ct, from, at(ct, place))
    },
  )
}

export const lenetLoss: OracleLoss = (tape, p, { input, target }) => {
  const h1 = relu(tape, convolve(tape, tape.leaf(input), p('filter1'), p('bias1'), channels[0], channels[1], side))
  const h2 = relu(tape, convolve(tape, maxPool(tape, h1, side), p('filter2'), p('bias2'), channels[1], channels[2], side / 2))
  return crossEntropy(tape, dense(tape, maxPool(tape, h2, side / 2), p('weight'), p('bias'), features), target, classes)
}
