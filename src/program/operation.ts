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

/**
 * A value under `vmap`, where some values have the examples along a leading axis (they are batched) and others are one for all examples. An
 * operation whose inputs are all of the second kind is applied once, and not once for each example.
 */
export interface Row {
  readonly value: Value
  readonly batched: boolean
}

/**
 * A program that is run `length` times. Its inputs are the constants, the carry and one row of each further operand; its results are the next carry
 * and one row of each further result. The rows are those along the leading axis, from the first to the last, or in reverse from the last to the
 * first.
 */
export interface LoweredLoop {
  readonly kind: 'loop'
  readonly body: Program
  readonly constants: number
  readonly carries: number
  readonly length: number
  readonly reverse: boolean
}

/**
 * A program that is run again and again while another one of the same inputs gives true, but at most `most` times. The inputs are the constants and
 * the carry; the results are the next carry.
 */
export interface LoweredWhile {
  readonly kind: 'while'
  /** Its one result is a bool. */
  readonly predicate: Program
  readonly body: Program
  readonly constants: number
  /** Infinity where nothing bounds it. */
  readonly most: number
}

/**
 * One of several programs, which all take the operands after the first, and give results of the same shapes. The first operand, an int32, is the
 * number of the one that is run; a number below the first is the first, and one above the last is the last.
 */
export interface LoweredBranch {
  readonly kind: 'branch'
  readonly cases: readonly Program[]
}

/**
 * A program that is run where it stands. An engine does not join its equations with any outside, nor keep for it what was computed before it: it is
 * there so that values are computed again.
 */
export interface LoweredBlock {
  readonly kind: 'block'
  readonly program: Program
}

/** What an engine is given for an operation: a kernel, a program to put in its place, or one to keep apart, a loop, or a choice among programs. */
export type Lowered =
  | Kernel
  | { readonly kind: 'call'; readonly program: Program }
  | LoweredBlock
  | LoweredLoop
  | LoweredWhile
  | LoweredBranch

/** An operation without some of its inputs and results, and which it keeps. */
export interface Narrowed {
  readonly operation: Operation
  readonly inputs: readonly boolean[]
  readonly outputs: readonly boolean[]
}

export interface Operation {
  readonly name: string
  readonly params: Params
  /** Programs that the operation holds, such as the function of a `customVjp`. */
  readonly programs: readonly Program[]
  /** The same operation with other programs in the place of its own: with the same inputs, and with results of the same shapes. */
  readonly withPrograms: (programs: readonly Program[]) => Operation
  /**
   * For an operation that holds programs: the operation without the results that are not used, and without the inputs that only those need;
   * undefined where it needs everything. An operation that has no such rule keeps all.
   */
  readonly narrow: undefined | ((used: readonly boolean[]) => Narrowed | undefined)
  /**
   * What an operation holds beside its parameters and programs, such as the rule of a `customVjp`: an object that stands for it. Two operations
   * are the same if their names, parameters and programs are equal and they have the same object here, or none.
   */
  readonly identity: object | undefined
  /** What an operation without results does outside of the program, such as printing its operands. Others do nothing. */
  readonly effect: undefined | ((inputs: readonly Value[]) => void)
  readonly shape: (inputs: readonly Aval[]) => readonly Aval[]
  readonly vjp: (inputs: readonly Value[], wanted: readonly boolean[]) => Differentiated
  /** Pushes tangents: for each output the terms whose sum is its tangent. 'transpose' derives it by transposing the pullback. */
  readonly jvp: 'transpose' | ((inputs: readonly Value[], tangents: readonly ValueOrZero[]) => Pushed)
  /** Inputs marked in `batched` have a leading axis of the given size, and at least one is marked; each output says whether it has one. */
  readonly batch: (inputs: readonly Value[], batched: readonly boolean[], size: number) => readonly Row[]
  /** Plain loops: slow, readable, the oracle of every engine. */
  readonly evaluate: (inputs: readonly Operand[]) => readonly Buffer[]
  /** The operation in terms that engines understand. */
  readonly lower: (inputs: readonly Aval[]) => Lowered
  /** The uniform value of the one output for uniform inputs, where it depends neither on sizes nor on the engine. */
  readonly uniform: (values: readonly number[], dtypes: readonly DType[]) => number | undefined
}
