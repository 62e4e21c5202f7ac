/** What the rules of `scan` share: its parameters, and the parts of its inputs. */
import type { Operation, Params, Program } from '../program/index.js'
import { type Aval, type Buffer, Concrete, fail, makeTensor, numerals, sizeOf, type Value } from '../tensor/index.js'
import { reaches } from '../transform/index.js'
import { settled } from './activity.js'

export interface ScanParams extends Params {
  /** How many of the inputs are constants, */
  readonly constants: number
  /** and how many of the rest are the carry. */
  readonly carries: number
  /** How many rounds there are. */
  readonly length: number
  /** The last row first. */
  readonly reverse: boolean
  /** What the pullback needs of a round is computed again, and only the carry before each round is stored. */
  readonly recompute: boolean
}

/** Makes the operation; its rules are given it, since they make further ones. */
export type ScanOf = (params: ScanParams, programs: readonly Program[]) => Operation

/** Inputs, or what goes with them, in their three parts. */
export const partsOf = <T>(
  inputs: readonly T[],
  { constants, carries }: ScanParams,
): { readonly constants: readonly T[]; readonly carry: readonly T[]; readonly stacks: readonly T[] } => ({
  constants: inputs.slice(0, constants),
  carry: inputs.slice(constants, constants + carries),
  stacks: inputs.slice(constants + carries),
})

/** One row of a stack, and the stack of a row. */
export const rowOf = ({ sizes, dtype }: Aval): Aval => ({ sizes: sizes.slice(1), dtype })
export const stackOf = ({ sizes, dtype }: Aval, length: number): Aval => ({ sizes: [length, ...sizes], dtype })

/** Which of the body's inputs a derivative is taken by, and which of its results it reaches. A carry that it reaches once, it reaches in each round. */
export interface Marks {
  readonly inputs: readonly boolean[]
  readonly outputs: readonly boolean[]
}

export const marksOf = (body: Program, marked: readonly boolean[], params: ScanParams): Marks => {
  const { constants, carry, stacks } = partsOf(marked, params)
  const after = (carried: readonly boolean[]): readonly boolean[] => reaches(body, [...constants, ...carried, ...stacks])
  const carried = settled(carry, marks => after(marks).slice(0, params.carries))
  return { inputs: [...constants, ...carried, ...stacks], outputs: [...carried, ...after(carried).slice(params.carries)] }
}

export const missing = (): never => fail({ _tag: 'InternalError', detail: 'an operation that holds programs: a value is missing' })

/** A tensor of numbers that lie in a buffer already. */
export const tensorOf = ({ sizes, dtype }: Aval, data: Buffer): Value =>
  makeTensor(numerals(sizes), dtype, sizes, new Concrete(dtype, sizeOf(sizes), data))
