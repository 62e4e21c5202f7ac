/** Compilation against interpretation. */
import { currentEngine, withEngine } from '../engine/current.js'
import type { Engine } from '../program/index.js'
import { jit } from '../transform/index.js'
import { sameBits } from './compare.js'

/**
 * A jitted function gives the same bits as the function, at its first call, which traces it, and at its second, which does not. Both run
 * on the engine given, else on the one in force.
 *
 * @example
 * import { exp, neg, pipe, tensor, type Tensor } from 'pullback'
 * import { jitChangesNothing } from 'pullback/laws'
 *
 * jitChangesNothing((x: Tensor<'2'>) => pipe(x, neg, exp))(tensor([1, 2]))
 *
 * @category laws
 */
export const jitChangesNothing =
  <A extends readonly object[], R extends object>(f: (...args: A) => R, options: { readonly engine?: Engine } = {}) =>
  (...args: A): void => {
    const engine = options.engine ?? currentEngine()
    const compiled = jit(f, { engine })
    withEngine(engine)(() => {
      sameBits('jitChangesNothing', 'the function and its first jitted call', f(...args), compiled(...args))
      sameBits('jitChangesNothing', 'the function and its second jitted call', f(...args), compiled(...args))
    })
  }
