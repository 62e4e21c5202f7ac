/**
 * Formulas over vectors: values are thunks that push one vector, so that a function's file reads like its mathematics.
 *
 * A value used more than once is kept in a local. A formula that is written for both formats takes its constants from `format`.
 *
 * The files beside this one have the elementary functions. They are written in line with strict SIMD only, unless an engine is asked for relaxed
 * arithmetic, so that a result depends on the argument alone and is the same on every machine and in every lane. Relaxed, polynomials alone are
 * evaluated with fused multiply-adds, and the tests' bounds are the same.
 *
 * The errors that the files state were measured over one in eleven of all float32s or more, against float64, and over 100,000 to 150,000 float64s,
 * against fixed point of 320 bits (pow: 5,000,000 and 100,000 pairs). test/engine/math holds them to bounds that are a little wider.
 */
import type { Constants } from '../constants.js'
import type { Code, Instruction, Local } from '../encoder.js'
import type { Both, Format } from './format.js'

/** Pushes one vector. */
export type Vector = () => void

/** A local that a formula sets more than once. */
export interface Slot {
  readonly value: Vector
  readonly set: (value: Vector) => void
}

type FloatName = 'add' | 'sub' | 'mul' | 'div' | 'floor' | 'nearest' | 'trunc' | 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'

export class Formula {
  readonly code: Code
  readonly format: Format
  readonly #constants: Constants
  readonly #locals: Local[] = []

  constructor(code: Code, constants: Constants, format: Format) {
    this.code = code
    this.format = format
    this.#constants = constants
  }

  /** The same formula's continuation in the other format. */
  in(format: Format): Formula {
    return new Formula(this.code, this.#constants, format)
  }

  choose<T>(both: Both<T>): T {
    return both[this.format.lanes]
  }

  number(x: number): Vector {
    return () => {
      this.#constants.push(this.format.lanes, x)
    }
  }

  numbers(both: Both<number>): Vector {
    return this.number(this.choose(both))
  }

  word(bits: bigint): Vector {
    const signed = this.format.words === 'i32x4' ? BigInt.asIntN(32, bits) : BigInt.asIntN(64, bits)
    return () => {
      this.#constants.push(this.format.words, signed)
    }
  }

  of(local: Local): Vector {
    return () => {
      this.code.get(local)
    }
  }

  /** Computes a value here, once. */
  keep(value: Vector): Vector {
    return this.variable(value).value
  }

  variable(initial: Vector): Slot {
    const local = this.code.local('v128')
    this.#locals.push(local)
    const set = (value: Vector): void => {
      value()
      this.code.set(local)
    }
    set(initial)
    return { value: this.of(local), set }
  }

  /** Whether any lane of a mask is set, for a branch. */
  flag(mask: Vector): Local {
    const local = this.code.local('i32')
    this.#locals.push(local)
    mask()
    this.code.do('v128.any_true').set(local)
    return local
  }

  /** Whether any lane of a mask is not set. */
  flagUnless(mask: Vector): Local {
    const local = this.code.local('i32')
    this.#locals.push(local)
    mask()
    const all = this.format.lanes === 'f32x4' ? 15 : 3
    this.code.do(`${this.format.words}.bitmask`).i32(all).do('i32.ne').set(local)
    return local
  }

  /** A part for rare arguments, skipped where the flag is not set. */
  when(flag: Local, body: () => void): void {
    this.code.get(flag).if(body)
  }

  /** Pushes the result and gives the locals back. */
  finish(result: Vector): void {
    result()
    this.release()
  }

  release(): void {
    this.code.release(...this.#locals.splice(0))
  }

  op(name: Instruction, ...operands: readonly Vector[]): Vector {
    return () => {
      for (const operand of operands) operand()
      this.code.do(name)
    }
  }

  #float(name: FloatName, ...operands: readonly Vector[]): Vector {
    return this.op(`${this.format.lanes}.${name}`, ...operands)
  }

  add(a: Vector, b: Vector): Vector {
    return this.#float('add', a, b)
  }
  sub(a: Vector, b: Vector): Vector {
    return this.#float('sub', a, b)
  }
  mul(a: Vector, b: Vector): Vector {
    return this.#float('mul', a, b)
  }
  /** a b + c in the module's arithmetic: not for formulas that count on what a product or a sum was rounded by. */
  multiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
    return () => {
      this.code.multiplyAdd(this.format.lanes, a, b, c)
    }
  }
  div(a: Vector, b: Vector): Vector {
    return this.#float('div', a, b)
  }
  /** One instruction where the vector instruction of this name takes three. */
  abs(a: Vector): Vector {
    return this.without(a, this.word(this.format.sign))
  }
  floor(a: Vector): Vector {
    return this.#float('floor', a)
  }
  nearest(a: Vector): Vector {
    return this.#float('nearest', a)
  }
  trunc(a: Vector): Vector {
    return this.#float('trunc', a)
  }
  lt(a: Vector, b: Vector): Vector {
    return this.#float('lt', a, b)
  }
  le(a: Vector, b: Vector): Vector {
    return this.#float('le', a, b)
  }
  gt(a: Vector, b: Vector): Vector {
    return this.#float('gt', a, b)
  }
  ge(a: Vector, b: Vector): Vector {
    return this.#float('ge', a, b)
  }
  eq(a: Vector, b: Vector): Vector {
    return this.#float('eq', a, b)
  }
  ne(a: Vector, b: Vector): Vector {
    return this.#float('ne', a, b)
  }
  /** The lesser of x and a limit; a NaN stays. */
  atMost(x: Vector, limit: number): Vector {
    return this.op(`${this.format.lanes}.pmin`, x, this.number(limit))
  }
  /** The greater of x and a limit; a NaN stays. */
  atLeast(x: Vector, limit: number): Vector {
    return this.op(`${this.format.lanes}.pmax`, x, this.number(limit))
  }

  addWords(a: Vector, b: Vector): Vector {
    return this.op(`${this.format.words}.add`, a, b)
  }
  subWords(a: Vector, b: Vector): Vector {
    return this.op(`${this.format.words}.sub`, a, b)
  }
  left(a: Vector, count: number): Vector {
    return this.#shift('shl', a, count)
  }
  right(a: Vector, count: number): Vector {
    return this.#shift('shr_u', a, count)
  }
  #shift(name: 'shl' | 'shr_u', a: Vector, count: number): Vector {
    return () => {
      a()
      this.code.i32(count).do(`${this.format.words}.${name}`)
    }
  }

  and(a: Vector, b: Vector): Vector {
    return this.op('v128.and', a, b)
  }
  or(a: Vector, b: Vector): Vector {
    return this.op('v128.or', a, b)
  }
  xor(a: Vector, b: Vector): Vector {
    return this.op('v128.xor', a, b)
  }
  /** a where b is not. */
  without(a: Vector, b: Vector): Vector {
    return this.op('v128.andnot', a, b)
  }
  /** Lane by lane, `then` where the mask is set. */
  select(mask: Vector, then: Vector, otherwise: Vector): Vector {
    return this.op('v128.bitselect', then, otherwise, mask)
  }
  signOf(x: Vector): Vector {
    return this.and(x, this.word(this.format.sign))
  }

  /** Σ coefficients[k] x^k, by Horner's rule; apart, for even and odd powers, which run side by side: done sooner, but rounded otherwise. */
  polynomial(x: Vector, coefficients: readonly number[], apart = this.format.lanes === 'f64x2' && coefficients.length > 6): Vector {
    const horner = (y: Vector, part: readonly number[]): Vector =>
      part.map(c => this.number(c)).reduceRight((sum, c) => this.multiplyAdd(sum, y, c))
    if (!apart) return horner(x, coefficients)
    const square = this.keep(this.mul(x, x))
    const part = (parity: number): Vector =>
      horner(
        square,
        coefficients.filter((_, i) => i % 2 === parity),
      )
    return this.multiplyAdd(part(1), x, part(0))
  }

  shuffle(lanes: readonly number[], a: Vector, b: Vector): Vector {
    return () => {
      a()
      b()
      this.code.shuffle(lanes)
    }
  }

  /** a + b and its rounding error, exactly. Source: Knuth's TwoSum. */
  twoSum(a: Vector, b: Vector): readonly [Vector, Vector] {
    const sum = this.keep(this.add(a, b))
    const second = this.keep(this.sub(sum, a))
    return [sum, this.keep(this.add(this.sub(a, this.sub(sum, second)), this.sub(b, second)))]
  }

  /** The same where |a| is at least |b|. Source: Dekker's Fast2Sum. */
  fastTwoSum(a: Vector, b: Vector): readonly [Vector, Vector] {
    const sum = this.keep(this.add(a, b))
    return [sum, this.keep(this.sub(b, this.sub(sum, a)))]
  }

  /** The upper half of the digits, and the rest; by bits, so that no size overflows. */
  split(a: Vector): readonly [Vector, Vector] {
    const width = BigInt((this.format.fraction + 2) >> 1)
    // Rounded, not cut: the rest then has a sign and one bit less, so that products of halves are exact.
    const high = this.keep(this.without(this.addWords(a, this.word(1n << (width - 1n))), this.word((1n << width) - 1n)))
    return [high, this.keep(this.sub(a, high))]
  }

  /** a b and its rounding error, exactly. Source: Dekker 1971. */
  twoProduct(a: Vector, b: Vector): readonly [Vector, Vector] {
    const product = this.keep(this.mul(a, b))
    const [ah, al] = this.split(a)
    const [bh, bl] = this.split(b)
    const cross = this.add(this.sub(this.mul(ah, bh), product), this.mul(ah, bl))
    return [product, this.keep(this.add(this.add(cross, this.mul(al, bh)), this.mul(al, bl)))]
  }
}
