/**
 * Writes a graph as one module. Each stage becomes one or more phases, and each phase a function `(base, from, to)` that does its units of
 * work from one number to another. Two more functions call these in the order of the stages: `run` on one thread, and `share` on one of
 * several threads that meet at a barrier between phases.
 */

import type { Bytes } from '../../program/index.js'
import { fail, sizeOf } from '../../tensor/index.js'
import type { Graph, Leaf, Stage } from '../fusion/stage.js'
import { writesOf } from '../fusion/stage-buffers.js'
import { type Scratch, writeContract } from './contract.js'
import { Micros } from './contract-micro.js'
import type { Arithmetic, Code } from './encoder.js'
import { sizeInBytes, writeCopy, writeRow, writeZero } from './indexed.js'
import { writeMap } from './map.js'
import { ModuleBuilder, type OwnMemory } from './module-builder.js'
import type { Division, Phase } from './phase.js'
import type { Plan } from './plan.js'
import { writeReduce } from './reduce.js'
import { routineWriters } from './routine-stage.js'
import { inStrips, type WrittenStage } from './strips.js'
import type { WasmTarget } from './target.js'
import { clock, maximumPages, type Waiting, writeBarrier, writeTake } from './threads.js'
import type { Offsets } from './walks.js'
import { costOf, type Work, writeRun, writeShare } from './work.js'

/** A stage that writes no entries needs no code, unless it reports wrong indices: those are errors also where nothing is moved. */
const isEmpty = (stage: Leaf, graph: Graph): boolean => {
  if (stage.kind === 'routine')
    return stage.reports === undefined && writesOf(stage).every(buffer => sizeOf(graph.buffers[buffer]?.sizes ?? []) === 0)
  if (stage.kind === 'map') return sizeOf(stage.sizes) === 0
  if (stage.kind === 'row') return sizeOf(graph.buffers[stage.row]?.sizes ?? []) === 0
  return sizeOf(graph.buffers[stage.buffer]?.sizes ?? []) === 0
}

/** What a stage is called in profiles: its kind and its sizes. */
export const nameOf = (stage: Leaf): string => {
  if (stage.kind === 'map') return `map ${stage.sizes.join('x')}`
  if (stage.kind === 'reduce') return `${stage.by} ${stage.kept.join('x')} over ${stage.reduced.join('x')}`
  return stage.kind === 'routine' ? stage.name : stage.kind
}

const placesIn =
  ({ offsets }: Plan): Offsets =>
  buffer =>
    offsets[buffer] ?? fail({ _tag: 'InternalError', detail: `buffer ${buffer} has no place` })

/** Where a product keeps copies of its sides that are packed for reading, and the totals that it carries from block to block. */
const scratchOf = ({ scratch }: Plan, i: number): Scratch => {
  const [left = 0, right = 0, totals = 0] = scratch[i] ?? []
  return { left, right, totals }
}

const writeStage = (builder: ModuleBuilder, micros: Micros, stage: Leaf, i: number, graph: Graph, plan: Plan): readonly Phase[] => {
  const offsets = placesIn(plan)
  const infoOf = (buffer: number) => graph.buffers[buffer] ?? fail({ _tag: 'InternalError', detail: `no buffer ${buffer}` })
  const bytesIn = (buffer: number): number => sizeInBytes(infoOf(buffer).sizes, infoOf(buffer).dtype)
  const dtypeOf = (buffer: number) => infoOf(buffer).dtype
  const one = (write: (code: Code) => Division): readonly Phase[] => {
    let division: Division = { units: 0, multiple: 1, weight: 0 }
    const index = builder.add(
      { parameters: ['i32', 'i32', 'i32'], results: [] },
      code => {
        division = write(code)
      },
      { name: nameOf(stage) },
    )
    return [{ index, division }]
  }
  if (isEmpty(stage, graph)) return []
  switch (stage.kind) {
    case 'map':
      return one(code => writeMap(code, stage, offsets))
    case 'zero':
      return one(code => writeZero(code, bytesIn(stage.buffer), offsets(stage.buffer)))
    case 'copy':
      // A next carry that was written over the carry is where it belongs.
      if (offsets(stage.from) === offsets(stage.buffer)) return []
      return one(code => writeCopy(code, bytesIn(stage.buffer), offsets(stage.from), offsets(stage.buffer)))
    case 'row': {
      const places = { stack: offsets(stage.stack), row: offsets(stage.row), counter: offsets(stage.counter) }
      return one(code => writeRow(code, stage, bytesIn(stage.row), places))
    }
    case 'reduce':
      return one(code => writeReduce(code, stage, offsets))
    case 'contract': {
      const then =
        stage.epilogue && sizeOf(stage.epilogue.sizes) > 0 ? writeStage(builder, micros, stage.epilogue, i, graph, plan)[0] : undefined
      if (sizeOf(stage.sizes.inner) > 0) return writeContract(builder, stage, offsets, scratchOf(plan, i), micros, then)
      const zeros = one(code => writeZero(code, bytesIn(stage.buffer), offsets(stage.buffer)))
      return then ? [...zeros, then] : zeros
    }
    case 'routine': {
      const places = { offsets, dtypeOf, scratch: plan.scratch[i] ?? [], stage: i }
      return routineWriters(stage, places, builder.target.costs).flatMap(one)
    }
  }
}

/** Bytes that are copied after the last stage, from one offset in the program's memory to another. */
export interface Copy {
  readonly from: number
  readonly to: number
  readonly bytes: number
}

export interface ModuleOptions extends Waiting {
  /** Whether threads share the memory. The module then imports a clock, by which the caller knows when it has waited too long. */
  readonly shared: boolean
  readonly arithmetic: Arithmetic
  readonly target: WasmTarget
}

export interface WrittenModule {
  readonly bytes: Bytes
  /** Whether there is so much work that it is worth waking the other threads. Only then does the module have `share`. */
  readonly divisible: boolean
}

/** What a graph's stages do, in order. Neighbouring phases are done in strips, but not across the border of a loop or a case. */
const worksOf = (builder: ModuleBuilder, graph: Graph, plan: Plan): readonly Work[] => {
  const micros = new Micros()
  const places = placesIn(plan)
  let leaves = 0
  const worksIn = (stages: readonly Stage[]): readonly Work[] => {
    const works: Work[] = []
    let straight: WrittenStage[] = []
    const finish = (): void => {
      works.push(...inStrips(builder, straight, places).map(phase => ({ kind: 'phase', ...phase }) as const))
      straight = []
    }
    for (const stage of stages)
      if (stage.kind === 'loop') {
        finish()
        works.push({ kind: 'loop', length: stage.length, counter: places(stage.counter), works: worksIn(stage.stages) })
      } else if (stage.kind === 'while') {
        finish()
        const predicate = worksIn(stage.predicate)
        works.push({ kind: 'while', most: stage.most, flag: places(stage.flag), predicate, works: worksIn(stage.stages) })
      } else if (stage.kind === 'block') {
        finish()
        works.push(...worksIn(stage.stages))
      } else if (stage.kind === 'branch') {
        finish()
        works.push({ kind: 'choice', index: places(stage.index), cases: stage.cases.map(worksIn) })
      } else {
        straight.push({ stage, phases: writeStage(builder, micros, stage, leaves, graph, plan) })
        leaves += 1
      }
    finish()
    return works
  }
  return worksIn(graph.stages)
}

/** The module with an exported function `phase i` for each phase, which does all of it, and what is to be done in which order. */
export const writePhases = (
  graph: Graph,
  plan: Plan,
  options: ModuleOptions,
): { readonly bytes: Bytes; readonly works: readonly Work[] } => {
  const builder = new ModuleBuilder(options.shared ? [clock] : [], options.arithmetic, options.target)
  const works = worksOf(builder, graph, plan)
  const add = (all: readonly Work[]): void => {
    for (const work of all)
      if (work.kind === 'phase')
        builder.add({ parameters: ['i32'], results: [] }, code => writeRun(code, [work]), { name: `phase ${work.index}`, exported: true })
      else if (work.kind === 'choice') work.cases.forEach(add)
      else add(work.kind === 'while' ? [...work.predicate, ...work.works] : work.works)
  }
  add(works)
  return { bytes: builder.encode(options.shared ? maximumPages : undefined), works }
}

/**
 * Writes the module. `run(base)` does all stages in order, and `share(base, thread, threads)` the part of one thread. It works in the engine's
 * memory, unless it is given one of its own.
 */
export const writeModule = (graph: Graph, plan: Plan, copies: readonly Copy[], options: ModuleOptions, own?: OwnMemory): WrittenModule => {
  const builder = new ModuleBuilder(options.shared ? [clock] : [], options.arithmetic, options.target)
  const { leastShare, leastProgram } = options.target.costs.threads
  const works = worksOf(builder, graph, plan)
  const writeCopies = (code: Code): void => {
    for (const { from, to, bytes } of copies) writeCopy(code, bytes, from, to)
  }
  builder.add(
    { parameters: ['i32'], results: [] },
    code => {
      writeRun(code, works)
      writeCopies(code)
    },
    { name: 'run', exported: true },
  )
  const divisible = options.shared && costOf(works, leastShare) >= leastProgram
  if (divisible) {
    const barrier = builder.add({ parameters: ['i32', 'i32'], results: [] }, code => writeBarrier(code, options), {
      name: 'barrier',
    })
    const take = builder.add({ parameters: ['i32', 'i32', 'i32'], results: ['i32'] }, writeTake, { name: 'take' })
    builder.add(
      { parameters: ['i32', 'i32', 'i32'], results: [] },
      code => writeShare(code, works, { barrier, take, leastShare }, () => writeCopies(code)),
      { name: 'share', exported: true },
    )
  }
  return { bytes: builder.encode(options.shared ? maximumPages : undefined, own), divisible }
}
