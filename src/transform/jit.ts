/**
 * `jit` traces a function once for each form of its arguments, simplifies the program and lets an engine run it.
 *
 * @example
 * import { exp, jit, neg, pipe, tensor, toNumber, type Tensor } from 'pullback'
 *
 * let traces = 0
 * const f = jit((x: Tensor<''>) => {
 *   traces += 1
 *   return pipe(x, neg, exp)
 * })
 * assert.equal(toNumber(f(tensor(0))), 1)
 * f(tensor(2))
 * assert.equal(traces, 1)
 */
import { checkEngine, currentEngine, withEngine } from '../engine/current.js'
import { type Engine, isWatched } from '../program/index.js'
import { checkFunction, checkList, flatten, heldOptions, relabel, typed, unflatten } from '../tensor/index.js'
import { interpret } from '../trace/index.js'
import { heldPlaces } from './argnums.js'
import type { Exported, Exporting } from './export/exported.js'
import { type Form, fitting, makeForm } from './jit-form.js'
import { type Find, joinsTrace, looping, startLoop } from './jit-loop.js'
import { type Jitted, perStatic } from './jit-static.js'

declare const jittable: unique symbol

/**
 * A function from trees of tensors to a tree of tensors. No function has the field that is declared here. It keeps the compiler from binding the type
 * parameters of a generic function to the widest shape and dtype: beside another member, the function stays generic.
 *
 * @category type-level
 */
export interface Jittable {
  (...args: never): object
  readonly [jittable]?: never
}

/** @category type-level */
export interface JitOptions {
  /** What runs the program; by default the engine in force when the function is called. */
  readonly engine?: Engine
  /** The places of the arguments that are not tensors. */
  readonly static?: readonly number[]
}

/**
 * The method that writes a jitted function into files, where its type says at which shapes. A generic function is left as it is: beside a member
 * of another type it would lose its type parameters wherever it is passed on. It is exported as a function of one shape.
 *
 * @category type-level
 */
export type Exportable<F extends Jittable> = ((...args: Parameters<F>) => ReturnType<F>) extends F ? Exporting<Parameters<F>> : unknown

/** The places of static arguments, which may be none. */
const listed = (places: readonly number[]): readonly number[] => {
  checkList('jit', places, 'give the places of the static arguments, as in { static: [1] }')
  return places.length === 0 ? [] : heldPlaces('jit', places)
}

const argumentsOf = (tree: unknown): readonly unknown[] => (Array.isArray(tree) ? tree : [tree])

/** How many forms are kept for one function. The one that has not been used for the longest time is dropped first. */
const capacity = 64

/**
 * The same function, traced once for each combination of argument shapes and dtypes and run as a simplified program, by the engine given,
 * else by the one in force when it is called. The programs of the 64 combinations used last are kept. What the function closes over is
 * captured at the first trace, so it must not change: a jitted function is pure.
 * Inside another trace a jitted function is part of that program.
 *
 * The arguments at the places `static`, counted from 0, need not be tensors: the function may look at them, choose and loop by them. It is traced
 * once more for every new value of theirs. Plain values, lists and records are compared by what they hold, functions and other objects by
 * identity.
 *
 * `export`, given examples of the arguments, writes the compiled function into files that run without this library (docs/export.md). They take
 * the arguments that are not static.
 *
 * **Errors**: an argument that is no tensor and no tree of them, at a place that is not static; a static one that holds a tensor.
 *
 * @example
 * import { jit, mul, pipe, type Tensor, tensor, toNumber } from 'pullback'
 *
 * const square = jit((x: Tensor<''>) => pipe(x, mul(x)))
 * assert.equal(toNumber(square(tensor(3))), 9)
 * const power = jit((x: Tensor<''>, n: number): Tensor<''> => (n === 1 ? x : mul(power(x, n - 1))(x)), { static: [1] })
 * assert.equal(toNumber(power(tensor(3), 4)), 81)
 *
 * @category transformations
 */
export const jit = <F extends Jittable>(f: F, options?: JitOptions): F & Exportable<F> => {
  checkFunction('jit', f, 'give one of tensors')
  const { engine, static: places } = heldOptions('jit', options, ['engine', 'static'])
  const chosen = engine === undefined ? {} : { engine }
  return typed<F & Exportable<F>>(
    places === undefined
      ? jitAs('jit', [], f, chosen)
      : perStatic(typed(f), listed(places), (rest, names) => typed<Jitted>(jitAs('jit', names, rest, chosen))),
  )
}

/** `jit` under the name of the function that uses it, which names its arguments too. */
export const jitAs = <F extends Jittable>(op: string, names: readonly string[], f: F, options?: { readonly engine?: Engine }): F => {
  checkFunction(op, f, 'give one of tensors')
  const { engine: chosen } = heldOptions(op, options, ['engine'])
  if (chosen !== undefined) checkEngine(op, chosen)
  let known: readonly Form[] = []
  const engineNow = (): Engine => chosen ?? currentEngine()
  const findFor = (engine: Engine, tree: unknown): ReturnType<Find> => {
    for (const form of known) {
      const leaves = fitting(form, engine, tree)
      if (leaves === undefined) continue
      if (known[0] !== form) known = [form, ...known.filter(other => other !== form)]
      return { form, leaves }
    }
    names.forEach((name, i) => {
      flatten(op, { [name]: argumentsOf(tree)[i] })
    })
    const { leaves, structure } = flatten(op, tree)
    const form = makeForm(op, typed(f), engine, leaves, structure)
    known = [form, ...known].slice(0, capacity)
    return { form, leaves }
  }
  const find: Find = tree => findFor(engineNow(), tree)
  const jitted = (...args: readonly unknown[]): unknown => {
    // A program that was traced before has neither the lines that wrote it nor the values that are named in it.
    if (isWatched()) return withEngine(chosen ?? currentEngine())(() => typed<(...args: readonly unknown[]) => unknown>(f)(...args))
    const { leaves, form } = find(args)
    const { program, executable, captured, resultStructure, resultShapes } = form
    const inputs = [...leaves, ...captured]
    const outputs = joinsTrace(program, inputs) ? interpret(program, inputs) : executable.run(inputs)
    return unflatten(
      resultStructure,
      outputs.map((x, i) => relabel(resultShapes[i] ?? x.shape, x)),
    )
  }
  const exported = async (...examples: readonly unknown[]): Promise<Exported> => {
    // The engine is the one in force at the call, and not the one when the file has come.
    const engine = engineNow()
    // Loaded when it is asked for, so that the pages which only run functions have none of it.
    const { exportAs } = await import('./export/exported.js')
    return exportAs(f.length, examples, args => findFor(engine, args).form)
  }
  return typed<F>(Object.assign(jitted, { [looping]: startLoop(find), export: exported }))
}
