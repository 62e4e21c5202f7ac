/**
 * Joins maps over the same index space into one pass. A chain of operations then loads each value once and stores
 * only what is needed later, and so does an optimizer's update of a parameter and of its moments.
 */
import { rowMajor, sizeOf } from '../../tensor/index.js'
import { depthOf, type Expression, isContiguous, type Load, loadsOf, mapAllLoads, reshaped } from './expression.js'
import type { MapStage, Stage } from './stage.js'
import { isWhole, readsOf, writesOf } from './stage-buffers.js'
import type { FusionCosts } from './target.js'

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

/** A map that writes whole buffers, in their order. */
export const isMergeable = (stage: Stage): stage is MapStage =>
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
  readonly #costs: FusionCosts

  constructor(costs: FusionCosts) {
    this.#costs = costs
  }

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
      for (const place of this.#touching.get(buffer)?.slice(-this.#costs.mostCandidates) ?? [])
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
    if (loads.length + kept.length > this.#costs.mostLoads) return undefined
    if (second.loads.some(load => known.has(load.buffer) && !isContiguous(load, sizes))) return undefined
    const take = (load: Load): Expression => known.get(load.buffer) ?? load
    const expressions = mapAllLoads(
      second.stage.stores.map(store => store.expression),
      take,
    )
    const stores = second.stage.stores.map((store, i) => ({ ...store, expression: expressions?.[i] ?? store.expression }))
    if (stores.some(({ expression }) => depthOf(expression, this.#depths) > this.#costs.mostDepth)) return undefined
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
export const joinMaps = (stages: readonly Stage[], partial: ReadonlySet<number>, costs: FusionCosts): readonly Stage[] => {
  const sequence = new Sequence(costs)
  for (const stage of stages) {
    if (writesOf(stage).some(buffer => partial.has(buffer))) sequence.push(stage)
    else sequence.join(stage)
  }
  return sequence.stages
}
