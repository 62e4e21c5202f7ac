/**
 * The operation of a function that has a rule for its derivative. It holds the function as a program, which engines compute; the rule is a
 * program too, but one that is traced only when a derivative is taken, since a rule may call the function that it belongs to.
 */
import { lead, sumAxes } from '../primitives/sum.js'
import { applyProgram, type Differentiated, type Operation, type Param, type Program, plainApply, split } from '../program/index.js'
import { bufferOf, concrete, fail, isFloat, type Value } from '../tensor/index.js'
import { bind, interpret, perExample, trace, unnamed } from '../trace/index.js'
import { vmapProgram, vmapRows } from '../transform/index.js'
import { tensorOf } from './scan-parts.js'

/**
 * A rule as a program: from the arguments, the cotangents of the results and what the rule closes over to the results and the cotangents of
 * the arguments.
 */
export interface TracedRule {
  readonly program: Program
  /** What it closes over: an input of the operation, by its place there, or a tensor. */
  readonly captured: readonly (number | Value)[]
}

/** The operation's inputs are the arguments, what the function closes over, and what the rule alone closes over. */
export interface Custom {
  /** The function; of its inputs it does not use the rule's. */
  readonly program: Program
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

/** Computes a thing when it is first asked for, and keeps it. */
export const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const refuse = (who: string): never =>
  fail({
    _tag: 'TraceError',
    detail: `customVjp: the ${who} closes over a value that is being differentiated: make it part of the argument, so that the rule gives its cotangent`,
  })

const missing = (input: number): never => fail({ _tag: 'InternalError', detail: `customVjp has no input ${input}` })

/** The operation over a leading axis of the given size, which the marked inputs have, with its further inputs. */
const batchedOf = (
  custom: Custom,
  inputs: readonly Value[],
  batched: readonly boolean[],
  size: number,
): { readonly operation: Operation; readonly inputs: readonly Value[] } => {
  const { program, arity, own, rule, identity, batches } = custom
  // Every result has the axis, also one that is the same for all examples: what its rule gives for it may differ by example.
  const mapped = trace(values => vmapProgram(program, values, batched, size), inputs.map(unnamed))
  const results = mapped.program.outputs
  const mappedRule = once((): TracedRule => {
    const { program: whole, captured } = rule()
    const values = captured.map(x => (typeof x === 'number' ? (inputs[x] ?? missing(x)) : x))
    const flags = [
      ...batched.slice(0, arity),
      ...results.map(() => true),
      ...captured.map(x => typeof x === 'number' && batched[x] === true),
    ]
    // The cotangent of an argument that all examples share is the sum of theirs.
    const shared = (x: Value): Value => (isFloat(x.dtype) ? sumAxes(x, [0]) : concrete(x.sizes.slice(1), x.dtype, 0))
    const lifted = trace(
      given => {
        const rows = vmapRows(
          whole,
          given.map((value, i) => ({ value, batched: flags[i] === true })),
          size,
        ).map(row => lead(row.value, row.batched, size))
        return rows.map((row, i) => (i < results.length || batched[i - results.length] === true ? row : shared(row)))
      },
      [...inputs.slice(0, arity), ...results, ...values].map(unnamed),
    )
    return { program: lifted.program, captured: [...captured, ...lifted.captured] }
  })
  // What the batched function closes over comes last, among what only the rule may use: neither is differentiated.
  return {
    operation: operationOf({ program: mapped.program, arity, own, rule: mappedRule, identity, batches: [...batches, [size, ...batched]] }),
    inputs: [...inputs, ...mapped.captured],
  }
}

export const operationOf = (custom: Custom): Operation => {
  const { program, arity, own, rule, identity, batches } = custom
  const operation: Operation = {
    name: 'customVjp',
    params: batches.length === 0 ? {} : { batches },
    programs: [program],
    withPrograms: ([other = program]) => operationOf({ ...custom, program: other }),
    narrow: undefined,
    identity,
    shape: () => program.outputs,
    vjp: (inputs, wanted): Differentiated => {
      if (wanted.slice(arity, own).includes(true)) refuse('function')
      if (wanted.slice(own).includes(true)) refuse('rule')
      const { program: whole, captured } = rule()
      const results = program.outputs.length
      const { now, later } = split(whole, i => i >= arity && i < arity + results, results)
      const values = captured.map(x => (typeof x === 'number' ? (inputs[x] ?? missing(x)) : x))
      const computed = interpret(now, [...inputs.slice(0, arity), ...values])
      const [outputs, left] = [computed.slice(0, results), computed.slice(results)]
      return {
        outputs,
        pullback: cts => interpret(later, [...outputs.map((output, i) => cts[i] ?? concrete(output.sizes, output.dtype, 0)), ...left]),
      }
    },
    jvp: 'transpose',
    batch: (inputs, batched, size) => {
      const lifted = batchedOf(custom, inputs, batched, size)
      return bind(lifted.operation, lifted.inputs).map(perExample)
    },
    evaluate: inputs => {
      const values = inputs.map(x => tensorOf(x, x.data))
      return applyProgram(plainApply, program, values).map(output => bufferOf('customVjp', output))
    },
    lower: () => ({ kind: 'call', program }),
    uniform: () => undefined,
  }
  return operation
}
