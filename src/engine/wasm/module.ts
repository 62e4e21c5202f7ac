/**
 * Writes a graph as one module. Each stage becomes one or more phases, and each phase a function `(base, from, to)` that does its units of
 * work from one number to another. Two more functions call these in the order of the stages: `run` on one thread, and `share` on one of
 * several threads that meet at a barrier between phases.
 */

import { fail, sizeOf } from '../../tensor/index.js'
import type { Graph, Stage } from '../fusion/stage.js'
import { writesOf } from '../fusion/stage-buffers.js'
import { type Scratch, writeContract } from './contract.js'
import { Micros } from './contract-micro.js'
import type { Arithmetic, Code, Local } from './encoder.js'
import { sizeInBytes, writeCopy, writeZero } from './indexed.js'
import { writeMap } from './map.js'
import { ModuleBuilder } from './module-builder.js'
import type { Division, Phase } from './phase.js'
import type { Plan } from './plan.js'
import { writeReduce } from './reduce.js'
import { routineWriters } from './routine-stage.js'
import { inStrips, type WrittenStage } from './strips.js'
import type { WasmTarget } from './target.js'
import { clock, maximumPages, setPieces, type Waiting, writeBarrier, writeTake } from './threads.js'
import type { Offsets } from './walks.js'
import type { Bytes } from './writer.js'

/** A stage that writes no entries needs no code, unless it reports wrong indices: those are errors also where nothing is moved. */
const isEmpty = (stage: Stage, graph: Graph): boolean => {
  if (stage.kind === 'routine')
    return stage.reports === undefined && writesOf(stage).every(buffer => sizeOf(graph.buffers[buffer]?.sizes ?? []) === 0)
  if (stage.kind === 'map') return sizeOf(stage.sizes) === 0
  return sizeOf(graph.buffers[stage.buffer]?.sizes ?? []) === 0
}

const nameOf = (stage: Stage): string => {
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

const writeStage = (builder: ModuleBuilder, micros: Micros, stage: Stage, i: number, graph: Graph, plan: Plan): readonly Phase[] => {
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
      return one(code => writeCopy(code, bytesIn(stage.buffer), offsets(stage.from), offsets(stage.buffer)))
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

/** How many threads can have a share of a phase that is worth more than their meeting costs. */
const worth = ({ units, multiple, weight }: Division, leastShare: number): number =>
  Math.min(Math.ceil(units / multiple), Math.floor((units * weight) / leastShare))

/** Sets the locals `low` and `high` to the first unit of a piece and the one after its last. */
const setPiece = (code: Code, { units, multiple }: Division, piece: Local, pieces: Local, low: Local, high: Local): void => {
  const blocks = Math.ceil(units / multiple)
  const least = (a: Local, pushOther: () => void): void => {
    code.get(a)
    pushOther()
    code.get(a)
    pushOther()
    code.do('i32.lt_u', 'select')
  }
  const bound = (target: Local, number: Local): void => {
    // With blocks = pieces · each + left, the first `left` pieces have one block more than the others. The shorter formula, number · blocks /
    // pieces, would leave the range of 32 bits.
    code.get(number).i32(blocks).get(pieces).do('i32.div_u', 'i32.mul')
    least(number, () => code.i32(blocks).get(pieces).do('i32.rem_u'))
    code.do('i32.add').i32(multiple).do('i32.mul').set(target)
    least(target, () => code.i32(units))
    code.set(target)
  }
  const next = code.local('i32')
  bound(low, piece)
  code.get(piece).i32(1).do('i32.add').set(next)
  bound(high, next)
  code.release(next)
}

/** Writes the module. `run(base)` does all stages in order, and `share(base, thread, threads)` the part of one thread. */
export const writeModule = (graph: Graph, plan: Plan, copies: readonly Copy[], options: ModuleOptions): WrittenModule => {
  const builder = new ModuleBuilder(options.shared ? [clock] : [], options.arithmetic, options.target)
  const micros = new Micros()
  const { leastShare, leastProgram } = options.target.costs.threads
  const written = graph.stages.map((stage, i): WrittenStage => ({ stage, phases: writeStage(builder, micros, stage, i, graph, plan) }))
  const phases = inStrips(builder, written, placesIn(plan))
  const writeCopies = (code: Code): void => {
    for (const { from, to, bytes } of copies) writeCopy(code, bytes, from, to)
  }
  builder.add(
    { parameters: ['i32'], results: [] },
    code => {
      for (const { index, division } of phases) code.get(code.parameter(0)).i32(0).i32(division.units).call(index)
      writeCopies(code)
    },
    { name: 'run', exported: true },
  )
  const cost = phases.reduce((sum, { division }) => sum + (worth(division, leastShare) > 1 ? division.units * division.weight : 0), 0)
  const divisible = options.shared && cost >= leastProgram
  if (divisible) {
    const barrier = builder.add({ parameters: ['i32', 'i32'], results: [] }, code => writeBarrier(code, options), {
      name: 'barrier',
    })
    const take = builder.add({ parameters: ['i32', 'i32', 'i32'], results: ['i32'] }, writeTake, { name: 'take' })
    builder.add(
      { parameters: ['i32', 'i32', 'i32'], results: [] },
      code => {
        const [base, thread, threads] = [code.parameter(0), code.parameter(1), code.parameter(2)]
        const [low, high, piece, pieces] = [code.local('i32'), code.local('i32'), code.local('i32'), code.local('i32')]
        const meet = (): void => void code.get(thread).get(threads).call(barrier)
        const alone = (body: () => void): void => void code.get(thread).do('i32.eqz').if(body)
        // What one thread has done alone is not waited for at once, but before the next phase that several threads share.
        let pending = false
        for (const { index, division } of phases) {
          const most = worth(division, leastShare)
          if (most < 2) {
            alone(() => code.get(base).i32(0).i32(division.units).call(index))
            pending = true
            continue
          }
          if (pending) meet()
          pending = false
          setPieces(code, pieces, threads, most)
          code.loop(() => {
            code.get(thread).get(threads).get(pieces).call(take).tee(piece).i32(0).do('i32.ge_s')
            code.if(() => {
              setPiece(code, division, piece, pieces, low, high)
              code.get(base).get(low).get(high).call(index).br(1)
            })
          })
          meet()
        }
        alone(() => writeCopies(code))
        meet()
      },
      { name: 'share', exported: true },
    )
  }
  return { bytes: builder.encode(options.shared ? maximumPages : undefined), divisible }
}
