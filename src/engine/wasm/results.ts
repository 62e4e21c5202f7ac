/**
 * The arrays that results are copied to.
 *
 * On Linux, Node's memory comes from a C library that asks the system for every block from some size on, and gives it back when the collector
 * frees it. A result then lies in pages that the system has to clear first, which takes far longer than the copy: for 4 MB, 1.4 ms rather than
 * 0.4. The library keeps blocks for later ones once it has freed a larger one, up to 32 MiB (mallopt(3), M_MMAP_THRESHOLD), so the first large
 * result is preceded by one block of nearly that size, which nobody touches. Elsewhere that does no harm.
 */
import { type Buffer, type DType, sizeOf } from '../../tensor/index.js'
import { bytesOf } from './bytes.js'
import type { Platform } from './platform.js'

/** Results from this size on are not cleared before they are written, and are worth the block. */
const largeBytes = 1 << 16
const blockBytes = (1 << 25) - (1 << 16)

const over: { readonly [D in DType]: (bytes: ArrayBuffer) => Buffer<D> } = {
  float32: bytes => new Float32Array(bytes),
  float64: bytes => new Float64Array(bytes),
  int32: bytes => new Int32Array(bytes),
  uint32: bytes => new Uint32Array(bytes),
  bool: bytes => new Uint8Array(bytes),
}

export class Results {
  readonly #newBytes: Platform['newBytes']
  #anyLarge = false

  constructor({ newBytes }: Platform) {
    this.#newBytes = newBytes
  }

  /** An array to be written as a whole: it may hold anything. */
  array<D extends DType>(dtype: D, sizes: readonly number[]): Buffer<D> {
    const bytes = sizeOf(sizes) * bytesOf[dtype]
    if (bytes < largeBytes) return over[dtype](new ArrayBuffer(bytes))
    if (!this.#anyLarge) this.#newBytes(blockBytes)
    this.#anyLarge = true
    return over[dtype](this.#newBytes(bytes))
  }
}
