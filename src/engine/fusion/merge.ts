/**
 * Joins maps over the same index space into one pass, and drops stores that nobody reads. A chain of operations then loads each value once and stores
 * only what is needed later, and so does an optimizer's update of a parameter and of its moments.
 */
import { at, rowMajor, sizeOf } from '../../tensor/index.js'
import { longAxes } from './axes.js'
import {
  depthOf,
  dtypesIn,
  type Expression,
  isContiguous,
  type Load,
  loadsOf,
  mapAllLoads,
  mapLoads,
  mostDepth,
  reshaped,
} from './expression.js'
import type { Contract, Graph, MapStage, ReduceStage, Stage, Store } from './stage.js'

/** The buffers a stage reads. */
export const readsOf = (stage: Stage): readonly number[] => {
  switch (stage.kind) {
    case 'map':
      return loadsOf(stage.stores.map(store => store.expression)).map(load => load.buffer)
    case 'zero':
      return []
    case 'copy':
      return [stage.from]
    case 'reduce':
      return loadsOf([stage.expression, ...(stage.stores ?? []).map(store => store.expression)]).map(load => load.buffer)
    case 'contract':
      return [stage.left.buffer, stage.right.buffer, ...(stage.epilogue ? readsOf(stage.epilogue) : [])]
    case 'routine':
      return stage.isOnto ? [...stage.reads, ...stage.writes.slice(0, 1)] : stage.reads
  }
}

/** The buffers a stage writes. */
export const writesOf = (stage: Stage): readonly number[] => {
  if (stage.kind === 'map') return stage.stores.map(store => store.buffer)
  if (stage.kind === 'reduce') return [...(stage.stores ?? []).map(store => store.buffer), stage.buffer]
  if (stage.kind === 'routine') return stage.writes
  return stage.kind === 'contract' && stage.epilogue ? [stage.buffer, ...writesOf(stage.epilogue)] : [stage.buffer]
}

/** Every entry of the buffer, in its order. */
export const isWhole = (store: Store, sizes: readonly number[]): boolean =>
  isContiguous({ kind: 'load', dtype: 'float32', buffer: store.buffer, start: store.start, strides: store.strides }, sizes)

/** More loads than this in one pass would not stay in registers. */
const mostLoads = 24
/** How many earlier stages are tried for each stage. Without a bound, a value that every stage reads would make each of them look at all others. */
const mostCandidates = 32

/** A stage with what is derived from it once, because it is asked often. */
interface Placed {
  readonly stage: Stage
  readonly reads: ReadonlySet<number>
  readonly writes: ReadonlySet<number>
  readonly map: Joinable | undefined
}

/** A map that others may join, its loads and its number of places. */
interface Joinable {
  readonly stage: MapStage
  readonly loads: readonly Load[]
  readonly places: number
}

const joinable = (stage: MapStage): Joinable => ({
  stage,
  loads: loadsOf(stage.stores.map(store => store.expression)),
  places: sizeOf(stage.sizes),
})

const isMergeable = (stage: Stage): stage is MapStage =>
  stage.kind === 'map' && sizeOf(stage.sizes) > 0 && stage.stores.every(store => isWhole(store, stage.sizes))

const described = (stage: Stage): Placed => {
  const map = isMergeable(stage) ? joinable(stage) : undefined
  const reads = new Set(map ? map.loads.map(load => load.buffer) : readsOf(stage))
  return { stage, reads, writes: new Set(writesOf(stage)), map }
}

/**
 * The same map over other sizes with as many places, as where the places of a window are axes of their own. Undefined if strides cannot say where its
 * loads then are.
 */
const over = (sizes: readonly number[], map: Joinable): Joinable | undefined => {
  if (sizes.join() === map.stage.sizes.join()) return map
  const expressions = mapAllLoads(
    map.stage.stores.map(store => store.expression),
    reshaped(map.stage.sizes, sizes),
  )
  if (expressions === undefined) return undefined
  const strides = rowMajor(sizes)
  const stores = map.stage.stores.map((store, i) => ({ ...store, strides, expression: expressions[i] ?? store.expression }))
  return joinable({ ...map.stage, sizes, stores })
}

/** The stages so far, joined where they may be. A place whose stage has moved to the end stays empty. */
class Sequence {
  readonly #places: (Placed | undefined)[] = []
  /** For each buffer the places of the stages that read or write it, and the last of each. */
  readonly #touching = new Map<number, number[]>()
  readonly #lastRead = new Map<number, number>()
  readonly #lastWrite = new Map<number, number>()
  readonly #depths = new Map<Expression, number>()

  get stages(): readonly Stage[] {
    return this.#places.flatMap(placed => (placed ? [placed.stage] : []))
  }

  #put(placed: Placed, place: number): void {
    this.#places[place] = placed
    const touch = (buffer: number, last: Map<number, number>): void => {
      last.set(buffer, Math.max(last.get(buffer) ?? -1, place))
      const places = this.#touching.get(buffer)
      if (places === undefined) this.#touching.set(buffer, [place])
      else if (places.at(-1) !== place) places.push(place)
    }
    for (const buffer of placed.reads) touch(buffer, this.#lastRead)
    for (const buffer of placed.writes) touch(buffer, this.#lastWrite)
  }

  /** Puts a stage at the end. */
  push(stage: Stage): void {
    this.#put(described(stage), this.#places.length)
  }

  /** Joins a map to the latest map that shares a buffer with it and may be joined. Where there is none, it is put at the end. */
  join(stage: Stage): void {
    const own = described(stage)
    for (const place of this.#candidates(own)) {
      const candidate = this.#places[place]
      // This map may move up to the candidate if no stage between them writes what it reads; the candidate may move down to it if none reads what
      // the candidate writes.
      const up = this.#last(this.#lastWrite, own.reads) <= place
      const down = candidate !== undefined && this.#last(this.#lastRead, candidate.writes) <= place
      if (candidate === undefined || !(up || down)) continue
      const joined = this.#fused(candidate, own)
      if (joined === undefined) continue
      if (!up) this.#places[place] = undefined
      this.#put(joined, up ? place : this.#places.length)
      return
    }
    this.#put(own, this.#places.length)
  }

  #last(last: ReadonlyMap<number, number>, buffers: ReadonlySet<number>): number {
    let place = -1
    for (const buffer of buffers) place = Math.max(place, last.get(buffer) ?? -1)
    return place
  }

  /** Where maps stand that have as many places and share a buffer which this one reads: the latest first. */
  #candidates({ map, reads }: Placed): readonly number[] {
    if (map === undefined) return []
    const places = new Set<number>()
    for (const buffer of reads)
      for (const place of this.#touching.get(buffer)?.slice(-mostCandidates) ?? [])
        if (this.#places[place]?.map?.places === map.places) places.add(place)
    return [...places].sort((a, b) => b - a)
  }

  /** Both maps as one pass. Where the second loads a result of the first, it takes the expression that the first computes. */
  #fused({ map: first }: Placed, { map: second }: Placed): Placed | undefined {
    if (first === undefined || second === undefined) return undefined
    const follower = over(first.stage.sizes, second)
    if (follower) return this.#together(first, follower)
    const leader = over(second.stage.sizes, first)
    return leader && this.#together(leader, second)
  }

  /** Two maps over the same sizes as one. */
  #together({ stage, loads, places }: Joinable, second: Joinable): Placed | undefined {
    const known = new Map<number, Expression>(stage.stores.map(store => [store.buffer, store.expression]))
    const kept = second.loads.filter(load => !known.has(load.buffer))
    const { sizes } = second.stage
    if (loads.length + kept.length > mostLoads) return undefined
    if (second.loads.some(load => known.has(load.buffer) && !isContiguous(load, sizes))) return undefined
    const take = (load: Load): Expression => known.get(load.buffer) ?? load
    const expressions = mapAllLoads(
      second.stage.stores.map(store => store.expression),
      take,
    )
    const stores = second.stage.stores.map((store, i) => ({ ...store, expression: expressions?.[i] ?? store.expression }))
    if (stores.some(({ expression }) => depthOf(expression, this.#depths) > mostDepth)) return undefined
    const joined: MapStage = { ...stage, stores: [...stage.stores, ...stores] }
    const all = [...loads, ...kept]
    return {
      stage: joined,
      reads: new Set(all.map(load => load.buffer)),
      writes: new Set(writesOf(joined)),
      map: { stage: joined, loads: all, places },
    }
  }
}

/** Joins each map to an earlier one, where no stage between them reads or writes what would be moved past it. */
const joinMaps = (stages: readonly Stage[], partial: ReadonlySet<number>): readonly Stage[] => {
  const sequence = new Sequence()
  for (const stage of stages) {
    if (writesOf(stage).some(buffer => partial.has(buffer))) sequence.push(stage)
    else sequence.join(stage)
  }
  return sequence.stages
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

/** Whether each place along the first axis writes to a stretch of its own, and these stretches are the whole buffer. */
const isInStretches = ({ stores: [store, ...others], sizes }: MapStage, entries: number): boolean => {
  const [first, ...rest] = longAxes(sizes)
  if (store === undefined || others.length > 0 || first === undefined || sizeOf(sizes) === 0) return false
  const stretch = at(store.strides, first)
  const last = rest.reduce((sum, axis) => sum + (at(sizes, axis) - 1) * at(store.strides, axis), store.start)
  return store.strides.every(stride => stride >= 0) && stretch * at(sizes, first) === entries && last < stretch
}

/** Zeros and the first part that is placed among them in one pass: each thread then writes to what it has just set to zero. */
const withZeros = ({ stages, buffers }: Graph): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const before = result.at(-1)
    const isPlaced =
      stage.kind === 'map' &&
      before?.kind === 'zero' &&
      stage.stores[0]?.buffer === before.buffer &&
      isInStretches(stage, sizeOf(buffers[before.buffer]?.sizes ?? []))
    if (isPlaced) result.splice(-1, 1, { ...stage, amongZeros: true })
    else result.push(stage)
  }
  return result
}

/** A map is not joined to a reduction of rows shorter than this: it is quicker to do all rows as one long row, and to reduce them afterwards. */
const leastRow = 64

/** A reduction by rows that does the work of the map before it, whose results it reads in order; undefined if it cannot. */
const reducing = (map: MapStage, stage: ReduceStage): ReduceStage | undefined => {
  const sizes = [...stage.kept, ...stage.reduced]
  const known = new Map<number, Expression>(map.stores.map(store => [store.buffer, store.expression]))
  const loads = loadsOf([stage.expression])
  const own = loads.filter(load => known.has(load.buffer))
  if (stage.byColumns || at(stage.reduced, stage.reduced.length - 1) < leastRow || own.length === 0) return undefined
  if (!isMergeable(map) || map.sizes.join() !== sizes.join() || !own.every(load => isContiguous(load, sizes))) return undefined
  const expression = mapLoads(stage.expression, load => known.get(load.buffer) ?? load)
  if (expression === undefined) return undefined
  const all = [expression, ...known.values()]
  // A kernel with float64 in it has half as many lanes, which changes the order of the sum: what is stored on the way must not decide about that.
  if (dtypesIn(all).has('float64') !== dtypesIn([stage.expression]).has('float64') || loadsOf(all).length > mostLoads) return undefined
  return { ...stage, expression, stores: map.stores }
}

/** Maps that go with the reduction that follows them: the exponentials of a softmax are written while they are added up. */
const intoReductions = (stages: readonly Stage[]): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const before = result.at(-1)
    const joined = stage.kind === 'reduce' && before?.kind === 'map' ? reducing(before, stage) : undefined
    if (joined) result.splice(-1, 1, joined)
    else result.push(stage)
  }
  return result
}

/** Maps that follow a product and read it in order: bias, activation, the activation's derivative. They go with the product. */
const withEpilogues = (stages: readonly Stage[]): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const before = result.at(-1)
    if (stage.kind === 'map' && before?.kind === 'contract' && before.epilogue === undefined && follows(before, stage))
      result.splice(-1, 1, { ...before, epilogue: stage })
    else result.push(stage)
  }
  return result
}

const follows = ({ sizes, buffer }: Contract, map: MapStage): boolean => {
  const loads = loadsOf(map.stores.map(store => store.expression)).filter(load => load.buffer === buffer)
  const entries = sizeOf([...sizes.batch, ...sizes.rows, ...sizes.columns])
  return loads.length > 0 && entries === sizeOf(map.sizes) && loads.every(load => isContiguous(load, map.sizes))
}

/** The graph with its maps joined, to one another, to products and to reductions. */
export const merge = (graph: Graph): Graph => {
  const counts = new Map<number, number>()
  for (const stage of graph.stages) for (const buffer of writesOf(stage)) counts.set(buffer, (counts.get(buffer) ?? 0) + 1)
  // A buffer that several stages write together must keep their order.
  const partial = new Set([...counts].flatMap(([buffer, count]) => (count > 1 ? [buffer] : [])))
  const joined = { ...graph, stages: dropDead(joinMaps(graph.stages, partial), graph.outputs) }
  return { ...graph, stages: intoReductions(withEpilogues(withZeros(joined))) }
}
