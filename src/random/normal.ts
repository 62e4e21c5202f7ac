/** Normal numbers from uniform ones on [0, 1). */
import { scale } from '../derived/index.js'
import type { Value } from '../tensor/index.js'
import { erfInv } from './erf-inv.js'
import { belowOne, between } from './truncated.js'
import { unit } from './words.js'

/** Finite for every u: the ends of (-1, 1) are not reached. */
export const normalOf = (u: Value): Value => scale(erfInv(between(u, -belowOne(u.dtype), 1)), Math.SQRT2)

export const normalDrawn = (key: Value, n: number, dtype: Value['dtype']): Value => normalOf(unit(key, n, dtype))
