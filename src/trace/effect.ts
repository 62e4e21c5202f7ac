/** Operations that do something outside of the program, such as printing. They have operands and no results. */
import type { Operation, Params } from '../program/index.js'
import { fail, type Value } from '../tensor/index.js'
import { bind } from './trace.js'

interface EffectRules<P extends Params> {
  readonly name: string
  readonly params: P
  /** Stands for whatever it holds beside its parameters, such as the function that lines are handed to. */
  readonly identity: object
  /** What it does whenever the program is run, with the numbers of its operands. */
  readonly run: (values: readonly Value[], params: P) => void
  /** Its parameters for operands of which the marked ones have a leading axis of this size. */
  readonly batch: (params: P, batched: readonly boolean[], size: number) => P
}

/** The operation. It is done once for all examples of a batch, and has no derivative: what it does is done forward. */
export const effect = <P extends Params>(rules: EffectRules<P>): Operation => {
  const { name, params, identity, run, batch } = rules
  const operation: Operation = {
    name,
    params,
    programs: [],
    withPrograms: () => operation,
    narrow: undefined,
    identity,
    effect: values => run(values, params),
    shape: () => [],
    vjp: inputs => ({ outputs: bind(operation, inputs), pullback: () => inputs.map(() => undefined) }),
    jvp: inputs => ({ outputs: bind(operation, inputs), terms: [] }),
    batch: (inputs, batched, size) => {
      bind(effect({ ...rules, params: batch(params, batched, size) }), inputs)
      return []
    },
    evaluate: () => fail({ _tag: 'InternalError', detail: `${name} was handed to an engine` }),
    lower: () =>
      fail({ _tag: 'ArgumentError', op: name, detail: 'it cannot be compiled, since it does something outside: leave it out here' }),
    uniform: () => undefined,
  }
  return operation
}
