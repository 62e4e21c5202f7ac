/**
 * Operations that hold programs, such as `scan`, whose body is one. Like a primitive, such an operation is one record with all its rules side by
 * side, and has samples for the laws that every operation must pass.
 */
import type { Differentiated, Lowered, Narrowed, Operand, Operation, Params, Program, Pushed, Row, ValueOrZero } from '../program/index.js'
import type { Aval, Buffer, Value } from '../tensor/index.js'
import type { Case, SampleInput } from './primitive.js'

/** What an operation holds beside its parameters and programs, such as a rule of the user's, with an object that stands for it. */
interface Beside {
  readonly identity: object
}

/** What the laws try an operation on; the programs are traced when a law asks for them, not when the library is loaded. */
export interface HolderSample<P> {
  readonly params: P
  readonly programs: () => readonly Program[]
  readonly inputs: readonly SampleInput[]
}

type Given<P, B> = [params: P, programs: readonly Program[], beside: B]

/** The rules of an operation: each is given the parameters, the programs and what the operation holds beside them after the inputs. */
interface Rules<P extends Params, B> {
  readonly name: string
  /** Throws for inputs that do not fit. */
  readonly shape: (inputs: readonly Aval[], ...given: Given<P, B>) => readonly Aval[]
  readonly vjp: (inputs: readonly Value[], wanted: readonly boolean[], ...given: Given<P, B>) => Differentiated
  /** 'transpose' derives it by transposing the pullback. */
  readonly jvp: 'transpose' | ((inputs: readonly Value[], tangents: readonly ValueOrZero[], ...given: Given<P, B>) => Pushed)
  readonly batch: (inputs: readonly Value[], batched: readonly boolean[], size: number, ...given: Given<P, B>) => readonly Row[]
  /** Plain loops, the meaning of the operation. */
  readonly evaluate: (inputs: readonly Operand[], ...given: Given<P, B>) => readonly Buffer[]
  readonly lower: (...given: Given<P, B>) => Lowered
  /** The operation without results that are not used, and what only those need, or 'keeps all'. */
  readonly narrow: 'keeps all' | ((used: readonly boolean[], ...given: Given<P, B>) => Narrowed | undefined)
}

export interface HolderRules<P extends Params> extends Rules<P, undefined> {
  readonly samples: readonly [HolderSample<P>, ...HolderSample<P>[]]
}

/** The rules of an operation that holds something beside parameters and programs. */
export interface BesideRules<P extends Params, B extends Beside> extends Rules<P, B> {
  readonly samples: () => readonly (Pick<HolderSample<P>, 'params' | 'inputs'> & {
    readonly programs: readonly Program[]
    readonly beside: B
  })[]
}

export interface Holder<P extends Params> {
  readonly name: string
  readonly of: (params: P, programs: readonly Program[]) => Operation
  readonly cases: readonly Case[]
}

export interface BesideHolder<P extends Params, B extends Beside> {
  readonly name: string
  readonly of: (params: P, programs: readonly Program[], beside: B) => Operation
  readonly cases: readonly Case[]
}

const operationOf = <P extends Params, B extends Beside | undefined>(rules: Rules<P, B>, ...given: Given<P, B>): Operation => {
  const [params, programs, beside] = given
  const { jvp, narrow } = rules
  return {
    name: rules.name,
    params,
    programs,
    withPrograms: others => operationOf(rules, params, others, beside),
    narrow: narrow === 'keeps all' ? undefined : used => narrow(used, ...given),
    identity: beside?.identity,
    effect: undefined,
    shape: inputs => rules.shape(inputs, ...given),
    vjp: (inputs, wanted) => rules.vjp(inputs, wanted, ...given),
    jvp: jvp === 'transpose' ? jvp : (inputs, tangents) => jvp(inputs, tangents, ...given),
    batch: (inputs, batched, size) => rules.batch(inputs, batched, size, ...given),
    evaluate: inputs => rules.evaluate(inputs, ...given),
    lower: () => rules.lower(...given),
    uniform: () => undefined,
  }
}

/** A maker of operations from parameters and programs. */
export const holder = <P extends Params>(rules: HolderRules<P>): Holder<P> => ({
  name: rules.name,
  of: (params, programs) => operationOf(rules, params, programs, undefined),
  get cases() {
    return rules.samples.map(({ params, programs, inputs }) => ({ operation: operationOf(rules, params, programs(), undefined), inputs }))
  },
})

/** A maker of operations from parameters, programs and something beside them. */
export const besideHolder = <P extends Params, B extends Beside>(rules: BesideRules<P, B>): BesideHolder<P, B> => ({
  name: rules.name,
  of: (...given) => operationOf(rules, ...given),
  get cases() {
    return rules
      .samples()
      .map(({ params, programs, beside, inputs }) => ({ operation: operationOf(rules, params, programs, beside), inputs }))
  },
})
