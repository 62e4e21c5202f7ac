/**
 * Counts work without a clock: how many elements the methods of arrays go through while a function runs. Nearly all that this library does to lists, it
 * does by these, so a step that goes through a list once for each of its elements shows as a count that grows with the square of the length.
 */
const methods = [
  'concat',
  'every',
  'filter',
  'find',
  'findIndex',
  'findLastIndex',
  'flatMap',
  'forEach',
  'includes',
  'indexOf',
  'map',
  'reduce',
  'slice',
  'some',
  'sort',
  'toReversed',
] as const

/** How many elements were gone through, and what the function gave. A search counts the whole list, whether it finds early or not. */
export const visits = <T>(f: () => T): { readonly count: number; readonly result: T } => {
  let count = 0
  const kept = methods.map(name => [name, Object.getOwnPropertyDescriptor(Array.prototype, name)] as const)
  const iterator = Object.getOwnPropertyDescriptor(Array.prototype, Symbol.iterator)
  const counting = (key: string | symbol, own: PropertyDescriptor | undefined): void => {
    const method: unknown = own?.value
    if (typeof method !== 'function') return
    const value = function (this: readonly unknown[], ...args: readonly unknown[]): unknown {
      const result: unknown = Reflect.apply(method, this, args)
      // A slice goes through what it takes alone.
      count += key === 'slice' && Array.isArray(result) ? result.length : this.length
      return result
    }
    Object.defineProperty(Array.prototype, key, { ...own, value })
  }
  for (const [name, own] of kept) counting(name, own)
  counting(Symbol.iterator, iterator)
  try {
    const result = f()
    return { count, result }
  } finally {
    for (const [name, own] of kept) if (own) Object.defineProperty(Array.prototype, name, own)
    if (iterator) Object.defineProperty(Array.prototype, Symbol.iterator, iterator)
  }
}
