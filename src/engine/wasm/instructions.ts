/** Which instructions work on values of a dtype: one table, and the names that follow from it. */
import type { MonoidScalar } from '../../kernel/index.js'
import { type DType, fail } from '../../tensor/index.js'
import type { Instruction } from './encoder.js'

interface Machine {
  /** The kind of a vector of them. */
  readonly vector: 'f32x4' | 'f64x2' | 'i32x4'
  /** The type of one of them, and the instructions that read it from memory and write it there. */
  readonly scalar: 'f32' | 'f64' | 'i32'
  readonly load: 'f32.load' | 'f64.load' | 'i32.load' | 'i32.load8_u'
  readonly store: 'f32.store' | 'f64.store' | 'i32.store' | 'i32.store8'
  /** What the names of instructions that compare integers end in. */
  readonly order: '' | '_s' | '_u'
}

const machine: { readonly [D in DType]: Machine } = {
  float32: { vector: 'f32x4', scalar: 'f32', load: 'f32.load', store: 'f32.store', order: '' },
  float64: { vector: 'f64x2', scalar: 'f64', load: 'f64.load', store: 'f64.store', order: '' },
  int32: { vector: 'i32x4', scalar: 'i32', load: 'i32.load', store: 'i32.store', order: '_s' },
  uint32: { vector: 'i32x4', scalar: 'i32', load: 'i32.load', store: 'i32.store', order: '_u' },
  // In a register a bool is a mask, 0 or -1: as unsigned numbers false is below true.
  bool: { vector: 'i32x4', scalar: 'i32', load: 'i32.load8_u', store: 'i32.store8', order: '_u' },
}

export const vectorKind = (dtype: DType): Machine['vector'] => machine[dtype].vector
export const machineOf = (dtype: DType): Machine => machine[dtype]

export type ArithmeticName = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max'

/** The instruction by which a reduction combines. */
export const combining: { readonly [N in MonoidScalar]: ArithmeticName } = { add: 'add', mul: 'mul', maximum: 'max', minimum: 'min' }

export const arithmeticInstruction = (name: ArithmeticName, dtype: DType): Instruction => {
  const { vector, order } = machine[dtype]
  if (vector !== 'i32x4') return `${vector}.${name}`
  if (name === 'div') return fail({ _tag: 'InternalError', detail: 'division of integers' })
  return name === 'min' || name === 'max' ? `i32x4.${name}${order === '_s' ? '_s' : '_u'}` : `i32x4.${name}`
}

export const comparison = (name: 'eq' | 'lt' | 'le', dtype: DType): Instruction => {
  const { vector, order } = machine[dtype]
  if (vector !== 'i32x4') return `${vector}.${name}`
  return name === 'eq' ? 'i32x4.eq' : `i32x4.${name}${order === '_s' ? '_s' : '_u'}`
}
