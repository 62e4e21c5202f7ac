/** The choice between two expressions by a condition. */
import type { Expression } from '../fusion/expression.js'
import { isLong, isZero } from './choice.js'
import { operand, type ScalarContext, type ScalarRule, widen } from './scalar-rule.js'

/** Pushes a condition as a mask of lanes as wide as those of x. */
const pushMask = ({ code, push }: ScalarContext, condition: Expression, x: Expression): void => {
  push(condition)
  widen(code, x.dtype)
}

export const select: ScalarRule = (context, node) => {
  const [condition, x, y] = [operand(node, 0), operand(node, 1), operand(node, 2)]
  const { code, push } = context
  // For a choice between a number and 0, one bitwise operation of the number and the mask is enough.
  if (isZero(x) || isZero(y)) {
    push(isZero(x) ? y : x)
    pushMask(context, condition, x)
    code.do(isZero(x) ? 'v128.andnot' : 'v128.and')
    return
  }
  const rare = [y, x].find(side => isLong(context.ownParts(side)))
  if (rare) {
    selectRarely(context, condition, x, y, rare)
    return
  }
  push(x)
  push(y)
  pushMask(context, condition, x)
  code.do('v128.bitselect')
}

/**
 * A choice of which one side takes long, as the derivative of tanh far from 0 does. That side is computed in a branch, which is entered
 * only if a lane takes it. Those parts of it that are also read elsewhere are computed before the branch.
 */
const selectRarely = (context: ScalarContext, condition: Expression, x: Expression, y: Expression, rare: Expression): void => {
  const { code, push } = context
  push(rare === x ? y : x)
  pushMask(context, condition, x)
  const [mask, result] = [code.local('v128'), code.local('v128')]
  code.set(mask).set(result)
  context.ownParts(rare).shared.forEach(part => {
    context.prepare(part)
  })
  code.get(mask)
  if (rare === y) code.do('v128.not')
  code.do('v128.any_true').if(() => {
    if (rare === y) code.get(result)
    push(rare)
    if (rare === x) code.get(result)
    code.get(mask).do('v128.bitselect').set(result)
  })
  code.get(result).release(mask, result)
}
