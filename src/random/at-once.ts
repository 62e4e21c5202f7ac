/** Numbers that a function needs before it can go on: it computes with them in JavaScript. */
import { withEngine } from '../engine/current.js'
import { reference } from '../engine/reference/index.js'
import { calledAs, isPullbackError } from '../tensor/index.js'

/**
 * What `op` needs of numbers that it has computed: on the engine in force, or, if that engine gives numbers only later, by the plain
 * loops.
 *
 * **Errors**: those of the function, and a PendingError where it was given numbers that only come later.
 */
export const atOnce = <A>(op: string, f: () => A): A => {
  try {
    return f()
  } catch (error) {
    if (isPullbackError(error) && error._tag === 'PendingError') return calledAs(op, () => withEngine(reference)(f))
    throw error
  }
}
