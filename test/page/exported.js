/** The files of a program, and the bits that the library gives for the argument of alone.js. */
import { argmax, fromArray, jit, layer, pipe, random, softmax, toArray, vmap } from 'pullback'

const model = pipe(layer.input('200'), layer.dense(150), layer.tanh, layer.dense(10))
const params = model.init(random.key(0))
const input = fromArray('32 200')(
  Array.from({ length: 32 }, (_, row) => Array.from({ length: 200 }, (__, i) => ((((row * 200 + i) * 7919) % 33) - 16) / 128)),
)

export const exported = async () => {
  const classify = jit(x => {
    const probabilities = pipe(x, vmap('32')(model.apply(params)), softmax(-1))
    return { probabilities, best: argmax(-1)(probabilities) }
  })
  const { probabilities, best } = classify(input.right)
  return { files: await classify.export(input.right), bits: [probabilities, best].map(x => [...new Uint8Array(toArray(x).buffer)]) }
}
