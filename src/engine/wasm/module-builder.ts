/**
 * A WebAssembly module in binary form: functions over an imported memory.
 *
 * Source: WebAssembly Core Specification 2.0, section 5 (binary format) and the appendix on custom sections (names).
 */
import { Code, typeCode, type ValueType } from './encoder.js'
import { unsigned } from './leb.js'

interface Signature {
  readonly parameters: readonly ValueType[]
  readonly results: readonly ValueType[]
}

interface Names {
  /** What profilers and stack traces call it. */
  readonly name: string
  readonly exported?: boolean
}

/** Functions over an imported memory `env.memory`, shared if it has a maximum. */
export class ModuleBuilder {
  readonly #functions: { readonly signature: Signature; readonly code: Code; readonly names: Names }[] = []

  /** Adds a function and gives its index. */
  add(signature: Signature, write: (code: Code) => void, names: Names): number {
    const code = new Code(signature.parameters)
    write(code)
    this.#functions.push({ signature, code, names })
    return this.#functions.length - 1
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
    const functions = this.#functions
    const types = (content: number[], list: readonly ValueType[]): void => {
      unsigned(content, list.length)
      for (const type of list) content.push(typeCode[type])
    }
    section(1, content => {
      unsigned(content, functions.length)
      for (const { signature } of functions) {
        content.push(0x60)
        types(content, signature.parameters)
        types(content, signature.results)
      }
    })
    section(2, content => {
      unsigned(content, 1)
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
        unsigned(content, i)
      })
    })
    section(7, content => {
      const exported = functions.flatMap(({ names }, i) => (names.exported ? [{ text: names.name, i }] : []))
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
    section(0, content => {
      name(content, 'name')
      const list: number[] = []
      unsigned(list, functions.length)
      functions.forEach(({ names }, i) => {
        unsigned(list, i)
        name(list, names.name)
      })
      content.push(1)
      unsigned(content, list.length)
      for (const byte of list) content.push(byte)
    })
    return new Uint8Array(bytes)
  }
}
