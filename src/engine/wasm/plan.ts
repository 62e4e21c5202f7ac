/**
 * The memory plan gives every buffer of a program a place in one stretch of memory. When no later stage reads a buffer, its place is given to
 * another. A map whose result has the form of an operand may even be written over that operand, if no later stage reads it: each entry of
 * the operand is read before the entry of the result is written to its place.
 */
import { at, bytesOf, sizeOf } from '../../tensor/index.js'
import { isContiguous, loadsOf } from '../fusion/expression.js'
import type { Graph, Leaf } from '../fusion/stage.js'
import { isWhole } from '../fusion/stage-buffers.js'
import { planContract } from './contract-panels.js'
import { totalsBytes } from './contract-totals.js'
import { livesOf, stepsOf } from './lives.js'
import { routineSpace } from './routine-stage.js'
import { Space } from './space.js'
import type { WasmCosts } from './target.js'

/**
 * Buffers begin at multiples of so many bytes. Behind each buffer as many are left free, since its last vector may be read beyond its end.
 */
const alignment = 64

export interface Plan {
  /** The offset of each buffer from the beginning of the stretch, in bytes; undefined for a buffer that no stage needs. */
  readonly offsets: readonly (number | undefined)[]
  /** For each stage, those of loops and cases too, the offsets of its working space, such as a product's packed copies of its sides, or a table in which a scatter adds up. */
  readonly scratch: readonly (readonly number[])[]
  /** The bytes of the whole stretch. */
  readonly size: number
}

const padded = (bytes: number): number => Math.ceil((bytes + 64) / alignment) * alignment

/** The buffers that a stage reads only at the place that it is about to write. Its result may be written over one of them. */
const overwritable = (stage: Leaf, graph: Graph): ReadonlySet<number> => {
  // The epilogue is done to finished rows of a product while further rows are still computed from both sides, so these are not written over.
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

/** How many bytes of working space a stage needs, in the order of `Plan.scratch`. */
const workingBytes = (stage: Leaf, graph: Graph, costs: WasmCosts): readonly number[] => {
  if (stage.kind === 'contract') {
    const plan = planContract(stage, costs)
    return [plan.packRows, plan.packColumns, totalsBytes(stage, plan, costs)]
  }
  return stage.kind === 'routine' ? routineSpace(stage, graph, costs) : []
}

/**
 * Goes through the stages in order, takes a place for what each of them writes and gives back the places of what it was the last to use.
 *
 * @param reserved how many bytes at the beginning of the stretch are not for buffers.
 * @param feedback maps each result that is an argument of the next round to that argument's buffer. The result is written over it if possible.
 */
export const planMemory = (graph: Graph, costs: WasmCosts, reserved: number, feedback: ReadonlyMap<number, number> = new Map()): Plan => {
  const { buffers, inputs } = graph
  const steps = stepsOf(graph.stages)
  const { reads, lastUse, ends, kept } = livesOf(steps, graph)
  const offsets = new Array<number | undefined>(buffers.length)
  const space = new Space(reserved)
  const sizes = buffers.map(({ sizes, dtype }) => padded(sizeOf(sizes) * bytesOf(dtype)))
  const place = (buffer: number): void => {
    if (offsets[buffer] === undefined) offsets[buffer] = space.take(sizes[buffer] ?? alignment)
  }
  for (const buffer of inputs) if (lastUse.has(buffer)) place(buffer)
  const giveBack = (touched: readonly number[], i: number): void => {
    for (const buffer of new Set(touched)) {
      const offset = offsets[buffer]
      if (lastUse.get(buffer) === i && offset !== undefined) space.give(offset, sizes[buffer] ?? 0)
    }
  }
  /** For a result that becomes an argument of the next round: that argument, and the step at which the round ends. */
  const next = new Map([...feedback].map(([result, argument]) => [result, { argument, end: steps.length }]))
  const scratch: (readonly number[])[] = []
  steps.forEach((step, i) => {
    if (step.kind === 'begin') {
      for (const buffer of kept.get(i) ?? []) place(buffer)
      for (const [result, argument] of step.loop.carries) next.set(result, { argument, end: ends.get(i) ?? steps.length })
      return
    }
    if (step.kind === 'end') {
      giveBack(kept.get(i) ?? [], i)
      return
    }
    if (step.kind === 'choice') {
      giveBack([step.index], i)
      return
    }
    const { stage, reads: own, writes } = step
    const over = overwritable(stage, graph)
    const writable = [...over].filter(buffer => lastUse.get(buffer) === i)
    // A product is written before the map that is its epilogue reads anything, so it takes its place before that map's buffers are planned.
    if (stage.kind === 'contract') place(stage.buffer)
    for (const buffer of writes) {
      if (offsets[buffer] !== undefined) continue
      const onward = next.get(buffer)
      const isReadAgain = (argument: number, end: number): boolean => (reads.get(argument) ?? []).some(other => other > i && other < end)
      if (onward && over.has(onward.argument) && !isReadAgain(onward.argument, onward.end)) {
        offsets[buffer] = offsets[onward.argument]
        // The place stays the argument's.
        lastUse.set(buffer, -1)
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
        // The place now belongs to the new buffer, and is given back with that one and not with the old one.
        lastUse.set(source, -1)
      }
    }
    const bytes = workingBytes(stage, graph, costs).map(size => (size > 0 ? padded(size) : 0))
    const taken = bytes.map(size => (size > 0 ? space.take(size) : 0))
    bytes.forEach((size, own) => {
      if (size > 0) space.give(at(taken, own), size)
    })
    giveBack([...own, ...writes], i)
    scratch.push(taken)
  })
  return { offsets, scratch, size: space.most }
}
