/** Conversions between dtypes. */
import { type DType, isInteger } from '../../tensor/index.js'
import type { Constants } from './constants.js'
import type { Code } from './encoder.js'
import { vectorKind } from './instructions.js'
import { narrow, operand, type ScalarRule } from './scalar-rule.js'

export const cast: ScalarRule = ({ code, constants, push }, node) => {
  const x = operand(node, 0)
  const [from, to] = [x.dtype, node.dtype]
  push(x)
  if (from === to || (isInteger(from) && isInteger(to))) return
  if (to === 'bool') toBool(code, constants, from)
  else if (from === 'bool') fromBool(code, constants, to)
  else if (from === 'float32' && to === 'float64') code.do('f64x2.promote_low_f32x4')
  else if (from === 'float64' && to === 'float32') code.do('f32x4.demote_f64x2_zero')
  // The instructions saturate: NaN becomes 0, and a number out of range becomes the nearest integer in range.
  else if (from === 'float32') code.do(to === 'int32' ? 'i32x4.trunc_sat_f32x4_s' : 'i32x4.trunc_sat_f32x4_u')
  else if (from === 'float64') code.do(to === 'int32' ? 'i32x4.trunc_sat_f64x2_s_zero' : 'i32x4.trunc_sat_f64x2_u_zero')
  else if (to === 'float32') code.do(from === 'int32' ? 'f32x4.convert_i32x4_s' : 'f32x4.convert_i32x4_u')
  else code.do(from === 'int32' ? 'f64x2.convert_low_i32x4_s' : 'f64x2.convert_low_i32x4_u')
}

/** Every number but 0 is true. */
const toBool = (code: Code, constants: Constants, from: DType): void => {
  const kind = vectorKind(from)
  constants.push(kind, 0)
  code.do(`${kind}.ne`)
  narrow(code, from)
}

/** The bits of 1 and a mask give 1 where the mask is set, and else 0. */
const fromBool = (code: Code, constants: Constants, to: DType): void => {
  constants.push(to === 'float32' ? 'f32x4' : 'i32x4', 1)
  code.do('v128.and')
  if (to === 'float64') code.do('f64x2.convert_low_i32x4_u')
}
