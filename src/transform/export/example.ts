/** What a function is exported for: examples of its arguments, of which only shape and dtype count. */
import { dims } from '../../shape/index.js'
import {
  checkDType,
  checkSizes,
  concrete,
  type DType,
  deepest,
  fail,
  isRecord,
  isTensor,
  labelled,
  reading,
  show,
  sizeOf,
  type Tensor,
  type Value,
  wellFormed,
} from '../../tensor/index.js'
import type { TensorShape } from '../eval-shape.js'

/** A tree of tensors in which any of them may be its shape, sizes and dtype alone. @category type-level */
export type ExampleOf<T> = T extends Tensor<infer S, infer D> ? T | TensorShape<S, D> : { readonly [K in keyof T]: ExampleOf<T[K]> }

/** A record of a tensor's shape, sizes and dtype, as `evalShape` gives it. In a tree a text stands nowhere else. */
const isShape = (x: object): x is TensorShape<string, DType> => 'shape' in x && typeof x.shape === 'string'

/** A tensor of a shape that takes no memory: zeros. */
const zerosOf = (op: string, { shape, sizes, dtype }: TensorShape<string, DType>): Value => {
  checkDType(op, dtype)
  const axes = dims(wellFormed(op, shape))
  const isCounted = Array.isArray(sizes) && sizes.length === axes.length && sizes.every(size => Number.isSafeInteger(size) && size >= 0)
  if (!isCounted || !Number.isSafeInteger(sizeOf(sizes)))
    fail({ _tag: 'ShapeError', detail: `${op}: ${show(sizes)} are no sizes of '${shape}': give one for each axis, as evalShape does` })
  checkSizes(op, [{ shape, sizes }])
  return labelled(op, shape, concrete([...sizes], dtype, 0))
}

const walk = (op: string, tree: unknown, level: number): unknown => {
  if (isTensor(tree) || level > deepest) return tree
  if (Array.isArray(tree)) return Array.from(tree, (part: unknown) => walk(op, part, level + 1))
  if (!isRecord(tree)) return tree
  return isShape(tree) ? zerosOf(op, tree) : Object.fromEntries(Object.entries(tree).map(([key, part]) => [key, walk(op, part, level + 1)]))
}

/** The same tree with zeros where it has shapes. What is no tree is left as it is, for whoever flattens it to say so. */
export const tensorsOf = (op: string, tree: unknown): unknown => reading(op, () => walk(op, tree, 0))
