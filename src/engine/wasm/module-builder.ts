/**
 * Collects functions and writes them as a WebAssembly module in binary form. Its memory is imported, so that all programs of an engine work in
 * one memory; a module that is to run without the engine has one of its own instead.
 *
 * Source: WebAssembly Core Specification 2.0, section 5 (binary format) and the appendix on custom sections (names).
 */
import type { Bytes } from '../../program/index.js'
import { type Arithmetic, Code, typeCode, type ValueType } from './encoder.js'
import { type WasmTarget, wasmTarget } from './target.js'
import { Writer } from './writer.js'

interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

interface Names {
  /** The name by which profilers and stack traces call the function, in ASCII. */
  readonly name: string
  readonly exported?: boolean
}

/** A function that a module imports: whoever instantiates the module gives it as `env.name`. */
export interface Imported {
  readonly name: string
  readonly signature: Signature
}

/** A memory of the module's own, exported as `memory`: its size, which stays, and what lies in it from the beginning. */
export interface OwnMemory {
  readonly pages: number
  readonly data: readonly { readonly offset: number; readonly bytes: Uint8Array }[]
  /** A section of ASCII text beside the code, for whoever loads the module. */
  readonly note: { readonly name: string; readonly text: string }
}

/** Functions are known by their indices. Imported functions come first, then those that are added, in their order. */
export class ModuleBuilder {
  readonly target: WasmTarget
  readonly #imported: readonly Imported[]
  readonly #arithmetic: Arithmetic
  readonly #functions: { readonly signature: Signature; readonly code: Code; readonly names: Names }[] = []

  constructor(imported: readonly Imported[] = [], arithmetic: Arithmetic = 'strict', target: WasmTarget = wasmTarget) {
    this.target = target
    this.#imported = imported
    this.#arithmetic = arithmetic
  }

  /** Adds a function, whose code `write` writes, and gives its index. */
  add(signature: Signature, write: (code: Code) => void, names: Names): number {
    const code = new Code(signature.parameters, this.#arithmetic, this.target)
    write(code)
    this.#functions.push({ signature, code, names })
    return this.#imported.length + this.#functions.length - 1
  }

  /**
   * The module's bytes. Its memory is its own if one is given. Else it is imported as `env.memory`, and is one that threads share if a maximum is
   * given, as the format demands of shared memories.
   */
  encode(maximumPages: number | undefined, own?: OwnMemory): Bytes {
    const module = new Writer(4096).all([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00])
    const section = (id: number, write: (content: Writer) => void): void => {
      const content = new Writer(1024)
      write(content)
      module.byte(id).sized(content)
    }
    const [imported, functions] = [this.#imported, this.#functions]
    const types = (content: Writer, list: readonly ValueType[]): void => {
      content.unsigned(list.length)
      for (const type of list) content.byte(typeCode[type])
    }
    section(1, content => {
      content.unsigned(imported.length + functions.length)
      for (const { signature } of [...imported, ...functions]) {
        content.byte(0x60)
        types(content, signature.parameters)
        types(content, signature.results)
      }
    })
    section(2, content => {
      content.unsigned(imported.length + (own ? 0 : 1))
      imported.forEach((entry, i) => void content.name('env').name(entry.name).byte(0x00).unsigned(i))
      if (own) return
      content.name('env').name('memory').byte(0x02)
      if (maximumPages === undefined) content.byte(0x00).byte(0x00)
      else content.byte(0x03).byte(0x00).unsigned(maximumPages)
    })
    section(3, content => {
      content.unsigned(functions.length)
      for (let i = 0; i < functions.length; i += 1) content.unsigned(imported.length + i)
    })
    if (own) section(5, content => void content.unsigned(1).byte(0x01).unsigned(own.pages).unsigned(own.pages))
    section(7, content => {
      const exported = functions.flatMap(({ names }, i) => (names.exported ? [{ text: names.name, i }] : []))
      content.unsigned(exported.length + (own ? 1 : 0))
      for (const { text, i } of exported)
        content
          .name(text)
          .byte(0x00)
          .unsigned(imported.length + i)
      if (own) content.name('memory').byte(0x02).unsigned(0)
    })
    section(10, content => {
      content.unsigned(functions.length)
      for (const { code } of functions) code.writeTo(content)
    })
    if (own) {
      section(11, content => {
        content.unsigned(own.data.length)
        // Each part is copied to its place when the module is instantiated: `i32.const` of the offset, and the end of that expression.
        for (const { offset, bytes } of own.data) content.byte(0x00).byte(0x41).signed(offset).byte(0x0b).unsigned(bytes.length).all(bytes)
      })
      section(0, content => {
        content.name(own.note.name)
        for (let i = 0; i < own.note.text.length; i += 1) content.byte(own.note.text.charCodeAt(i))
      })
    }
    section(0, content => {
      const names = new Writer(1024).unsigned(functions.length)
      functions.forEach((f, i) => void names.unsigned(imported.length + i).name(f.names.name))
      content.name('name').byte(1).sized(names)
    })
    return module.written.slice()
  }
}
