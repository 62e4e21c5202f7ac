/**
 * Programs and functions of one example over all examples of a batch, which stand along a leading axis: what `vmap` and its like are made of.
 */

import { lead } from '../primitives/sum.js'
import { type Program, type Row, walk } from '../program/index.js'
import { dims, isErr, isNumeral, join, shape } from '../shape/index.js'
import { fail, flatten, labelled, type Structure, shorten, show, type Tensor, tree, unflatten, type Value } from '../tensor/index.js'
import { bind } from '../trace/index.js'
import { type TracedTree, traceTree } from './typed-program.js'

/** Runs a program over a leading axis of the given size, which some inputs have. What depends on none of these is computed once, without it. */
export const vmapRows = (program: Program, inputs: readonly Row[], size: number): readonly Row[] => {
  const read = walk<Row>(
    program,
    inputs,
    value => ({ value, batched: false }),
    ({ operation }, rows) => {
      const values = rows.map(({ value }) => value)
      const flags = rows.map(row => row.batched)
      return flags.includes(true) ? operation.batch(values, flags, size) : bind(operation, values).map(value => ({ value, batched: false }))
    },
  )
  return program.outputs.map(read)
}

/** The same, with the leading axis for every output. */
export const vmapProgram = (program: Program, inputs: readonly Value[], batched: readonly boolean[], size: number): readonly Value[] => {
  const rows = inputs.map((value, i) => ({ value, batched: batched[i] === true }))
  return vmapRows(program, rows, size).map(row => lead(row.value, row.batched, size))
}

/** A tree whose every tensor has one more leading axis. */
export type Batched<B extends string, T> =
  T extends Tensor<infer S, infer D>
    ? Tensor<string extends S ? string : S extends '' ? B : `${B} ${S}`, D>
    : { readonly [K in keyof T]: Batched<B, T[K]> }

/** The same for the arguments of a function, which are known from the function alone. */
export type BatchedArguments<B extends string, A extends readonly object[]> = [A] extends [infer T extends readonly object[]]
  ? Batched<B, T>
  : never

/** What the user called, with its axis, where that is what it is called with. */
const withOne = (op: string, axis: string): string => (op === 'vmap' || op === 'vmapWithAxis' ? `${op}('${axis}')` : op)

export const leadingSize = (op: string, axis: string, names: readonly string[], leaves: readonly Pick<Value, 'sizes'>[]): number => {
  const [first] = leaves
  const size = first?.sizes[0]
  leaves.forEach((x, i) => {
    const [own] = x.sizes
    if (own === undefined)
      fail({
        _tag: 'TreeError',
        op: withOne(op, axis),
        path: names[i] ?? '',
        detail: 'is a scalar, with no axis to map over: let the function close over it',
      })
    else if (own !== size) fail({ _tag: 'SizeError', op, axis, first: size ?? 0, second: own })
  })
  if (size === undefined) return fail({ _tag: 'ArgumentError', op: withOne(op, axis), detail: 'no tensor to map over' })
  if (isNumeral(axis) && Number(axis) !== size) return fail({ _tag: 'SizeError', op, axis, first: Number(axis), second: size })
  return size
}

/** A function of a tree over examples: the marked ones of its tensors have them along a leading axis, and the others are one for all examples. */
export const overExamples = (
  op: string,
  f: (tree: unknown) => unknown,
  { leaves, structure }: { readonly leaves: readonly Value[]; readonly structure: Structure },
  batched: readonly boolean[],
  size: number,
): { readonly traced: TracedTree; readonly rows: readonly Row[] } => {
  const examples = leaves.map((x, i) =>
    batched[i] === true ? { shape: join(dims(x.shape).slice(1)), sizes: x.sizes.slice(1), dtype: x.dtype } : x,
  )
  const traced = traceTree(op, f, examples, structure)
  const inputs = [...leaves, ...traced.captured].map((value, i) => ({ value, batched: batched[i] === true }))
  return { traced, rows: vmapRows(traced.program, inputs, size) }
}

/** A function of a tree, mapped over the leading axis of its tensors. `op` is what the user called. */
export const mapped = (op: string, axis: string, f: (tree: unknown) => unknown, argument: object): unknown => {
  const flat = flatten(op, argument)
  const size = leadingSize(op, axis, tree.paths(argument), flat.leaves)
  const { traced, rows } = overExamples(
    op,
    f,
    flat,
    flat.leaves.map(() => true),
    size,
  )
  const named = rows.map(({ value, batched }, i) => labelled(op, join([axis, ...dims(traced.shapes[i] ?? '')]), lead(value, batched, size)))
  return unflatten(traced.structure, named)
}

/** One axis, a name or a size: what a dimension string may have between its spaces. */
export const checkAxis = (op: string, axis: string): void => {
  const text = typeof axis === 'string' ? `'${shorten(axis)}'` : show(axis)
  if (typeof axis !== 'string' || dims(axis).length !== 1 || isErr(shape(axis)))
    fail({ _tag: 'ArgumentError', op, detail: `${text} is not one axis: give a name or a size, as in ${op}('batch')` })
}
