/**
 * Kernel expressions: what a primitive asks of an engine, in a form that names no primitive and no machine. `lower` gives them; an engine
 * fuses them and writes them in its own language.
 *
 * There are few kinds. Scalar code (`map`) and changes of index (`view`, `reshape`) have no buffer of their own: an engine may compute them
 * wherever they are used.
 */
import type { MonoidName } from './monoids.js'
import type { Routine } from './routine.js'
import type { ScalarName } from './scalars.js'

/**
 * One axis of a view's result: the operand's axis that it walks along and by how many entries, or none where the operand repeats. Several
 * axes may walk along one: positions of windows, and offsets inside them.
 */
export interface ViewAxis {
  readonly axis: number
  readonly step: number
}

export type Kernel =
  /** The operand itself. */
  | { readonly kind: 'identity' }
  /** A scalar function of the operands at each place. */
  | { readonly kind: 'map'; readonly name: ScalarName }
  /** The operand read at another index; `start` has an entry for each axis of the operand. */
  | { readonly kind: 'view'; readonly axes: readonly (ViewAxis | undefined)[]; readonly start: readonly number[] }
  /** The operand's entries in row-major order under other sizes. */
  | { readonly kind: 'reshape' }
  /** Each operand written into zeros at its own places: start and step for each axis. */
  | { readonly kind: 'place'; readonly parts: readonly { readonly start: readonly number[]; readonly step: readonly number[] }[] }
  /** Entries along some axes combined by a monoid; the other axes are kept. */
  | { readonly kind: 'reduce'; readonly by: MonoidName; readonly axes: readonly number[] }
  /**
   * The general product: entries of two operands are multiplied and summed over the axes `left` of the first and `right` of the second,
   * pair by pair, and kept side by side along the pairs of batch axes. The result has the batch axes, then the other axes of the first
   * operand, then those of the second.
   */
  | {
      readonly kind: 'contract'
      readonly left: readonly number[]
      readonly right: readonly number[]
      readonly leftBatch: readonly number[]
      readonly rightBatch: readonly number[]
    }
  /** A program in a small imperative language. */
  | Routine
  /** The place along an axis, at each place of the result. */
  | { readonly kind: 'iota'; readonly axis: number }
