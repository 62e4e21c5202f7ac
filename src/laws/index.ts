/**
 * Laws for your own functions, layers and rules, and arbitraries to try them on. Each law is a function that throws an Error where it does
 * not hold, so it serves in any test runner; with fast-check it is tried on many arguments.
 *
 * @example
 * import * as fc from 'fast-check'
 * import { mul, pipe, sin, sum, type Tensor } from 'pullback'
 * import { matchesDifferences, tensors } from 'pullback/laws'
 *
 * const energy = (x: Tensor<'3', 'float64'>) => pipe(x, sin, mul(x), sum())
 * fc.assert(fc.property(tensors('3', { dtype: 'float64' }), matchesDifferences(energy)))
 */
import { provideEngine } from '../engine/current.js'
import { wasmEngine } from '../engine/wasm/index.js'

export { type Range, shapes, tensors, treesLike } from './arbitrary.js'
export { vmapIsMapAndStack } from './batching.js'
export { matchesDifferences } from './differences.js'
export { jitChangesNothing } from './jit.js'
export { adjoint, chainRule, linearPullback } from './linear.js'

// A side effect, listed in package.json: laws run on the engine in force, by default on the same as those of the entry `pullback`.
provideEngine(wasmEngine)
