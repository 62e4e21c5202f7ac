/** What work costs, in nanoseconds on one thread. Costs depend on the program and the target alone, so every machine divides alike. */
import { scalars } from '../../kernel/index.js'
import type { Expression } from '../fusion/expression.js'
import type { WasmTarget } from './target.js'

/** The cost of computing expressions at one place. A part that they share is counted once. */
export const costOf = (expressions: readonly Expression[], { costs: { times } }: WasmTarget): number => {
  const seen = new Set<Expression>()
  const visit = (node: Expression): number => {
    if (seen.has(node)) return 0
    seen.add(node)
    if (node.kind === 'constant') return 0
    if (node.kind === 'load') return times.load
    const own = scalars[node.name].cost === 'elementary' ? times.elementary : times.operation
    return node.operands.reduce((sum, operand) => sum + visit(operand), own)
  }
  return expressions.reduce((sum, expression) => sum + visit(expression), times.load)
}
