/** The part of the WebAssembly JavaScript interface that the engine uses; neither Node's nor the browser's types are needed for it. */
import { typed } from '../../tensor/index.js'

export interface Memory {
  readonly buffer: ArrayBuffer
  readonly grow: (pages: number) => number
}

interface Runtime {
  readonly Memory: new (descriptor: { readonly initial: number; readonly maximum?: number; readonly shared?: boolean }) => Memory
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object, imports: object) => { readonly exports: { readonly [name: string]: unknown } }
}

export const runtime: Runtime = typed<Runtime>(Reflect.get(globalThis, 'WebAssembly'))
