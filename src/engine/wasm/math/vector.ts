/** What a value of a formula is for this engine. */
import type { Local } from '../encoder.js'

/** Pushes one vector. */
export type Vector = () => void

/** What the values of a formula are. */
export interface VectorKinds {
  readonly float: Vector
  readonly word: Vector
  readonly mask: Vector
  readonly flag: Local
}
