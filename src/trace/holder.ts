/**
 * Operations that hold programs, such as `scan`, whose body is one. Like a primitive, such an operation is one record with all its rules side by
 * side, and has samples for the laws that every operation must pass.
 */
import type { Lowered, Narrowed, Operand, Operation, Params, Program, Row, ValueOrZero } from '../program/index.js'
import type { Aval, Buffer, Value } from '../tensor/index.js'
import type { Case, SampleInput } from './primitive.js'

/** What the laws try an operation on; the programs are traced when a law asks for them, not when the library is loaded. */
export interface HolderSample<P> {
  readonly params: P
  readonly programs: () => readonly Program[]
  readonly inputs: readonly SampleInput[]
}

/** The rules of an operation: each is given the parameters and programs after the inputs. */
export interface HolderRules<P extends Params> {
  readonly name: string
  readonly samples: readonly [HolderSample<P>, ...HolderSample<P>[]]
  /** Throws for inputs that do not fit. */
  readonly shape: (inputs: readonly Aval[], params: P, programs: readonly Program[]) => readonly Aval[]
  readonly vjp: (
    inputs: readonly Value[],
    wanted: readonly boolean[],
    params: P,
    programs: readonly Program[],
  ) => ReturnType<Operation['vjp']>
  readonly jvp: (
    inputs: readonly Value[],
    tangents: readonly ValueOrZero[],
    params: P,
    programs: readonly Program[],
  ) => ReturnType<Exclude<Operation['jvp'], 'transpose'>>
  readonly batch: (
    inputs: readonly Value[],
    batched: readonly boolean[],
    size: number,
    params: P,
    programs: readonly Program[],
  ) => readonly Row[]
  /** Plain loops, the meaning of the operation. */
  readonly evaluate: (inputs: readonly Operand[], params: P, programs: readonly Program[]) => readonly Buffer[]
  readonly lower: (params: P, programs: readonly Program[]) => Lowered
  /** The operation without results that are not used, and what only those need, or 'keeps all'. */
  readonly narrow: 'keeps all' | ((used: readonly boolean[], params: P, programs: readonly Program[]) => Narrowed | undefined)
}

export interface Holder<P extends Params> {
  readonly name: string
  readonly of: (params: P, programs: readonly Program[]) => Operation
  readonly cases: readonly Case[]
}

/** A maker of operations from parameters and programs. */
export const holder = <P extends Params>(rules: HolderRules<P>): Holder<P> => {
  const { narrow } = rules
  const of = (params: P, programs: readonly Program[]): Operation => ({
    name: rules.name,
    params,
    programs,
    withPrograms: others => of(params, others),
    narrow: narrow === 'keeps all' ? undefined : used => narrow(used, params, programs),
    identity: undefined,
    shape: inputs => rules.shape(inputs, params, programs),
    vjp: (inputs, wanted) => rules.vjp(inputs, wanted, params, programs),
    jvp: (inputs, tangents) => rules.jvp(inputs, tangents, params, programs),
    batch: (inputs, batched, size) => rules.batch(inputs, batched, size, params, programs),
    evaluate: inputs => rules.evaluate(inputs, params, programs),
    lower: () => rules.lower(params, programs),
    uniform: () => undefined,
  })
  return {
    name: rules.name,
    of,
    get cases() {
      return rules.samples.map(({ params, programs, inputs }) => ({ operation: of(params, programs()), inputs }))
    },
  }
}
