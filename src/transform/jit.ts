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
import { type Engine, type Compiled as EngineCompiled, type Program, sameAval, simplify } from '../program/index.js'
import {
  checkFunction,
  flatten,
  heldOptions,
  leavesAlong,
  payload,
  relabel,
  type Structure,
  sameStructure,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { interpret } from '../trace/index.js'
import { type LeafShape, traceTree } from './typed-program.js'

interface Compiled {
  readonly engine: Engine
  readonly structure: Structure
  readonly arguments: readonly LeafShape[]
  readonly program: Program
  readonly compiled: EngineCompiled
  readonly captured: readonly Value[]
  readonly resultStructure: Structure
  readonly resultShapes: readonly string[]
}

/** How many compiled forms are kept for one function. The one that has not been used for the longest time is dropped first. */
const capacity = 64

/** Whether tensors have these shapes, names included, and dtypes. */
const haveShapes = (leaves: readonly Value[], shapes: readonly LeafShape[]): boolean => {
  if (leaves.length !== shapes.length) return false
  for (let i = 0; i < shapes.length; i += 1) {
    const [leaf, known] = [leaves[i], shapes[i]]
    if (leaf === undefined || known === undefined || known.shape !== leaf.shape || !sameAval(known, leaf)) return false
  }
  return true
}

/** The tensors of a call's arguments where they have the form that was compiled. */
const fitting = (compiled: Compiled, engine: Engine, tree: unknown): readonly Value[] | undefined => {
  const leaves = engine === compiled.engine ? leavesAlong(compiled.structure, tree) : undefined
  return leaves && haveShapes(leaves, compiled.arguments) ? leaves : undefined
}

const compile = (
  op: string,
  f: (...args: readonly unknown[]) => unknown,
  engine: Engine,
  leaves: readonly Value[],
  structure: Structure,
): Compiled => {
  const formOf = leaves.map(({ shape, sizes, dtype }) => ({ shape, sizes, dtype }))
  // What the function computes from constants alone is computed while it is traced, and must be on the same engine.
  const traced = withEngine(engine)(() => traceTree(op, tuple => f(...typed<readonly unknown[]>(tuple)), formOf, structure))
  const program = simplify(traced.program)
  return {
    engine,
    structure,
    arguments: formOf,
    program,
    compiled: engine.compile(program),
    captured: traced.captured,
    resultStructure: traced.structure,
    resultShapes: traced.shapes,
  }
}

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

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'

/** The key of a jitted function's loop, for folds: kept out of the public face. */
export const looping: unique symbol = Symbol('looping')

/** A jitted step `(state, input) => [state, output]` run round after round, its state kept by the engine. */
export interface StepLoop {
  /** One round: gives the output. For an input of another form than the loop was made for it does nothing and gives undefined. */
  readonly next: (input: object) => readonly [output: unknown] | undefined
  readonly state: () => unknown
  readonly end: () => void
}

type StartLoop = (state: object, input: object) => StepLoop | undefined

/** The loop of a step, if it is a jitted one. */
export const loopOf = (step: object): StartLoop | undefined =>
  looping in step && typeof step[looping] === 'function' ? typed<StartLoop>(step[looping]) : undefined

const children = (structure: Structure): readonly Structure[] => (structure.kind === 'tuple' ? structure.children : [])

const argumentsOf = (tree: unknown): readonly unknown[] => (Array.isArray(tree) ? tree : [tree])

type Find = (tree: unknown) => { readonly compiled: Compiled; readonly leaves: readonly Value[] }

const startLoop =
  (find: Find): StartLoop =>
  (state, input) => {
    const { compiled, leaves } = find([state, input])
    if (leaves.some(isTraced)) return undefined
    const { captured, resultStructure, resultShapes, program } = compiled
    const [stateForm, inputForm] = children(compiled.structure)
    const [nextForm, outputForm] = children(resultStructure)
    if (!stateForm || !inputForm || !nextForm || !outputForm) return undefined
    const initial = leavesAlong(stateForm, state) ?? []
    const count = initial.length
    const keeps = initial.every((leaf, i) => {
      const result = program.outputs[i]
      return result !== undefined && sameAval(result, leaf) && resultShapes[i] === leaf.shape
    })
    if (!keeps || !sameStructure(nextForm, stateForm) || captured.some(isTraced)) return undefined
    const loop = compiled.compiled.loop(initial)
    const named = (values: readonly Value[], from: number): readonly Value[] =>
      values.map((value, i) => relabel(resultShapes[from + i] ?? value.shape, value))
    const inputShapes = compiled.arguments.slice(count)
    return {
      next: other => {
        const given = leavesAlong(inputForm, other)
        if (given === undefined || !haveShapes(given, inputShapes) || given.some(isTraced)) return undefined
        return [unflatten(outputForm, named(loop.next(captured.length > 0 ? [...given, ...captured] : given), count))]
      },
      state: () => unflatten(stateForm, named(loop.state(), 0)),
      end: loop.end,
    }
  }

/**
 * The same function, traced once for each combination of argument shapes and dtypes and run as a simplified program, by the engine given,
 * else by the one in force when it is called. The programs of the 64 combinations used last are kept. What the function closes over is
 * captured at the first trace, so it must not change: a jitted function is pure.
 * Inside another trace a jitted function is part of that program.
 *
 * @example
 * import { jit, mul, pipe, type Tensor, tensor, toNumber } from 'pullback'
 *
 * const square = jit((x: Tensor<''>) => pipe(x, mul(x)))
 * assert.equal(toNumber(square(tensor(3))), 9)
 *
 * @category transformations
 */
export const jit = <F extends Jittable>(f: F, options?: { readonly engine?: Engine }): F => jitAs('jit', [], f, options)

/** `jit` under the name of the function that uses it, which names its arguments too. */
export const jitAs = <F extends Jittable>(op: string, names: readonly string[], f: F, options?: { readonly engine?: Engine }): F => {
  checkFunction(op, f, 'give one of tensors')
  const { engine: chosen } = heldOptions(op, options, ['engine'])
  if (chosen !== undefined) checkEngine(op, chosen)
  let known: readonly Compiled[] = []
  const find: Find = tree => {
    const engine = chosen ?? currentEngine()
    for (const compiled of known) {
      const leaves = fitting(compiled, engine, tree)
      if (leaves === undefined) continue
      if (known[0] !== compiled) known = [compiled, ...known.filter(other => other !== compiled)]
      return { compiled, leaves }
    }
    names.forEach((name, i) => {
      flatten(op, { [name]: argumentsOf(tree)[i] })
    })
    const { leaves, structure } = flatten(op, tree)
    const compiled = compile(op, typed(f), engine, leaves, structure)
    known = [compiled, ...known].slice(0, capacity)
    return { compiled, leaves }
  }
  const jitted = (...args: readonly unknown[]): unknown => {
    const { leaves, compiled: form } = find(args)
    const { program, compiled, captured, resultStructure, resultShapes } = form
    const inputs = [...leaves, ...captured]
    const outputs = inputs.some(isTraced) ? interpret(program, inputs) : compiled.run(inputs)
    return unflatten(
      resultStructure,
      outputs.map((x, i) => relabel(resultShapes[i] ?? x.shape, x)),
    )
  }
  return typed<F>(Object.assign(jitted, { [looping]: startLoop(find) }))
}
