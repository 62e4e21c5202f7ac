/** The first place at which two trees differ in form. */
import type { Structure } from './tree.js'

export interface Difference {
  /** Keys and positions joined by dots, '' at the root. */
  readonly path: string
  /** What the first tree has there, */
  readonly first: string
  /** and what the second has. */
  readonly second: string
}

/** A node of a tree in words. */
export const nodeText = (form: Structure): string => {
  switch (form.kind) {
    case 'leaf':
      return 'a tensor'
    case 'tuple':
      return `a tuple of ${form.children.length}`
    case 'record':
      return `a record of (${form.keys.join(', ')})`
  }
}

/** The first place from the root at which two forms differ; undefined for one form. */
export const formDifference = (a: Structure, b: Structure, path: readonly (string | number)[] = []): Difference | undefined => {
  const [first, second] = [nodeText(a), nodeText(b)]
  if (first !== second) return { path: path.join('.'), first, second }
  if (a.kind === 'leaf' || b.kind === 'leaf') return undefined
  for (const [i, child] of a.children.entries()) {
    const other = b.children[i]
    const difference = other && formDifference(child, other, [...path, a.kind === 'record' ? (a.keys[i] ?? i) : i])
    if (difference) return difference
  }
  return undefined
}
