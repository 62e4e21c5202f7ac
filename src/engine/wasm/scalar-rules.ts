/** The vector code of every scalar function: the one table of this engine that a new function needs a row in. */
import type { ScalarName } from '../../kernel/index.js'
import type { Instruction } from './encoder.js'
import { type ArithmeticName, arithmeticInstruction, comparison, vectorKind } from './instructions.js'
import { erf } from './math/erf.js'
import { erfc, normalCdf } from './math/erfc.js'
import { exp } from './math/exp.js'
import { expm1 } from './math/expm1.js'
import { log, log1p, log2 } from './math/log.js'
import { pow } from './math/pow.js'
import { rem } from './math/rem.js'
import { sigmoid } from './math/sigmoid.js'
import { cos, sin } from './math/sin.js'
import { tanh } from './math/tanh.js'
import type { VectorFunction, VectorFunction2 } from './math/vector-function.js'
import { cast } from './scalar-cast.js'
import { remainder, shiftLeft, shiftRight } from './scalar-integer.js'
import { floatKind, held, narrow, operand, type ScalarRule } from './scalar-rule.js'
import { select } from './scalar-select.js'
import { sign } from './scalar-sign.js'

/** A function of floats in a few instructions. */
const float =
  (name: 'floor' | 'sqrt'): ScalarRule =>
  ({ code, push }, node) => {
    push(operand(node, 0))
    code.do(`${floatKind(node)}.${name}`)
  }

const arithmetic =
  (name: ArithmeticName): ScalarRule =>
  ({ code, push }, node) => {
    push(operand(node, 0))
    push(operand(node, 1))
    code.do(arithmeticInstruction(name, operand(node, 0).dtype))
  }

const bitwise =
  (instruction: Instruction): ScalarRule =>
  ({ code, push }, node) => {
    push(operand(node, 0))
    push(operand(node, 1))
    code.do(instruction)
  }

/** Masks are 0 and -1: as unsigned numbers false is below true. */
const compare =
  (name: 'eq' | 'lt' | 'le'): ScalarRule =>
  ({ code, push }, node) => {
    const { dtype } = operand(node, 0)
    push(operand(node, 0))
    push(operand(node, 1))
    code.do(comparison(name, dtype))
    narrow(code, dtype)
  }

/** A function of floats that is written in line from its formula. */
const formula =
  (f: VectorFunction): ScalarRule =>
  (context, node) => {
    const kind = floatKind(node)
    const [x] = held(context, [operand(node, 0)])
    if (x) f[kind](context.code, context.constants, x)
    if (x) context.code.release(x)
  }

const formula2 =
  (f: VectorFunction2): ScalarRule =>
  (context, node) => {
    const kind = floatKind(node)
    const [x, y] = held(context, [operand(node, 0), operand(node, 1)])
    if (x && y) f[kind](context.code, context.constants, x, y)
    if (x && y) context.code.release(x, y)
  }

/** One rule for floats, another for integers. */
const byKind =
  (floats: ScalarRule, integers: ScalarRule): ScalarRule =>
  (context, node) =>
    (vectorKind(operand(node, 0).dtype) === 'i32x4' ? integers : floats)(context, node)

export const scalarRules: { readonly [N in ScalarName]: ScalarRule } = {
  abs: ({ code, push }, node) => {
    const { dtype } = operand(node, 0)
    push(operand(node, 0))
    if (dtype !== 'uint32') code.do(`${vectorKind(dtype)}.abs`)
  },
  add: arithmetic('add'),
  and: bitwise('v128.and'),
  cast,
  cos: formula(cos),
  div: arithmetic('div'),
  equal: compare('eq'),
  erf: formula(erf),
  erfc: formula(erfc),
  exp: formula(exp),
  expm1: formula(expm1),
  floor: float('floor'),
  less: compare('lt'),
  lessEqual: compare('le'),
  log: formula(log),
  log1p: formula(log1p),
  log2: formula(log2),
  maximum: arithmetic('max'),
  minimum: arithmetic('min'),
  mul: arithmetic('mul'),
  neg: ({ code, push }, node) => {
    push(operand(node, 0))
    code.do(`${vectorKind(operand(node, 0).dtype)}.neg`)
  },
  normalCdf: formula(normalCdf),
  not: ({ code, push }, node) => {
    push(operand(node, 0))
    code.do('v128.not')
  },
  or: bitwise('v128.or'),
  pow: formula2(pow),
  rem: byKind(formula2(rem), remainder),
  rsqrt: ({ code, constants, push }, node) => {
    const kind = floatKind(node)
    constants.push(kind, 1)
    push(operand(node, 0))
    code.do(`${kind}.sqrt`, `${kind}.div`)
  },
  select,
  shiftLeft,
  shiftRight,
  sigmoid: formula(sigmoid),
  sign,
  sin: formula(sin),
  sqrt: float('sqrt'),
  sub: arithmetic('sub'),
  tanh: formula(tanh),
  xor: bitwise('v128.xor'),
}
