/**
 * What work costs, in nanoseconds on one thread, as measured on one machine: good enough to tell work that is worth dividing from work that
 * is not. Costs depend on the program alone, so every machine divides alike.
 */
import { scalars } from '../../kernel/index.js'
import type { Expression } from '../fusion/expression.js'

/** A multiplication and an addition of a product. */
export const perProduct = 0.05
/** An entry copied. */
export const perCopy = 0.4

const perOperation = 0.12
const perElementary = 1.2
const perLoad = 0.1

/** The cost of computing expressions at one place. A part that they share is counted once. */
export const costOf = (expressions: readonly Expression[]): number => {
  const seen = new Set<Expression>()
  const visit = (node: Expression): number => {
    if (seen.has(node)) return 0
    seen.add(node)
    if (node.kind === 'constant') return 0
    if (node.kind === 'load') return perLoad
    const own = scalars[node.name].cost === 'elementary' ? perElementary : perOperation
    return node.operands.reduce((sum, operand) => sum + visit(operand), own)
  }
  return expressions.reduce((sum, expression) => sum + visit(expression), perLoad)
}

/** A thread's share of a phase must cost more than this, which is what meeting at a barrier costs. */
export const leastShare = 4_000
/** A program must cost more than this to be divided: less is not worth waking the other threads. */
export const leastProgram = 100_000
