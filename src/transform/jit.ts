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
import { currentEngine, withEngine } from '../engine/current.js'
import { type Engine, type Compiled as EngineCompiled, type Program, sameAval, simplify } from '../program/index.js'
import { flatten, payload, relabel, type Structure, sameStructure, typed, unflatten, type Value } from '../tensor/index.js'
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

/** Compiled forms kept for one function; the one unused for longest goes first. */
const capacity = 64

const matches = (compiled: Compiled, engine: Engine, structure: Structure, leaves: readonly Value[]): boolean =>
  engine === compiled.engine &&
  leaves.length === compiled.arguments.length &&
  sameStructure(structure, compiled.structure) &&
  compiled.arguments.every((known, i) => {
    const leaf = leaves[i]
    return leaf !== undefined && known.shape === leaf.shape && sameAval(known, leaf)
  })

const compile = (f: (...args: readonly unknown[]) => unknown, engine: Engine, leaves: readonly Value[], structure: Structure): Compiled => {
  const argumentsOf = leaves.map(({ shape, sizes, dtype }) => ({ shape, sizes, dtype }))
  // What the function computes of constants alone runs while it is traced, and on the same engine.
  const traced = withEngine(engine)(() => traceTree('jit', tuple => f(...typed<readonly unknown[]>(tuple)), argumentsOf, structure))
  const program = simplify(traced.program)
  return {
    engine,
    structure,
    arguments: argumentsOf,
    program,
    compiled: engine.compile(program),
    captured: traced.captured,
    resultStructure: traced.structure,
    resultShapes: traced.shapes,
  }
}

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'

/** The key of a jitted function's loop, for folds: kept out of the public face. */
export const looping: unique symbol = Symbol('looping')

/** A jitted step `(state, input) => [state, output]` run round after round, its state kept by the engine. */
export interface StepLoop {
  /** Whether an input has the form that this loop was made for. */
  readonly fits: (input: object) => boolean
  readonly next: (input: object) => unknown
  readonly state: () => unknown
  readonly end: () => void
}

type StartLoop = (state: object, input: object) => StepLoop | undefined

/** The loop of a step, if it is a jitted one. */
export const loopOf = (step: object): StartLoop | undefined =>
  looping in step && typeof step[looping] === 'function' ? typed<StartLoop>(step[looping]) : undefined

const children = (structure: Structure): readonly Structure[] => (structure.kind === 'tuple' ? structure.children : [])

const startLoop =
  (find: (leaves: readonly Value[], structure: Structure) => Compiled): StartLoop =>
  (state, input) => {
    const initial = flatten('jit', state)
    const first = flatten('jit', input)
    const leaves = [...initial.leaves, ...first.leaves]
    if (leaves.some(isTraced)) return undefined
    const compiled = find(leaves, { kind: 'tuple', children: [initial.structure, first.structure] })
    const { captured, resultStructure, resultShapes, program } = compiled
    const [stateForm, outputForm] = children(resultStructure)
    const count = initial.leaves.length
    const keeps = initial.leaves.every((leaf, i) => {
      const result = program.outputs[i]
      return result !== undefined && sameAval(result, leaf) && resultShapes[i] === leaf.shape
    })
    if (!stateForm || !outputForm || !keeps || !sameStructure(stateForm, initial.structure) || captured.some(isTraced)) return undefined
    const loop = compiled.compiled.loop(initial.leaves)
    const named = (values: readonly Value[], from: number): readonly Value[] =>
      values.map((value, i) => relabel(resultShapes[from + i] ?? value.shape, value))
    const inputs = compiled.arguments.slice(count)
    return {
      fits: other => {
        const flat = flatten('jit', other)
        return (
          flat.leaves.length === inputs.length &&
          sameStructure(flat.structure, first.structure) &&
          flat.leaves.every((leaf, i) => {
            const known = inputs[i]
            return known !== undefined && known.shape === leaf.shape && sameAval(known, leaf) && !isTraced(leaf)
          })
        )
      },
      next: other => unflatten(outputForm, named(loop.next([...flatten('jit', other).leaves, ...captured]), count)),
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
 * @category transformations
 */
export const jit = <F extends (...args: never) => object>(f: F, options: { readonly engine?: Engine } = {}): F => {
  let known: readonly Compiled[] = []
  const find = (leaves: readonly Value[], structure: Structure): Compiled => {
    const engine = options.engine ?? currentEngine()
    const hit = known.find(compiled => matches(compiled, engine, structure, leaves)) ?? compile(typed(f), engine, leaves, structure)
    if (known[0] !== hit) known = [hit, ...known.filter(other => other !== hit)].slice(0, capacity)
    return hit
  }
  const jitted = (...args: readonly unknown[]): unknown => {
    const { leaves, structure } = flatten('jit', args)
    const { program, compiled, captured, resultStructure, resultShapes } = find(leaves, structure)
    const inputs = [...leaves, ...captured]
    const outputs = inputs.some(isTraced) ? interpret(program, inputs) : compiled.run(inputs)
    return unflatten(
      resultStructure,
      outputs.map((x, i) => relabel(resultShapes[i] ?? x.shape, x)),
    )
  }
  return typed<F>(Object.assign(jitted, { [looping]: startLoop(find) }))
}
