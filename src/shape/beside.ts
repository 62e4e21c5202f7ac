/** The parts of a pattern beside the axes of a shape: `...` stands for as many axes as the other parts leave. */

export interface Beside<T> {
  /** Parts and the places of their axes, from the first on, and those behind '...' from the last on; a place is undefined where there are too few. */
  readonly pairs: readonly (readonly [part: T, place: number | undefined])[]
  /** The places that '...' stands for, if it stands there. */
  readonly lead: readonly number[] | undefined
}

export const beside = <T>(parts: readonly T[], isDots: (part: T) => boolean, count: number): Beside<T> => {
  const dots = parts.findIndex(isDots)
  const [front, back] = dots < 0 ? [parts, []] : [parts.slice(0, dots), parts.slice(dots + 1).toReversed()]
  const place = (at: number): number | undefined => (at < count && at >= 0 ? at : undefined)
  const pairs = [
    ...front.map((part, i) => [part, place(i)] as const),
    ...back.map((part, i) => [part, count - 1 - i < front.length ? undefined : place(count - 1 - i)] as const),
  ]
  const rest = Math.max(0, count - front.length - back.length)
  return { pairs, lead: dots < 0 ? undefined : Array.from({ length: rest }, (_, i) => front.length + i) }
}
