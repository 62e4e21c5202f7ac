/**
 * Vector constants of a function, each in a local that is set once at the function's beginning: a constant inside a loop would double the
 * time of a polynomial on some runtimes.
 */
import type { Code, Local } from './encoder.js'

type Lanes = 'f32x4' | 'f64x2' | 'i32x4' | 'i64x2'

const bytesOf = (lanes: Lanes, value: number | bigint): Uint8Array => {
  const view = new DataView(new ArrayBuffer(16))
  for (let offset = 0; offset < 16; offset += lanes === 'f32x4' || lanes === 'i32x4' ? 4 : 8) {
    if (lanes === 'f32x4') view.setFloat32(offset, Number(value), true)
    else if (lanes === 'f64x2') view.setFloat64(offset, Number(value), true)
    else if (lanes === 'i32x4') view.setInt32(offset, Number(value), true)
    else view.setBigInt64(offset, BigInt(value), true)
  }
  return new Uint8Array(view.buffer)
}

export class Constants {
  readonly #code: Code
  readonly #known = new Map<string, { readonly local: Local; readonly bytes: Uint8Array }>()
  /** The same locals by lanes and value, which are a shorter key than the constant's bytes. */
  readonly #asked = new Map<string, Local>()

  constructor(code: Code) {
    this.#code = code
  }

  /** Pushes a constant with one value in all lanes. */
  push(lanes: Lanes, value: number | bigint): Code {
    const asked = `${lanes} ${Object.is(value, -0) ? '-0' : value}`
    const local = this.#asked.get(asked) ?? this.#localOf(bytesOf(lanes, value))
    this.#asked.set(asked, local)
    return this.#code.get(local)
  }

  #localOf(bytes: Uint8Array): Local {
    const key = bytes.join()
    const known = this.#known.get(key)
    if (known) return known.local
    const local = this.#code.ownLocal('v128')
    this.#known.set(key, { local, bytes })
    return local
  }

  /** Writes the settings of all constants at the beginning of the function; called once, when its body is complete. */
  place(): void {
    this.#code.prologue(() => {
      for (const { local, bytes } of this.#known.values()) this.#code.v128(bytes).set(local)
    })
  }
}
