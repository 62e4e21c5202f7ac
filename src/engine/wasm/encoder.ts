/**
 * The body of a WebAssembly function in binary form. Instructions are written as in the specification, one call an instruction, so that an
 * emitter reads like the text format.
 *
 * Source: WebAssembly Core Specification 2.0, sections 5 (binary format) and the SIMD proposal's opcodes.
 */

import { atomic, lane, laneMemory, memory, plain, saturating, vector, vectorMemory } from './opcodes.js'
import type { WasmTarget } from './target.js'
import { Writer } from './writer.js'

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

export const typeCode: { readonly [T in ValueType]: number } = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b }
const voidBlock = 0x40

/**
 * How a · b + c is rounded: `strict` rounds the product and then the sum, the same everywhere; `relaxed` rounds once where the processor can,
 * and needs a runtime with relaxed SIMD.
 */
export type Arithmetic = 'strict' | 'relaxed'

/** Where a value lives while a function runs. */
export interface Local {
  readonly index: number
  readonly type: ValueType
}

/** A function's body as it is written. */
export class Code {
  /** What it is written for. */
  readonly target: WasmTarget
  #out = new Writer()
  /** Runs of locals of one type, and how many locals there are. */
  readonly #locals: { readonly type: ValueType; count: number }[] = []
  #localCount = 0
  readonly #parameters: readonly ValueType[]
  readonly #free = new Map<ValueType, Local[]>()
  readonly #arithmetic: Arithmetic

  constructor(parameters: readonly ValueType[], arithmetic: Arithmetic, target: WasmTarget) {
    this.#parameters = parameters
    this.#arithmetic = arithmetic
    this.target = target
  }

  parameter(index: number): Local {
    return { index, type: this.#parameters[index] ?? 'i32' }
  }

  /** A local of a type; one that was released is used again. */
  local(type: ValueType): Local {
    return this.#free.get(type)?.pop() ?? this.ownLocal(type)
  }

  /**
   * A local that nothing used before. One that is set in the prologue must be such a local, because an earlier user would write over it.
   */
  ownLocal(type: ValueType): Local {
    const last = this.#locals.at(-1)
    if (last?.type === type) last.count += 1
    else this.#locals.push({ type, count: 1 })
    this.#localCount += 1
    return { index: this.#parameters.length + this.#localCount - 1, type }
  }

  release(...locals: readonly Local[]): void {
    locals.forEach(local => {
      const free = this.#free.get(local.type)
      if (free) free.push(local)
      else this.#free.set(local.type, [local])
    })
  }

  /** Instructions without immediates, one after another. */
  do(first: Instruction, second?: Instruction, third?: Instruction): this {
    this.#do(first)
    if (second !== undefined) this.#do(second)
    if (third !== undefined) this.#do(third)
    return this
  }

  #do(name: Instruction): void {
    if (isIn(plain, name)) this.#out.byte(plain[name])
    else if (isIn(vector, name)) this.#out.byte(0xfd).unsigned(vector[name])
    else this.#out.byte(0xfc).unsigned(saturating[name])
  }

  /** Pushes a · b + c in the module's arithmetic; each operand is pushed by a function. For integers both arithmetics are the same. */
  multiplyAdd(lanes: 'f32x4' | 'f64x2' | 'i32x4', a: () => void, b: () => void, c: () => void): this {
    a()
    b()
    if (this.#arithmetic === 'relaxed' && lanes !== 'i32x4') {
      c()
      return this.do(`${lanes}.relaxed_madd`)
    }
    this.do(`${lanes}.mul`)
    c()
    return this.do(`${lanes}.add`)
  }

  /** A load or a store at an offset from the address on the stack. */
  at(name: keyof typeof memory | keyof typeof vectorMemory, offsetBytes = 0): this {
    if (isIn(memory, name)) {
      const form = memory[name]
      this.#out.byte(form[0]).unsigned(form[1])
    } else this.#vectorMemory(vectorMemory[name])
    this.#out.unsigned(offsetBytes)
    return this
  }

  /** The alignment of a vector is a hint. Rows may begin at any entry, so no more than four bytes are promised. */
  #vectorMemory(form: readonly [opcode: number, align: number]): void {
    this.#out.byte(0xfd).unsigned(form[0]).unsigned(Math.min(form[1], 2))
  }

  atLane(name: keyof typeof laneMemory, laneIndex: number, offsetBytes = 0): this {
    this.#vectorMemory(laneMemory[name])
    this.#out.unsigned(offsetBytes).byte(laneIndex)
    return this
  }

  lane(name: keyof typeof lane, index: number): this {
    this.#out.byte(0xfd).unsigned(lane[name]).byte(index)
    return this
  }

  shuffle(lanes: readonly number[]): this {
    this.#out.byte(0xfd).byte(13).all(lanes)
    return this
  }

  atomicAt(name: keyof typeof atomic, offsetBytes = 0): this {
    this.#out.byte(0xfe).byte(atomic[name]).byte(2).unsigned(offsetBytes)
    return this
  }

  get(local: Local): this {
    this.#out.byte(0x20).unsigned(local.index)
    return this
  }

  set(local: Local): this {
    this.#out.byte(0x21).unsigned(local.index)
    return this
  }

  tee(local: Local): this {
    this.#out.byte(0x22).unsigned(local.index)
    return this
  }

  i32(value: number): this {
    this.#out.byte(0x41).signed(value)
    return this
  }

  /** A constant of 64 bits, small enough for 32. */
  i64(value: number): this {
    this.#out.byte(0x42).signed(value)
    return this
  }

  f32(value: number): this {
    this.#out.byte(0x43).float32(value)
    return this
  }

  f64(value: number): this {
    this.#out.byte(0x44).float64(value)
    return this
  }

  /** Sixteen bytes as a vector. */
  v128(bytes: Uint8Array): this {
    this.#out.byte(0xfd).byte(12).all(bytes)
    return this
  }

  call(index: number): this {
    this.#out.byte(0x10).unsigned(index)
    return this
  }

  /** memory.copy and memory.fill: destination, source or value, and length are on the stack. */
  memoryCopy(): this {
    this.#out.byte(0xfc).byte(10).byte(0).byte(0)
    return this
  }

  memoryFill(): this {
    this.#out.byte(0xfc).byte(11).byte(0)
    return this
  }

  block(body: () => void): this {
    return this.#structured(0x02, body)
  }

  loop(body: () => void): this {
    return this.#structured(0x03, body)
  }

  /** The condition is on the stack. */
  if(then: () => void, otherwise?: () => void): this {
    this.#out.byte(0x04).byte(voidBlock)
    then()
    if (otherwise) {
      this.#out.byte(0x05)
      otherwise()
    }
    this.#out.byte(plain.end)
    return this
  }

  br(depth: number): this {
    this.#out.byte(0x0c).unsigned(depth)
    return this
  }

  brIf(depth: number): this {
    this.#out.byte(0x0d).unsigned(depth)
    return this
  }

  #structured(opcode: number, body: () => void): this {
    this.#out.byte(opcode).byte(voidBlock)
    body()
    this.#out.byte(plain.end)
    return this
  }

  /**
   * `for (i = start; i < stop; i += step) body` with i counted in bytes or entries; the bounds are pushed by the callers' functions.
   * Entered only if there is a first round.
   */
  for(i: Local, start: () => void, stop: () => void, step: number, body: () => void): this {
    start()
    this.set(i)
    return this.block(() => {
      this.get(i)
      stop()
      this.do('i32.ge_u').brIf(0)
      this.loop(() => {
        body()
        this.get(i).i32(step).do('i32.add').tee(i)
        stop()
        this.do('i32.lt_u').brIf(0)
      })
    })
  }

  /** Writes code at the beginning of the function, before what is there already. */
  prologue(write: () => void): void {
    const body = this.#out
    this.#out = new Writer()
    write()
    this.#out.all(body.written)
  }

  /** Writes the code section's entry for this function. */
  writeTo(section: Writer): void {
    const locals = new Writer(64).unsigned(this.#locals.length)
    for (const { type, count } of this.#locals) locals.unsigned(count).byte(typeCode[type])
    section
      .unsigned(locals.length + this.#out.length + 1)
      .all(locals.written)
      .all(this.#out.written)
      .byte(plain.end)
  }
}

export type Instruction = keyof typeof plain | keyof typeof vector | keyof typeof saturating

const isIn = <T extends object>(table: T, name: PropertyKey): name is keyof T => Object.hasOwn(table, name)
