/**
 * What functions with a rule for their derivative share, whether the rule gives cotangents or tangents. The operation of such a function holds it
 * as a program, which engines compute. The rule is a program too, but one that is traced only when a derivative is taken, since a rule may call
 * the function that it belongs to.
 */
import { lead } from '../primitives/sum.js'
import { applyProgram, type Operand, type Param, type Params, type Program, plainApply } from '../program/index.js'
import { type Aval, type Buffer, bufferOf, fail, type Value } from '../tensor/index.js'
import { trace, unnamed } from '../trace/index.js'
import { vmapProgram, vmapRows } from '../transform/index.js'
import { missing, tensorOf } from './scan-parts.js'

/**
 * A rule as a program. Its inputs are the arguments, then for each result a cotangent, or for each argument a tangent, then what the rule closes
 * over. Its outputs are the results, then for each argument a cotangent, or for each result a tangent.
 */
export interface TracedRule {
  readonly program: Program
  /** What it closes over: an input of the operation, by its place there, or a tensor. */
  readonly captured: readonly (number | Value)[]
}

/** What the operation holds beside the function. Its inputs are the arguments, what the function closes over, and what the rule alone closes over. */
export interface Custom {
  /** How many of the inputs are arguments, */
  readonly arity: number
  /** and how many come before those of the rule alone. */
  readonly own: number
  readonly rule: () => TracedRule
  /** Stands for the rule: operations of one program are the same only if they have the same rule. */
  readonly identity: object
  /** For each `vmap` that the operation went through, from the inner one out: its size, and which inputs had its axis. */
  readonly batches: readonly Param[]
}

/** The parameters by which operations are compared and printed. */
export const paramsOf = ({ batches }: Custom): Params => (batches.length === 0 ? {} : { batches })

/** Computes a thing when it is first asked for, and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

/** Refuses derivatives in what the function or its rule closes over, of which the rule says nothing. `part` is what the rule would give. */
export const refuseCaptured = (op: string, part: string, { arity, own }: Custom, wanted: readonly boolean[]): void => {
  const refuse = (who: string): never =>
    fail({
      _tag: 'TraceError',
      detail: `${op}: the ${who} closes over a value that is being differentiated: make it part of the argument, so that the rule gives its ${part}`,
    })
  if (wanted.slice(arity, own).includes(true)) refuse('function')
  if (wanted.slice(own).includes(true)) refuse('rule')
}

/** The values that a rule closes over. */
export const capturedIn = ({ captured }: TracedRule, inputs: readonly Value[]): readonly Value[] =>
  captured.map(x => (typeof x === 'number' ? (inputs[x] ?? missing()) : x))

/** The function over a leading axis that the marked inputs have, every result with it: what the rule gives for a result may differ by example. */
export const liftedFunction = (program: Program, inputs: readonly Value[], batched: readonly boolean[], size: number) =>
  trace(values => vmapProgram(program, values, batched, size), inputs.map(unnamed))

/**
 * The rule over a leading axis, which of its inputs the arguments have that are marked, the values in the middle as `middle` says, and what is
 * closed over as it is. `finish` is given its outputs, every one with the axis.
 */
export const liftedRule = (
  rule: TracedRule,
  inputs: readonly Value[],
  batched: readonly boolean[],
  size: number,
  arity: number,
  middle: { readonly values: readonly Aval[]; readonly batched: readonly boolean[] },
  finish: (rows: readonly Value[]) => readonly Value[],
): TracedRule => {
  const flags = [...batched.slice(0, arity), ...middle.batched, ...rule.captured.map(x => typeof x === 'number' && batched[x] === true)]
  const lifted = trace(
    given => {
      const rows = given.map((value, i) => ({ value, batched: flags[i] === true }))
      return finish(vmapRows(rule.program, rows, size).map(row => lead(row.value, row.batched, size)))
    },
    [...inputs.slice(0, arity), ...middle.values, ...capturedIn(rule, inputs)].map(unnamed),
  )
  return { program: lifted.program, captured: [...rule.captured, ...lifted.captured] }
}

/** The function by its plain loops. */
export const evaluateFunction = (op: string, inputs: readonly Operand[], program: Program): readonly Buffer[] => {
  const values = inputs.map(x => tensorOf(x, x.data))
  return applyProgram(plainApply, program, values).map(output => bufferOf(op, output))
}
