/** Operations and programs evaluated at once by each primitive's plain loops. */
import { type Aval, Concrete, concrete, fail, payload, uniformValue, type Value } from '../tensor/index.js'
import type { Operation } from './operation.js'
import type { Program } from './program.js'
import { walk } from './walk.js'

const readBuffer = (x: Value) => {
  const contents = x[payload]
  return contents instanceof Concrete ? contents.buffer : fail({ _tag: 'InternalError', detail: 'a traced value reached an evaluation' })
}

/** The results, of the given shapes, of an operation on concrete tensors. */
export const evaluateOperation = (operation: Operation, inputs: readonly Value[], avals: readonly Aval[]): readonly Value[] => {
  const values = inputs.map(uniformValue)
  const [first] = avals
  if (first && avals.length === 1 && values.every(value => value !== undefined)) {
    const value = operation.uniform(
      values,
      inputs.map(x => x.dtype),
    )
    if (value !== undefined) return [concrete(first.sizes, first.dtype, value)]
  }
  const buffers = operation.evaluate(inputs.map(x => ({ sizes: x.sizes, dtype: x.dtype, data: readBuffer(x) })))
  return avals.map(({ sizes, dtype }, i) =>
    concrete(sizes, dtype, buffers[i] ?? fail({ _tag: 'InternalError', detail: `${operation.name}: no output ${i}` })),
  )
}

/** The results of a program on concrete tensors. */
export const evaluate = (program: Program, inputs: readonly Value[]): readonly Value[] =>
  program.outputs.map(
    walk(
      program,
      inputs,
      value => value,
      ({ operation, outputs }, values) => evaluateOperation(operation, values, outputs),
    ),
  )
