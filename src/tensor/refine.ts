/**
 * The same tensor under another dimension string, checked against its sizes: the way back from `Tensor<string>`, and from sizes to names.
 *
 * @example
 * import { as, pipe, rename, type Tensor, zeros } from 'pullback'
 *
 * const loaded: Tensor<string> = zeros('32 784')
 * const images: Tensor<'32 784'> = pipe(loaded, as('32 784'))
 * const batch: Tensor<'batch 784'> = pipe(images, rename('batch 784'))
 * assert.deepEqual(batch.sizes, [32, 784])
 */
import type { Either } from 'fp-ts/lib/Either.js'
import { dims, type Expect, isErr, isNumeral, type Rename, rename as renameRule } from '../shape/index.js'
import type { DType } from './dtype.js'
import { caught } from './either.js'
import { fail, type PullbackError } from './error.js'
import { checkSizes, type WellFormed, wellFormed } from './sizes.js'
import { checkTensor, isTensor, numerals, relabel, type Tensor, typed, type Value } from './tensor.js'

/** The tensor under a dimension string that its sizes have been held against; throws. */
export const refined = (op: string, shape: string, x: Value): Value => {
  const target = wellFormed(op, shape)
  checkTensor(op, x)
  const axes = dims(target)
  const fits = axes.length === x.sizes.length && axes.every((axis, i) => !isNumeral(axis) || Number(axis) === x.sizes[i])
  const rule = fits ? undefined : renameRule(op, numerals(x.sizes), target)
  if (rule && isErr(rule)) return fail({ _tag: 'ShapeError', detail: rule.message })
  checkSizes(op, [{ shape: target, sizes: x.sizes }])
  return relabel(target, x)
}

/**
 * Checks a tensor's sizes against a dimension string and binds its names: the way back from `Tensor<string>`.
 *
 * **Errors** (`Left`): a malformed shape, another number of axes, a size that differs, a name bound to two sizes. `refineOrThrow` and `as`
 * throw them.
 *
 * @example
 * import { refine, type Tensor, zeros } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const loaded: Tensor<string> = zeros('32 784')
 * const checked = refine('batch 784')(loaded)
 * assert.ok(E.isRight(checked) && checked.right.shape === 'batch 784')
 *
 * @category guards
 */
export const refine =
  <const S extends string>(shape: WellFormed<S>) =>
  <D extends DType>(x: Tensor<string, D>): Either<PullbackError, Tensor<S, D>> =>
    caught('refine', () => typed<Tensor<S, D>>(refined('refine', shape, x)))

/** From a tensor of any shape to one of the shape given. @category type-level */
export type Renaming<Op extends string> = <const T extends string>(
  shape: WellFormed<T>,
) => <S extends string, D extends DType>(x: Expect<Rename<Op, S, T>, Tensor<S, D>>) => Tensor<T, D>

/**
 * The dimension strings are compared first, so that the message is the one the compiler gives where it can see the mistake; then the sizes.
 */
const renaming = <Op extends string>(op: Op): Renaming<Op> =>
  typed((shape: string) => (x: Value): Value => {
    const rule = isTensor(x) ? renameRule(op, x.shape, wellFormed(op, shape)) : undefined
    return rule && isErr(rule) ? fail({ _tag: 'ShapeError', detail: rule.message }) : refined(op, shape, x)
  })

/**
 * The tensor with the shape given, checked when it is run: the way back from `Tensor<string>` inside a pipe and inside a traced function.
 * What the compiler knows of the tensor's own shape it checks before.
 *
 * **Errors**: another number of axes, a size that differs, a name bound to two sizes. `refine` gives them as values.
 *
 * @example
 * import { as, jit, matmul, pipe, type Tensor, zeros } from 'pullback'
 *
 * const score = jit((x: Tensor<string>) => pipe(x, as('batch 24'), matmul(zeros('24 3')))) // Tensor<'batch 3'>
 * assert.deepEqual(score(zeros('5 24')).sizes, [5, 3])
 * assert.throws(() => score(zeros('5 23')), /as: '5 23' does not fit 'batch 24': '23' is not '24'/)
 *
 * @category guards
 */
export const as: Renaming<'as'> = renaming('as')

/**
 * `as` under the name of `refine`, whose errors it throws.
 *
 * @example
 * import { refineOrThrow, type Tensor, zeros } from 'pullback'
 *
 * const loaded: Tensor<string> = zeros('32 784')
 * assert.equal(refineOrThrow('batch 784')(loaded).shape, 'batch 784')
 *
 * @category guards
 */
export const refineOrThrow: Renaming<'refineOrThrow'> = renaming('refineOrThrow')

/**
 * The tensor with the shape of another, checked when it is run: for functions of tensors of any shape, whose bodies the compiler follows
 * through `Tensor<string>`.
 *
 * **Errors**: another number of axes, other sizes.
 *
 * @example
 * import { asLike, pipe, softmax, type Tensor, tensor } from 'pullback'
 *
 * const probabilities = <S extends string>(logits: Tensor<S>): Tensor<S> => {
 *   const any: Tensor<string> = logits
 *   return pipe(any, softmax(-1), asLike(logits))
 * }
 * assert.equal(probabilities(tensor([[0, 1]])).shape, '1 2')
 *
 * @category guards
 */
export const asLike: <T extends string>(like: Tensor<T, DType>) => <D extends DType>(x: Tensor<string, D>) => Tensor<T, D> = typed(
  (like: Value) =>
    (x: Value): Value => {
      checkTensor('asLike', like)
      const result = refined('asLike', like.shape, x)
      checkSizes('asLike', [like, result])
      return result
    },
)

/**
 * The same axes under other names: a size becomes a name, a name a size or another name. Nothing moves.
 *
 * **Errors**: another number of axes, a size that is not the axis', axes of two sizes under one name.
 *
 * @example
 * import { pipe, rename, zeros } from 'pullback'
 *
 * const named = pipe(zeros('32 784'), rename('batch 784'))
 * assert.equal(named.shape, 'batch 784')
 * assert.equal(pipe(named, rename('32 784')).shape, '32 784')
 * assert.throws(() => pipe(named, rename('31 784')), /rename: '32 784' does not fit '31 784': '32' is not '31'/)
 *
 * @category combinators
 */
export const rename: Renaming<'rename'> = renaming('rename')
