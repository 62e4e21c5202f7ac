import type { Expect, Pairwise, ShapeOf } from '../shape/index.js'
import { calledAs, type DType, fail, heldDType, type SameDType, sameDType, type Tensor, typed, type Value } from '../tensor/index.js'
import { type Binary, known } from './apply-binary.js'
import { alignPairs, checkTensor } from './apply-rule.js'
import { type Class, classRules, type OfClass } from './class.js'

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
