import { sizeOf } from '../../tensor/index.js'
import { isContiguous, loadsOf } from './expression.js'
import type { Contract, MapStage, Stage } from './stage.js'

/** Maps that follow a product and read it in order: bias, activation, the activation's derivative. They go with the product. */
export const withEpilogues = (stages: readonly Stage[]): readonly Stage[] => {
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
