/**
 * The same values, in the same order, along other axes; or repeated along new ones.
 *
 * @example
 * import { pipe, reshape, tensor, toNested } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * assert.deepEqual(toNested(pipe(x, reshape('3 2'))), [[1, 2], [3, 4], [5, 6]])
 */
import * as primitive from '../primitives/index.js'
import { namesIn } from '../shape/expression.js'
import {
  type Axes,
  type BroadcastTo,
  broadcastTo as broadcastToRule,
  dims,
  type ExpandDims,
  type Expect,
  expandDims as expandDimsRule,
  type Flatten,
  flatten as flattenRule,
  join,
  type Reshape,
  reshape as reshapeRule,
  type ShapeOf,
  type Squeeze,
  squeeze as squeezeRule,
} from '../shape/index.js'
import {
  type AnyDType,
  at,
  checkSizes,
  type DType,
  fail,
  heldSizes,
  type NamesGiven,
  relabel,
  type Settled,
  type Sizes,
  sizeOf,
  sizeOfAxis,
  type Tensor,
  typed,
  type Value,
  wellFormed,
} from '../tensor/index.js'
import { checkTensor, held, stretch } from './apply-rule.js'

/** The argument of a function whose result has the shape that the rule `R` gives. */
type Checked<R, S extends string, D extends DType> = Expect<R, Tensor<S, D>>

/** Sizes for a dimension string whose axes follow from those of x. The one that does not is as long as what is left. */
const sizesFrom = (op: string, x: Value, shape: string): readonly number[] => {
  const axes = dims(x.shape)
  const own = Object.fromEntries(axes.map((axis, i) => [axis, at(x.sizes, i)]))
  const known = dims(shape).map(axis =>
    Object.hasOwn(own, axis)
      ? own[axis]
      : namesIn(axis).every(name => Object.hasOwn(own, name))
        ? sizeOfAxis(op, shape, axis, own)
        : undefined,
  )
  const [all, others] = [sizeOf(x.sizes), known.reduce<number>((product, size) => product * (size ?? 1), 1)]
  const sizes = known.map(size => size ?? (others === 0 ? 0 : all / others))
  return sizeOf(sizes) === all && sizes.every(Number.isInteger)
    ? sizes
    : fail({
        _tag: 'ShapeError',
        detail: `${op}: '${x.shape}' (${x.sizes.join(' ')}) to '${shape}': nothing may be left over where a size is divided`,
      })
}

/**
 * The values, in their order, under another shape with as many of them. Names multiply like sizes: 'n 3' may become 'n*3', and 'n' '4 n//4'.
 *
 * **Errors**: another number of values; products of names that are not equal for all sizes; sizes that do not follow from those of the argument; a named axis
 * that does not divide, when it runs.
 *
 * @example
 * import { pipe, reshape, zeros } from 'pullback'
 *
 * assert.deepEqual(pipe(zeros('batch 784', { batch: 2 }), reshape('batch 28 28')).sizes, [2, 28, 28])
 * assert.deepEqual(pipe(zeros('batch 784', { batch: 2 }), reshape('batch*28 28')).sizes, [56, 28])
 */
export const reshape: <const T extends string>(
  shape: T,
) => <S extends string, D extends DType>(x: Checked<Reshape<S, T>, S, D>) => Tensor<ShapeOf<Reshape<S, T>>, D> = typed(
  (shape: string) =>
    (x: Value): Value => {
      checkTensor('reshape', x)
      const target = held(reshapeRule(x.shape, wellFormed('reshape', shape)))
      return relabel(target, primitive.reshapeTo(x, sizesFrom('reshape', x, target)))
    },
)

/**
 * All values along one axis, as long as the sizes multiplied: 'batch 3' becomes 'batch*3'.
 *
 * @example
 * import { flatten, tensor, toNested, zeros } from 'pullback'
 *
 * assert.equal(flatten(zeros('batch 3', { batch: 2 })).shape, 'batch*3')
 * assert.deepEqual(toNested(flatten(tensor([[1, 2], [3, 4]]))), [1, 2, 3, 4])
 */
export const flatten: <S extends string, D extends DType = never>(
  x: Expect<AnyDType<'flatten', D>, Checked<Flatten<S>, S, D>>,
) => Tensor<ShapeOf<Flatten<S>>, Settled<D>> = typed((x: Value) => {
  checkTensor('flatten', x)
  return relabel(held(flattenRule(x.shape)), primitive.reshapeTo(x, [sizeOf(x.sizes)]))
})

type Squeezing<A extends Axes> = <S extends string, D extends DType>(x: Checked<Squeeze<S, A>, S, D>) => Tensor<ShapeOf<Squeeze<S, A>>, D>

/** Takes away all axes of size 1, or those given. @category type-level */
export interface SqueezeOp {
  (): Squeezing<undefined>
  <const A extends Axes>(axes: A): Squeezing<A>
}

/**
 * Without the axes given, which have size 1; without any axis of size 1 if none are given.
 *
 * @example
 * import { pipe, squeeze, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('1 batch 1', { batch: 2 }), squeeze(-1)).shape, '1 batch')
 */
export const squeeze: SqueezeOp = typed<SqueezeOp>((axes?: Axes) => (x: Value): Value => {
  checkTensor('squeeze', x)
  const shape = held(squeezeRule(x.shape, axes))
  return relabel(shape, primitive.reshapeTo(x, sizesFrom('squeeze', x, shape)))
})

/**
 * With a new axis of size 1 at a position of the result.
 *
 * @example
 * import { expandDims, pipe, zeros } from 'pullback'
 *
 * assert.equal(pipe(zeros('batch 3', { batch: 2 }), expandDims(1)).shape, 'batch 1 3')
 */
export const expandDims: <const A extends number>(
  axis: A,
) => <S extends string, D extends DType>(x: Checked<ExpandDims<S, A>, S, D>) => Tensor<ShapeOf<ExpandDims<S, A>>, D> = typed(
  (axis: number) =>
    (x: Value): Value => {
      checkTensor('expandDims', x)
      const shape = held(expandDimsRule(x.shape, axis))
      const place = axis < 0 ? axis + x.sizes.length + 1 : axis
      return relabel(shape, primitive.reshapeTo(x, [...x.sizes.slice(0, place), 1, ...x.sizes.slice(place)]))
    },
)

/** Broadcasts to `T`. It has a name of its own, so that the declarations of a user's package name it. @category type-level */
export type Broadcasting<T extends string, G> = <S extends string, D extends DType>(
  x: Expect<BroadcastTo<S, T>, Checked<NamesGiven<'broadcastTo', S, T, G>, S, D>>,
) => Tensor<ShapeOf<BroadcastTo<S, T>>, D>

/** Broadcasts to a shape: alone where it has no new names, else with their sizes. @category type-level */
export interface BroadcastToOp {
  <const T extends string>(shape: T): Broadcasting<T, undefined>
  <const T extends string, const G extends Sizes | undefined>(shape: T, sizes: G): Broadcasting<T, G>
}

/**
 * Repeated to a wider shape: new axes lead, axes of size 1 stretch. New names take their sizes.
 *
 * @example
 * import { broadcastTo, pipe, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(pipe(tensor([1, 2]), broadcastTo('2 2'))), [[1, 2], [1, 2]])
 */
export const broadcastTo: BroadcastToOp = typed<BroadcastToOp>((target: string, sizesGiven?: { readonly [name: string]: number }) => {
  const given = heldSizes('broadcastTo', sizesGiven)
  return (x: Value): Value => {
    checkTensor('broadcastTo', x)
    const shape = held(broadcastToRule(x.shape, wellFormed('broadcastTo', target)))
    const own = dims(x.shape)
    const names = { ...Object.fromEntries(own.map((axis, i) => [axis, at(x.sizes, i)])), ...given }
    const sizes = dims(shape).map(axis => x.sizes[own.indexOf(axis)] ?? sizeOfAxis('broadcastTo', shape, axis, names))
    const asked = dims(shape).filter(axis => Object.hasOwn(given, axis))
    checkSizes('broadcastTo', [x, { shape: join(asked), sizes: asked.map(axis => given[axis] ?? 0) }, { shape, sizes }])
    return stretch(x, sizes, shape)
  }
})
