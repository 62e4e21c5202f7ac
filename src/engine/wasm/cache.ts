/** A cache of what was used last. It keeps at least the `capacity` things used last, and at most twice as many. */
export class Cache<T> {
  readonly #capacity: number
  /** Two generations. What is used moves to the young one; when that is full, it becomes the old one, whose contents are dropped. */
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** The thing of this key, made if it is not there. */
  get(key: string, make: () => T): T {
    const young = this.#young.get(key)
    if (young !== undefined) return young
    const thing = this.#old.get(key) ?? make()
    if (this.#young.size >= this.#capacity) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, thing)
    return thing
  }
}
