/** The engine in force: the WebAssembly engine, or another one inside `withEngine`. */
import type { Engine } from '../program/index.js'
import { fail, show } from '../tensor/index.js'
import { wasmEngine } from './wasm/index.js'

/** What the compiler knows of an engine, for callers without it. */
export const checkEngine = (op: string, engine: unknown): void => {
  const isEngine = typeof engine === 'object' && engine !== null && 'compile' in engine && 'apply' in engine
  if (!isEngine)
    fail({ _tag: 'ArgumentError', op, detail: `${show(engine)} is no engine: give reference, or one that wasmEngine() has made` })
}

let made: Engine | undefined
/** What the calls of `withEngine` that are running have put in force. */
let chosen: Engine | undefined

const ours = (): Engine => {
  made ??= wasmEngine()
  return made
}

/** The engine that runs operations on tensors, and jitted functions that name no other. The first one asked for is made then, not at import. */
export const currentEngine = (): Engine => chosen ?? ours()

/** A promise of any realm or library: something to wait for. */
const isThenable = (x: unknown): boolean =>
  ((typeof x === 'object' && x !== null) || typeof x === 'function') && typeof Reflect.get(x, 'then') === 'function'

/**
 * Calls a function with another engine in force: operations on tensors inside run on it, and so do jitted functions that name no engine of
 * their own. Afterwards, also after an error, the engine is the one it was.
 *
 * **Errors**: a function that returns a promise, since what it does later would run on another engine.
 *
 * @example
 * import { exp, reference, tensor, toNumber, withEngine } from 'pullback'
 *
 * const y = withEngine(reference)(() => exp(tensor(1)))
 * assert.ok(Math.abs(toNumber(y) - Math.E) < 1e-6)
 *
 * @category combinators
 */
export const withEngine =
  (engine: Engine) =>
  <R>(f: () => R): R => {
    checkEngine('withEngine', engine)
    const outer = chosen
    chosen = engine
    try {
      const result = f()
      return isThenable(result)
        ? fail({
            _tag: 'ArgumentError',
            op: 'withEngine',
            detail: 'the function returned a promise: what it does later would run on another engine, so call withEngine inside it',
          })
        : result
    } finally {
      chosen = outer
    }
  }
