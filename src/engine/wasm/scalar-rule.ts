/** What the rules of scalar functions are given and have in common. */
import { type DType, fail } from '../../tensor/index.js'
import type { Application, Expression } from '../fusion/expression.js'
import type { OwnParts } from './choice.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import { vectorKind } from './instructions.js'

/** How many lanes a vector of a kernel has. */
export type Lanes = 4 | 2

/** What a rule is given: where it writes, and how its operands are pushed. */
export interface ScalarContext {
  readonly code: Code
  readonly constants: Constants
  readonly lanes: Lanes
  /** Pushes the vector of an expression. */
  push(node: Expression): void
  /** Computes an expression that is read once more later, and leaves nothing on the stack. */
  prepare(node: Expression): void
  /** The parts of an expression that nothing else will read. */
  ownParts(root: Expression): OwnParts
}

/** Pushes the vector of a function of expressions. */
export type ScalarRule = (context: ScalarContext, node: Application) => void

/** The operand of an application at a place. */
export const operand = ({ name, operands }: Application, i: number): Expression =>
  operands[i] ?? fail({ _tag: 'InternalError', detail: `${name} has no operand ${i}` })

export const noCode = ({ name, operands }: Application): never =>
  fail({ _tag: 'InternalError', detail: `${name} of ${operands[0]?.dtype} has no code` })

/** The vector kind of the operands where they are floats. */
export const floatKind = (node: Application): 'f32x4' | 'f64x2' => {
  const kind = vectorKind(operand(node, 0).dtype)
  return kind === 'i32x4' ? noCode(node) : kind
}

/** Computes operands into locals, which whoever calls releases. */
export const held = ({ code, push }: Pick<ScalarContext, 'code' | 'push'>, nodes: readonly Expression[]): readonly Local[] =>
  nodes.map(node => {
    push(node)
    const local = code.local('v128')
    code.set(local)
    return local
  })

/** Bytes of a mask of 64-bit lanes that make it one of the two low 32-bit lanes, and those that make it the former again. */
const narrowMask = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11]
const widenMask = [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7]

const shuffled = (code: Code, lanes: readonly number[]): void => {
  const mask = code.local('v128')
  code.tee(mask).get(mask).shuffle(lanes)
  code.release(mask)
}

/** A mask of lanes of this dtype on the stack becomes one of 32-bit lanes. */
export const narrow = (code: Code, dtype: DType): void => {
  if (dtype === 'float64') shuffled(code, narrowMask)
}

/** A mask of 32-bit lanes on the stack becomes one of lanes of this dtype. */
export const widen = (code: Code, dtype: DType): void => {
  if (dtype === 'float64') shuffled(code, widenMask)
}
