/**
 * Draws of classes by their logits.
 *
 * @example
 * import { random, tensor, toNumber } from 'pullback'
 *
 * const token = random.categorical(tensor([-100, 0, -100]))('')(random.key(0))
 * assert.equal(toNumber(token), 1)
 */
import { checkTensor, held, stretch } from '../ops/apply-rule.js'
import { add, argmaxAxis, reshapeTo } from '../primitives/index.js'
import { type Axis, axisPositions, dims, type Expect, join, type ReduceSome, reduceSome, type ShapeOf } from '../shape/index.js'
import {
  at,
  calledAs,
  checkLength,
  type DType,
  type FloatDType,
  floatDType,
  heldDType,
  relabel,
  type Sizes,
  sizeOf,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { fused } from './fused.js'
import { gumbelOf } from './inverse.js'
import { checkKey } from './key.js'
import { type DrawOfBy, drawnSizes } from './parameter.js'
import { unit } from './words.js'

type Classes<S extends string, A extends Axis> = DrawOfBy<'categorical', ShapeOf<ReduceSome<'categorical', S, A>>, '', 'int32'>

/** A draw of classes by logits along the last axis, or along the axis given. @category type-level */
export interface Categorical {
  <S extends string, D extends DType>(
    logits: Expect<FloatDType<'categorical', D>, Expect<ReduceSome<'categorical', S, -1>, Tensor<S, D>>>,
  ): Classes<S, -1>
  <S extends string, D extends DType, const A extends Axis>(
    logits: Expect<FloatDType<'categorical', D>, Expect<ReduceSome<'categorical', S, A>, Tensor<S, D>>>,
    axis: A,
  ): Classes<S, A>
}

const op = 'categorical'

/**
 * Classes by their logits along an axis, the last unless told otherwise: class i with probability softmax(logits)ᵢ; int32. The other axes of the logits
 * broadcast to the shape of the draws, so that '' draws once from a vector of logits, and '1000' a thousand times.
 *
 * A logit of -∞ is never drawn, unless all are. Which class is drawn has no gradient.
 *
 * **Errors**: logits that are no floats, an axis without entries, a shape to which the logits' other axes do not broadcast.
 * **Source**: the greatest of the logits with Gumbel numbers added (E. J. Gumbel, 1954), which are those of JAX's `categorical`.
 *
 * @example
 * import { random, tensor, toNested } from 'pullback'
 *
 * const logits = tensor([[0, -100], [-100, 0]])
 * assert.deepEqual(toNested(random.categorical(logits)('3 2')(random.key(0))), [[0, 1], [0, 1], [0, 1]])
 * assert.deepEqual(toNested(random.categorical(logits, 0)('2')(random.key(0))), [0, 1])
 *
 * @category constructors
 */
export const categorical: Categorical = typed((logits: Value, axis: Axis = -1) => {
  checkTensor(op, logits)
  heldDType(floatDType(op, logits.dtype))
  const others = held(reduceSome(op, logits.shape, axis, false))
  const [place = 0] = held(axisPositions(op, logits.shape, axis))
  const without = { shape: others, sizes: logits.sizes.filter((_, i) => i !== place) }
  return (shape: string, given?: Sizes) =>
    (key: Value): Value => {
      checkKey(op, key)
      const sizes = drawnSizes(op, shape, given, [without])
      // The axis of the classes stands among the last axes of the draws where it stands among those of the logits.
      const before = sizes.length - without.sizes.length + place
      const all = [...sizes.slice(0, before), at(logits.sizes, place), ...sizes.slice(before)]
      const n = checkLength(op, logits.dtype, sizeOf(all))
      return relabel(
        shape,
        calledAs(op, () => {
          const drawn = (own: Value): Value => {
            const noise = reshapeTo(gumbelOf(unit(own, n, logits.dtype)), all)
            return argmaxAxis(add(noise, stretch(logits, all, join(dims(logits.shape)))), before)
          }
          return fused(n, drawn, key)
        }),
      )
    }
})
