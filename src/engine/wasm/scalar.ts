/**
 * Scalar expressions as vector code. A kernel works on four 32-bit lanes at a time, or on two 64-bit lanes if any value is float64; 32-bit
 * values are then in the two low lanes. A bool is a mask of 32-bit lanes in a register, and a byte of 0 or 1 in memory.
 *
 * The writer decides what is computed once and kept. `scalar-rules.ts` says what the code of a function is.
 */
import type { DType } from '../../tensor/index.js'
import type { Application, Expression, Load } from '../fusion/expression.js'
import { choiceOf, type OwnParts, operandsOf, ownParts } from './choice.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import { vectorKind } from './instructions.js'
import type { Lanes, ScalarContext } from './scalar-rule.js'
import { writeScalar } from './scalar-rules.js'

export type { Lanes } from './scalar-rule.js'

export const lanesOf = (dtypes: Iterable<DType>): Lanes => ([...dtypes].includes('float64') ? 2 : 4)

/** Pushes a load's vector; the kernel's loop knows where it is. */
export type PushLoad = (load: Load) => void

/** Writes the code of expressions, each shared part once. */
export class ScalarWriter implements ScalarContext {
  readonly code: Code
  readonly constants: Constants
  readonly lanes: Lanes
  readonly #load: PushLoad
  /** How many times each part is still to be read. The second map has the local that it is kept in meanwhile. */
  readonly #uses = new Map<Expression, number>()
  readonly #kept = new Map<Expression, Local>()

  constructor(code: Code, constants: Constants, lanes: Lanes, load: PushLoad, roots: readonly Expression[]) {
    this.code = code
    this.constants = constants
    this.lanes = lanes
    this.#load = load
    const count = (node: Expression): void => {
      const uses = this.#uses.get(node) ?? 0
      this.#uses.set(node, uses + 1)
      if (uses === 0) operandsOf(node).forEach(count)
    }
    roots.forEach(count)
  }

  /** Pushes the vector of an expression. It is a property, so that rules can take it out of the context. */
  readonly push = (node: Expression): void => {
    const uses = this.#uses.get(node) ?? 1
    this.#uses.set(node, uses - 1)
    const kept = this.#kept.get(node)
    if (kept) {
      this.code.get(kept)
      // After the last reader the local is free: what was pushed from it does not change any more.
      if (uses === 1) {
        this.#kept.delete(node)
        this.code.release(kept)
      }
      return
    }
    if (node.kind === 'constant') {
      this.#constant(node.dtype, node.value)
      return
    }
    if (node.kind === 'load') this.#load(node)
    else this.#apply(node)
    if (uses > 1) {
      const local = this.code.local('v128')
      this.code.tee(local)
      this.#kept.set(node, local)
    }
  }

  #constant(dtype: DType, value: number): void {
    if (dtype === 'bool') this.constants.push('i32x4', value === 0 ? 0 : -1)
    else this.constants.push(vectorKind(dtype), value)
  }

  prepare(node: Expression): void {
    this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1)
    this.push(node)
    this.code.do('drop')
  }

  ownParts(root: Expression): OwnParts {
    return ownParts(
      root,
      node => this.#uses.get(node) ?? 1,
      node => this.#kept.has(node),
    )
  }

  #apply(node: Application): void {
    const choice = choiceOf(node)
    if (choice === undefined) {
      writeScalar(this, node)
      return
    }
    choice.operands.forEach(this.push)
    this.code.do(`${node.dtype === 'float64' ? 'f64x2' : 'f32x4'}.${choice.name}`)
  }
}
