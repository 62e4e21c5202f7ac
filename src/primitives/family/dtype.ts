/** dtype rules for primitives: each returns the output's dtype or throws. */
import { bitsDType, type DType, floatDType, heldDType, integerDType, numericDType } from '../../tensor/index.js'

export const float =
  (op: string) =>
  (dtype: DType): DType =>
    heldDType(floatDType(op, dtype))
export const numeric =
  (op: string) =>
  (dtype: DType): DType =>
    heldDType(numericDType(op, dtype))
export const bits =
  (op: string) =>
  (dtype: DType): DType =>
    heldDType(bitsDType(op, dtype))
export const integer =
  (op: string) =>
  (dtype: DType): DType =>
    heldDType(integerDType(op, dtype))
/** Any two of one dtype; the answer is a bool. */
export const comparison = (): DType => 'bool'
/** Any dtype, kept. */
export const same = (dtype: DType): DType => dtype
