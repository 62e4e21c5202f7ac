/** A small problem: three classes of points in the plane. */
import { data, fromArray, layer, loss, optimizer, pipe, random, train } from 'pullback'
import { right } from '../support/either.js'

const points = Array.from({ length: 30 }, (_, i) => [Math.cos(i), Math.sin(2 * i)])
export const dataset = {
  input: right(fromArray('batch 2')(points)),
  target: right(fromArray('batch', 'int32')(points.map(([x = 0, y = 0]) => (x > 0.3 ? 0 : y > 0 ? 1 : 2)))),
}

export const model = pipe(layer.input('2'), layer.dense(5), layer.tanh, layer.dense(3))
export const adam = optimizer.adam(0.05)
export const step = train.step(model, loss.softmaxCrossEntropy, adam)
export const initial = train.init(model, adam)(random.key(1))
export const batches = data.batches({ size: 8, epochs: 2, key: random.key(2) })(dataset)
