/**
 * `Tensor<Shape, DType>`: an immutable array of numbers whose shape is part of its type.
 *
 * The two type parameters are fields: at run time `x.shape` is the dimension string ('batch 784') and `x.sizes` the numbers ([32, 784]).
 *
 * @example
 * import { tensor } from 'pullback'
 *
 * const x = tensor([[1, 2, 3], [4, 5, 6]])
 * assert.equal(x.shape, '2 3')
 * assert.deepEqual(x.sizes, [2, 3])
 */
import { Concrete } from './concrete.js'
import { at, type Buffer, type DType } from './dtype.js'
import { layerToo } from './dtype-rules.js'
import { fail } from './error.js'
import { checkTextLength, jsonNumbers, type TensorJson } from './json.js'
import { render } from './print.js'
import { Resident } from './resident.js'
import { isMarked, tensorMark } from './show.js'

/** A place in a function that is being traced. */
export interface Traced {
  readonly kind: 'traced'
  /** A number that no other traced value has: all that a comparison sees of it. */
  readonly seen: number
}
/** What stands behind a tensor: numbers, numbers that an engine keeps, or a place in a function that is being traced. */
export type Payload = Concrete | Resident | Traced

/** The key of a tensor's payload; kept out of the public face, so that only this library makes tensors. */
export const payload: unique symbol = Symbol('payload')

/**
 * The part of a tensor that only this library can give it. It is declared as an abstract class, because the compiler drops the accessors of
 * a class from a spread. So `{ ...x, shape: '4' }` is no tensor to the compiler, as it is none at run time.
 */
declare abstract class Made {
  get [payload](): Payload
}

export interface Tensor<S extends string, D extends DType = 'float32'> extends Made {
  /** The dimension string: sizes and names, '' for a scalar. */
  readonly shape: S
  readonly dtype: D
  /** The number of entries along each axis. */
  readonly sizes: readonly number[]
  /** The tensor printed: shape, dtype and values, elided when long. */
  toString(): string
}

/** A tensor of any shape and dtype. */
export type Value = Tensor<string, DType>

/** Sizes and dtype: all that a program knows of a tensor. */
export interface Aval {
  readonly sizes: readonly number[]
  readonly dtype: DType
}

export const sizeOf = (sizes: readonly number[]): number => sizes.reduce((product, size) => product * size, 1)

/** How many entries apart neighbours along each axis lie, in row-major order. */
export const rowMajor = (sizes: readonly number[]): readonly number[] => {
  const steps = new Array<number>(sizes.length).fill(1)
  for (let axis = sizes.length - 2; axis >= 0; axis -= 1) steps[axis] = at(steps, axis + 1) * at(sizes, axis + 1)
  return steps
}

const readAsPrimitive = (x: Value, hint: string): string => {
  if (x[payload].kind === 'traced')
    return fail({
      _tag: 'TraceError',
      detail: `a traced '${x.shape}' ${x.dtype} has no value yet, it stands for every input of the function: use where(a, b)(condition) in place of if, and ops such as add and less in place of + and <`,
    })
  return hint === 'string'
    ? x.toString()
    : fail({
        _tag: 'TraceError',
        detail: `a tensor ('${x.shape}' ${x.dtype}) is not a number: use ops such as add and less in place of + and <, and toNumber to read a scalar`,
      })
}

/**
 * `structuredClone` and `postMessage` copy an object's own enumerable properties and leave out its methods: of a tensor they would make
 * something that is no tensor, without a word. How they copy cannot be changed, but they refuse a symbol, and quote it in their error.
 */
const uncloneable = Symbol('a tensor: send codec.encode(tree) in its place and read that with codec.decode(like)')

/** What is printed of a tensor. To print one waits for nothing, and what is on a device may come only later. */
const printed = (contents: Payload): Parameters<typeof render>[3] => {
  if (contents.kind === 'traced') return 'traced'
  if (contents instanceof Resident) return contents.isReadable ? i => at(contents.buffer, i) : 'on a device'
  const { uniform } = contents
  return uniform === undefined ? i => at(contents.buffer, i) : () => uniform
}

class TensorValue<S extends string, D extends DType> implements Tensor<S, D> {
  // This is the first field, so that nothing is copied before it is refused.
  readonly uncloneable: symbol = uncloneable
  readonly shape: S
  readonly dtype: D
  readonly sizes: readonly number[]
  /** The numbers for structural comparisons, which look at own enumerable properties; many of them at those with names only. */
  readonly contents: unknown
  // Private, so that comparisons see the numbers and not how they are kept.
  readonly #payload: Payload

  constructor(shape: S, dtype: D, sizes: readonly number[], contents: Payload) {
    this.shape = shape
    this.dtype = dtype
    this.sizes = Object.freeze(sizes)
    this.contents = contents.seen
    this.#payload = contents
    Object.freeze(this)
  }

  get [payload](): Payload {
    return this.#payload
  }

  toString(): string {
    return render(this.shape, this.dtype, this.sizes, printed(this.#payload))
  }

  /** What `JSON.stringify` writes; `codec.decode` and `codec.tensor` read it. */
  toJSON(): TensorJson {
    return jsonOf('JSON.stringify', this)
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  [Symbol.toPrimitive](hint: string): string {
    return readAsPrimitive(this, hint)
  }

  /** Another copy of the library knows by this key that the value is a tensor, though not one of its own. */
  get [tensorMark](): true {
    return true
  }
}

/**
 * Whether a value is a tensor. A proxy that throws when it is looked at is none.
 *
 * @example
 * import { isTensor, tensor } from 'pullback'
 *
 * assert.deepEqual([tensor(1), [1]].map(isTensor), [true, false])
 *
 * @category guards
 */
export const isTensor = (x: unknown): x is Value => {
  try {
    return x instanceof TensorValue
  } catch {
    return false
  }
}

/**
 * What a message says of something that is no tensor. A tensor of another copy of the library counts as none, because this copy cannot
 * reach its numbers.
 */
export const notTensor = (x: unknown): string =>
  isMarked(x) && !isTensor(x)
    ? 'is a tensor of another copy of pullback: two copies are loaded, npm ls pullback shows which, and npm dedupe may join them'
    : 'is not a tensor: make one with tensor or fromArray'

/** Refuses what is no tensor, such as a number or an array, for callers whose compiler has not done so. */
export const checkTensor = (op: string, x: unknown): void => {
  if (!isTensor(x)) fail({ _tag: 'TreeError', op, path: '', detail: `${notTensor(x)}${layerToo(op)}` })
}

/** A tensor from its parts, which the caller has checked to agree. */
export const makeTensor = <const S extends string, D extends DType>(
  shape: S,
  dtype: D,
  sizes: readonly number[],
  contents: Payload,
): Tensor<S, D> => new TensorValue(shape, dtype, sizes, contents)

/** The dimension string of sizes without names. */
export const numerals = (sizes: readonly number[]): string => sizes.join(' ')

/** The same numbers under another dimension string. Nothing is checked: the caller has this string from a tensor of the same sizes. */
export const relabel = (shape: string, x: Value): Value => (x.shape === shape ? x : makeTensor(shape, x.dtype, x.sizes, x[payload]))

/** A concrete tensor of known numbers, its axes without names. */
export const concrete = (sizes: readonly number[], dtype: DType, contents: Buffer | number): Value =>
  makeTensor(numerals(sizes), dtype, sizes, new Concrete(dtype, sizeOf(sizes), contents))

/**
 * The one place where an untyped value is given its type: every public function checks its shape rule at run time first,
 * and this says to the compiler what that rule has shown. `T` is a tensor, a tree of tensors or a function over them.
 */
export const typed = <T>(checked: unknown): T => checked as T

/**
 * The numbers behind a tensor, not a copy. Those on a device are read.
 *
 * **Errors**: a traced tensor, which has none; one on a device that gives them only later. The messages say what to do.
 */
export const bufferOf = (op: string, x: Value): Buffer => {
  if (!isTensor(x)) return fail({ _tag: 'TreeError', op, path: '', detail: notTensor(x) })
  const contents = x[payload]
  return contents instanceof Concrete || contents instanceof Resident
    ? contents.bufferFor(op)
    : fail({
        _tag: 'TraceError',
        detail: `${op}: a traced '${x.shape}' ${x.dtype} has no value yet, it stands for every input of the function: return it and read the result outside, or use where(a, b)(condition) in place of if`,
      })
}

/** The one number that a uniform concrete tensor repeats, if it is one. */
export const uniformValue = (x: Value): number | undefined => {
  const contents = x[payload]
  return contents instanceof Concrete ? contents.uniform : undefined
}

/** A tensor as JSON. It is an error for a traced tensor, which has no numbers, and for one whose text would be too long. */
export const jsonOf = (op: string, x: Value): TensorJson => {
  const { shape, sizes, dtype } = x
  checkTextLength(op, [x])
  return { shape, sizes, dtype, values: jsonNumbers(bufferOf(op, x)) }
}
