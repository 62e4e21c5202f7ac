/**
 * Where the time of a function goes: the stages that the engine makes of it, and the operations and lines that each of them came from.
 *
 * @example
 * import { debug, matmul, pipe, relu, sum, zeros, type Tensor } from 'pullback'
 *
 * const f = (x: Tensor<'64 64'>) => pipe(x, matmul(zeros('64 64')), relu, sum())
 * const profile = debug.profile(f)(zeros('64 64'))
 * assert.ok(profile.stages.some(({ equations }) => equations.some(({ operation }) => operation === 'contract')))
 */
import { currentEngine } from '../engine/current.js'
import {
  applyAtOnce,
  type Engine,
  type Equation,
  type Program,
  printEquation,
  type StageTime,
  simplify,
  walk,
  watched,
  withoutEffects,
} from '../program/index.js'
import { checkFunction, fail, flatten, heldOptions, payload, typed, type Value, wholeNumber } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { traceTree } from '../transform/index.js'

/**
 * An operation of a profiled program: its name, its equation as text, and the line that wrote it, empty where none is known.
 *
 * @category model
 */
export interface ProfiledEquation {
  readonly operation: string
  readonly text: string
  readonly frame: string
}

/** @category model */
export interface ProfiledStage {
  /** What the engine calls it: its kind and its sizes. */
  readonly name: string
  readonly equations: readonly ProfiledEquation[]
  /** How often it is run, more than once in a loop. */
  readonly rounds: number
  /** How long all of its rounds take together. */
  readonly timeMs: number
}

/** @category model */
export interface Profile {
  readonly engine: string
  /** In the order in which they are first run. */
  readonly stages: readonly ProfiledStage[]
  /** The times of all stages added up. */
  readonly totalMs: number
}

/** @category model */
export interface ProfileOptions {
  /** How often the function is run, 5 unless told: of each stage the least time is given. */
  readonly runs?: number
}

/** Milliseconds, by the clock of the runtime, which neither Node's types nor a browser's need declare. */
const now = (): number => typed<{ readonly performance: { readonly now: () => number } }>(globalThis).performance.now()

/** Equation by equation, for engines that have no stages to tell of. */
const oneByOne =
  ({ apply }: Engine) =>
  (program: Program, inputs: readonly Value[], runs: number): readonly StageTime[] => {
    const least = new Map<Equation, number>()
    for (let run = 0; run < runs; run += 1)
      walk(
        program,
        inputs,
        value => value,
        (equation, values) => {
          const start = now()
          const results = applyAtOnce(apply, equation.operation, values, equation.outputs)
          least.set(equation, Math.min(least.get(equation) ?? Number.POSITIVE_INFINITY, now() - start))
          return results
        },
      )
    return [...least].map(([equation, timeMs]) => ({ name: equation.operation.name, equations: [equation], rounds: 1, timeMs }))
  }

const profiled = (equation: Equation): ProfiledEquation => ({
  operation: equation.operation.name,
  text: printEquation(equation),
  frame: equation.origin?.frame ?? '',
})

/**
 * The time of each stage of a function, run by the engine in force, and the operations that the stage computes. An engine makes few stages of many
 * operations; a product with the bias and the activation after it is one. The stages run on one thread, one after another, and a clock is read
 * between them, which takes some tenths of a microsecond each. Engines that have no stages to tell of, such as `reference`, are timed operation by
 * operation. What the function prints is left out.
 *
 * **Units**: milliseconds; of each stage the least of the runs, all rounds of a loop together.
 * **Errors**: those of the function; a number of runs that is none; an argument that is traced, which has no numbers to run with.
 *
 * @example
 * import { debug, exp, pipe, sum, zeros, type Tensor } from 'pullback'
 *
 * const profile = debug.profile((x: Tensor<'1000'>) => pipe(x, exp, sum()), { runs: 3 })(zeros('1000'))
 * assert.equal(profile.engine, 'wasm')
 * assert.ok(profile.totalMs >= 0)
 * assert.ok(debug.table(profile).includes('exp'))
 *
 * @category debugging
 */
export const profile = <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
  f: Annotated<"debug.profile: annotate the argument, as in debug.profile((x: Tensor<'3'>) => …)", A[number], (...args: A) => R, G>,
  options?: ProfileOptions,
): ((...args: A) => Profile) => {
  checkFunction('debug.profile', f, 'give one of tensors')
  const { runs = 5 } = heldOptions('debug.profile', options, ['runs'])
  wholeNumber('debug.profile', runs, shown => `${shown} runs`, { least: 1 })
  return (...args) => {
    const { leaves, structure } = flatten('debug.profile', args)
    if (leaves.some(x => x[payload].kind === 'traced'))
      return fail({
        _tag: 'ArgumentError',
        op: 'debug.profile',
        detail: 'an argument is traced and has no numbers to run with: profile outside',
      })
    const traced = watched({ lines: true, observe: undefined }, () =>
      traceTree('debug.profile', tuple => typed<(...args: A) => R>(f)(...typed<A>(tuple)), leaves, structure),
    )
    const engine = currentEngine()
    const program = simplify(withoutEffects(traced.program))
    const times = (engine.profile ?? oneByOne(engine))(program, [...leaves, ...traced.captured], runs)
    const stages = times.map(stage => ({ ...stage, equations: stage.equations.map(profiled) }))
    return { engine: engine.name, stages, totalMs: stages.reduce((sum, { timeMs }) => sum + timeMs, 0) }
  }
}
