/**
 * The printer of formulas as vector code. A value is a thunk that pushes one vector, of four float32s or two float64s; floats, words and
 * masks are all vectors, and a mask has all bits of a lane set or none. A value that a formula keeps lives in a local.
 *
 * A method writes the instruction of its name, unless it says otherwise.
 */
import { type ByteReader, double, type Float64Part, type Format, type Slot, type WideFormula } from '../../../math/index.js'
import type { Constants } from '../constants.js'
import type { Code, Instruction, Local } from '../encoder.js'
import { inHalves } from './in-halves.js'
import type { Vector, VectorKinds } from './vector.js'

type Comparison = 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'
type FloatName = Comparison | 'add' | 'sub' | 'mul' | 'div' | 'sqrt' | 'floor' | 'nearest' | 'trunc' | 'pmin' | 'pmax'

export class VectorFormula implements WideFormula<VectorKinds> {
  readonly format: Format
  readonly #code: Code
  readonly #constants: Constants
  readonly #lanes: 'f32x4' | 'f64x2'
  readonly #words: 'i32x4' | 'i64x2'
  readonly #locals: Local[] = []

  constructor(code: Code, constants: Constants, format: Format) {
    this.format = format
    this.#code = code
    this.#constants = constants
    const isSingle = format.name === 'float32'
    this.#lanes = isSingle ? 'f32x4' : 'f64x2'
    this.#words = isSingle ? 'i32x4' : 'i64x2'
  }

  /** The vector in a local. */
  of(local: Local): Vector {
    return () => {
      this.#code.get(local)
    }
  }

  /** Pushes the result and gives the locals back. */
  finish(result: Vector): void {
    result()
    this.#release()
  }

  #release(): void {
    this.#code.release(...this.#locals.splice(0))
  }

  #local(type: 'v128' | 'i32'): Local {
    const local = this.#code.local(type)
    this.#locals.push(local)
    return local
  }

  #op(name: Instruction, ...operands: readonly Vector[]): Vector {
    return () => {
      for (const operand of operands) operand()
      this.#code.do(name)
    }
  }

  #float(name: FloatName, ...operands: readonly Vector[]): Vector {
    return this.#op(`${this.#lanes}.${name}`, ...operands)
  }

  #shuffle(lanes: readonly number[], a: Vector, b: Vector): Vector {
    return () => {
      a()
      b()
      this.#code.shuffle(lanes)
    }
  }

  number(x: number): Vector {
    return () => {
      this.#constants.push(this.#lanes, x)
    }
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
  div(a: Vector, b: Vector): Vector {
    return this.#float('div', a, b)
  }
  /** It is fused if the module's arithmetic is relaxed. */
  multiplyAdd(a: Vector, b: Vector, c: Vector): Vector {
    return () => {
      this.#code.multiplyAdd(this.#lanes, a, b, c)
    }
  }
  sqrt(a: Vector): Vector {
    return this.#float('sqrt', a)
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
  atMost(x: Vector, limit: number): Vector {
    return this.#float('pmin', x, this.number(limit))
  }
  atLeast(x: Vector, limit: number): Vector {
    return this.#float('pmax', x, this.number(limit))
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

  /** This takes no instruction, for vectors have no type. */
  bits = (x: Vector): Vector => x
  float = (word: Vector): Vector => word

  word(bits: bigint): Vector {
    const signed = BigInt.asIntN(this.format.bits, bits)
    return () => {
      this.#constants.push(this.#words, signed)
    }
  }
  addWords(a: Vector, b: Vector): Vector {
    return this.#op(`${this.#words}.add`, a, b)
  }
  subWords(a: Vector, b: Vector): Vector {
    return this.#op(`${this.#words}.sub`, a, b)
  }
  andWords(a: Vector, b: Vector): Vector {
    return this.#op('v128.and', a, b)
  }
  orWords(a: Vector, b: Vector): Vector {
    return this.#op('v128.or', a, b)
  }
  xorWords(a: Vector, b: Vector): Vector {
    return this.#op('v128.xor', a, b)
  }
  clearWords(a: Vector, b: Vector): Vector {
    return this.#op('v128.andnot', a, b)
  }
  shiftLeft(a: Vector, count: number): Vector {
    return this.#shift(`${this.#words}.shl`, a, count)
  }
  shiftRight(a: Vector, count: number): Vector {
    return this.#shift(`${this.#words}.shr_u`, a, count)
  }
  #shift(name: Instruction, a: Vector, count: number): Vector {
    return () => {
      a()
      this.#code.i32(count).do(name)
    }
  }
  /** The lowest bit, subtracted from 0, gives a word of which all bits are set or none. */
  isOdd(a: Vector): Vector {
    return this.subWords(this.word(0n), this.andWords(a, this.word(1n)))
  }

  /** Masks are words of which all bits are set or none. */
  andMasks(a: Vector, b: Vector): Vector {
    return this.andWords(a, b)
  }
  orMasks(a: Vector, b: Vector): Vector {
    return this.orWords(a, b)
  }
  xorMasks(a: Vector, b: Vector): Vector {
    return this.xorWords(a, b)
  }
  exceptMasks(a: Vector, b: Vector): Vector {
    return this.clearWords(a, b)
  }

  select(mask: Vector, then: Vector, otherwise: Vector): Vector {
    return this.#op('v128.bitselect', then, otherwise, mask)
  }
  selectWords(mask: Vector, then: Vector, otherwise: Vector): Vector {
    return this.select(mask, then, otherwise)
  }
  where(mask: Vector, x: Vector): Vector {
    return this.andWords(mask, x)
  }
  whereWords(mask: Vector, x: Vector): Vector {
    return this.andWords(mask, x)
  }
  whereNot(mask: Vector, x: Vector): Vector {
    return this.clearWords(x, mask)
  }

  keep(value: Vector): Vector {
    return this.variable(value).value
  }
  keepWord(value: Vector): Vector {
    return this.keep(value)
  }
  keepMask(value: Vector): Vector {
    return this.keep(value)
  }
  variable(initial: Vector): Slot<Vector> {
    const local = this.#local('v128')
    const set = (value: Vector): void => {
      value()
      this.#code.set(local)
    }
    set(initial)
    return { value: this.of(local), set }
  }
  wordVariable(initial: Vector): Slot<Vector> {
    return this.variable(initial)
  }

  any(mask: Vector): Local {
    const local = this.#local('i32')
    mask()
    this.#code.do('v128.any_true').set(local)
    return local
  }
  /** The bitmask has a bit for each lane, so that it is compared with all of them. */
  anyNot(mask: Vector): Local {
    const local = this.#local('i32')
    mask()
    this.#code
      .do(`${this.#words}.bitmask`)
      .i32(this.format.bits === 32 ? 15 : 3)
      .do('i32.ne')
      .set(local)
    return local
  }
  when(flag: Local, body: () => void): void {
    this.#code.get(flag).if(body)
  }
  repeatWhile(body: () => Vector): void {
    this.#code.loop(() => {
      body()()
      this.#code.do('v128.any_true').brIf(0)
    })
  }
  times(count: number, body: () => void): void {
    const code = this.#code
    const round = code.local('i32')
    code.i32(count).set(round)
    code.loop(() => {
      body()
      code.get(round).i32(-1).do('i32.add').tee(round).brIf(0)
    })
    code.release(round)
  }

  /** There is no maximum of 64-bit lanes, so their low halves are compared; the high ones are 0. */
  stepsAbove(a: Vector, b: bigint, bits: number): Vector {
    return this.#shift('i32x4.shr_s', this.#op('i32x4.max_s', this.#op('i32x4.sub', a, this.word(b)), this.word(0n)), bits)
  }

  /**
   * Bytes are looked up by `swizzle`, sixteen of the table at a time. A lane's index has the places of three bytes, the highest last in
   * memory; the other five bytes of the lane, whose places lie outside the table, become 0.
   */
  reader(table: Uint8Array, place: Vector): ByteReader<VectorKinds> {
    const index = this.variable(this.#op('i32x4.add', this.#op('i32x4.mul', place, this.word(0x010101n)), this.word(0xc0c0c0c0c0000102n)))
    const word = (): void => {
      for (let start = 0; start < table.length; start += 16) {
        this.#code.v128(table.subarray(start, start + 16))
        index.value()
        this.#code.v128(new Uint8Array(16).fill(start)).do('i8x16.sub', 'i8x16.swizzle')
        if (start > 0) this.#code.do('v128.or')
      }
    }
    return { word, advance: () => index.set(this.#op('i32x4.add', index.value, this.word(0x030303n))) }
  }

  inFloat64<T>(part: (wide: Float64Part<VectorKinds>) => T): T {
    const wide = new VectorFormula(this.#code, this.#constants, double)
    const op = (name: Instruction, x: Vector): Vector => this.#op(name, x)
    const shuffle = (lanes: readonly number[], a: Vector, b: Vector): Vector => this.#shuffle(lanes, a, b)
    const result = part(inHalves({ narrow: this, wide, op, shuffle }))
    wide.#release()
    return result
  }
}
