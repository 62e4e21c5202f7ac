/** Runs a program equation by equation on tensors, traced or concrete. */
import { type Program, walk } from '../program/index.js'
import type { Value } from '../tensor/index.js'
import { bind } from './trace.js'

export const interpret = (program: Program, inputs: readonly Value[]): readonly Value[] =>
  program.outputs.map(
    walk(
      program,
      inputs,
      value => value,
      (equation, values) => bind(equation.operation, values),
    ),
  )
