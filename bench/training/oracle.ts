/** The numbers of the first steps in float64: what every side must find before it is timed. */
import { type Batch, betas, distances, epsilon, type Named, named, namesOf, type Training, valuesOf } from './spec.js'
import { at, type Node, Tape } from './tape.js'

/** A model's loss, made of the operations in loops.ts. */
export type OracleLoss = (tape: Tape, p: Named<Node>, batch: Batch) => Node

interface Moving {
  readonly value: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

const update = ({ value, first, second }: Moving, gradient: Float64Array, { optimizer, rate }: Training, step: number): void => {
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

/** The losses of the checked steps, and how far each parameter has gone. */
export const expectedOf = (training: Training, lossOf: OracleLoss): readonly number[] => {
  const moving: readonly Moving[] = training.parameters().map(({ values }) => ({
    value: Float64Array.from(values),
    first: new Float64Array(values.length),
    second: new Float64Array(values.length),
  }))
  const names = namesOf(training)
  const batches = training.batches()
  const losses = Array.from({ length: training.checked }, (_, step) => {
    const batch = batches[step % batches.length]
    if (!batch) throw new Error('no batch')
    const tape = new Tape()
    const leaves = moving.map(({ value }) => tape.leaf(value))
    const loss = lossOf(tape, named(names, leaves), batch)
    tape.backward(loss)
    moving.forEach((parameter, i) => {
      const leaf = leaves[i]
      if (leaf) update(parameter, leaf.ct, training, step + 1)
    })
    return at(loss.data, 0)
  })
  const values = moving.map(({ value }) => value)
  return [...losses, ...distances(training.rate, valuesOf(training), values)]
}
