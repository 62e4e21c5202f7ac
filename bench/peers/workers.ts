/**
 * Web workers as tfjs and jax-js expect them, on Node's worker_threads: both start workers from blob URLs, which Node does not load. So a
 * blob's text is kept when it is made, and its URL is a file.
 */
import { createHash } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker as NodeWorker, type WorkerOptions } from 'node:worker_threads'

const texts = new WeakMap<Blob, string>()

class KeptBlob extends Blob {
  constructor(parts: readonly BlobPart[] = [], options?: BlobPropertyBag) {
    super([...parts], options)
    texts.set(this, parts.filter(part => typeof part === 'string').join(''))
  }
}

/** What a worker of the web has and a worker of Node has not. */
const webGlobals = `
const { parentPort } = require('node:worker_threads')
globalThis.self = globalThis
globalThis.postMessage = (data, transfer) => parentPort.postMessage(data, transfer)
parentPort.on('message', data => globalThis.onmessage?.({ data }))
`

/** What the text of tfjs's own module, cut out of its bundle, takes from the bundle. */
const bundleGlobals = `
Object.assign(globalThis, {
  'require$$0': require('fs'), 'require$$1': require('path'), 'require$$3': require('perf_hooks'), 'require$$4': require('os'),
  commonjsGlobal: globalThis, __dirname: '/', __filename: '/worker.js',
  __values: list => list[Symbol.iterator](),
})
`

/** `emscripten` workers know Node by themselves; `web` ones are given the web's names. */
export const installWorkers = (kind: 'emscripten' | 'web', threads: number): void => {
  // Named by what is in them, in .build/: processes that are killed leave nothing behind.
  const folder = fileURLToPath(new URL('../../workers/', import.meta.url))
  mkdirSync(folder, { recursive: true })
  const fileOf = (blob: Blob): string => {
    const text = (kind === 'web' ? webGlobals : bundleGlobals) + (texts.get(blob) ?? '')
    const path = `${folder}${createHash('sha1').update(text).digest('hex')}.cjs`
    writeFileSync(`${path}.${process.pid}`, text)
    renameSync(`${path}.${process.pid}`, path)
    return path
  }
  const named = (message: unknown): unknown =>
    typeof message === 'object' && message !== null
      ? Object.fromEntries(Object.entries(message).map(([key, value]) => [key, value instanceof Blob ? fileOf(value) : value]))
      : message

  class WebWorker extends NodeWorker {
    onmessage: ((event: { readonly data: unknown }) => void) | null = null
    onerror: ((error: Error) => void) | null = null

    constructor(url: string | URL, options?: WorkerOptions & { readonly type?: string }) {
      super(url, { ...(options?.env ? { env: options.env } : {}) })
      if (kind === 'web') {
        this.on('message', data => this.onmessage?.({ data }))
        this.on('error', error => this.onerror?.(error))
      }
    }

    override postMessage(message: unknown, transfer?: readonly never[]): void {
      super.postMessage(named(message), transfer)
    }
  }

  Object.defineProperty(globalThis, 'Blob', { value: KeptBlob, configurable: true, writable: true })
  // Emscripten's code takes Node's own class, from here.
  if (kind === 'emscripten') Object.assign(createRequire(import.meta.url)('node:worker_threads'), { Worker: WebWorker })
  Object.defineProperty(globalThis, 'Worker', { value: WebWorker, configurable: true, writable: true })
  Object.defineProperty(globalThis, 'navigator', {
    value: { hardwareConcurrency: threads, userAgent: 'Node.js' },
    configurable: true,
    writable: true,
  })
  URL.createObjectURL = (blob: Blob) => fileOf(blob)
  URL.revokeObjectURL = () => undefined
}
