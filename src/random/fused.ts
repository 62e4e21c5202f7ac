/** Large draws as one program. */

import { typed, type Value } from '../tensor/index.js'
import { isTracing } from '../trace/index.js'
import { jit } from '../transform/index.js'

/** From so many numbers on it takes less time to compile a draw than to go through memory once for each of its operations. */
const leastFused = 2 ** 17

/** What a function makes of a key, for a draw of n numbers: the same bits in either way. */
export const fused = (n: number, f: (key: Value) => Value, key: Value): Value => {
  const compiled: (f: (key: Value) => Value) => (key: Value) => Value = typed(jit)
  return n < leastFused || isTracing() ? f(key) : compiled(f)(key)
}
