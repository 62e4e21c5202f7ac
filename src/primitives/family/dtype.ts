/** dtype rules for primitives: each returns the output's dtype or throws. */
import { type Err, isErr, type Ok } from '../../shape/index.js'
import { bitsDType, type DType, fail, floatDType, integerDType, numericDType } from '../../tensor/index.js'

const accept = (rule: Ok<DType> | Err<string>): DType => (isErr(rule) ? fail({ _tag: 'DTypeError', detail: rule.message }) : rule.shape)

export const float =
  (op: string) =>
  (dtype: DType): DType =>
    accept(floatDType(op, dtype))
export const numeric =
  (op: string) =>
  (dtype: DType): DType =>
    accept(numericDType(op, dtype))
export const bits =
  (op: string) =>
  (dtype: DType): DType =>
    accept(bitsDType(op, dtype))
export const integer =
  (op: string) =>
  (dtype: DType): DType =>
    accept(integerDType(op, dtype))
/** Any two of one dtype; the answer is a bool. */
export const comparison = (): DType => 'bool'
/** Any dtype, kept. */
export const same = (dtype: DType): DType => dtype
