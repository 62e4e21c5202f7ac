/**
 * The arrays that results are copied to, and memory for them that the system need not clear each time.
 *
 * On Linux, Node's memory comes from a C library that asks the system for every block from some size on, and gives it back when the collector
 * frees it. A large result then lies in pages that the system clears first, which takes far longer than the copy: 1.4 ms rather than 0.4 for
 * 4 MB, 30 ms rather than 4 for 40 MB. Two habits of the library help (mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD), and where they are
 * not kept nothing is lost:
 *
 * - Once the library has freed a block, it keeps freed blocks that are no larger, up to 32 MiB, for later requests. So after some large results one
 *   block of nearly 32 MiB is made. Nobody touches it, and the collector frees it.
 * - The library keeps no block beyond 32 MiB, but it serves a request from free memory in the middle of its own if there is enough. So after some
 *   huge results it is made to own such a stretch: blocks are made side by side and freed, except for the last, which stays and is never touched.
 */
import { type Buffer, bytesOf, type DType, orNoMemory, sizeOf } from '../../tensor/index.js'
import type { Platform } from './platform.js'

/** Smaller results are left to the runtime. */
const largeBytes = 1 << 16
/** The largest block that the library keeps, less what it and the system add. */
const blockBytes = (1 << 25) - (1 << 16)
/** The collector lets three or four huge results come together before it frees them. */
const stretchBlocks = 6
/** From this huge result on, counted from 1, the collector has freed the first block. */
const hugeBefore = 3

const over: { readonly [D in DType]: (bytes: ArrayBuffer) => Buffer<D> } = {
  float32: bytes => new Float32Array(bytes),
  float64: bytes => new Float64Array(bytes),
  int32: bytes => new Int32Array(bytes),
  uint32: bytes => new Uint32Array(bytes),
  bool: bytes => new Uint8Array(bytes),
}

type NewBytes = NonNullable<Platform['newBytes']>

/**
 * Makes blocks side by side and returns the last of them; the others are held only until it is made. 'none' where so little memory is left
 * that there is none to spare.
 */
const blocks = (newBytes: NewBytes, count: number): ArrayBuffer | 'none' => {
  try {
    return Array.from({ length: count }, () => newBytes(blockBytes)).at(-1) ?? 'none'
  } catch {
    return 'none'
  }
}

export class Results {
  readonly #newBytes: NewBytes | undefined
  /** Bytes of large results so far, until the block is made. */
  #bytes = 0
  #huge = 0
  #behind: ArrayBuffer | 'none' | undefined

  constructor({ newBytes }: Platform) {
    this.#newBytes = newBytes
  }

  /** An array that the caller fills as a whole, because it may hold anything at first. */
  array<D extends DType>(dtype: D, sizes: readonly number[]): Buffer<D> {
    const bytes = sizeOf(sizes) * bytesOf(dtype)
    const newBytes = this.#newBytes
    if (bytes < largeBytes || newBytes === undefined) return orNoMemory('wasm engine', bytes, () => over[dtype](new ArrayBuffer(bytes)))
    if (this.#bytes < blockBytes) {
      this.#bytes += bytes
      if (this.#bytes >= blockBytes) blocks(newBytes, 1)
    }
    if (bytes > blockBytes) this.#huge += 1
    if (this.#huge >= hugeBefore) this.#behind ??= blocks(newBytes, stretchBlocks + 1)
    return orNoMemory('wasm engine', bytes, () => over[dtype](newBytes(bytes)))
  }
}
