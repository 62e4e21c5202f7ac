/**
 * Stretches of memory taken and given back. Neither looks through all free stretches: a long program has as many of them as it has stages, and a plan
 * asks for each.
 */
import { at } from '../../tensor/index.js'

export class Space {
  /** The free stretches: the size by the offset, and the offset by the end. */
  readonly #sizeAt = new Map<number, number>()
  readonly #offsetBefore = new Map<number, number>()
  /** The offsets of the free stretches of each size, in the order in which they were freed, and the sizes from the smallest on. */
  readonly #ofSize = new Map<number, Set<number>>()
  readonly #sizes: number[] = []
  #end: number
  #most: number

  constructor(start: number) {
    this.#end = start
    this.#most = start
  }

  get end(): number {
    return this.#end
  }

  /** The end where it was furthest. */
  get most(): number {
    return this.#most
  }

  /** How many of the sizes are smaller than this one. */
  #smaller(size: number): number {
    let [low, high] = [0, this.#sizes.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (at(this.#sizes, middle) < size) low = middle + 1
      else high = middle
    }
    return low
  }

  #add(offset: number, size: number): void {
    this.#sizeAt.set(offset, size)
    this.#offsetBefore.set(offset + size, offset)
    const alike = this.#ofSize.get(size)
    if (alike) alike.add(offset)
    else {
      this.#ofSize.set(size, new Set([offset]))
      this.#sizes.splice(this.#smaller(size), 0, size)
    }
  }

  #remove(offset: number, size: number): void {
    this.#sizeAt.delete(offset)
    this.#offsetBefore.delete(offset + size)
    const alike = this.#ofSize.get(size)
    alike?.delete(offset)
    if (alike?.size !== 0) return
    this.#ofSize.delete(size)
    this.#sizes.splice(this.#smaller(size), 1)
  }

  /** The smallest free stretch that is large enough, of several the one that was freed first, else new space at the end. */
  take(size: number): number {
    const own = this.#sizes[this.#smaller(size)]
    const [offset] = own === undefined ? [] : (this.#ofSize.get(own) ?? [])
    if (own === undefined || offset === undefined) {
      // Kept, not computed from the new end: that is rounded where a size is beyond whole numbers.
      const start = this.#end
      this.#end += size
      this.#most = Math.max(this.#most, this.#end)
      return start
    }
    this.#remove(offset, own)
    if (own > size) this.give(offset + size, own - size)
    return offset
  }

  /** Returns a stretch, joined with its free neighbours; free space at the end is no part of the whole. */
  give(offset: number, size: number): void {
    let [start, end] = [offset, offset + size]
    const before = this.#offsetBefore.get(start)
    if (before !== undefined) {
      this.#remove(before, start - before)
      start = before
    }
    const after = this.#sizeAt.get(end)
    if (after !== undefined) {
      this.#remove(end, after)
      end += after
    }
    if (end === this.#end) this.#end = start
    else this.#add(start, end - start)
  }
}
