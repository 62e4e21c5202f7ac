/**
 * Monoids: what a reduction combines entries with, and the value of no entries at all.
 *
 * The table is the only list of them. An engine derives its code from the scalar function, so a
 * monoid of one of these functions needs nothing from it.
 */
import { type DType, greatestOf, leastOf } from '../tensor/index.js'
import type { ScalarName } from './scalars.js'

/** Scalar functions of two values by which a reduction may combine them: associative, and of the values' own dtype. */
export type MonoidScalar = Extract<ScalarName, 'add' | 'mul' | 'maximum' | 'minimum'>

interface Monoid {
  /** Combines two values into one. */
  readonly scalar: MonoidScalar
  /** The value that changes nothing. */
  readonly identity: (dtype: DType) => number
}

const table = {
  sum: { scalar: 'add', identity: () => 0 },
  prod: { scalar: 'mul', identity: () => 1 },
  max: { scalar: 'maximum', identity: leastOf },
  min: { scalar: 'minimum', identity: greatestOf },
} as const satisfies { readonly [name: string]: Monoid }

export type MonoidName = keyof typeof table
export const monoids: { readonly [N in MonoidName]: Monoid } = table
