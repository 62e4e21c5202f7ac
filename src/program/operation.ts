/**
 * An operation: a primitive together with its parameters. An equation holds the operation itself and not its name, so an interpreter needs no
 * table of primitives.
 */
import type { Kernel } from '../kernel/index.js'
import type { Aval, Buffer, DType, Value } from '../tensor/index.js'
import type { Program } from './program.js'

/** Parameters are plain data: they are printed, and compared when common subexpressions are joined. */
export type Param = number | string | boolean | readonly Param[]
export interface Params {
  readonly [name: string]: Param
}

/** A concrete operand of a plain loop. */
export interface Operand extends Aval {
  readonly data: Buffer
}

/** A cotangent or tangent; undefined is a zero that nobody has to make. */
export type ValueOrZero = Value | undefined

export interface Differentiated {
  readonly outputs: readonly Value[]
  /** Cotangents of the outputs to cotangents of the inputs; unwanted ones may be left undefined. */
  readonly pullback: (cotangents: readonly ValueOrZero[]) => readonly ValueOrZero[]
}

export interface Pushed {
  readonly outputs: readonly Value[]
  readonly terms: readonly (readonly Value[])[]
}

/** What an engine is given for an operation: a kernel, or a program to put in its place. */
export type Lowered = Kernel | { readonly kind: 'call'; readonly program: Program }

export interface Operation {
  readonly name: string
  readonly params: Params
  /** False for an operation that holds functions of its own and so equals no other. */
  readonly comparable: boolean
  readonly shape: (inputs: readonly Aval[]) => readonly Aval[]
  readonly vjp: (inputs: readonly Value[], wanted: readonly boolean[]) => Differentiated
  /** Pushes tangents: for each output the terms whose sum is its tangent. 'transpose' derives it by transposing the pullback. */
  readonly jvp: 'transpose' | ((inputs: readonly Value[], tangents: readonly ValueOrZero[]) => Pushed)
  /** Inputs marked in `batched` have a leading axis of the given size; every output has one. At least one input is marked. */
  readonly batch: (inputs: readonly Value[], batched: readonly boolean[], size: number) => readonly Value[]
  /** Plain loops: slow, readable, the oracle of every engine. */
  readonly evaluate: (inputs: readonly Operand[]) => readonly Buffer[]
  /** The operation in terms that engines understand. */
  readonly lower: (inputs: readonly Aval[]) => Lowered
  /** The uniform value of the one output for uniform inputs, where it depends neither on sizes nor on the engine. */
  readonly uniform: (values: readonly number[], dtypes: readonly DType[]) => number | undefined
}
