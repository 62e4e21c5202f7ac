/** Bytes as they are written: WebAssembly's numbers, names and vectors of bytes. */
import type { Bytes } from '../../program/index.js'
import { fail } from '../../tensor/index.js'

const scratch = new DataView(new ArrayBuffer(8))

export class Writer {
  #bytes: Bytes
  #length = 0

  constructor(expected = 256) {
    this.#bytes = new Uint8Array(expected)
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + count))
    grown.set(this.#bytes)
    this.#bytes = grown
  }

  get length(): number {
    return this.#length
  }

  /** What was written, not a copy. */
  get written(): Bytes {
    return this.#bytes.subarray(0, this.#length)
  }

  byte(value: number): this {
    if (this.#length === this.#bytes.length) this.#reserve(1)
    this.#bytes[this.#length] = value
    this.#length += 1
    return this
  }

  all(values: ArrayLike<number>): this {
    this.#reserve(values.length)
    this.#bytes.set(values, this.#length)
    this.#length += values.length
    return this
  }

  /** Unsigned LEB128. */
  unsigned(value: number): this {
    let rest = value >>> 0
    while (rest > 0x7f) {
      this.byte((rest & 0x7f) | 0x80)
      rest >>>= 7
    }
    return this.byte(rest)
  }

  /** Signed LEB128 of the lowest 32 bits of a whole number: addresses, and steps between them, go round at 2³². */
  signed(value: number): this {
    if (!Number.isSafeInteger(value)) fail({ _tag: 'InternalError', detail: `${value} is written as a whole number` })
    let rest = value | 0
    for (;;) {
      const byte = rest & 0x7f
      rest >>= 7
      if ((rest === 0 && (byte & 0x40) === 0) || (rest === -1 && (byte & 0x40) !== 0)) return this.byte(byte)
      this.byte(byte | 0x80)
    }
  }

  float32(value: number): this {
    scratch.setFloat32(0, value, true)
    return this.all(new Uint8Array(scratch.buffer, 0, 4))
  }

  float64(value: number): this {
    scratch.setFloat64(0, value, true)
    return this.all(new Uint8Array(scratch.buffer, 0, 8))
  }

  /** ASCII text behind its length. */
  name(text: string): this {
    this.unsigned(text.length)
    for (let i = 0; i < text.length; i += 1) this.byte(text.charCodeAt(i))
    return this
  }

  /** What another writer has written, behind its length. */
  sized(content: Writer): this {
    return this.unsigned(content.length).all(content.written)
  }
}
