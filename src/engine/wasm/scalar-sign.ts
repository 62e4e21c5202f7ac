/** Signs of numbers. */
import { vectorKind } from './instructions.js'
import { floatKind, held, operand, type ScalarRule } from './scalar-rule.js'

/** 1 of positive numbers and -1 of negative ones; any other number, which is 0, -0 or NaN, stays. */
export const sign: ScalarRule = (context, node) => {
  const { code, constants } = context
  const { dtype } = operand(node, 0)
  const kind = vectorKind(dtype)
  const [x] = held(context, [operand(node, 0)])
  if (x === undefined) return
  if (kind === 'i32x4') {
    code.get(x)
    constants.push('i32x4', 1)
    code.do(dtype === 'uint32' ? 'i32x4.min_u' : 'i32x4.min_s')
    if (dtype !== 'uint32') {
      constants.push('i32x4', -1)
      code.do('i32x4.max_s')
    }
  } else {
    constants.push(kind, 1)
    code.get(x)
    constants.push(kind, 0)
    code.get(x).do(`${kind}.lt`, 'v128.bitselect')
    // The next choice is by x < 0, and keeps this one elsewhere.
    const positive = code.local('v128')
    code.set(positive)
    constants.push(kind, -1)
    code.get(positive).get(x)
    constants.push(kind, 0)
    code.do(`${kind}.lt`, 'v128.bitselect')
    code.release(positive)
  }
  code.release(x)
}

/** The first number without its sign, and the second one's sign bit. That of a NaN differs between machines, so it counts as positive. */
export const copySign: ScalarRule = (context, node) => {
  const { code, constants } = context
  const kind = floatKind(node)
  const [x, y] = held(context, [operand(node, 0), operand(node, 1)])
  if (x === undefined || y === undefined) return
  code.get(y).get(y).get(y).do(`${kind}.eq`, 'v128.and').get(x)
  constants.push(kind, -0)
  code.do('v128.bitselect').release(x, y)
}
