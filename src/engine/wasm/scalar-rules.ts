/**
 * The vector code of every scalar function. Elementary functions are printed from the formulas in math/, so that a new one needs no row
 * here; the table has the others, each in a few instructions.
 */
import type { ElementaryName, ScalarName } from '../../kernel/index.js'
import { elementaryFunctions } from '../../math/index.js'
import type { Instruction } from './encoder.js'
import { type ArithmeticName, arithmeticInstruction, comparison, vectorKind } from './instructions.js'
import { writeElementary } from './math/write.js'
import { cast } from './scalar-cast.js'
import { remainder, shiftLeft, shiftRight } from './scalar-integer.js'
import { floatKind, held, narrow, operand, type ScalarRule } from './scalar-rule.js'
import { select } from './scalar-select.js'
import { copySign, sign } from './scalar-sign.js'

/** A function of floats in a few instructions. */
const float =
  (name: 'floor' | 'nearest' | 'sqrt' | 'trunc'): ScalarRule =>
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

/** Two bools are compared as unsigned integers: a mask is 0 or all ones, so that false is below true. */
const compare =
  (name: 'eq' | 'lt' | 'le'): ScalarRule =>
  ({ code, push }, node) => {
    const { dtype } = operand(node, 0)
    push(operand(node, 0))
    push(operand(node, 1))
    code.do(comparison(name, dtype))
    narrow(code, dtype)
  }

/** Functions that have no formula: to choose their instructions is the engine's own affair. */
const ownRules: { readonly [N in Exclude<ScalarName, ElementaryName>]: ScalarRule } = {
  abs: ({ code, push }, node) => {
    const { dtype } = operand(node, 0)
    push(operand(node, 0))
    if (dtype !== 'uint32') code.do(`${vectorKind(dtype)}.abs`)
  },
  add: arithmetic('add'),
  and: bitwise('v128.and'),
  cast,
  copySign,
  div: arithmetic('div'),
  equal: compare('eq'),
  floor: float('floor'),
  less: compare('lt'),
  lessEqual: compare('le'),
  maximum: arithmetic('max'),
  minimum: arithmetic('min'),
  mul: arithmetic('mul'),
  neg: ({ code, push }, node) => {
    push(operand(node, 0))
    code.do(`${vectorKind(operand(node, 0).dtype)}.neg`)
  },
  not: ({ code, push }, node) => {
    push(operand(node, 0))
    code.do('v128.not')
  },
  or: bitwise('v128.or'),
  round: float('nearest'),
  rsqrt: ({ code, constants, push }, node) => {
    const kind = floatKind(node)
    constants.push(kind, 1)
    push(operand(node, 0))
    code.do(`${kind}.sqrt`, `${kind}.div`)
  },
  select,
  shiftLeft,
  shiftRight,
  sign,
  sqrt: float('sqrt'),
  sub: arithmetic('sub'),
  trunc: float('trunc'),
  xor: bitwise('v128.xor'),
}

/** The rules of elementary functions that integers have too. */
const integerRules: { readonly [N in ElementaryName]?: ScalarRule } = { rem: remainder }

const isElementary = (name: ScalarName): name is ElementaryName => Object.hasOwn(elementaryFunctions, name)

/** Pushes the vector of a scalar function of expressions: in line by its formula, or by this engine's own rule. */
export const writeScalar: ScalarRule = (context, node) => {
  const { name } = node
  if (!isElementary(name)) {
    ownRules[name](context, node)
    return
  }
  const integers = vectorKind(operand(node, 0).dtype) === 'i32x4' ? integerRules[name] : undefined
  if (integers) {
    integers(context, node)
    return
  }
  const lanes = floatKind(node)
  const [x, y] = held(context, node.operands)
  if (x === undefined) return
  writeElementary(context.code, context.constants, elementaryFunctions[name], lanes, x, y)
  context.code.release(x, ...(y === undefined ? [] : [y]))
}
