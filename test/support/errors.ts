/** What a function throws, as the library's error. */
import { isPullbackError, type PullbackError } from '../../src/tensor/index.js'

export const errorOf = (f: () => unknown): PullbackError => {
  try {
    f()
  } catch (error) {
    if (isPullbackError(error)) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
