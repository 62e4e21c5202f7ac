/** The numbers behind a tensor, and what structural comparisons see of them. */
import { allocate, type Buffer, type DType, store } from './dtype.js'
import { fail } from './error.js'

/** What structural comparisons see of a tensor: its numbers, as a plain list under one name. */
class Shown {
  readonly numbers: readonly number[]

  constructor(numbers: readonly number[]) {
    this.numbers = numbers
  }
}

const isNumbers = (key: string | symbol): boolean => key === 'numbers'

/**
 * `assert.deepStrictEqual`, `toEqual` and their like compare own enumerable properties. A uniform tensor has no array until somebody reads
 * it, so comparisons are shown a proxy that looks like a `Shown` and makes its list when it is asked for.
 *
 * It shows a list and not the typed array: comparisons go through a list with `Object.is`, by which NaN is NaN, but through typed arrays
 * byte by byte, and WebAssembly's NaN need not have the bytes of JavaScript's. An accessor on each tensor would do the same, but takes ten
 * times as long to make as the proxy. A single number, such as the loss of a training step, is shown by a `Shown`, which costs less than a
 * proxy.
 */
const shown: ProxyHandler<{ readonly buffer: Buffer }> = {
  has: (_, key) => isNumbers(key),
  ownKeys: () => ['numbers'],
  getPrototypeOf: () => Shown.prototype,
  get: (owner, key) => (isNumbers(key) ? Array.from(owner.buffer) : Reflect.get(Shown.prototype, key)),
  getOwnPropertyDescriptor: (owner, key) =>
    isNumbers(key) ? { enumerable: true, configurable: true, get: () => Array.from(owner.buffer) } : undefined,
}

/** What comparisons see of numbers that are read only when they ask for them. */
export const seenOf = (owner: { readonly buffer: Buffer }): object => new Proxy(owner, shown)

/** Numbers in row-major order. A uniform tensor (zeros, a scalar) is one number until somebody reads the array. */
export class Concrete {
  // All fields are private, because comparisons must not see whether the numbers are stored as one or as many.
  readonly #dtype: DType
  readonly #length: number
  readonly #uniform: number | undefined
  #buffer: Buffer | undefined
  readonly #seen: object

  constructor(dtype: DType, length: number, contents: Buffer | number) {
    this.#dtype = dtype
    this.#length = length
    if (!(length <= Number.MAX_SAFE_INTEGER))
      fail({ _tag: 'ArgumentError', op: 'tensor', detail: `${length} entries are more than can be counted: at most 2^53 - 1` })
    // The number is rounded as the array would round it, so that number and array are the same tensor.
    this.#uniform = typeof contents === 'number' ? store(dtype, contents) : undefined
    this.#buffer = typeof contents === 'number' ? undefined : contents
    const only = this.#uniform ?? this.#buffer?.[0]
    this.#seen = length === 1 && only !== undefined ? new Shown([only]) : seenOf(this)
  }

  get kind(): 'concrete' {
    return 'concrete'
  }

  /** The one number that is repeated, where the numbers are stored so. */
  get uniform(): number | undefined {
    return this.#uniform
  }

  /** The array itself, not a copy: for engines and primitives, which never write to it. */
  get buffer(): Buffer {
    return this.bufferFor('tensor')
  }

  /** The array itself, too; `op` names who asks, for the error where it would be too large. */
  bufferFor(op: string): Buffer {
    this.#buffer ??= allocate(this.#dtype, this.#length, op).fill(this.#uniform ?? 0)
    return this.#buffer
  }

  /** What comparisons see of a tensor. */
  get seen(): object {
    return this.#seen
  }
}
