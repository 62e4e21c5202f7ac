/**
 * A primitive is one record with all its rules side by side; a missing rule does not compile.
 * `primitive` turns the record into a maker of operations and keeps its samples for the laws that every primitive must pass.
 */
import type { Lowered, Operand, Operation, Params, Row, ValueOrZero } from '../program/index.js'
import { type Aval, type Buffer, type DType, fail, type Value } from '../tensor/index.js'
import { bind } from './trace.js'

type Each<I extends readonly Value[], T> = { readonly [K in keyof I]: T }

/** A linear map on cotangents or tangents. */
export type LinearMap = (ct: Value) => Value

/** An argument on which the laws try a primitive: values are drawn from [low, high], whole for integers and bools. */
export interface SampleInput extends Aval {
  readonly low: number
  readonly high: number
  /** Values evenly spaced and shuffled, never equal and never whole: for primitives with kinks or ties. */
  readonly distinct?: true
  /**
   * Matrices, in the last two axes, to whose diagonal entry i is added (i + 1) · n · high, where n is the number of columns: for primitives that need
   * them positive definite, or their eigenvalues apart.
   */
  readonly dominant?: true
}

export interface Sample<P> {
  readonly params: P
  readonly inputs: readonly SampleInput[]
}

/** `I` is the tuple of inputs (or `readonly Value[]` for any number of them), `P` the parameters. */
export interface Rules<I extends readonly Value[], P extends Params> {
  readonly name: string
  readonly arity: number extends I['length'] ? 'variadic' : I['length']
  /** Inputs and parameters that the laws try; at least one with a float64 input where the primitive is differentiable. */
  readonly samples: readonly [Sample<P>, ...Sample<P>[]]
  /** Throws for inputs that do not fit. */
  readonly shape: (inputs: Each<I, Aval>, params: P) => Aval
  /** For each input the map from the output's cotangent to the input's, or 'zero'. */
  readonly vjp: (inputs: I, params: P, output: Value) => Each<I, LinearMap | 'zero'>
  /** The terms whose sum is the output's tangent, or 'transpose' to derive it from `vjp`; an undefined tangent is zero. */
  readonly jvp: 'transpose' | ((inputs: I, tangents: Each<I, ValueOrZero>, params: P, output: Value) => readonly Value[])
  /** The primitive over inputs of which some have a leading axis of `size`; the result says whether it has one, which nearly all do: `perExample`. */
  readonly batch: (inputs: I, batched: Each<I, boolean>, params: P, size: number) => Row
  /** Plain loops, the meaning of the primitive. Never writes to its inputs. */
  readonly evaluate: (inputs: Each<I, Operand>, params: P, output: Aval) => Buffer
  /** The primitive as a kernel, for engines, or as a program of other primitives. */
  readonly lower: (inputs: Each<I, Aval>, params: P) => Lowered
  /** The value everywhere in the output for inputs of one value each, if it depends on no size and every engine gives the same; else 'no'. */
  readonly uniform: 'no' | ((values: Each<I, number>, params: P, dtypes: Each<I, DType>) => number)
}

/** The rules of a primitive with several outputs, whose tuple is `O`. */
export interface SeveralRules<I extends readonly Value[], O extends readonly Value[], P extends Params>
  extends Pick<Rules<I, P>, 'name' | 'arity' | 'samples' | 'lower'> {
  /** How many outputs there are. */
  readonly outputs: O['length']
  /** Throws for inputs that do not fit. */
  readonly shape: (inputs: Each<I, Aval>, params: P) => Each<O, Aval>
  /** Cotangents of the outputs to cotangents of the inputs; those that are not wanted may be left undefined. */
  readonly vjp: (
    inputs: I,
    params: P,
    outputs: O,
    wanted: readonly boolean[],
  ) => (cotangents: Each<O, ValueOrZero>) => readonly ValueOrZero[]
  /** For each output the terms whose sum is its tangent, or 'transpose' to derive them from `vjp`; an undefined tangent is zero. */
  readonly jvp: 'transpose' | ((inputs: I, tangents: Each<I, ValueOrZero>, params: P, outputs: O) => Each<O, readonly Value[]>)
  /** The primitive over inputs of which some have a leading axis of `size`; each result says whether it has one. */
  readonly batch: (inputs: I, batched: Each<I, boolean>, params: P, size: number) => Each<O, Row>
  /** Plain loops, the meaning of the primitive. Never writes to its inputs. */
  readonly evaluate: (inputs: Each<I, Operand>, params: P, outputs: Each<O, Aval>) => readonly Buffer[]
  readonly uniform: Rules<I, P>['uniform']
}

/** A result with the leading axis of the examples. */
export const perExample = (value: Value): Row => ({ value, batched: true })

/** A case for the laws: an operation and the inputs to try it on. */
export interface Case {
  readonly operation: Operation
  readonly inputs: readonly SampleInput[]
}

export interface Primitive<P extends Params> {
  readonly name: string
  readonly of: (params: P) => Operation
  readonly cases: readonly Case[]
}

/** The first output of an operation that has one. */
export const apply = (operation: Operation, ...inputs: readonly Value[]): Value => {
  const [output] = bind(operation, inputs)
  return output ?? fail({ _tag: 'InternalError', detail: `${operation.name} has no output` })
}

const holdsNone = (): never => fail({ _tag: 'InternalError', detail: 'a primitive holds no programs' })

/** A primitive with several outputs. */
export const severalPrimitive = <I extends readonly Value[], O extends readonly Value[], P extends Params>(
  rules: SeveralRules<I, O, P>,
): Primitive<P> => {
  // The only step from a list of inputs to the tuple that the rules are written for; everything beyond it is checked by its arity.
  const hasArity = <T>(inputs: readonly T[]): inputs is readonly T[] & Each<I, T> =>
    rules.arity === 'variadic' || inputs.length === rules.arity
  const isTuple = (inputs: readonly Value[]): inputs is I => hasArity(inputs)
  // The same step for outputs.
  const areOutputs = <T>(outputs: readonly T[]): outputs is readonly T[] & Each<O, T> => outputs.length === rules.outputs
  const areValues = (outputs: readonly Value[]): outputs is O => areOutputs(outputs)
  const wrongArity = (count: number): never =>
    fail({ _tag: 'InternalError', detail: `${rules.name} takes ${rules.arity} inputs, not ${count}` })

  const of = (params: P): Operation => {
    const shapes = (inputs: readonly Aval[]): Each<O, Aval> => (hasArity(inputs) ? rules.shape(inputs, params) : wrongArity(inputs.length))
    const wrongOutputs = (count: number): never =>
      fail({ _tag: 'InternalError', detail: `${rules.name} has ${rules.outputs} outputs, not ${count}` })
    const { jvp, uniform } = rules
    const operation: Operation = {
      name: rules.name,
      params,
      programs: [],
      withPrograms: holdsNone,
      narrow: undefined,
      identity: undefined,
      effect: undefined,
      shape: shapes,
      vjp: (inputs, wanted) => {
        const outputs = bind(operation, inputs)
        if (!isTuple(inputs)) return wrongArity(inputs.length)
        if (!areValues(outputs)) return wrongOutputs(outputs.length)
        const pullback = rules.vjp(inputs, params, outputs, wanted)
        return {
          outputs,
          pullback: cotangents => (areOutputs(cotangents) ? pullback(cotangents) : wrongOutputs(cotangents.length)),
        }
      },
      jvp:
        jvp === 'transpose'
          ? jvp
          : (inputs, tangents) => {
              const outputs = bind(operation, inputs)
              if (!(isTuple(inputs) && hasArity(tangents))) return wrongArity(inputs.length)
              return areValues(outputs) ? { outputs, terms: jvp(inputs, tangents, params, outputs) } : wrongOutputs(outputs.length)
            },
      batch: (inputs, batched, size) =>
        isTuple(inputs) && hasArity(batched) ? rules.batch(inputs, batched, params, size) : wrongArity(inputs.length),
      evaluate: inputs => (hasArity(inputs) ? rules.evaluate(inputs, params, shapes(inputs)) : wrongArity(inputs.length)),
      lower: inputs => (hasArity(inputs) ? rules.lower(inputs, params) : wrongArity(inputs.length)),
      uniform: (values, dtypes) =>
        uniform !== 'no' && hasArity(values) && hasArity(dtypes) && values.length > 0 ? uniform(values, params, dtypes) : undefined,
    }
    return operation
  }
  // Made when the laws ask for them, since each import of the package would pay for them.
  return {
    name: rules.name,
    of,
    get cases() {
      return rules.samples.map(({ params, inputs }) => ({ operation: of(params), inputs }))
    },
  }
}

/** A primitive with one output, as nearly all are. */
export const primitive = <I extends readonly Value[], P extends Params>(rules: Rules<I, P>): Primitive<P> => {
  const { jvp } = rules
  return severalPrimitive<I, readonly [Value], P>({
    ...rules,
    outputs: 1,
    shape: (inputs, params) => [rules.shape(inputs, params)],
    vjp: (inputs, params, [output], wanted) => {
      const maps = rules.vjp(inputs, params, output)
      return ([ct]) => maps.map((map, i) => (ct === undefined || map === 'zero' || !wanted[i] ? undefined : map(ct)))
    },
    jvp: jvp === 'transpose' ? jvp : (inputs, tangents, params, [output]) => [jvp(inputs, tangents, params, output)],
    batch: (inputs, batched, params, size) => [rules.batch(inputs, batched, params, size)],
    evaluate: (inputs, params, [output]) => [rules.evaluate(inputs, params, output)],
  })
}
