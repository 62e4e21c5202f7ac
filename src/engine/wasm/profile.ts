/**
 * The time of each stage of a program. The module has an exported function for each phase, and the stages are gone through here, loops and choices
 * too, on one thread, so that a clock can be looked at between any two of them.
 */
import type { Equation, Program, StageTime } from '../../program/index.js'
import { at, fail, type Value } from '../../tensor/index.js'
import { sourcesOf } from '../fusion/sources.js'
import type { Arena } from './arena.js'
import { type CompileOptions, compileProgram } from './compile.js'
import { exported, Instance } from './instance.js'
import { nameOf, writePhases } from './module.js'
import type { StagePhase } from './phase.js'
import { compileModule, instantiate } from './runtime.js'
import { copyIn } from './transfer.js'
import type { Work } from './work.js'

interface Taken {
  /** Its first phase: a product has several. */
  readonly index: number
  readonly name: string
  readonly equations: readonly Equation[]
  rounds: number
  timeMs: number
}

/** For each stage the least time that it took in a run, all rounds of its loops together. */
export const profileProgram = (
  program: Program,
  inputs: readonly Value[],
  runs: number,
  arena: Arena,
  options: CompileOptions,
): readonly StageTime[] => {
  const compiled =
    compileProgram(program, 0, options) ?? fail({ _tag: 'InternalError', detail: 'a program that cannot be compiled for profiling' })
  const { graph, plan } = compiled
  const { bytes, works } = writePhases(graph, plan, options)
  const { memory, platform } = arena
  const { now } = platform
  const functions = instantiate(platform.runtime, compileModule(platform.runtime, bytes), { memory, now })
  const instance = new Instance(compiled, arena)
  const base = arena.take(plan.size)
  const word = (offset: number): number => at(arena.view('int32'), (base + offset) / 4)
  /** Goes through the work once, and puts down what each stage took. */
  const timed = (): readonly Taken[] => {
    const taken = new Map<object, Taken>()
    const phase = ({ index, stages }: StagePhase): void => {
      const [first = stages] = stages
      const own = taken.get(first) ?? {
        index,
        name: stages.map(nameOf).join(', '),
        equations: [...new Set(stages.flatMap(sourcesOf))],
        rounds: 0,
        timeMs: 0,
      }
      const run = exported(functions, `phase ${index}`)
      const start = now()
      run(base)
      own.timeMs += now() - start
      if (own.index === index) own.rounds += 1
      taken.set(first, own)
    }
    const go = (all: readonly Work[]): void => {
      for (const work of all)
        if (work.kind === 'phase') phase(work)
        else if (work.kind === 'loop') {
          for (let round = 0; round < work.length; round += 1) {
            arena.view('int32')[(base + work.counter) / 4] = round
            go(work.works)
          }
        } else if (work.kind === 'while') {
          for (let round = 0; round < work.most; round += 1) {
            go(work.predicate)
            if (at(arena.view('bool'), base + work.flag) === 0) break
            go(work.works)
          }
        } else go(work.cases[Math.min(Math.max(word(work.index), 0), work.cases.length - 1)] ?? [])
    }
    go(works)
    return [...taken.values()]
  }
  const fill = (): void => {
    instance.clear(base)
    inputs.forEach((x, i) => {
      const address = instance.addressOf(base, graph.inputs[i])
      if (address !== undefined) copyIn(arena, address, x)
    })
  }
  try {
    // A whole run finds wrong indices, which are errors, and warms what is warmed.
    fill()
    instance.run(base)
    const all = Array.from({ length: runs }, () => {
      fill()
      return timed()
    })
    const [first = []] = all
    return first.map(({ name, equations, rounds }, i) => ({
      name,
      equations,
      rounds,
      timeMs: Math.min(...all.map(run => run[i]?.timeMs ?? Number.POSITIVE_INFINITY)),
    }))
  } finally {
    arena.give(base, plan.size)
  }
}
