/**
 * A loss is a function of one example's prediction and target to a scalar. The type of its target follows from the prediction's by a
 * type-level function, so that `train.step` knows what a batch must hold.
 */
import type { Dims, Join } from '../shape/index.js'
import {
  calledAs,
  checkSizes,
  checkTensor,
  described,
  fail,
  floatDType,
  heldDType,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'

/** From the shape of a prediction to the type of its target: an interface that refers to `this['prediction']`. @category type-level */
export interface TargetOf {
  readonly prediction: string
  readonly target: unknown
}
/** The target for a prediction of shape `S`. @category type-level */
export type Target<F extends TargetOf, S extends string> = (F & { readonly prediction: S })['target']

/** The target is a tensor of the prediction's shape. @category type-level */
export interface SameShape extends TargetOf {
  readonly target: Tensor<this['prediction']>
}

type Lead<S extends string> = string extends S ? string : Dims<S> extends readonly [...infer L extends string[], string] ? Join<L> : never

/** The target is one class index for each prediction along the last axis. @category type-level */
export interface ClassIndex extends TargetOf {
  readonly target: Tensor<Lead<this['prediction']>, 'int32'>
}

/** @category model */
export type Loss<F extends TargetOf> = <S extends string>(prediction: Tensor<S>, target: Target<F, NoInfer<S>>) => Tensor<''>

/** Gives a type to an untyped function of operands that have been checked. */
const makeLoss = <F extends TargetOf>(f: (prediction: Value, target: Value) => Value): Loss<F> => typed<Loss<F>>(f)

/** A loss whose prediction and target have one shape. */
export const sameShape = (op: string, f: (prediction: Value, target: Value) => Value): Loss<SameShape> =>
  makeLoss((prediction, target) => {
    checkTensor(op, prediction)
    checkTensor(op, target)
    if (prediction.shape !== target.shape || prediction.dtype !== target.dtype)
      fail({
        _tag: 'ShapeError',
        detail: `${op}: the prediction is ${described(prediction)}, the target ${described(target)}: they must be alike`,
      })
    heldDType(floatDType(op, prediction.dtype))
    checkSizes(op, [prediction, target])
    return calledAs(op, () => f(prediction, target))
  })

/** A loss whose target is a class index for each row of the prediction. */
export const classIndex = (op: string, f: (logits: Value, labels: Value) => Value): Loss<ClassIndex> =>
  makeLoss((logits, labels) => {
    checkTensor(op, logits)
    checkTensor(op, labels)
    const rows = logits.shape.split(' ').slice(0, -1).join(' ')
    if (labels.dtype !== 'int32')
      fail({ _tag: 'DTypeError', detail: `${op}: labels are ${labels.dtype}, not int32 class indices: cast('int32') first` })
    if (logits.sizes.length === 0 || labels.shape !== rows)
      fail({
        _tag: 'ShapeError',
        detail: `${op}: logits '${logits.shape}' need one label for each row, '${rows}', not '${labels.shape}'`,
      })
    heldDType(floatDType(op, logits.dtype))
    checkSizes(op, [logits, labels])
    return calledAs(op, () => f(logits, labels))
  })
