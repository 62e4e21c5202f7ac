/** The numbers of a tensor that lives on a device: an engine has them, and this process has a copy once somebody has read them. */
import { seenOf } from './concrete.js'
import { type Buffer, type DType, isBufferOf } from './dtype.js'
import { fail } from './error.js'

/**
 * Numbers that an engine keeps. They may be in the memory of a device, and they may not be computed yet: an engine may return a buffer before
 * the work that fills it has begun, so that the caller goes on meanwhile. An error of that work is an error of reading.
 *
 * Nothing frees a buffer by hand. A tensor holds its buffer, so an engine that registers the buffer with a `FinalizationRegistry` hears when
 * no tensor needs it any more; the engine must not hold it itself.
 *
 * @category model
 */
export interface DeviceBuffer {
  /** The numbers in row-major order, at once, where the device lets the caller wait for them. It is called once, and the array is kept. */
  readonly read?: () => Buffer
  /** A promise of the same. It is called when somebody asks for the numbers, so an error that nobody asks for must not be a rejection of it. */
  readonly readAsync: () => Promise<Buffer>
}

/** What is said where numbers are needed that are still on a device. */
const pending = (op: string, dtype: DType, sizes: readonly number[]): never =>
  fail({
    _tag: 'PendingError',
    op,
    detail: `the numbers of a ${dtype} '${sizes.join(' ')}' are on a device that gives them only later: go on with what await toHost(…) gives, or compute them on another engine, as in withEngine(reference)(() => …)`,
  })

export class Resident {
  // All fields are private, as those of `Concrete` are: where the numbers lie is nothing that a comparison may see.
  readonly #dtype: DType
  readonly #sizes: readonly number[]
  readonly #device: DeviceBuffer
  #numbers: Buffer | undefined
  readonly #seen: object

  constructor(dtype: DType, sizes: readonly number[], device: DeviceBuffer) {
    this.#dtype = dtype
    this.#sizes = sizes
    this.#device = device
    this.#seen = seenOf(this)
  }

  get kind(): 'resident' {
    return 'resident'
  }

  get device(): DeviceBuffer {
    return this.#device
  }

  /** Whether the numbers can be had without waiting for an event. */
  get isReadable(): boolean {
    return this.#numbers !== undefined || this.#device.read !== undefined
  }

  get buffer(): Buffer {
    return this.bufferFor('tensor')
  }

  /** The numbers; `op` is who asks. **Errors**: they can only be awaited; the engine failed to compute them. */
  bufferFor(op: string): Buffer {
    this.#numbers ??= this.#checked(this.#device.read?.() ?? pending(op, this.#dtype, this.#sizes))
    return this.#numbers
  }

  /** The same, when they have come. */
  async awaited(): Promise<Buffer> {
    this.#numbers ??= this.#checked(await this.#device.readAsync())
    return this.#numbers
  }

  get seen(): object {
    return this.#seen
  }

  /** An engine may be anybody's: what it gives is looked at before it is taken for the numbers. */
  #checked(buffer: unknown): Buffer {
    const count = this.#sizes.reduce((product, size) => product * size, 1)
    return isBufferOf(this.#dtype, buffer) && buffer.length === count
      ? buffer
      : fail({
          _tag: 'ArgumentError',
          op: 'onDevice',
          detail: `reading a ${this.#dtype} '${this.#sizes.join(' ')}' did not give its ${count} numbers: give a typed array of its dtype`,
        })
  }
}
