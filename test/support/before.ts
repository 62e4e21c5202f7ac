/**
 * Vitest loads this file before each file of tests. Reading where there is no value is an error in all of them, and there is a default engine
 * where a test imports rooms instead of an entry.
 */
import { provideEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { absent } from '../../src/tensor/dtype.js'

absent.value = (values, index) => {
  const length: unknown = Reflect.get(values, 'length')
  throw new RangeError(`at: no entry ${index} of ${String(length)}`)
}

provideEngine(wasmEngine)
