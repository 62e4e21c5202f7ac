/**
 * Element types. A dtype stands in a tensor's type and never changes silently: `cast` is the only way from one to another.
 *
 * @example
 * import { tensor } from 'pullback'
 *
 * assert.equal(tensor([1, 2]).dtype, 'float32')
 * assert.equal(tensor([1, 2], 'int32').dtype, 'int32')
 */
import { fail } from './error.js'
import { noDType } from './named-dtype.js'
import { shorten, show } from './show.js'

/** @category type-level */
export type Float = 'float32' | 'float64'
/** @category type-level */
export type Integer = 'int32' | 'uint32'
/** @category type-level */
export type DType = Float | Integer | 'bool'
/** @category type-level */
export type Numeric = Float | Integer

interface BufferOf {
  readonly float32: Float32Array
  readonly float64: Float64Array
  readonly int32: Int32Array
  readonly uint32: Uint32Array
  readonly bool: Uint8Array
}
/** The typed array that holds values of a dtype; a bool is a byte, 0 or 1. */
export type Buffer<D extends DType = DType> = BufferOf[D]

interface DTypeFacts<D extends DType> {
  readonly kind: 'float' | 'integer' | 'bool'
  /** Bytes of one value in an array. */
  readonly bytes: number
  readonly array: new (length: number) => BufferOf[D]
  /** The least and the greatest value: infinities where there are any. */
  readonly least: number
  readonly greatest: number
}

/** What there is to know of each dtype. Rules ask this table and name no dtype themselves. */
const facts: { readonly [D in DType]: DTypeFacts<D> } = {
  float32: { kind: 'float', bytes: 4, array: Float32Array, least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY },
  float64: { kind: 'float', bytes: 8, array: Float64Array, least: Number.NEGATIVE_INFINITY, greatest: Number.POSITIVE_INFINITY },
  int32: { kind: 'integer', bytes: 4, array: Int32Array, least: -(2 ** 31), greatest: 2 ** 31 - 1 },
  uint32: { kind: 'integer', bytes: 4, array: Uint32Array, least: 0, greatest: 2 ** 32 - 1 },
  bool: { kind: 'bool', bytes: 1, array: Uint8Array, least: 0, greatest: 1 },
}

export const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint32', 'bool']
// Sets, because a dtype may come from JavaScript, where it need not be in the table.
const ofKind = (kind: DTypeFacts<DType>['kind']): ReadonlySet<DType> => new Set(dtypes.filter(dtype => facts[dtype].kind === kind))
const [floats, integers] = [ofKind('float'), ofKind('integer')]
export const isFloat = (dtype: DType): dtype is Float => floats.has(dtype)
export const isInteger = (dtype: DType): dtype is Integer => integers.has(dtype)
export const bytesOf = (dtype: DType): number => facts[dtype].bytes
/** The least value of a dtype: -Infinity for floats. */
export const leastOf = (dtype: DType): number => facts[dtype].least
/** The greatest value of a dtype: Infinity for floats. */
export const greatestOf = (dtype: DType): number => facts[dtype].greatest
export const isDType = (name: unknown): name is DType => dtypes.some(dtype => dtype === name)

/** Whether something is an array of a dtype's values, of this realm or of another. */
export const isBufferOf = (dtype: DType, x: unknown): x is Buffer =>
  Object.prototype.toString.call(x) === `[object ${facts[dtype].array.name}]`

/** Checks a dtype that may come from JavaScript or from a configuration, where the compiler has not seen it. */
export const checkDType = (op: string, dtype: DType): true =>
  isDType(dtype) ||
  fail({
    _tag: 'DTypeError',
    detail: typeof dtype === 'string' ? noDType(op, dtype, `'${shorten(dtype)}'`) : noDType(op, '', show(dtype)),
  })

/** The most bytes of one array: what 32-bit addresses reach, and with them the engine's memory. */
const mostBytes = 2 ** 32

/** Refuses an array that is larger than any may be, before anything is made. `op` is what the user called. */
export const checkLength = (op: string, dtype: DType, length: number): number => {
  const bytes = length * (checkDType(op, dtype) && facts[dtype]).bytes
  if (bytes <= mostBytes) return length
  return fail({
    _tag: 'ArgumentError',
    op,
    detail: `${length} entries of ${dtype} are ${bytes} bytes, and an array has at most ${mostBytes}: take a smaller shape, or work through it in parts`,
  })
}

/** Makes an array; fails with an error that says so where there is no memory for it. */
export const orNoMemory = <T>(op: string, bytes: number, make: () => T): T => {
  try {
    return make()
  } catch {
    return fail({
      _tag: 'PlatformError',
      op,
      detail: `this runtime has no memory for an array of ${bytes} bytes: keep fewer or smaller tensors`,
    })
  }
}

/**
 * A zeroed buffer.
 *
 * **Errors**: a dtype that is none, more bytes than an array may have, or than there are.
 */
export const allocate = <D extends DType>(dtype: D, length: number, op = 'tensor'): Buffer<D> => {
  checkLength(op, dtype, length)
  const { array: Constructor, bytes } = facts[dtype]
  return orNoMemory(op, length * bytes, () => new Constructor(length))
}

/** What `at` gives where there is no value: NaN. The tests replace it by one that throws (`test/support/before.ts`). @internal */
export const absent: { value: (values: { readonly [index: number]: number }, index: number) => number } = { value: () => Number.NaN }

/** Reads a value that the caller knows to be there. */
export const at = (values: { readonly [index: number]: number }, index: number): number => values[index] ?? absent.value(values, index)

const scratch: { readonly [D in DType]: Buffer<D> } = {
  float32: new Float32Array(1),
  float64: new Float64Array(1),
  int32: new Int32Array(1),
  uint32: new Uint32Array(1),
  bool: new Uint8Array(1),
}
/** The value as the dtype stores it: rounded to float32, wrapped to 32 bits, or 0 and 1. */
export const store = (dtype: DType, value: number, op = 'tensor'): number => {
  const cell = checkDType(op, dtype) && scratch[dtype]
  cell[0] = dtype === 'bool' ? Number(value !== 0) : value
  return at(cell, 0)
}

/**
 * The value as the dtype stores it, for a number that a user has written: floats are rounded, but it is an error if an integer or a bool
 * does not hold it.
 */
export const storeExactly = (op: string, dtype: DType, value: number, advice: string): number => {
  const stored = typeof value === 'number' ? store(dtype, value, op) : undefined
  return stored !== undefined && (dtype === 'float32' || Object.is(stored, value))
    ? stored
    : checkDType(op, dtype) && fail({ _tag: 'DTypeError', detail: `${op}: ${show(value)} is not a value of ${dtype}: ${advice}` })
}
