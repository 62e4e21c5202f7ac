/**
 * Joins maps over one index space into one pass, and drops what nobody reads: a chain of operations, or an optimizer's update of a
 * parameter and of its moments, then loads each value once and stores only what is needed later.
 */
import { sizeOf } from '../../tensor/index.js'
import { depthOf, type Expression, isContiguous, type Load, loadsOf, mapAllLoads, mostDepth } from './expression.js'
import type { Graph, Stage, Store } from './stage.js'

type MapStage = Extract<Stage, { kind: 'map' }>

/** The buffers a stage reads. */
export const readsOf = (stage: Stage): readonly number[] => {
  switch (stage.kind) {
    case 'map':
      return loadsOf(stage.stores.map(store => store.expression)).map(load => load.buffer)
    case 'zero':
      return []
    case 'copy':
    case 'argmax':
      return [stage.from]
    case 'reduce':
      return loadsOf([stage.expression]).map(load => load.buffer)
    case 'contract':
      return [stage.left.buffer, stage.right.buffer]
    case 'gather':
      return [stage.from, stage.indices]
    case 'scatterAdd':
      return [stage.from, stage.indices, stage.buffer]
    case 'threefry':
      return [stage.key, stage.counter]
  }
}

/** The buffers a stage writes. */
export const writesOf = (stage: Stage): readonly number[] =>
  stage.kind === 'map' ? stage.stores.map(store => store.buffer) : [stage.buffer]

/** Every entry of the buffer, in its order. */
export const isWhole = (store: Store, sizes: readonly number[]): boolean =>
  isContiguous({ kind: 'load', dtype: 'float32', buffer: store.buffer, start: store.start, strides: store.strides }, sizes)

const sameSizes = (a: MapStage, b: MapStage): boolean =>
  a.sizes.length === b.sizes.length && a.sizes.every((size, axis) => size === b.sizes[axis])

/** More loads than this in one pass would not stay in registers. */
const mostLoads = 24

/** `second` computed in the pass of `first`: what it loads of first's results it takes from the expressions themselves. */
const fused = (first: MapStage, second: MapStage): MapStage | undefined => {
  const known = new Map<number, Expression>(first.stores.map(store => [store.buffer, store.expression]))
  let possible = true
  const take = (load: Load): Expression => {
    const expression = known.get(load.buffer)
    if (expression === undefined) return load
    if (!isContiguous(load, second.sizes)) possible = false
    return expression
  }
  const expressions = mapAllLoads(
    second.stores.map(store => store.expression),
    take,
  )
  const stores = second.stores.map((store, i) => ({ ...store, expression: expressions?.[i] ?? store.expression }))
  if (!possible) return undefined
  if (stores.some(({ expression }) => depthOf(expression) > mostDepth)) return undefined
  const joined = { ...first, stores: [...first.stores, ...stores] }
  return loadsOf(joined.stores.map(store => store.expression)).length <= mostLoads ? joined : undefined
}

/** Whether two maps have anything to gain from one pass: one feeds the other, or both read the same buffer. */
const related = (first: MapStage, second: MapStage): boolean => {
  const theirs = new Set([...readsOf(first), ...writesOf(first)])
  return readsOf(second).some(buffer => theirs.has(buffer))
}

const isMergeable = (stage: Stage | undefined): stage is MapStage =>
  stage?.kind === 'map' && sizeOf(stage.sizes) > 0 && stage.stores.every(store => isWhole(store, stage.sizes))

/** Puts each map into the earliest map before it that it may join: nothing between them may come between what they read and write. */
const joinMaps = (stages: readonly Stage[], partial: ReadonlySet<number>): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const target = isMergeable(stage) && !writesOf(stage).some(buffer => partial.has(buffer)) ? findTarget(result, stage) : undefined
    if (target === undefined) result.push(stage)
    else {
      result.splice(target.place, 1)
      result.splice(target.at, 0, target.stage)
    }
  }
  return result
}

interface Target {
  readonly place: number
  /** Where the joined stage goes after the old one is taken out. */
  readonly at: number
  readonly stage: MapStage
}

const findTarget = (result: readonly Stage[], stage: MapStage): Target | undefined => {
  const reads = new Set(readsOf(stage))
  // Written after the candidate and read by this stage: then the joined stage cannot stand in the candidate's place.
  let blockedUp = false
  for (let i = result.length - 1; i >= 0; i -= 1) {
    const candidate = result[i]
    if (isMergeable(candidate) && sameSizes(candidate, stage) && related(candidate, stage)) {
      const joined = fused(candidate, stage)
      if (joined && !blockedUp) return { place: i, at: i, stage: joined }
      const written = new Set(writesOf(candidate))
      const readBetween = result.slice(i + 1).some(other => readsOf(other).some(buffer => written.has(buffer)))
      if (joined && !readBetween) return { place: i, at: result.length - 1, stage: joined }
    }
    if (candidate && writesOf(candidate).some(buffer => reads.has(buffer))) blockedUp = true
  }
  return undefined
}

/** Drops stores that no other stage reads and that are no results, and stages left with nothing to do. */
const dropDead = (stages: readonly Stage[], outputs: readonly number[]): readonly Stage[] => {
  const needed = new Set(outputs)
  const kept: Stage[] = []
  for (const stage of stages.toReversed()) {
    const live = stage.kind === 'map' ? { ...stage, stores: stage.stores.filter(store => needed.has(store.buffer)) } : stage
    if (!writesOf(live).some(buffer => needed.has(buffer))) continue
    for (const buffer of readsOf(live)) needed.add(buffer)
    kept.push(live)
  }
  return kept.reverse()
}

/** The graph with its maps joined. */
export const merge = (graph: Graph): Graph => {
  const counts = new Map<number, number>()
  for (const stage of graph.stages) for (const buffer of writesOf(stage)) counts.set(buffer, (counts.get(buffer) ?? 0) + 1)
  // A buffer that several stages write together must keep their order.
  const partial = new Set([...counts].flatMap(([buffer, count]) => (count > 1 ? [buffer] : [])))
  return { ...graph, stages: dropDead(joinMaps(graph.stages, partial), graph.outputs) }
}
