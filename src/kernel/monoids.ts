/**
 * Monoids: what a reduction combines entries with, and the value of no entries at all.
 *
 * The table is the only list of them. An engine derives its code from the scalar function.
 */
import { type DType, leastOf } from '../tensor/index.js'
import type { ScalarName } from './scalars.js'

interface Monoid {
  /** Combines two values into one. */
  readonly scalar: ScalarName
  /** The value that changes nothing. */
  readonly identity: (dtype: DType) => number
}

const table = {
  sum: { scalar: 'add', identity: () => 0 },
  prod: { scalar: 'mul', identity: () => 1 },
  max: { scalar: 'maximum', identity: leastOf },
} as const satisfies { readonly [name: string]: Monoid }

export type MonoidName = keyof typeof table
export type MonoidScalar = (typeof table)[MonoidName]['scalar']
export const monoids: { readonly [N in MonoidName]: Monoid & { readonly scalar: MonoidScalar } } = table
