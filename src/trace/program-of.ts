/** Functions of values as programs that close over nothing: what rules of operations make programs with. */
import type { Program } from '../program/index.js'
import { type Aval, fail, numerals, type Value } from '../tensor/index.js'
import { type Input, trace } from './trace.js'

/** An input of a trace whose axes have no names. */
export const unnamed = ({ sizes, dtype }: Aval): Input => ({ shape: numerals(sizes), sizes, dtype })

/** The program of a function of values of these sizes and dtypes. A function that closes over a tensor is a defect. */
export const programOf = (f: (inputs: readonly Value[]) => readonly Value[], inputs: readonly Aval[]): Program => {
  const { program, captured } = trace(f, inputs.map(unnamed))
  return captured.length === 0
    ? program
    : fail({ _tag: 'InternalError', detail: `a program that an operation holds closes over ${captured.length} tensors` })
}
