/** Evaluates operations, and programs operation by operation, on tensors that have numbers: on an engine, or by each primitive's plain loops. */
import { type Aval, at, type Buffer, bufferOf, concrete, fail, payload, uniformValue, type Value } from '../tensor/index.js'
import type { Apply } from './engine.js'
import type { Operation } from './operation.js'
import type { Program } from './program.js'
import { walk } from './walk.js'

const noOutput = (operation: Operation, i: number): never => fail({ _tag: 'InternalError', detail: `${operation.name}: no output ${i}` })

/**
 * The numbers of an operand. Numbers on a device that have not come are no error of the operation, which the user need not have called: they
 * are told under the name of the engine, and functions that know their own name put that in its place.
 */
export const operandOf = (operation: Operation, x: Value): Buffer => bufferOf(x[payload].kind === 'resident' ? 'engine' : operation.name, x)

/** An operation by its plain loops. */
export const plainApply: Apply = (operation, inputs, outputs) => {
  const buffers = operation.evaluate(inputs.map(x => ({ sizes: x.sizes, dtype: x.dtype, data: operandOf(operation, x) })))
  return outputs.map(({ sizes, dtype }, i) => concrete(sizes, dtype, buffers[i] ?? noOutput(operation, i)))
}

/**
 * Evaluates an operation now. If all inputs are uniform and the operation looks at one place at a time, all entries of the result are equal,
 * and one of them is computed: in JavaScript if every engine would give the same bits, else by the engine.
 */
export const applyAtOnce = (apply: Apply, operation: Operation, inputs: readonly Value[], outputs: readonly Aval[]): readonly Value[] => {
  const [output] = outputs
  if (output === undefined || outputs.length !== 1 || inputs.length === 0) return apply(operation, inputs, outputs)
  const values: number[] = []
  for (const x of inputs) {
    const value = uniformValue(x)
    if (value === undefined) return apply(operation, inputs, outputs)
    values.push(value)
  }
  const known = operation.uniform(
    values,
    inputs.map(x => x.dtype),
  )
  if (known !== undefined) return [concrete(output.sizes, output.dtype, known)]
  if (operation.lower(inputs).kind !== 'map') return apply(operation, inputs, outputs)
  const entries = inputs.map((x, i) => concrete([], x.dtype, at(values, i)))
  const entry = apply(operation, entries, [{ sizes: [], dtype: output.dtype }])[0] ?? noOutput(operation, 0)
  // An entry on a device may come only later, and an operation waits for nothing: the device computes all of them.
  if (entry[payload].kind === 'resident') return apply(operation, inputs, outputs)
  return [concrete(output.sizes, output.dtype, at(bufferOf(operation.name, entry), 0))]
}

/** A program, operation by operation. */
export const applyProgram = (apply: Apply, program: Program, inputs: readonly Value[]): readonly Value[] =>
  program.outputs.map(
    walk(
      program,
      inputs,
      value => value,
      ({ operation, outputs }, values) => applyAtOnce(apply, operation, values, outputs),
    ),
  )
