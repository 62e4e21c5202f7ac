/** Classes of dtypes that operations take: for the compiler and at run time. */
import type { Expect } from '../shape/index.js'
import {
  type AnyDType,
  type BitsDType,
  bitsDType,
  type DType,
  type ExactDType,
  exactDType,
  type FloatDType,
  floatDType,
  type IntegerDType,
  integerDType,
  type NumericDType,
  numericDType,
  type Tensor,
} from '../tensor/index.js'

/** The rule of each class, for the compiler. */
export interface Classes<Op extends string, D extends DType> {
  readonly numeric: NumericDType<Op, D>
  readonly float: FloatDType<Op, D>
  readonly bits: BitsDType<Op, D>
  readonly integer: IntegerDType<Op, D>
  readonly bool: ExactDType<Op, D, 'bool'>
  readonly any: AnyDType<Op, D>
}
export type Class = keyof Classes<string, DType>

/** A parameter that must be of a class of dtypes. @category type-level */
export type OfClass<Op extends string, C extends Class, S extends string, D extends DType> = Expect<Classes<Op, D>[C], Tensor<S, D>>

/** The rule of each class, at run time. */
export const classRules = {
  numeric: numericDType,
  float: floatDType,
  bits: bitsDType,
  integer: integerDType,
  bool: (op: string, dtype: DType) => exactDType(op, dtype, 'bool'),
  any: (_: string, dtype: DType) => ({ shape: dtype }),
} as const
