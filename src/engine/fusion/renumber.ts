/** The stages of a program inside another: its buffers have numbers of the whole. */
import { fail } from '../../tensor/index.js'
import { type Expression, type Load, mapAllLoads } from './expression.js'
import type { MapStage, Stage, Store } from './stage.js'

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail: `fusion: ${detail}` })

/** Stages whose buffers have other numbers. */
export const renumbered = (stages: readonly Stage[], numbers: ReadonlyMap<number, number>): readonly Stage[] => {
  const of = (buffer: number): number => numbers.get(buffer) ?? defect(`buffer ${buffer} of a body has no number`)
  const load = (load: Load): Load => ({ ...load, buffer: of(load.buffer) })
  const all = (expressions: readonly Expression[]): readonly Expression[] => mapAllLoads(expressions, load) ?? defect('a body lost a load')
  const one = (expression: Expression): Expression => all([expression])[0] ?? expression
  const storesOf = (stores: readonly Store[]): readonly Store[] => {
    const expressions = all(stores.map(store => store.expression))
    return stores.map((store, i) => ({ ...store, buffer: of(store.buffer), expression: expressions[i] ?? store.expression }))
  }
  const mapped = (stage: MapStage): MapStage => ({ ...stage, stores: storesOf(stage.stores) })
  const carriesOf = (carries: ReadonlyMap<number, number>): ReadonlyMap<number, number> =>
    new Map([...carries].map(([next, carry]) => [of(next), of(carry)]))
  const stageOf = (stage: Stage): Stage => {
    switch (stage.kind) {
      case 'map':
        return mapped(stage)
      case 'zero':
        return { ...stage, buffer: of(stage.buffer) }
      case 'copy':
        return { ...stage, from: of(stage.from), buffer: of(stage.buffer) }
      case 'reduce': {
        const { stores, expression, buffer } = stage
        if (stores === undefined) return { ...stage, expression: one(expression), buffer: of(buffer) }
        // What is stored and what is reduced share parts, which stay shared.
        const [reduced = expression, ...stored] = all([expression, ...stores.map(store => store.expression)])
        return {
          ...stage,
          expression: reduced,
          stores: stores.map((store, i) => ({ ...store, buffer: of(store.buffer), expression: stored[i] ?? store.expression })),
          buffer: of(buffer),
        }
      }
      case 'contract': {
        const { left, right, buffer, epilogue } = stage
        const sides = { left: load(left), right: load(right), buffer: of(buffer) }
        return epilogue ? { ...stage, ...sides, epilogue: mapped(epilogue) } : { ...stage, ...sides }
      }
      case 'routine':
        return { ...stage, reads: stage.reads.map(of), writes: stage.writes.map(of) }
      case 'row':
        return { ...stage, counter: of(stage.counter), stack: of(stage.stack), row: of(stage.row) }
      case 'block':
        return { ...stage, stages: stage.stages.map(stageOf) }
      case 'loop':
        return {
          ...stage,
          counter: of(stage.counter),
          stages: stage.stages.map(stageOf),
          carries: carriesOf(stage.carries),
        }
      case 'while':
        return {
          ...stage,
          predicate: stage.predicate.map(stageOf),
          flag: of(stage.flag),
          stages: stage.stages.map(stageOf),
          carries: carriesOf(stage.carries),
        }
      case 'branch':
        return { ...stage, index: of(stage.index), cases: stage.cases.map(stages => stages.map(stageOf)) }
    }
  }
  return stages.map(stageOf)
}
