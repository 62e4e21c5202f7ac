import type { Stage } from './stage.js'
import { readsOf, writesOf } from './stage-buffers.js'

/** Drops stores that no other stage reads and that are no results, and stages left with nothing to do. */
export const dropDead = (stages: readonly Stage[], outputs: readonly number[]): readonly Stage[] => {
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
