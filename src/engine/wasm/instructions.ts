/** Which instruction does a scalar function to the lanes of a vector of a dtype. */
import type { ScalarName } from '../../kernel/index.js'
import { type DType, fail } from '../../tensor/index.js'
import type { Instruction } from './encoder.js'

/** The instruction set that works on a dtype. */
export const vectorKind = (dtype: DType): 'f32x4' | 'f64x2' | 'i32x4' =>
  dtype === 'float64' ? 'f64x2' : dtype === 'float32' ? 'f32x4' : 'i32x4'

export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'min' | 'max'
export const arithmetic: { readonly [N in ScalarName]?: Arithmetic } = {
  add: 'add',
  sub: 'sub',
  mul: 'mul',
  div: 'div',
  maximum: 'max',
  minimum: 'min',
}
export const bitwise: { readonly [N in ScalarName]?: Instruction } = { and: 'v128.and', or: 'v128.or', xor: 'v128.xor' }
export const comparisons: { readonly [N in ScalarName]?: 'eq' | 'lt' | 'le' } = { equal: 'eq', less: 'lt', lessEqual: 'le' }

export const arithmeticInstruction = (name: Arithmetic, dtype: DType): Instruction => {
  if (dtype === 'float32') return `f32x4.${name}`
  if (dtype === 'float64') return `f64x2.${name}`
  if (name === 'min' || name === 'max') return dtype === 'uint32' ? `i32x4.${name}_u` : `i32x4.${name}_s`
  if (name === 'div') return fail({ _tag: 'InternalError', detail: 'division of integers' })
  return `i32x4.${name}`
}

export const comparison = (name: 'eq' | 'lt' | 'le', dtype: DType): Instruction => {
  if (dtype === 'float32') return `f32x4.${name}`
  if (dtype === 'float64') return `f64x2.${name}`
  if (name === 'eq') return 'i32x4.eq'
  return dtype === 'int32' ? `i32x4.${name}_s` : `i32x4.${name}_u`
}
