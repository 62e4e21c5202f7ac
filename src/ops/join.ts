/**
 * Several tensors as one: of a tuple, whose length the compiler knows, or of a list of any length along an axis that is named.
 *
 * @example
 * import { concat, pipe, stack, tensor, toNested } from 'pullback'
 *
 * const x = tensor([1, 2])
 * const y = tensor([3])
 * assert.deepEqual(toNested(concat(0)([x, y])), [1, 2, 3])
 * assert.deepEqual(toNested(pipe([x, x] as const, stack(0))), [[1, 2], [1, 2]])
 * assert.equal(pipe([1, 2, 3].map(i => tensor([i, i])), stack(0, 'n')).shape, 'n 2')
 */
import * as derived from '../derived/index.js'
import { concatAxis } from '../primitives/index.js'
import {
  type Axis,
  axisPositions,
  type Concat,
  type ConcatNamed,
  concat as concatRule,
  dims,
  type Err,
  type Expect,
  type Ok,
  type OneAxis,
  oneAxis,
  type ShapeOf,
  type Stack,
  type StackNamed,
  stack as stackRule,
} from '../shape/index.js'
import { checkSizes, fail, heldArgument, labelled, relabel, show, type Tensor, typed, type Value } from '../tensor/index.js'
import { checkTensor, held } from './apply-rule.js'
import { checkOneDType, type DTypeOf, type OneDType, type ShapesOf, type Tensors } from './tuple.js'

type Joined<Op extends string, T extends Tensors, R> = Expect<OneDType<Op, T>, Expect<R, T>>

/** Refuses what is no list of tensors, for callers whose compiler has not done so. */
const checkList = (op: string, tensors: unknown): void => {
  if (!Array.isArray(tensors))
    fail({ _tag: 'ArgumentError', op, detail: `${show(tensors)} is no list of tensors: give one, such as [x, y]` })
  else for (const x of tensors) checkTensor(op, x)
}

type Rule<A> = (axis: A, shapes: readonly string[], name?: string) => Ok<string> | Err<string>

/**
 * What `concat` and `stack` have in common: everything is checked, in this order, and the result has the dimension string that the rule
 * gives.
 */
const joining =
  <A extends Axis>(op: 'concat' | 'stack', rule: Rule<A>, join: (tensors: readonly Value[], axis: A, shape: string) => Value) =>
  (axis: A, given?: string) => {
    const name = given === undefined ? given : heldArgument(op, oneAxis(op, given, '0, '))
    return (tensors: readonly Value[]): Value => {
      checkList(op, tensors)
      const shapes = tensors.map(x => x.shape)
      const shape = held(rule(axis, shapes, name))
      checkOneDType(op, tensors)
      checkSizes(op, tensors)
      const result = join(tensors, axis, shape)
      return name === undefined ? relabel(shape, result) : labelled(op, shape, result)
    }
  }

/** Tensors joined along an axis. It has a name of its own, so that the declarations of a user's package name it. @category type-level */
export type ConcatAlong<A extends Axis> = <const T extends Tensors>(
  tensors: Joined<'concat', T, Concat<A, ShapesOf<T>>>,
) => Tensor<ShapeOf<Concat<A, ShapesOf<T>>>, DTypeOf<T>>
/** Tensors joined along an axis that gets a name. @category type-level */
export type ConcatUnder<A extends Axis, N extends string> = <const T extends Tensors>(
  tensors: Joined<'concat', T, ConcatNamed<A, N, ShapesOf<T>>>,
) => Tensor<ShapeOf<ConcatNamed<A, N, ShapesOf<T>>>, DTypeOf<T>>

/** Along an axis, as long as all tensors together, or under a name that the caller gives it. @category type-level */
export interface ConcatOp {
  <const A extends Axis>(axis: A): ConcatAlong<A>
  <const A extends Axis, const N extends string>(axis: A, name: Expect<OneAxis<'concat', N, '0, '>, N>): ConcatUnder<A, N>
}

/**
 * Tensors one after another along an axis. Literal sizes add up; a name among them makes a sum such as 'batch+4'.
 *
 * How many they are the compiler must see: give a tuple, `concat(0)([a, b])` or `pipe([a, b] as const, concat(0))`. A list of any length is
 * joined under a name, `concat(0, 'n')(list)`, whose size is how long the axis turns out to be; a size in its place is checked.
 *
 * **Errors**: shapes that differ in another axis, dtypes that differ, no tensor at all.
 *
 * @example
 * import { concat, zeros } from 'pullback'
 *
 * assert.equal(concat(0)([zeros('batch 3', { batch: 2 }), zeros('4 3')]).shape, 'batch+4 3')
 * const list = [1, 2, 3].map(() => zeros('2 3'))
 * assert.deepEqual([concat(0, 'n')(list).shape, concat(0, 'n')(list).sizes], ['n 3', [6, 3]])
 *
 * @category primitives
 */
export const concat: ConcatOp = typed<ConcatOp>(
  joining('concat', concatRule, (tensors, axis) => {
    const [position = 0] = held(axisPositions('concat', tensors[0]?.shape ?? '', [axis]))
    return concatAxis(tensors, position)
  }),
)

/** Tensors stacked along a new axis. It has a name of its own, so that the declarations of a user's package name it. @category type-level */
export type StackAlong<A extends number> = <const T extends Tensors>(
  tensors: Joined<'stack', T, Stack<A, ShapesOf<T>>>,
) => Tensor<ShapeOf<Stack<A, ShapesOf<T>>>, DTypeOf<T>>
/** Tensors stacked along a new axis that gets a name. @category type-level */
export type StackUnder<A extends number, N extends string> = <const T extends Tensors>(
  tensors: Joined<'stack', T, StackNamed<A, N, ShapesOf<T>>>,
) => Tensor<ShapeOf<StackNamed<A, N, ShapesOf<T>>>, DTypeOf<T>>

/** Along a new axis, as long as there are tensors, or under a name that the caller gives it. @category type-level */
export interface StackOp {
  <const A extends number>(axis: A): StackAlong<A>
  <const A extends number, const N extends string>(axis: A, name: Expect<OneAxis<'stack', N, '0, '>, N>): StackUnder<A, N>
}

/**
 * Tensors of one shape side by side along a new axis, at its position in the result.
 *
 * As for `concat` the compiler must see how many they are, or the axis has a name: `stack(0, 'n')(list)`.
 *
 * @example
 * import { pipe, stack, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(stack(1)([tensor([1, 2]), tensor([3, 4])])), [[1, 3], [2, 4]])
 * const list = [1, 2, 3].map(i => tensor([i, i]))
 * assert.equal(pipe(list, stack(0, 'n')).shape, 'n 2')
 */
export const stack: StackOp = typed<StackOp>(
  joining('stack', stackRule, (tensors, axis, shape) => {
    const position = axis < 0 ? axis + dims(shape).length : axis
    return derived.stack(tensors, position)
  }),
)
