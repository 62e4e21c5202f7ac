import { at } from '../../tensor/index.js'
import { dtypesIn, type Expression, isContiguous, loadsOf, mapLoads } from './expression.js'
import { isMergeable } from './join-maps.js'
import type { MapStage, ReduceStage, Stage } from './stage.js'
import type { FusionCosts } from './target.js'

/** A reduction by rows that does the work of the map before it, whose results it reads in order; undefined if it cannot. */
const reducing = (map: MapStage, stage: ReduceStage, { leastRow, mostLoads }: FusionCosts): ReduceStage | undefined => {
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
export const intoReductions = (stages: readonly Stage[], costs: FusionCosts): readonly Stage[] => {
  const result: Stage[] = []
  for (const stage of stages) {
    const before = result.at(-1)
    const joined = stage.kind === 'reduce' && before?.kind === 'map' ? reducing(before, stage, costs) : undefined
    if (joined) result.splice(-1, 1, joined)
    else result.push(stage)
  }
  return result
}
