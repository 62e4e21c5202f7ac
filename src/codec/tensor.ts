/** io-ts codecs of tensors, to be parts of codecs of larger things. */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { Expect, Given } from '../shape/index.js'
import {
  Concrete,
  caught,
  checkDType,
  type DType,
  type DTypeNamed,
  decoded,
  described,
  fail,
  isTensor,
  jsonOf,
  makeTensor,
  type NamedDType,
  type Nested,
  numerals,
  refined,
  sizeOf,
  type Tensor,
  type TensorJson,
  typed,
  typeName,
  type Value,
  type WellFormed,
  wellFormed,
} from '../tensor/index.js'
import { isMeantForTensor, readNumbers, Written } from './json.js'

const op = 'codec.tensor'
const refuse = (detail: string): never => fail({ _tag: 'DataError', where: op, detail })

const isNested = (json: unknown): json is Nested =>
  typeof json === 'number' || typeof json === 'boolean' || (Array.isArray(json) && json.every(isNested))

/** A tensor from what was written, which has a shape of its own: it must have the same names, or none. */
const fromWritten = (shape: string, dtype: DType, json: unknown): Value => {
  const written = Written.decode(json)
  if (E.isLeft(written)) {
    const [first] = written.left
    const path = first?.context.flatMap(({ key }) => (key === '' ? [] : [key])).join('.')
    return refuse(`'${path}' ${first?.message ?? 'is not as JSON.stringify writes it'}`)
  }
  const { values, ...saved } = written.right
  if (saved.dtype !== dtype) return refuse(`${dtype} is expected, not ${saved.dtype}`)
  if (saved.shape !== shape && saved.shape !== numerals(saved.sizes)) return refuse(`'${shape}' is expected, not '${saved.shape}'`)
  const numbers = readNumbers(values, saved.sizes, dtype)
  return E.isLeft(numbers)
    ? refuse(`the tensor${numbers.left}`)
    : refined(op, shape, makeTensor(numerals(saved.sizes), dtype, saved.sizes, new Concrete(dtype, sizeOf(saved.sizes), numbers.right)))
}

const read = (shape: string, dtype: DType, json: unknown): Value => {
  if (isTensor(json)) return json.dtype === dtype ? refined(op, shape, json) : refuse(`${dtype} is expected, not ${described(json)}`)
  if (isMeantForTensor(json)) return fromWritten(shape, dtype, json)
  return isNested(json)
    ? decoded(op, shape, dtype, json)
    : refuse('a tensor is expected, as JSON.stringify writes it or as nested lists of numbers')
}

/** An io-ts codec of a tensor type. @category type-level */
export interface TensorCodec<T> extends t.Type<T, TensorJson, unknown> {}

/** Codecs of float32 tensors, or of the dtype given. @category type-level */
export interface TensorCodecs {
  <const S extends string>(shape: WellFormed<S>): TensorCodec<Tensor<S>>
  <const S extends string, D extends DType | undefined>(
    shape: WellFormed<S>,
    dtype: D,
  ): TensorCodec<Tensor<S, NoInfer<Given<D, 'float32'>>>>
  // The last overload, whose sentence is printed for a name that is no dtype.
  <const S extends string, const D extends string>(
    shape: WellFormed<S>,
    dtype: Expect<NamedDType<'codec.tensor', D>, D>,
  ): TensorCodec<Tensor<S, DTypeNamed<NoInfer<D>>>>
}

/**
 * The io-ts codec of a tensor of one shape and dtype (float32 unless told). It decodes what `JSON.stringify` writes for a tensor, nested lists of
 * numbers (of booleans for bools), and tensors; names are bound to the sizes found. It encodes to what `JSON.stringify` would write.
 *
 * **Errors** (`Left`): another dtype, sizes that differ from the shape, other names, one name with two sizes, a ragged list, a number that the
 * dtype does not hold.
 *
 * @example
 * import { codec, tensor, toNested } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as t from 'io-ts'
 *
 * const Example = t.type({ image: codec.tensor('n 2'), label: codec.tensor('', 'int32') })
 * const decoded = Example.decode(JSON.parse('{ "image": [[1, 2], [3, 4], [5, 6]], "label": 7 }'))
 * assert.ok(E.isRight(decoded))
 * assert.deepEqual([decoded.right.image.shape, decoded.right.image.sizes], ['n 2', [3, 2]])
 *
 * const text = JSON.stringify(Example.encode(decoded.right))
 * assert.deepStrictEqual(Example.decode(JSON.parse(text)), decoded)
 * assert.ok(E.isLeft(Example.decode({ image: [[1, 2, 3]], label: 7 })))
 *
 * @category codecs
 */
export const tensor: TensorCodecs = typed<TensorCodecs>((shape: string, dtype: DType = 'float32'): t.Type<Value, TensorJson, unknown> => {
  const pattern = wellFormed(op, shape)
  checkDType(op, dtype)
  return new t.Type<Value, TensorJson, unknown>(
    typeName(pattern, dtype),
    (x): x is Value => isTensor(x) && x.shape === pattern && x.dtype === dtype,
    (json, context) =>
      pipe(
        caught(op, () => read(pattern, dtype, json)),
        E.fold(({ message }) => t.failure(json, context, message), t.success),
      ),
    x => jsonOf(op, x),
  )
})
