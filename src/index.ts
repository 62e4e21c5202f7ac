/** Pullback: a functional, immutable machine-learning language whose tensor shapes are checked by the compiler. */
import { provideEngine } from './engine/current.js'
import { wasmEngine } from './engine/wasm/index.js'

export * from './core.js'
export { type WasmOptions, wasmEngine } from './engine/wasm/index.js'

// A side effect, listed in package.json: until an engine is set, the default one is made by this function when it is first asked for.
provideEngine(wasmEngine)
