/**
 * Scalar expressions as vector code. A kernel works on four 32-bit lanes at a time, or on two 64-bit lanes where any value is float64; 32-bit
 * values then sit in the two low lanes. A bool in a register is a mask of 32-bit lanes, in memory a byte of 0 or 1.
 */
import type { ScalarName } from '../../kernel/index.js'
import { type DType, fail } from '../../tensor/index.js'
import type { Apply, Expression, Load } from '../fusion/expression.js'
import { choiceOf, isLong, isZero, type OwnParts, operandsOf, ownParts } from './choice.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import { arithmetic, arithmeticInstruction, bitwise, comparison, comparisons, vectorKind } from './instructions.js'
import { elementary, elementary2 } from './math/index.js'

/** Lanes in a vector of this kernel. */
export type Lanes = 4 | 2

export const lanesOf = (dtypes: Iterable<DType>): Lanes => ([...dtypes].includes('float64') ? 2 : 4)

/** Pushes a load's vector; the kernel's loop knows where it is. */
export type PushLoad = (load: Load) => void

const isFloat32 = (dtype: DType): boolean => dtype === 'float32'
const isInteger = (dtype: DType): dtype is 'int32' | 'uint32' => dtype === 'int32' || dtype === 'uint32'

/** A mask of 64-bit lanes as one of the two low 32-bit lanes, and back. */
const narrowMask = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11]
const widenMask = [0, 1, 2, 3, 0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 6, 7]

/** Writes the code of expressions, each shared part once. */
export class ScalarWriter {
  readonly #code: Code
  readonly #constants: Constants
  readonly #lanes: Lanes
  readonly #load: PushLoad
  /** How often each part is still to be read, and where it is kept meanwhile. */
  readonly #uses = new Map<Expression, number>()
  readonly #kept = new Map<Expression, Local>()

  constructor(code: Code, constants: Constants, lanes: Lanes, load: PushLoad, roots: readonly Expression[]) {
    this.#code = code
    this.#constants = constants
    this.#lanes = lanes
    this.#load = load
    const count = (node: Expression): void => {
      const uses = this.#uses.get(node) ?? 0
      this.#uses.set(node, uses + 1)
      if (uses === 0) operandsOf(node).forEach(count)
    }
    roots.forEach(count)
  }

  /** Pushes the vector of an expression. */
  push(node: Expression): void {
    const uses = this.#uses.get(node) ?? 1
    this.#uses.set(node, uses - 1)
    const kept = this.#kept.get(node)
    if (kept) {
      this.#code.get(kept)
      // The last reader frees the local; a value still on the stack does not mind.
      if (uses === 1) {
        this.#kept.delete(node)
        this.#code.release(kept)
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
      const local = this.#code.local('v128')
      this.#code.tee(local)
      this.#kept.set(node, local)
    }
  }

  #constant(dtype: DType, value: number): void {
    if (dtype === 'bool') this.#constants.push('i32x4', value === 0 ? 0 : -1)
    else this.#constants.push(vectorKind(dtype), value)
  }

  /** The operands in locals for a body, which are then released. */
  #held(operands: readonly Expression[], body: (...locals: readonly Local[]) => void): void {
    const locals = operands.map(operand => {
      this.push(operand)
      const local = this.#code.local('v128')
      this.#code.set(local)
      return local
    })
    body(...locals)
    this.#code.release(...locals)
  }

  #apply(node: Apply): void {
    const { name, operands, dtype } = node
    const code = this.#code
    const choice = choiceOf(node)
    if (choice) {
      choice.operands.forEach(operand => {
        this.push(operand)
      })
      code.do(`${dtype === 'float64' ? 'f64x2' : 'f32x4'}.${choice.name}`)
      return
    }
    const [first, y, z] = operands
    const x = first ?? fail({ _tag: 'InternalError', detail: `${name} has no operand` })
    const from = x.dtype
    const plain = arithmetic[name]
    const bits = bitwise[name]
    const compare = comparisons[name]
    const one = elementary[name]
    const two = elementary2[name]
    if (plain && y) {
      this.push(x)
      this.push(y)
      code.do(arithmeticInstruction(plain, from))
    } else if (bits && y) {
      this.push(x)
      this.push(y)
      code.do(bits)
    } else if (compare && y) this.#compare(compare, x, y)
    else if (name === 'select' && y && z) this.#select(x, y, z)
    else if (name === 'cast') this.#cast(x, dtype)
    else if (one && (from === 'float32' || from === 'float64'))
      this.#held([x], local => {
        if (local) one[from === 'float32' ? 'f32x4' : 'f64x2'](code, this.#constants, local)
      })
    else if (two && y && (from === 'float32' || from === 'float64'))
      this.#held([x, y], (a, b) => {
        if (a && b) two[from === 'float32' ? 'f32x4' : 'f64x2'](code, this.#constants, a, b)
      })
    else if (y) this.#integer(name, x, y)
    else this.#unary(name, x)
  }

  #compare(name: 'eq' | 'lt' | 'le', x: Expression, y: Expression): void {
    this.push(x)
    this.push(y)
    const { dtype } = x
    // Masks are 0 and -1: as unsigned numbers false is below true.
    this.#code.do(comparison(name, dtype))
    if (dtype === 'float64') this.#narrow()
  }

  /** A mask of 64-bit lanes on the stack becomes one of 32-bit lanes. */
  #narrow(): void {
    const mask = this.#code.local('v128')
    this.#code.tee(mask).get(mask).shuffle(narrowMask)
    this.#code.release(mask)
  }

  #widen(): void {
    const mask = this.#code.local('v128')
    this.#code.tee(mask).get(mask).shuffle(widenMask)
    this.#code.release(mask)
  }

  #select(condition: Expression, x: Expression, y: Expression): void {
    // Of a choice between a number and 0 the mask itself leaves what is chosen.
    if (isZero(x) || isZero(y)) {
      this.push(isZero(x) ? y : x)
      this.#mask(condition, x)
      this.#code.do(isZero(x) ? 'v128.andnot' : 'v128.and')
      return
    }
    const rare = [y, x].find(side => isLong(this.#ownParts(side)))
    if (rare) {
      this.#selectRarely(condition, x, y, rare)
      return
    }
    this.push(x)
    this.push(y)
    this.#mask(condition, x)
    this.#code.do('v128.bitselect')
  }

  /** Pushes a condition as a mask of lanes as wide as those of x. */
  #mask(condition: Expression, x: Expression): void {
    this.push(condition)
    if (x.dtype === 'float64') this.#widen()
  }

  /**
   * A choice one side of which takes long, as the derivative of tanh far from 0 does: that side is computed only where a lane takes it. What
   * else is read of it later is computed before.
   */
  #selectRarely(condition: Expression, x: Expression, y: Expression, rare: Expression): void {
    const code = this.#code
    this.push(rare === x ? y : x)
    this.#mask(condition, x)
    const [mask, result] = [code.local('v128'), code.local('v128')]
    code.set(mask).set(result)
    for (const node of this.#ownParts(rare).shared) {
      this.#uses.set(node, (this.#uses.get(node) ?? 0) + 1)
      this.push(node)
      code.do('drop')
    }
    code.get(mask)
    if (rare === y) code.do('v128.not')
    code.do('v128.any_true').if(() => {
      if (rare === y) code.get(result)
      this.push(rare)
      if (rare === x) code.get(result)
      code.get(mask).do('v128.bitselect').set(result)
    })
    code.get(result).release(mask, result)
  }

  #ownParts(root: Expression): OwnParts {
    return ownParts(
      root,
      node => this.#uses.get(node) ?? 1,
      node => this.#kept.has(node),
    )
  }

  #unary(name: ScalarName, x: Expression): void {
    const code = this.#code
    const { dtype } = x
    const shape = vectorKind(dtype)
    if (name === 'sign') this.#sign(x)
    else if (name === 'not') {
      this.push(x)
      code.do('v128.not')
    } else if (name === 'rsqrt' && shape !== 'i32x4') {
      this.#constants.push(shape, 1)
      this.push(x)
      code.do(`${shape}.sqrt`, `${shape}.div`)
    } else if (name === 'neg') {
      this.push(x)
      code.do(`${shape}.neg`)
    } else if (name === 'abs') {
      this.push(x)
      if (dtype !== 'uint32') code.do(`${shape}.abs`)
    } else if (name === 'sqrt' && shape !== 'i32x4') {
      this.push(x)
      code.do(`${shape}.sqrt`)
    } else if (name === 'floor' && shape !== 'i32x4') {
      this.push(x)
      code.do(`${shape}.floor`)
    } else fail({ _tag: 'InternalError', detail: `${name} of ${dtype} has no code` })
  }

  /** ±1 where x is not 0, else x itself, which keeps -0 and NaN. */
  #sign(x: Expression): void {
    const code = this.#code
    const { dtype } = x
    const shape = vectorKind(dtype)
    this.#held([x], local => {
      if (local === undefined) return
      if (dtype === 'uint32') {
        code.get(local)
        this.#constants.push('i32x4', 1)
        code.do('i32x4.min_u')
      } else if (dtype === 'int32') {
        code.get(local)
        this.#constants.push('i32x4', 1)
        code.do('i32x4.min_s')
        this.#constants.push('i32x4', -1)
        code.do('i32x4.max_s')
      } else if (shape !== 'i32x4') {
        this.#constants.push(shape, 1)
        code.get(local)
        this.#constants.push(shape, 0)
        code.get(local).do(`${shape}.lt`, 'v128.bitselect')
        // Where x < 0.
        const positive = code.local('v128')
        code.set(positive)
        this.#constants.push(shape, -1)
        code.get(positive).get(local)
        this.#constants.push(shape, 0)
        code.do(`${shape}.lt`, 'v128.bitselect')
        code.release(positive)
      }
    })
  }

  /** Two-operand functions of integers that have no vector instruction: shifts by vectors, remainders. */
  #integer(name: ScalarName, x: Expression, y: Expression): void {
    const code = this.#code
    const signed = x.dtype === 'int32'
    const one = (a: Local, b: Local): void => {
      if (name === 'shiftLeft') code.get(a).get(b).do('i32.shl')
      else if (name === 'shiftRight')
        code
          .get(a)
          .get(b)
          .do(signed ? 'i32.shr_s' : 'i32.shr_u')
      else if (name === 'rem') {
        // A remainder by 0 is 0; by -1 too, which also keeps the least integer from trapping.
        code.get(b).do('i32.eqz')
        code.if(
          () => code.i32(0).set(a),
          () =>
            code
              .get(a)
              .get(b)
              .do(signed ? 'i32.rem_s' : 'i32.rem_u')
              .set(a),
        )
        code.get(a)
      } else fail({ _tag: 'InternalError', detail: `${name} of ${x.dtype} has no code` })
    }
    if (!isInteger(x.dtype)) fail({ _tag: 'InternalError', detail: `${name} of ${x.dtype} has no code` })
    if (y.kind === 'constant' && name !== 'rem') {
      this.push(x)
      code.i32(y.value).do(name === 'shiftLeft' ? 'i32x4.shl' : signed ? 'i32x4.shr_s' : 'i32x4.shr_u')
      return
    }
    this.#held([x, y], (a, b) => {
      if (a === undefined || b === undefined) return
      const result = code.local('v128')
      const [left, right] = [code.local('i32'), code.local('i32')]
      code.get(a).set(result)
      for (let i = 0; i < this.#lanes; i += 1) {
        code.get(a).lane('i32x4.extract_lane', i).set(left)
        code.get(b).lane('i32x4.extract_lane', i).set(right)
        code.get(result)
        one(left, right)
        code.lane('i32x4.replace_lane', i).set(result)
      }
      code.get(result)
      code.release(result, left, right)
    })
  }

  #cast(x: Expression, to: DType): void {
    const code = this.#code
    const from = x.dtype
    this.push(x)
    if (from === to || (isInteger(from) && isInteger(to))) return
    if (to === 'bool') {
      this.#constants.push(vectorKind(from), 0)
      code.do(from === 'float64' ? 'f64x2.ne' : from === 'float32' ? 'f32x4.ne' : 'i32x4.ne')
      if (from === 'float64') this.#narrow()
    } else if (from === 'bool') {
      if (to === 'float32') {
        this.#constants.push('f32x4', 1)
        code.do('v128.and')
      } else {
        this.#constants.push('i32x4', 1)
        code.do('v128.and')
        if (to === 'float64') code.do('f64x2.convert_low_i32x4_u')
      }
    } else if (isFloat32(from) && to === 'float64') code.do('f64x2.promote_low_f32x4')
    else if (from === 'float64' && to === 'float32') code.do('f32x4.demote_f64x2_zero')
    // NaN becomes 0 and what is out of range the end of it: the instructions saturate.
    else if (from === 'float32') code.do(to === 'int32' ? 'i32x4.trunc_sat_f32x4_s' : 'i32x4.trunc_sat_f32x4_u')
    else if (from === 'float64') code.do(to === 'int32' ? 'i32x4.trunc_sat_f64x2_s_zero' : 'i32x4.trunc_sat_f64x2_u_zero')
    else if (to === 'float32') code.do(from === 'int32' ? 'f32x4.convert_i32x4_s' : 'f32x4.convert_i32x4_u')
    else code.do(from === 'int32' ? 'f64x2.convert_low_i32x4_s' : 'f64x2.convert_low_i32x4_u')
  }
}
