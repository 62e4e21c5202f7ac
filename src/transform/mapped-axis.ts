/**
 * The axis of a `vmap` as the function of one example has it in hand: means and other results over all examples, and the example's own number.
 */
import type { CollectiveParams } from '../primitives/collective/collective.js'
import { axisMax, axisMin } from '../primitives/collective/extreme.js'
import { axisGather } from '../primitives/collective/gather.js'
import { axisPermute } from '../primitives/collective/permute.js'
import { axisMean, axisSum } from '../primitives/collective/total.js'
import { inverse } from '../primitives/permute.js'
import { reshapeTo } from '../primitives/reshape.js'
import { dims, type Err, type Expect, join, type Ok, ok } from '../shape/index.js'
import {
  calledAs,
  concrete,
  type DType,
  type FloatDType,
  fail,
  flatten,
  floatDType,
  heldDType,
  labelled,
  type NumericDType,
  numericDType,
  relabel,
  show,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import type { Batched } from './batching.js'

/** The rule for the dtype of a tensor; those in a tree are looked at when the program runs. */
type FloatOf<Op extends string, T> = T extends Tensor<string, infer D extends DType> ? FloatDType<Op, D> : Ok<''>
type NumericOf<Op extends string, T> = T extends Tensor<string, infer D extends DType> ? NumericDType<Op, D> : Ok<''>

/**
 * The axis `B` that a function is mapped over. Each function takes a tensor or a tree of them, as one example has it, and gives what all examples
 * have together. `vmapWithAxis` hands it out; a function that is given it may be nested, transformed and mapped over further axes as any other.
 *
 * **Gradient**: that of the function from all examples to all results. Inside, as in `vmapWithAxis('batch')(axis => x => grad(…)(x))`, an example's
 * gradient is of the sum of all examples' losses, in what the example itself has: parameters that all examples share count as a copy in each of them.
 * So a tangent inside stands for those of all examples, and a cotangent too: `jacobianForward` is the change along equal tangents of all examples, and
 * `jacobianReverse` that of the sum of all results.
 * Outside, as in `grad(p => … vmapWithAxis('batch')(…) …)`, it is that of the whole.
 *
 * @category model
 */
export interface MappedAxis<B extends string = string> {
  readonly name: B
  /** How many examples there are. */
  readonly size: number
  /** The number of the example, from 0. */
  readonly index: Tensor<'', 'int32'>
  /** The sum over the examples, the same for each of them. */
  readonly sum: <T extends object>(x: Expect<NumericOf<'axis.sum', T>, T>) => T
  /** The mean over the examples, the same for each of them. */
  readonly mean: <T extends object>(x: Expect<FloatOf<'axis.mean', T>, T>) => T
  /** The greatest of the examples, the same for each of them; equal ones share its gradient. */
  readonly max: <T extends object>(x: Expect<NumericOf<'axis.max', T>, T>) => T
  /** The least of the examples, the same for each of them; equal ones share its gradient. */
  readonly min: <T extends object>(x: Expect<NumericOf<'axis.min', T>, T>) => T
  /** All examples along the axis, which comes first: the same for each of them. */
  readonly gather: <T extends object>(x: T) => Batched<B, T>
  /** Example i is given what example `places[i]` has, where the places are all examples in another order. */
  readonly permute: (places: readonly number[]) => <T extends object>(x: T) => T
}

/** What a handle is made of: each function is of one tensor. */
interface OverExamples {
  readonly sum: (x: Value) => Value
  readonly mean: (x: Value) => Value
  readonly max: (x: Value) => Value
  readonly min: (x: Value) => Value
  readonly gather: (x: Value) => Value
  readonly permute: (places: readonly number[]) => (x: Value) => Value
}

type DTypeRule = (op: string, dtype: DType) => Ok<DType> | Err<string>
const anyDType: DTypeRule = (_, dtype) => ok(dtype)

/** Every example once, in any order. */
const checkPermutation = (size: number, places: readonly number[]): void => {
  const given = new Set(Array.isArray(places) && places.length === size ? places : [])
  const isPermutation = given.size === size && [...given].every(i => Number.isInteger(i) && i >= 0 && i < size)
  if (!isPermutation)
    fail({
      _tag: 'ArgumentError',
      op: 'axis.permute',
      detail: `${show(places)} is no permutation of ${size} examples: give each of their numbers once, from 0`,
    })
}

const handleOf = (name: string, size: number, index: Value, over: OverExamples, check: (op: string) => void): MappedAxis => {
  const each =
    (op: string, rule: DTypeRule, of: (x: Value) => Value, isStack = false) =>
    (x: unknown): unknown => {
      check(op)
      const { leaves, structure } = flatten(op, x)
      for (const { dtype } of leaves) heldDType(rule(op, dtype))
      const results = leaves.map(leaf => {
        const result = calledAs(op, () => of(leaf))
        return isStack ? labelled(op, join([name, ...dims(leaf.shape)]), result) : relabel(leaf.shape, result)
      })
      return unflatten(structure, results)
    }
  return {
    name,
    size,
    index: typed<Tensor<'', 'int32'>>(index),
    sum: typed(each('axis.sum', numericDType, over.sum)),
    mean: typed(each('axis.mean', floatDType, over.mean)),
    max: typed(each('axis.max', numericDType, over.max)),
    min: typed(each('axis.min', numericDType, over.min)),
    gather: typed(each('axis.gather', anyDType, over.gather, true)),
    permute: places => {
      checkPermutation(size, places)
      return typed(each('axis.permute', anyDType, over.permute(places)))
    },
  }
}

/** Calls a function with the handle of an axis, of which `index` is the number of the example. It is of use until the function returns. */
export const withMappedAxis = <R>(name: string, size: number, index: Value, use: (axis: MappedAxis) => R): R => {
  const params: CollectiveParams = { axis: name, size }
  const numbers = (places: readonly number[]): Value => concrete([size], 'int32', Int32Array.from(places))
  const over: OverExamples = {
    sum: x => axisSum(x, index, params),
    mean: x => axisMean(x, index, params),
    max: x => axisMax(x, index, params),
    min: x => axisMin(x, index, params),
    gather: x => axisGather(x, index, params),
    permute: places => {
      const further = [index, numbers(places), numbers(inverse(places))] as const
      return x => axisPermute(x, further, params)
    },
  }
  let isOpen = true
  const check = (op: string): void => {
    if (!isOpen)
      fail({
        _tag: 'TraceError',
        detail: `${op}: the axis '${name}' was kept after the function it belongs to had returned: use it inside the function that vmapWithAxis was given`,
      })
  }
  try {
    return use(handleOf(name, size, index, over, check))
  } finally {
    isOpen = false
  }
}

/**
 * The axis of a batch of one example, for a function that asks for an axis where nothing is mapped: each result over the examples is the example's.
 *
 * @example
 * import { oneExample, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(oneExample.mean(tensor([1, 2]))), [1, 2])
 *
 * @category constructors
 */
export const oneExample: MappedAxis<'1'> = typed(
  handleOf(
    '1',
    1,
    concrete([], 'int32', 0),
    {
      sum: x => x,
      mean: x => x,
      max: x => x,
      min: x => x,
      gather: x => reshapeTo(x, [1, ...x.sizes]),
      permute: () => x => x,
    },
    () => {},
  ),
)
