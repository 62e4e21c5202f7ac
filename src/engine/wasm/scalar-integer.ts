/** Functions of integers that have no vector instruction, and so are computed lane by lane: shifts by vectors, and remainders. */
import { isInteger } from '../../tensor/index.js'
import type { Application } from '../fusion/expression.js'
import type { Code, Local } from './encoder.js'
import { held, noCode, operand, type ScalarContext, type ScalarRule } from './scalar-rule.js'

/** Pushes a function of two integers in locals. */
type OfLanes = (code: Code, a: Local, b: Local, signed: boolean) => void

const laneByLane = ({ code, lanes, push }: ScalarContext, node: Application, one: OfLanes): void => {
  const x = operand(node, 0)
  if (!isInteger(x.dtype)) noCode(node)
  const [a, b] = held({ code, push }, [x, operand(node, 1)])
  if (a === undefined || b === undefined) return
  const result = code.local('v128')
  const [left, right] = [code.local('i32'), code.local('i32')]
  code.get(a).set(result)
  for (let i = 0; i < lanes; i += 1) {
    code.get(a).lane('i32x4.extract_lane', i).set(left)
    code.get(b).lane('i32x4.extract_lane', i).set(right)
    code.get(result)
    one(code, left, right, x.dtype === 'int32')
    code.lane('i32x4.replace_lane', i).set(result)
  }
  code.get(result)
  code.release(result, left, right, a, b)
}

/** A shift. Where the number of places is a constant, there is a vector instruction. */
const shift =
  (vector: (signed: boolean) => 'i32x4.shl' | 'i32x4.shr_s' | 'i32x4.shr_u', one: OfLanes): ScalarRule =>
  (context, node) => {
    const [x, y] = [operand(node, 0), operand(node, 1)]
    if (y.kind === 'constant' && isInteger(x.dtype)) {
      context.push(x)
      context.code.i32(y.value).do(vector(x.dtype === 'int32'))
    } else laneByLane(context, node, one)
  }

export const shiftLeft: ScalarRule = shift(
  () => 'i32x4.shl',
  (code, a, b) => code.get(a).get(b).do('i32.shl'),
)

export const shiftRight: ScalarRule = shift(
  signed => (signed ? 'i32x4.shr_s' : 'i32x4.shr_u'),
  (code, a, b, signed) =>
    code
      .get(a)
      .get(b)
      .do(signed ? 'i32.shr_s' : 'i32.shr_u'),
)

/** A remainder by 0 is 0, where the instruction would trap. */
export const remainder: ScalarRule = (context, node) =>
  laneByLane(context, node, (code, a, b, signed) => {
    code.get(b).do('i32.eqz')
    code.if(
      () => code.i32(0).set(a),
      () =>
        code
          .get(a)
          .get(b)
          .do(signed ? 'i32.rem_s' : 'i32.rem_u')
          .set(a),
    )
    code.get(a)
  })
