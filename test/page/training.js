/** A training run by the package's public face, whose bits two runtimes can compare: all that it begins with is made of whole numbers. */
import { fromArray, layer, loss, optimizer, pipe, random, reshape, tensor, toArray, train, tree, wasmEngine } from 'pullback'

const model = pipe(layer.input('200'), layer.dense(150), layer.tanh, layer.dense(10))
const adam = optimizer.adam(1e-3)

/** Multiples of 1/128 between -1/8 and 1/8, in a shape of this many entries. */
const grid = (shape, count, seed) => {
  const entries = Array.from({ length: count }, (_, i) => ((((i + seed) * 7919) % 33) - 16) / 128)
  return reshape(shape)(fromArray(String(count))(entries).right)
}

const params = tree.map(x => grid(x.shape, toArray(x).length, toArray(x).length))(model.init(random.key(0)))
const initial = { params, optimizer: adam.init(params), step: tensor(0, 'int32') }
const batches = Array.from({ length: 200 }, (_, i) => ({
  input: grid('128 200', 128 * 200, 10 * (i % 5)),
  target: fromArray('128', 'int32')(Array.from({ length: 128 }, (__, row) => (row * ((i % 5) + 3)) % 10)).right,
}))

const digest = async x => {
  const bytes = tree.leaves(x).flatMap(leaf => [...new Uint8Array(toArray(leaf).buffer)])
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
  return [...hash].map(byte => byte.toString(16).padStart(2, '0')).join('')
}

/** One step, in which an engine starts its workers, what is awaited, and then the bits of 200 steps. */
export const trained = async (threads, ready) => {
  const engine = wasmEngine({ threads })
  const fold = train.fold(train.step(model, loss.softmaxCrossEntropy, adam, { engine }))
  fold(initial)(batches.slice(0, 1))
  await ready(threads - 1)
  return digest(fold(initial)(batches))
}
