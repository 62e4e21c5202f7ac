/** Stretches of memory taken and given back. */
export class Space {
  #free: { readonly offset: number; readonly size: number }[] = []
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

  /** The smallest free stretch that is large enough, else new space at the end. */
  take(size: number): number {
    const fits = this.#free.filter(stretch => stretch.size >= size).sort((a, b) => a.size - b.size)[0]
    if (fits === undefined) {
      // Kept, not computed from the new end: that is rounded where a size is beyond whole numbers.
      const offset = this.#end
      this.#end += size
      this.#most = Math.max(this.#most, this.#end)
      return offset
    }
    this.#free = this.#free.filter(stretch => stretch !== fits)
    if (fits.size > size) this.give(fits.offset + size, fits.size - size)
    return fits.offset
  }

  /** Returns a stretch, joined with its free neighbours; free space at the end is no part of the whole. */
  give(offset: number, size: number): void {
    const before = this.#free.find(stretch => stretch.offset + stretch.size === offset)
    const after = this.#free.find(stretch => stretch.offset === offset + size)
    const joined = { offset: before?.offset ?? offset, size: (before?.size ?? 0) + size + (after?.size ?? 0) }
    const others = this.#free.filter(stretch => stretch !== before && stretch !== after)
    const isLast = joined.offset + joined.size === this.#end
    if (isLast) this.#end = joined.offset
    this.#free = isLast ? others : [...others, joined]
  }
}
