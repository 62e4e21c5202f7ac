/** A program in two parts is the program: each part is a valid one, and one after the other they give what the whole gives. */
import { expect, test } from 'vitest'
import { add, exp, mul, neg, sin } from '../../src/primitives/index.js'
import { check, split } from '../../src/program/index.js'
import { type DType, tensor, toNumber, type Value } from '../../src/tensor/index.js'
import { interpret, trace } from '../../src/trace/index.js'

const zero: Value = tensor(0)
const numbers = (values: readonly Value[]): readonly number[] => values.map(x => toNumber<string, DType>(x))

test('what depends on no late input comes first', () => {
  const { program } = trace(
    ([x = zero, late = zero, y = zero]) => {
      const early = mul(exp(x), y)
      // The third depends on nothing late and is asked for late; the last is the late input itself.
      return [early, add(mul(sin(early), late), x), neg(y), late]
    },
    [zero, zero, zero],
  )
  const { now, later } = split(program, i => i === 1, 1)
  expect(check(now).equations.map(({ operation }) => operation.name)).toEqual(['exp', 'mul', 'sin', 'neg'])
  expect(check(later).equations.map(({ operation }) => operation.name)).toEqual(['mul', 'add'])
  const [x, late, y] = [tensor(0.5), tensor(3), tensor(-2)]
  const [first = zero, ...left] = interpret(now, [x, y])
  expect(numbers([first, ...interpret(later, [late, ...left])])).toEqual(numbers(interpret(program, [x, late, y])))
})
