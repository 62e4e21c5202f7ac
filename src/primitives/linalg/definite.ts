/** Samples for the laws of factorisations. */
import type { SampleInput } from '../../trace/index.js'
import { real } from '../family/sample.js'

/**
 * Matrices whose diagonals are so much greater than the rest, and so different from one another, that they are positive definite and their eigenvalues
 * and pivots are apart.
 */
export const definite = (sizes: readonly number[]): SampleInput => ({ ...real(sizes, -1, 1), dominant: true })
