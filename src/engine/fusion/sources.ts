/** Which equations of a program a stage computes. */
import type { Equation } from '../../program/index.js'
import type { Expression } from './expression.js'
import type { Leaf, Stage } from './stage.js'

const inExpressions = (expressions: readonly Expression[]): readonly Equation[] => {
  const seen = new Set<Expression>()
  const found = new Set<Equation>()
  const visit = (node: Expression): void => {
    if (node.kind !== 'apply' || seen.has(node)) return
    seen.add(node)
    node.operands.forEach(visit)
    if (node.source) found.add(node.source)
  }
  expressions.forEach(visit)
  return [...found]
}

/** The equations of a stage, in the order in which they are computed, each once. */
export const sourcesOf = (stage: Leaf): readonly Equation[] => {
  const own = stage.source ? [stage.source] : []
  switch (stage.kind) {
    case 'map':
      return [...inExpressions(stage.stores.map(store => store.expression)), ...own]
    case 'reduce':
      return [...inExpressions([...(stage.stores ?? []).map(store => store.expression), stage.expression]), ...own]
    case 'contract':
      return [...own, ...(stage.epilogue ? sourcesOf(stage.epilogue) : [])]
    default:
      return own
  }
}

/**
 * A stage that an equation has made, and those within it that none has made before. A map says of its expressions what made them, and of itself only
 * where it computes nothing.
 */
export const madeBy = (stage: Stage, source: Equation): Stage => {
  const all = (stages: readonly Stage[]): readonly Stage[] => stages.map(inner => madeBy(inner, source))
  switch (stage.kind) {
    case 'loop':
    case 'block':
      return { ...stage, stages: all(stage.stages) }
    case 'while':
      return { ...stage, predicate: all(stage.predicate), stages: all(stage.stages) }
    case 'branch':
      return { ...stage, cases: stage.cases.map(all) }
    case 'map':
      if (stage.stores.some(store => store.expression.kind === 'apply')) return stage
  }
  return stage.source === undefined ? { ...stage, source } : stage
}
