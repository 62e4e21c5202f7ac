/** TensorFlow.js: its plain JavaScript backend, or the WebAssembly one with SIMD and, where asked, threads. */
import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { sample } from '../numbers.js'
import type { Run } from '../workload.js'
import { installWorkers } from './workers.js'

export { tf }
export type Backend = 'wasm' | 'cpu'

export const startTfjs = async (backend: Backend, threads: number): Promise<typeof tf> => {
  if (backend === 'wasm') {
    if (threads > 1) installWorkers('emscripten', threads)
    const wasm = await import('@tensorflow/tfjs-backend-wasm')
    // Node never passes the library's own test for threads.
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1)
    wasm.setThreadsCount(threads)
    wasm.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`)
  }
  await tf.setBackend(backend)
  await tf.ready()
  if (tf.getBackend() !== backend) throw new Error(`the ${backend} backend does not start`)
  return tf
}

/** Work that gives one tensor; the backends compute it before they return. */
export const tfjsRun = (compute: () => tf.Tensor): Run => ({
  values: async () => {
    const result = tf.tidy(compute)
    const values = sample(result.dataSync())
    result.dispose()
    return values
  },
  round: async count => {
    for (let i = 0; i < count; i += 1) tf.tidy(compute).dispose()
  },
})
