/**
 * WebAssembly in binary form: a module of functions over an imported memory. Instructions are written as in the specification, one call an
 * instruction, so that an emitter reads like the text format.
 *
 * Source: WebAssembly Core Specification 2.0, sections 5 (binary format) and the SIMD proposal's opcodes.
 */

import { atomic, lane, laneMemory, memory, plain, saturating, vector, vectorMemory } from './opcodes.js'

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

const typeCode: { readonly [T in ValueType]: number } = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b }
const voidBlock = 0x40

const float = new DataView(new ArrayBuffer(8))

/** Unsigned LEB128. */
const unsigned = (bytes: number[], value: number): void => {
  let rest = value >>> 0
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80)
    rest >>>= 7
  }
  bytes.push(rest)
}

/** Signed LEB128 of 32 bits. */
const signed = (bytes: number[], value: number): void => {
  let rest = value | 0
  for (;;) {
    const byte = rest & 0x7f
    rest >>= 7
    if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) {
      bytes.push(byte)
      return
    }
    bytes.push(byte | 0x80)
  }
}

/** Where a value lives while a function runs. */
export interface Local {
  readonly index: number
  readonly type: ValueType
}

/** A function's body as it is written. */
export class Code {
  readonly bytes: number[] = []
  readonly #locals: ValueType[] = []
  readonly #parameters: readonly ValueType[]
  readonly #free = new Map<ValueType, Local[]>()

  constructor(parameters: readonly ValueType[]) {
    this.#parameters = parameters
  }

  parameter(index: number): Local {
    return { index, type: this.#parameters[index] ?? 'i32' }
  }

  /** A local of a type; one that was released is used again. */
  local(type: ValueType): Local {
    return this.#free.get(type)?.pop() ?? this.ownLocal(type)
  }

  /** A local that nothing used before, as one must be that is set in the prologue: an earlier user would write over it. */
  ownLocal(type: ValueType): Local {
    this.#locals.push(type)
    return { index: this.#parameters.length + this.#locals.length - 1, type }
  }

  release(...locals: readonly Local[]): void {
    for (const local of locals) {
      const free = this.#free.get(local.type)
      if (free) free.push(local)
      else this.#free.set(local.type, [local])
    }
  }

  /** An instruction without immediates. */
  do(...names: readonly Instruction[]): this {
    for (const name of names) {
      if (isIn(plain, name)) this.bytes.push(plain[name])
      else if (isIn(vector, name)) {
        this.bytes.push(0xfd)
        unsigned(this.bytes, vector[name])
      } else {
        this.bytes.push(0xfc)
        unsigned(this.bytes, saturating[name])
      }
    }
    return this
  }

  /** A load or a store at an offset from the address on the stack. */
  at(name: keyof typeof memory | keyof typeof vectorMemory, offsetBytes = 0): this {
    const [opcode, align] = isIn(memory, name) ? memory[name] : vectorMemory[name]
    if (isIn(vectorMemory, name)) this.bytes.push(0xfd)
    unsigned(this.bytes, opcode)
    // A vector's alignment is a hint; rows begin anywhere.
    unsigned(this.bytes, isIn(vectorMemory, name) ? Math.min(align, 2) : align)
    unsigned(this.bytes, offsetBytes)
    return this
  }

  atLane(name: keyof typeof laneMemory, laneIndex: number, offsetBytes = 0): this {
    const [opcode, align] = laneMemory[name]
    this.bytes.push(0xfd)
    unsigned(this.bytes, opcode)
    unsigned(this.bytes, Math.min(align, 2))
    unsigned(this.bytes, offsetBytes)
    this.bytes.push(laneIndex)
    return this
  }

  lane(name: keyof typeof lane, index: number): this {
    this.bytes.push(0xfd)
    unsigned(this.bytes, lane[name])
    this.bytes.push(index)
    return this
  }

  shuffle(lanes: readonly number[]): this {
    this.bytes.push(0xfd, 13, ...lanes)
    return this
  }

  atomicAt(name: keyof typeof atomic, offsetBytes = 0): this {
    this.bytes.push(0xfe, atomic[name], 2)
    unsigned(this.bytes, offsetBytes)
    return this
  }

  get(local: Local): this {
    this.bytes.push(0x20)
    unsigned(this.bytes, local.index)
    return this
  }

  set(local: Local): this {
    this.bytes.push(0x21)
    unsigned(this.bytes, local.index)
    return this
  }

  tee(local: Local): this {
    this.bytes.push(0x22)
    unsigned(this.bytes, local.index)
    return this
  }

  i32(value: number): this {
    this.bytes.push(0x41)
    signed(this.bytes, value)
    return this
  }

  /** A constant of 64 bits, small enough for 32. */
  i64(value: number): this {
    this.bytes.push(0x42)
    signed(this.bytes, value)
    return this
  }

  f32(value: number): this {
    float.setFloat32(0, value, true)
    this.bytes.push(0x43, ...new Uint8Array(float.buffer, 0, 4))
    return this
  }

  f64(value: number): this {
    float.setFloat64(0, value, true)
    this.bytes.push(0x44, ...new Uint8Array(float.buffer, 0, 8))
    return this
  }

  /** Sixteen bytes as a vector. */
  v128(bytes: Uint8Array): this {
    this.bytes.push(0xfd, 12, ...bytes)
    return this
  }

  call(index: number): this {
    this.bytes.push(0x10)
    unsigned(this.bytes, index)
    return this
  }

  /** memory.copy and memory.fill: destination, source or value, and length are on the stack. */
  memoryCopy(): this {
    this.bytes.push(0xfc, 10, 0, 0)
    return this
  }

  memoryFill(): this {
    this.bytes.push(0xfc, 11, 0)
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
    this.bytes.push(0x04, voidBlock)
    then()
    if (otherwise) {
      this.bytes.push(0x05)
      otherwise()
    }
    this.bytes.push(plain.end)
    return this
  }

  br(depth: number): this {
    this.bytes.push(0x0c)
    unsigned(this.bytes, depth)
    return this
  }

  brIf(depth: number): this {
    this.bytes.push(0x0d)
    unsigned(this.bytes, depth)
    return this
  }

  #structured(opcode: number, body: () => void): this {
    this.bytes.push(opcode, voidBlock)
    body()
    this.bytes.push(plain.end)
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

  /** Moves what is written here to the beginning of the function. */
  prologue(write: () => void): void {
    const body = this.bytes.splice(0)
    write()
    for (const byte of body) this.bytes.push(byte)
  }

  /** The code section's entry for this function. */
  encode(): readonly number[] {
    const body: number[] = []
    unsigned(body, this.#locals.length)
    for (const type of this.#locals) body.push(1, typeCode[type])
    return [...body, ...this.bytes, plain.end]
  }
}

export type Instruction = keyof typeof plain | keyof typeof vector | keyof typeof saturating

const isIn = <T extends object>(table: T, name: PropertyKey): name is keyof T => Object.hasOwn(table, name)

interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

/** A function that the module's user gives it as `env.name`. */
export interface Imported {
  readonly name: string
  readonly signature: Signature
}

/** Functions over an imported memory `env.memory`, shared if it has a maximum. Imported functions have the first indices. */
export class ModuleBuilder {
  readonly #imported: readonly Imported[]
  readonly #functions: { readonly signature: Signature; readonly code: Code; readonly exported: string | undefined }[] = []

  constructor(imported: readonly Imported[] = []) {
    this.#imported = imported
  }

  /** Adds a function and gives its index. */
  add(signature: Signature, write: (code: Code) => void, exported?: string): number {
    const code = new Code(signature.parameters)
    write(code)
    this.#functions.push({ signature, code, exported })
    return this.#imported.length + this.#functions.length - 1
  }

  encode(maximumPages: number | undefined): Uint8Array<ArrayBuffer> {
    const bytes = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]
    const section = (id: number, write: (content: number[]) => void): void => {
      const content: number[] = []
      write(content)
      bytes.push(id)
      unsigned(bytes, content.length)
      for (const byte of content) bytes.push(byte)
    }
    const name = (content: number[], text: string): void => {
      unsigned(content, text.length)
      for (const char of text) content.push(char.charCodeAt(0))
    }
    const [imported, functions] = [this.#imported, this.#functions]
    const types = (content: number[], list: readonly ValueType[]): void => {
      unsigned(content, list.length)
      for (const type of list) content.push(typeCode[type])
    }
    section(1, content => {
      unsigned(content, imported.length + functions.length)
      for (const { signature } of [...imported, ...functions]) {
        content.push(0x60)
        types(content, signature.parameters)
        types(content, signature.results)
      }
    })
    section(2, content => {
      unsigned(content, imported.length + 1)
      imported.forEach((entry, i) => {
        name(content, 'env')
        name(content, entry.name)
        content.push(0x00)
        unsigned(content, i)
      })
      name(content, 'env')
      name(content, 'memory')
      content.push(0x02)
      if (maximumPages === undefined) content.push(0x00, 0x00)
      else {
        content.push(0x03, 0x00)
        unsigned(content, maximumPages)
      }
    })
    section(3, content => {
      unsigned(content, functions.length)
      functions.forEach((_, i) => {
        unsigned(content, imported.length + i)
      })
    })
    section(7, content => {
      const exported = functions.flatMap((f, i) => (f.exported === undefined ? [] : [{ text: f.exported, i: imported.length + i }]))
      unsigned(content, exported.length)
      for (const { text, i } of exported) {
        name(content, text)
        content.push(0x00)
        unsigned(content, i)
      }
    })
    section(10, content => {
      unsigned(content, functions.length)
      for (const { code } of functions) {
        const body = code.encode()
        unsigned(content, body.length)
        for (const byte of body) content.push(byte)
      }
    })
    return new Uint8Array(bytes)
  }
}
