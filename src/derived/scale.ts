/** A tensor times or over one number, which its dtype rounds. */
import { div, filled, mul } from '../primitives/index.js'
import type { Value } from '../tensor/index.js'

/** factor · x. */
export const scale = (x: Value, factor: number): Value => mul(x, filled(x, factor))

/** x / n. */
export const over = (x: Value, n: number): Value => div(x, filled(x, n))
