/** For how long the buffers of a graph are needed: loops go through their stages again, and of the cases of a choice one is run. */
import type { Graph, Leaf, LoopStage, Stage, WhileStage } from '../fusion/stage.js'
import { readsOf, writesOf } from '../fusion/stage-buffers.js'

/** What happens to the memory, in order: the stages, those of a loop once, and where loops begin and end. */
export type MemoryStep =
  | { readonly kind: 'stage'; readonly stage: Leaf; readonly reads: readonly number[]; readonly writes: readonly number[] }
  | { readonly kind: 'begin'; readonly loop: LoopStage | WhileStage }
  | { readonly kind: 'end'; readonly loop: LoopStage | WhileStage }
  /** Where a case is chosen, and after the last of the cases: the number that chooses keeps its place in between. Or where a loop asks whether to go on. */
  | { readonly kind: 'choice'; readonly index: number }

export const stepsOf = (stages: readonly Stage[]): readonly MemoryStep[] =>
  stages.flatMap((stage): readonly MemoryStep[] => {
    if (stage.kind === 'block') return stepsOf(stage.stages)
    if (stage.kind === 'loop') return [{ kind: 'begin', loop: stage }, ...stepsOf(stage.stages), { kind: 'end', loop: stage }]
    if (stage.kind === 'while') {
      const asked = { kind: 'choice', index: stage.flag } as const
      return [{ kind: 'begin', loop: stage }, ...stepsOf(stage.predicate), asked, ...stepsOf(stage.stages), { kind: 'end', loop: stage }]
    }
    if (stage.kind === 'branch') {
      const choice = { kind: 'choice', index: stage.index } as const
      return [choice, ...stage.cases.flatMap(stepsOf), choice]
    }
    return [{ kind: 'stage', stage, reads: readsOf(stage), writes: writesOf(stage) }]
  })

const readsIn = (step: MemoryStep): readonly number[] => {
  if (step.kind === 'choice') return [step.index]
  return step.kind === 'stage' ? step.reads : []
}
const writesIn = (step: MemoryStep): readonly number[] => (step.kind === 'stage' ? step.writes : [])

/** From which step to which each buffer is needed. */
export interface Lives {
  /** The steps that read each buffer. */
  readonly reads: ReadonlyMap<number, readonly number[]>
  readonly lastUse: Map<number, number>
  /** For each beginning of a loop the step that is its end. */
  readonly ends: ReadonlyMap<number, number>
  /** For each beginning and end of a loop the buffers that are needed in all of its rounds. */
  readonly kept: ReadonlyMap<number, readonly number[]>
}

export const livesOf = (steps: readonly MemoryStep[], { inputs, outputs }: Graph): Lives => {
  const firstUse = new Map<number, number>(inputs.map(buffer => [buffer, -1]))
  const reads = new Map<number, number[]>()
  const lastUse = new Map<number, number>()
  steps.forEach((step, i) => {
    for (const buffer of readsIn(step)) {
      const known = reads.get(buffer)
      if (known) known.push(i)
      else reads.set(buffer, [i])
    }
    for (const buffer of [...readsIn(step), ...writesIn(step)]) {
      if (!firstUse.has(buffer)) firstUse.set(buffer, i)
      lastUse.set(buffer, i)
    }
  })
  // Inputs keep their places to the end: an argument that is given again in the next call then lies there already.
  for (const buffer of [...outputs, ...inputs]) lastUse.set(buffer, steps.length)
  const kept = new Map<number, readonly number[]>()
  const ends = new Map<number, number>()
  const open: number[] = []
  steps.forEach((step, end) => {
    if (step.kind === 'begin') open.push(end)
    if (step.kind !== 'end') return
    const begin = open.pop() ?? -1
    const touched = steps.slice(begin, end).flatMap(inner => [...readsIn(inner), ...writesIn(inner)])
    const counters = step.loop.kind === 'loop' ? [step.loop.counter] : []
    const isKept = (buffer: number): boolean =>
      counters.includes(buffer) || (firstUse.get(buffer) ?? begin) < begin || (lastUse.get(buffer) ?? end) > end
    const all = [...new Set([...touched, ...counters])].filter(isKept)
    for (const buffer of all) lastUse.set(buffer, Math.max(lastUse.get(buffer) ?? end, end))
    kept.set(begin, all).set(end, all)
    ends.set(begin, end)
  })
  return { reads, lastUse, ends, kept }
}
