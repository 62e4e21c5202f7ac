/**
 * The engine in force: the default one, or another one inside `withEngine`.
 *
 * This file knows no engine, so that a bundle of `pullback/core` has none but those that it names. The entries that bring the WebAssembly
 * engine, `pullback` and `pullback/laws`, say so with `provideEngine`; package.json lists them as having side effects, so that bundlers
 * keep the call.
 */
import type { Engine } from '../program/index.js'
import { checkFunction, fail, show } from '../tensor/index.js'

/** Refuses what is no engine, for callers whose compiler has not done so. */
export const checkEngine = (op: string, engine: unknown): void => {
  const isEngine = typeof engine === 'object' && engine !== null && 'prepare' in engine && 'apply' in engine
  if (!isEngine)
    fail({ _tag: 'ArgumentError', op, detail: `${show(engine)} is no engine: give reference, or one that wasmEngine() has made` })
}

/** Makes the engine that an entry brings along. */
let provided: (() => Engine) | undefined
/** The default engine: one that was set, or else the provided one, once it has been asked for. */
let standing: Engine | undefined
/** What the calls of `withEngine` that are running have put in force. */
let chosen: Engine | undefined

/** Says how the default engine is made. It is made when it is first asked for, not at import. An engine that was set stays. */
export const provideEngine = (make: () => Engine): void => {
  provided = make
}

const standingEngine = (): Engine => {
  standing ??= provided?.()
  return (
    standing ??
    fail({
      _tag: 'PlatformError',
      op: 'pullback/core',
      detail:
        'there is no default engine: import pullback, which brings the WebAssembly engine, or give one: setDefaultEngine(reference), or withEngine(reference)(() => …)',
    })
  )
}

/** The engine that runs operations on tensors, and jitted functions that name no other. */
export const currentEngine = (): Engine => chosen ?? standingEngine()

/**
 * Makes an engine the default: the one of all operations outside `withEngine`, and of jitted functions that name no other. The entry
 * `pullback` needs no such call, for it brings the WebAssembly engine; `pullback/core` brings none. It is meant for a program's first lines,
 * not for libraries: those run one function on an engine by `withEngine`.
 *
 * **Errors**: what is no engine.
 *
 * @example
 * import { add, reference, setDefaultEngine, tensor, toNested } from 'pullback/core'
 *
 * setDefaultEngine(reference)
 * assert.deepEqual(toNested(add(1)(tensor([1, 2]))), [2, 3])
 *
 * @category constructors
 */
export const setDefaultEngine = (engine: Engine): void => {
  checkEngine('setDefaultEngine', engine)
  standing = engine
}

/** Whether a value is a promise, of any realm or library. */
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
    checkFunction('withEngine', f, 'give one without arguments, as in withEngine(engine)(() => exp(x))')
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
