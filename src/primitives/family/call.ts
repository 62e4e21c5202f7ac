/**
 * For primitives that are lowered to a program of other primitives. What they mean is still in their plain loops; engines run the program,
 * which is faster.
 */
import type { Lowered } from '../../program/index.js'
import type { Aval, Value } from '../../tensor/index.js'
import { programOf } from '../../trace/index.js'

/** A function of tensors of the given sizes as a program to put in an operation's place. It closes over no tensor. */
export const callOf = (f: (...inputs: readonly Value[]) => Value, inputs: readonly Aval[]): Lowered => ({
  kind: 'call',
  program: programOf(values => [f(...values)], inputs),
})
