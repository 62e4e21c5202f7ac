/** Which buffers a stage reads and writes. */
import { isContiguous, loadsOf } from './expression.js'
import type { Leaf, Stage, Store } from './stage.js'

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
    case 'row':
      return [stage.counter, stage.direction === 'in' ? stage.stack : stage.row]
    case 'block':
    case 'loop':
      return stage.stages.flatMap(readsOf)
    case 'while':
      return [...stage.predicate.flatMap(readsOf), stage.flag, ...stage.stages.flatMap(readsOf)]
    case 'branch':
      return [stage.index, ...stage.cases.flat().flatMap(readsOf)]
    case 'routine':
      return stage.isOnto ? [...stage.reads, ...stage.writes.slice(0, 1)] : stage.reads
  }
}

/** The buffers a stage writes. */
export const writesOf = (stage: Stage): readonly number[] => {
  if (stage.kind === 'map') return stage.stores.map(store => store.buffer)
  if (stage.kind === 'reduce') return [...(stage.stores ?? []).map(store => store.buffer), stage.buffer]
  if (stage.kind === 'routine') return stage.writes
  if (stage.kind === 'row') return [stage.direction === 'in' ? stage.row : stage.stack]
  if (stage.kind === 'block' || stage.kind === 'loop') return stage.stages.flatMap(writesOf)
  if (stage.kind === 'while') return [...stage.predicate, ...stage.stages].flatMap(writesOf)
  if (stage.kind === 'branch') return stage.cases.flat().flatMap(writesOf)
  return stage.kind === 'contract' && stage.epilogue ? [stage.buffer, ...writesOf(stage.epilogue)] : [stage.buffer]
}

/** All stages that are not made of others, in their order: a stage of a loop stands once, and those of a branch one case after another. */
export const leavesOf = (stages: readonly Stage[]): readonly Leaf[] =>
  stages.flatMap(stage => {
    if (stage.kind === 'block' || stage.kind === 'loop') return leavesOf(stage.stages)
    if (stage.kind === 'while') return leavesOf([...stage.predicate, ...stage.stages])
    return stage.kind === 'branch' ? stage.cases.flatMap(leavesOf) : [stage]
  })

/** Every entry of the buffer, in its order. */
export const isWhole = (store: Store, sizes: readonly number[]): boolean =>
  isContiguous({ kind: 'load', dtype: 'float32', buffer: store.buffer, start: store.start, strides: store.strides }, sizes)
