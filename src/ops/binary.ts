/**
 * Binary operations, data last: `pipe(x, sub(y))` is x - y. The second operand is a tensor of the same dtype or a number.
 * The shapes are equal or one broadcasts to the other; the result has one of the two shapes, never a third.
 *
 * @example
 * import { add, div, pipe, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.deepEqual(toNested(pipe(x, add(tensor([10, 20])))), [[11, 22], [13, 24]])
 * assert.deepEqual(toNested(pipe(x, div(2))), [[0.5, 1], [1.5, 2]])
 */
import * as primitive from '../primitives/index.js'
import type { Broadcast, Expect, Pairwise, ShapeOf } from '../shape/index.js'
import {
  calledAs,
  type DType,
  fail,
  failAs,
  heldDType,
  relabel,
  type SameDType,
  sameDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { align, alignPairs, checkTensor } from './apply-rule.js'
import { type Class, classRules, type OfClass } from './class.js'
import { numberLike } from './number-like.js'

type Left<Op extends string, C extends Class, SA extends string, DA extends DType, SB extends string, DB extends DType> = Expect<
  SameDType<Op, DA, DB>,
  Expect<Broadcast<Op, SA, SB>, OfClass<Op, C, SA, DA>>
>

/** `R` is the result's dtype, or 'same' for that of the operands. @category type-level */
export interface Binary<Op extends string, C extends Class, R extends DType | 'same' = 'same'> {
  (y: number): ByNumber<Op, C, R>
  <SB extends string, DB extends DType>(y: Tensor<SB, DB>): By<Op, C, R, SB, DB>
}

/** A binary operation with a number on the right. @category type-level */
export type ByNumber<Op extends string, C extends Class, R extends DType | 'same'> = <S extends string, D extends DType>(
  x: OfClass<Op, C, S, D>,
) => Tensor<S, R extends DType ? R : D>

/** A binary operation with a tensor on the right. @category type-level */
export type By<Op extends string, C extends Class, R extends DType | 'same', SB extends string, DB extends DType> = <
  SA extends string,
  DA extends DType,
>(
  x: Left<Op, C, SA, DA, SB, DB>,
) => Tensor<ShapeOf<Broadcast<Op, SA, SB>>, R extends DType ? R : DA>

/** The binary operations, with what they take. */
const known = new WeakMap<object, { readonly op: string; readonly of: Class }>()

const lift = <Op extends string, C extends Class, R extends DType | 'same' = 'same'>(
  op: Op,
  of: C,
  apply: (x: Value, y: Value) => Value,
): Binary<Op, C, R> => {
  const operation = (right: Value | number): ((x: Value) => Value) => {
    if (typeof right !== 'number') checkTensor(op, right)
    return x => {
      checkTensor(op, x)
      heldDType(classRules[of](op, x.dtype))
      try {
        if (typeof right === 'number') return relabel(x.shape, apply(x, numberLike(op, x, right)))
        heldDType(sameDType(op, x.dtype, right.dtype))
        const [a, b, shape] = align(op, x, right)
        return relabel(shape, apply(a, b))
      } catch (error) {
        return failAs(op, error)
      }
    }
  }
  known.set(operation, { op, of })
  return typed<Binary<Op, C, R>>(operation)
}

/** A binary operation of all pairs. @category type-level */
export type OfPairs<Op extends string, C extends Class, R extends DType | 'same'> = <
  SA extends string,
  DA extends DType,
  SB extends string,
  DB extends DType = never,
>(
  x: Tensor<SA, DA>,
  y: Expect<SameDType<`pairwise(${Op})`, DB, DA>, Expect<Pairwise<Op, SA, SB>, OfClass<`pairwise(${Op})`, C, SB, DB>>>,
) => Tensor<ShapeOf<Pairwise<Op, SA, SB>>, R extends DType ? R : DA>

/**
 * A binary operation with two-sided broadcasting, as numpy has it: `pairwise(sub)(x, y)` is x - y for all pairs of entries. An operation
 * alone broadcasts one side only, so that two shapes that are not meant to be paired are not.
 *
 * **Shapes**: trailing axes align; on either side '1' stretches and missing axes are added: '3 1' and '4' give '3 4'.
 * **Errors**: two axes that differ where neither is '1'; dtypes that differ.
 *
 * @example
 * import { pairwise, sub, tensor, toNested } from 'pullback'
 *
 * const differences = pairwise(sub)(tensor([[1], [2], [3]]), tensor([0, 1, 2, 3]))
 * assert.equal(differences.shape, '3 4')
 * assert.deepEqual(toNested(differences)[2], [3, 2, 1, 0])
 *
 * @category combinators
 */
export const pairwise = <Op extends string, C extends Class, R extends DType | 'same'>(operation: Binary<Op, C, R>): OfPairs<Op, C, R> => {
  const found = typeof operation === 'function' ? known.get(operation) : undefined
  if (found === undefined)
    return fail({
      _tag: 'ArgumentError',
      op: 'pairwise',
      detail: 'give a binary operation such as add, sub or less, as in pairwise(sub)(x, y)',
    })
  const apply = typed<(y: Value) => (x: Value) => Value>(operation)
  const name = `pairwise(${found.op})`
  return typed<OfPairs<Op, C, R>>((x: Value, y: Value): Value => {
    checkTensor(name, x)
    checkTensor(name, y)
    heldDType(sameDType(name, y.dtype, x.dtype))
    heldDType(classRules[found.of](name, y.dtype))
    const [a, b] = alignPairs(found.op, x, y)
    return calledAs(name, () => apply(b)(a))
  })
}

/**
 * x + y.
 *
 * @example
 * import { add, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([[1, 2], [3, 4]]), add(tensor([10, 20])))), [[11, 22], [13, 24]])
 *
 * @category primitives
 */
export const add: Binary<'add', 'numeric'> = lift('add', 'numeric', primitive.add)
/**
 * x - y.
 *
 * @example
 * import { pipe, sub, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([5, 7]), sub(2))), [3, 5])
 *
 * @category primitives
 */
export const sub: Binary<'sub', 'numeric'> = lift('sub', 'numeric', primitive.sub)
/**
 * x · y.
 *
 * @example
 * import { mul, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), mul(tensor([3, 4])))), [3, 8])
 *
 * @category primitives
 */
export const mul: Binary<'mul', 'numeric'> = lift('mul', 'numeric', primitive.mul)
/**
 * x / y, of floats.
 *
 * @example
 * import { div, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), div(4))), [0.25, 0.5])
 *
 * @category primitives
 */
export const div: Binary<'div', 'float'> = lift('div', 'float', primitive.div)
/**
 * The remainder of x / y, with the sign of x.
 *
 * @example
 * import { pipe, rem, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([5, -5]), rem(3))), [2, -2])
 *
 * @category primitives
 */
export const rem: Binary<'rem', 'numeric'> = lift('rem', 'numeric', primitive.rem)
/**
 * x to the power y, of floats.
 *
 * @example
 * import { pipe, pow, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([2, 3]), pow(2))), [4, 9])
 *
 * @category primitives
 */
export const pow: Binary<'pow', 'float'> = lift('pow', 'float', primitive.pow)
/**
 * The greater of x and y.
 *
 * @example
 * import { maximum, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-1, 2]), maximum(0))), [0, 2])
 *
 * @category primitives
 */
export const maximum: Binary<'maximum', 'numeric'> = lift('maximum', 'numeric', primitive.maximum)
/**
 * The lesser of x and y.
 *
 * @example
 * import { minimum, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-1, 2]), minimum(0))), [-1, 0])
 *
 * @category primitives
 */
export const minimum: Binary<'minimum', 'numeric'> = lift('minimum', 'numeric', primitive.minimum)

/**
 * x = y, a bool.
 *
 * @example
 * import { equal, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), equal(2))), [false, true])
 *
 * @category primitives
 */
export const equal: Binary<'equal', 'any', 'bool'> = lift('equal', 'any', primitive.equal)
/**
 * x ≠ y, a bool.
 *
 * @example
 * import { notEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), notEqual(2))), [true, false])
 *
 * @category primitives
 */
export const notEqual: Binary<'notEqual', 'any', 'bool'> = lift('notEqual', 'any', (x, y) => primitive.not(primitive.equal(x, y)))
/**
 * x < y, a bool.
 *
 * @example
 * import { less, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), less(2))), [true, false, false])
 *
 * @category primitives
 */
export const less: Binary<'less', 'any', 'bool'> = lift('less', 'any', primitive.less)
/**
 * x ≤ y, a bool.
 *
 * @example
 * import { lessEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), lessEqual(2))), [true, true, false])
 *
 * @category primitives
 */
export const lessEqual: Binary<'lessEqual', 'any', 'bool'> = lift('lessEqual', 'any', primitive.lessEqual)
/**
 * x > y, a bool.
 *
 * @example
 * import { greater, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), greater(2))), [false, false, true])
 *
 * @category primitives
 */
export const greater: Binary<'greater', 'any', 'bool'> = lift('greater', 'any', (x, y) => primitive.less(y, x))
/**
 * x ≥ y, a bool.
 *
 * @example
 * import { greaterEqual, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2, 3]), greaterEqual(2))), [false, true, true])
 *
 * @category primitives
 */
export const greaterEqual: Binary<'greaterEqual', 'any', 'bool'> = lift('greaterEqual', 'any', (x, y) => primitive.lessEqual(y, x))

/**
 * x and y: of bools, or of integers bit by bit.
 *
 * @example
 * import { and, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([true, true]), and(tensor([true, false])))), [true, false])
 *
 * @category primitives
 */
export const and: Binary<'and', 'bits'> = lift('and', 'bits', primitive.and)
/**
 * x or y: of bools, or of integers bit by bit.
 *
 * @example
 * import { or, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([false, false]), or(tensor([true, false])))), [true, false])
 *
 * @category primitives
 */
export const or: Binary<'or', 'bits'> = lift('or', 'bits', primitive.or)
/**
 * Either x or y: of bools, or of integers bit by bit.
 *
 * @example
 * import { pipe, tensor, toNested, xor } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([true, true]), xor(tensor([true, false])))), [false, true])
 *
 * @category primitives
 */
export const xor: Binary<'xor', 'bits'> = lift('xor', 'bits', primitive.xor)
/**
 * The bits of an integer moved up by y places, y modulo 32.
 *
 * @example
 * import { pipe, shiftLeft, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 5], 'int32'), shiftLeft(2))), [4, 20])
 *
 * @category primitives
 */
export const shiftLeft: Binary<'shiftLeft', 'integer'> = lift('shiftLeft', 'integer', primitive.shiftLeft)
/**
 * The bits of an integer moved down by y places, y modulo 32; int32 keeps its sign.
 *
 * @example
 * import { pipe, shiftRight, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([-8, 5], 'int32'), shiftRight(1))), [-4, 2])
 *
 * @category primitives
 */
export const shiftRight: Binary<'shiftRight', 'integer'> = lift('shiftRight', 'integer', primitive.shiftRight)
