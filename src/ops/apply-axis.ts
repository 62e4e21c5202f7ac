/**
 * Makes a public operation from an untyped one along one axis that keeps the shape. The public one checks its arguments, and its errors
 * carry its name.
 */
import { type Axis, axisOf, axisPositions } from '../shape/index.js'
import { failAs, heldDType, relabel, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { type Class, classRules } from './class.js'

export const alongAxis =
  (op: string, of: Class, apply: (x: Value, axis: number) => Value) =>
  (axis: Axis) =>
  (x: Value): Value => {
    checkTensor(op, x)
    heldDType(classRules[of](op, x.dtype))
    const shape = held(axisOf(op, x.shape, axis))
    const [position = 0] = held(axisPositions(op, x.shape, [axis]))
    try {
      return relabel(shape, apply(x, position))
    } catch (error) {
      return failAs(op, error)
    }
  }
