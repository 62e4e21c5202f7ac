/**
 * Vitest loads this file before each file of tests. It makes reading at an index where there is no value an error, and gives a default
 * engine to tests that import rooms of `src` instead of an entry.
 */
import { provideEngine } from '../../src/engine/current.js'
import { wasmEngine } from '../../src/engine/wasm/index.js'
import { absent } from '../../src/tensor/dtype.js'

absent.value = (values, index) => {
  const length: unknown = Reflect.get(values, 'length')
  throw new RangeError(`at: no entry ${index} of ${String(length)}`)
}

provideEngine(wasmEngine)
