/**
 * The memory plan: every buffer gets a place in one arena, and a place is used again when nobody needs what it held. A map may write over a
 * buffer that it is the last to read, place by place.
 */
import { at, bytesOf, sizeOf } from '../../tensor/index.js'
import { isContiguous, loadsOf } from '../fusion/expression.js'
import type { Graph, Stage } from '../fusion/stage.js'
import { isWhole, readsOf, writesOf } from '../fusion/stage-buffers.js'
import { planContract } from './contract-panels.js'
import { totalsBytes } from './contract-totals.js'
import { routineSpace } from './routine-stage.js'
import { Space } from './space.js'

/** Buffers begin at multiples of this; vectors may read as many bytes beyond their ends. */
const alignment = 64

export interface Plan {
  /** Offset of each buffer from the beginning of the arena, in bytes; undefined for one that no stage needs. */
  readonly offsets: readonly (number | undefined)[]
  /** For each stage the offsets of its working space: packed copies of a product's sides and its totals, or where a scatter adds up. */
  readonly scratch: readonly (readonly number[])[]
  /** Bytes of the whole arena. */
  readonly size: number
}

const padded = (bytes: number): number => Math.ceil((bytes + 64) / alignment) * alignment

/** Buffers that a stage reads only at the places where it writes, so that one may be written over. */
const overwritable = (stage: Stage, graph: Graph): ReadonlySet<number> => {
  // The rows of a product that are not finished still read both sides.
  if (stage.kind === 'contract' && stage.epilogue)
    return new Set([...overwritable(stage.epilogue, graph)].filter(buffer => buffer !== stage.left.buffer && buffer !== stage.right.buffer))
  if (stage.kind !== 'map' || !stage.stores.every(store => isWhole(store, stage.sizes))) return new Set()
  const loads = loadsOf(stage.stores.map(store => store.expression))
  const aligned = loads.filter(
    load => isContiguous(load, stage.sizes) && sizeOf(graph.buffers[load.buffer]?.sizes ?? []) === sizeOf(stage.sizes),
  )
  const others = new Set(loads.filter(load => !aligned.includes(load)).map(load => load.buffer))
  return new Set(aligned.map(load => load.buffer).filter(buffer => !others.has(buffer)))
}

/** Bytes that a stage needs for itself: packed copies of a product's sides and its totals, or where a scatter adds up. */
const workingBytes = (stage: Stage, graph: Graph): readonly number[] => {
  if (stage.kind === 'contract') {
    const plan = planContract(stage)
    return [plan.packRows, plan.packColumns, totalsBytes(stage, plan)]
  }
  return stage.kind === 'routine' ? routineSpace(stage, graph) : []
}

/**
 * @param reserved bytes at the beginning that are not the plan's.
 * @param feedback for a result that is an argument of the next round, that argument's buffer: the result may be written over it.
 */
export const planMemory = (graph: Graph, reserved: number, feedback: ReadonlyMap<number, number> = new Map()): Plan => {
  const { stages, buffers, inputs, outputs } = graph
  const lastRead = new Map<number, number>()
  const lastUse = new Map<number, number>()
  const described = stages.map(stage => ({ stage, reads: readsOf(stage), writes: writesOf(stage) }))
  described.forEach(({ reads, writes }, i) => {
    for (const buffer of reads) lastRead.set(buffer, i)
    for (const buffer of [...reads, ...writes]) lastUse.set(buffer, i)
  })
  // Inputs keep their places to the end: their copies may serve the next call.
  for (const buffer of [...outputs, ...inputs]) lastUse.set(buffer, stages.length)

  const offsets = new Array<number | undefined>(buffers.length)
  const space = new Space(reserved)
  const sizes = buffers.map(({ sizes, dtype }) => padded(sizeOf(sizes) * bytesOf(dtype)))
  const place = (buffer: number): void => {
    if (offsets[buffer] === undefined) offsets[buffer] = space.take(sizes[buffer] ?? alignment)
  }
  for (const buffer of inputs) if (lastUse.has(buffer)) place(buffer)
  const scratch = described.map(({ stage, reads, writes }, i) => {
    const over = overwritable(stage, graph)
    const writable = [...over].filter(buffer => lastUse.get(buffer) === i)
    // The product itself is written before the map that goes with it has read anything.
    if (stage.kind === 'contract') place(stage.buffer)
    for (const buffer of writes) {
      if (offsets[buffer] !== undefined) continue
      const argument = feedback.get(buffer)
      if (argument !== undefined && over.has(argument) && lastRead.get(argument) === i) {
        offsets[buffer] = offsets[argument]
        continue
      }
      const own = buffers[buffer]
      const reused = writable.findIndex(
        other => sizes[other] === sizes[buffer] && bytesOf(buffers[other]?.dtype ?? 'bool') === bytesOf(own?.dtype ?? 'bool'),
      )
      const [source] = reused < 0 ? [] : writable.splice(reused, 1)
      if (source === undefined) place(buffer)
      else {
        offsets[buffer] = offsets[source]
        // The place now belongs to the new buffer and is given back when that one ends.
        lastUse.set(source, -1)
      }
    }
    const bytes = workingBytes(stage, graph).map(size => (size > 0 ? padded(size) : 0))
    const taken = bytes.map(size => (size > 0 ? space.take(size) : 0))
    bytes.forEach((size, own) => {
      if (size > 0) space.give(at(taken, own), size)
    })
    for (const buffer of new Set([...reads, ...writes])) {
      const offset = offsets[buffer]
      if (lastUse.get(buffer) === i && offset !== undefined) space.give(offset, sizes[buffer] ?? 0)
    }
    return taken
  })
  return { offsets, scratch, size: space.most }
}
