/**
 * Tensors from nested arrays: a literal gives its shape to the compiler, data of unknown length is decoded and gives an `Either`.
 *
 * @example
 * import { fromArray, tensor } from 'pullback'
 * import { isRight } from 'fp-ts/lib/Either.js'
 *
 * const x = tensor([[1, 2], [3, 4]])
 * assert.equal(x.shape, '2 2')
 *
 * const rows: number[][] = [[1, 2], [3, 4], [5, 6]]
 * const y = fromArray('batch 2')(rows)
 * assert.ok(isRight(y) && y.right.sizes[0] === 3)
 */

import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import {
  type Bindings,
  dims,
  type Expect,
  type Given,
  isErr,
  isNumeral,
  type LiteralShape,
  literalShape,
  type ShapeOf,
  unify,
} from '../shape/index.js'
import { Concrete } from './concrete.js'
import { allocate, at, type Buffer, type DType, greatestOf, isFloat, leastOf } from './dtype.js'
import { caught, orThrow, reading } from './either.js'
import { fail, failure, type PullbackError } from './error.js'
import type { DTypeNamed, NamedDType } from './named-dtype.js'
import { show } from './show.js'
import { checkSizes, type WellFormed, wellFormed } from './sizes.js'
import { makeTensor, sizeOf, type Tensor, typed, type Value } from './tensor.js'

/** Nested arrays of numbers or booleans; the innermost may be typed arrays. */
export type Nested = number | boolean | readonly Nested[] | Numbers
/** A typed array of numbers. */
export type Numbers = Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array

/** Why a value does not fit a dtype; undefined where it does. */
const misfit = (value: unknown, dtype: DType): string | undefined => {
  if (dtype === 'bool') return typeof value === 'boolean' ? undefined : `${show(value)} is not a boolean, compare first, as in value !== 0`
  if (typeof value !== 'number') return `${show(value)} is not a number, ask for dtype 'bool'`
  if (isFloat(dtype)) return undefined
  const [low, high] = [leastOf(dtype), greatestOf(dtype)]
  return Number.isInteger(value) && value >= low && value <= high
    ? undefined
    : `${value} is not a whole number from ${low} to ${high}, which is what ${dtype} holds`
}

const isNested = (data: unknown): data is readonly unknown[] => Array.isArray(data)
const isNumbers = (data: unknown): data is Numbers => ArrayBuffer.isView(data) && 'length' in data

/** The kind of a typed array, of whichever realm. */
const kindOfNumbers = (data: Numbers): string => String(Reflect.get(data, Symbol.toStringTag))

/** Whether an array's numbers have been transferred to another thread: its length is then 0. */
const isDetached = ({ byteLength, buffer }: Numbers): boolean => {
  if (byteLength > 0) return false
  try {
    new Uint8Array(buffer)
    return false
  } catch {
    return true
  }
}

const whole = ['Int8Array', 'Int16Array', 'Uint8Array', 'Uint16Array'] as const
const floats = ['Float32Array', 'Float64Array', 'Int32Array', 'Uint32Array', ...whole]

/** The typed arrays whose every entry a dtype holds: as they are, or rounded as numbers are. */
const held: { readonly [D in DType]: readonly string[] } = {
  float32: floats,
  float64: floats,
  int32: ['Int32Array', ...whole],
  uint32: ['Uint32Array', 'Uint8Array', 'Uint16Array'],
  bool: [],
}

/** The values of an even nested array in row-major order. */
const fill = (op: string, data: unknown, dtype: DType, length: number): Either<PullbackError, Buffer> => {
  const buffer = allocate(dtype, length, op)
  let place = 0
  const refuse = (reason: string, path: readonly number[]): PullbackError =>
    failure({ _tag: 'DTypeError', detail: `${op}: ${path.map(i => `[${i}]`).join('')}${path.length === 0 ? '' : ': '}${reason}` })
  const visit = (node: unknown, path: readonly number[]): PullbackError | undefined => {
    if (isNumbers(node) && isDetached(node))
      return failure({
        _tag: 'ArgumentError',
        op,
        detail: 'the buffer of an array is detached, its numbers were given to another thread: give a copy there, or here',
      })
    if (isNumbers(node) && held[dtype].includes(kindOfNumbers(node))) {
      buffer.set(node, place)
      place += node.length
      return undefined
    }
    if (isNested(node) || isNumbers(node)) {
      for (let i = 0; i < node.length; i += 1) {
        const entry = node[i]
        const problem = typeof entry === 'object' ? visit(entry, [...path, i]) : put(entry, path, i)
        if (problem) return problem
      }
      return undefined
    }
    return put(node, path)
  }
  const put = (value: unknown, path: readonly number[], index?: number): PullbackError | undefined => {
    const reason = misfit(value, dtype)
    if (reason !== undefined) return refuse(reason, index === undefined ? path : [...path, index])
    buffer[place] = Number(value)
    place += 1
    return undefined
  }
  const problem = visit(data, [])
  return problem ? left(problem) : right(buffer)
}

const firstLeaf = (data: unknown): unknown => (isNested(data) ? firstLeaf(data[0]) : data)

/** The dtype of a literal where none is asked for: bool for booleans, float32 for numbers. */
export type DefaultDType<T> = T extends boolean ? 'bool' : T extends readonly [infer H, ...unknown[]] ? DefaultDType<H> : 'float32'

/** Of bools or of float32, as the data are, or of the dtype given. @category type-level */
export interface Literal {
  <const T>(data: Expect<LiteralShape<T>, T>): Tensor<ShapeOf<LiteralShape<T>>, DefaultDType<T>>
  <const T, D extends DType | undefined>(
    data: Expect<LiteralShape<T>, T>,
    dtype: D,
  ): Tensor<ShapeOf<LiteralShape<T>>, NoInfer<Given<D, DefaultDType<T>>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const T, const D extends string>(
    data: Expect<LiteralShape<T>, T>,
    dtype: Expect<NamedDType<'tensor', D>, D>,
  ): Tensor<ShapeOf<LiteralShape<T>>, DTypeNamed<NoInfer<D>>>
}

/**
 * A tensor from a number or a nested array literal; its shape is read off by the compiler.
 *
 * **Errors**: a ragged array, an array of unknown length (use `fromArray`), a value that the dtype does not hold.
 *
 * @example
 * import { tensor } from 'pullback'
 *
 * assert.equal(tensor([[1, 2, 3], [4, 5, 6]]).shape, '2 3')
 * assert.equal(tensor(1.5).shape, '')
 * assert.equal(tensor([true, false]).dtype, 'bool')
 *
 * @category constructors
 */
export const tensor: Literal = typed<Literal>((data: unknown, dtype?: DType): Value => {
  const rule = reading('tensor', () => literalShape(data))
  if (isErr(rule)) return fail({ _tag: 'ShapeError', detail: rule.message })
  const sizes = dims(rule.shape).map(Number)
  const chosen = dtype ?? (typeof firstLeaf(data) === 'boolean' ? 'bool' : 'float32')
  const buffer = reading('tensor', () => fill('tensor', data, chosen, sizeOf(sizes)))
  if (isLeft(buffer)) throw buffer.left
  return makeTensor(rule.shape, chosen, sizes, new Concrete(chosen, sizeOf(sizes), sizes.length === 0 ? at(buffer.right, 0) : buffer.right))
})

const numeralsOnly = (bindings: Bindings): boolean => Object.values(bindings).every(isNumeral)

/** The sizes of flat data: at most one name, bound by the length. */
const flatSizes = (pattern: string, length: number): Either<string, readonly number[]> => {
  const axes = dims(pattern)
  const names = axes.filter(axis => !isNumeral(axis))
  const known = axes.filter(isNumeral).reduce((product, size) => product * Number(size), 1)
  if (names.length > 1) return left(`flat data of length ${length} cannot say the sizes of ${names.length} names in '${pattern}': nest it`)
  const size = names.length === 0 ? 1 : length / known
  if (!Number.isInteger(size) || size * known !== length)
    return left(`${length} values do not fill '${pattern}'${names.length === 0 ? `, which has ${known}` : `, whose rows have ${known}`}`)
  return right(axes.map(axis => (isNumeral(axis) ? Number(axis) : size)))
}

const nestedSizes = (pattern: string, data: unknown): Either<string, readonly number[]> => {
  const rule = literalShape(data)
  if (isErr(rule)) return left(rule.message.replace(/^tensor: /, ''))
  // There are no rows to read the other sizes off, so the pattern must give them.
  const [first, ...rest] = dims(pattern)
  if (rule.shape === '0' && rest.length > 0 && first !== undefined && rest.every(isNumeral) && (!isNumeral(first) || first === '0'))
    return right([0, ...rest.map(Number)])
  const bound = unify(pattern, rule.shape)
  if (isErr(bound)) return left(bound.message)
  return numeralsOnly(bound.shape) ? right(dims(rule.shape).map(Number)) : left(`'${rule.shape}' does not fit '${pattern}'`)
}

/** `fromArray` under the name of the function that uses it; throws. */
export const decoded = (op: string, shape: string, dtype: DType | undefined, data: Nested): Value => {
  const pattern = wellFormed(op, shape)
  const chosen = dtype ?? 'float32'
  const sizes = isNumbers(data) && dims(pattern).length !== 1 ? flatSizes(pattern, data.length) : nestedSizes(pattern, data)
  if (isLeft(sizes)) return fail({ _tag: 'ShapeError', detail: `${op}: ${sizes.left}` })
  checkSizes(op, [{ shape: pattern, sizes: sizes.right }])
  const buffer = orThrow(fill(op, data, chosen, sizeOf(sizes.right)))
  return makeTensor(pattern, chosen, sizes.right, new Concrete(chosen, sizeOf(sizes.right), buffer))
}

/** Of float32, or of the dtype given. @category type-level */
export interface FromArray {
  <const S extends string>(shape: WellFormed<S>): (data: Nested) => Either<PullbackError, Tensor<S>>
  <const S extends string, D extends DType | undefined>(
    shape: WellFormed<S>,
    dtype: D,
  ): (data: Nested) => Either<PullbackError, Tensor<S, NoInfer<Given<D, 'float32'>>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const S extends string, const D extends string>(
    shape: WellFormed<S>,
    dtype: Expect<NamedDType<'fromArray', D>, D>,
  ): (data: Nested) => Either<PullbackError, Tensor<S, DTypeNamed<NoInfer<D>>>>
}

/** `FromArray` that throws. @category type-level */
export interface FromArrayOrThrow {
  <const S extends string>(shape: WellFormed<S>): (data: Nested) => Tensor<S>
  <const S extends string, D extends DType | undefined>(
    shape: WellFormed<S>,
    dtype: D,
  ): (data: Nested) => Tensor<S, NoInfer<Given<D, 'float32'>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const S extends string, const D extends string>(
    shape: WellFormed<S>,
    dtype: Expect<NamedDType<'fromArrayOrThrow', D>, D>,
  ): (data: Nested) => Tensor<S, DTypeNamed<NoInfer<D>>>
}

/**
 * Data of a length known at run time only, as nested arrays or as one flat typed array: names are bound from its lengths.
 *
 * **Errors** (`Left`): a malformed shape, a ragged array, a size that differs, a name bound to two sizes, a value the dtype does not hold.
 * `fromArrayOrThrow` throws them.
 *
 * @example
 * import { fromArray } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const data: number[][] = [[1, 2], [3, 4]]
 * const bad = fromArray('batch 3')(data)
 * assert.equal(E.isLeft(bad) && bad.left.message, "fromArray: '2 2' does not fit 'batch 3': '2' is not '3'")
 *
 * @category constructors
 */
export const fromArray: FromArray = typed<FromArray>(
  (shape: string, dtype?: DType) =>
    (data: Nested): Either<PullbackError, Value> =>
      caught('fromArray', () => decoded('fromArray', shape, dtype, data)),
)

/**
 * `fromArray` that throws what would be a `Left`.
 *
 * @example
 * import { fromArrayOrThrow } from 'pullback'
 *
 * assert.deepEqual(fromArrayOrThrow('batch 2')([[1, 2], [3, 4]]).sizes, [2, 2])
 *
 * @category constructors
 */
export const fromArrayOrThrow: FromArrayOrThrow = typed<FromArrayOrThrow>(
  (shape: string, dtype?: DType) =>
    (data: Nested): Value =>
      reading('fromArrayOrThrow', () => decoded('fromArrayOrThrow', shape, dtype, data)),
)
