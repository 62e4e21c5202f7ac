/**
 * Trees of tensors as JSON text and back: parameters, optimizer states, whole training states. Numbers survive bit for bit: JSON's
 * decimals are exact for float64, and -0, NaN and the infinities are written as strings.
 *
 * @example
 * import { codec, tensor, toNested } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const params = { w: tensor([0.1, 0.2]) }
 * const loaded = codec.decode(params)(codec.encode(params))
 * assert.ok(E.isRight(loaded))
 * assert.deepEqual(toNested(loaded.right.w), toNested(params.w))
 */
import {
  allocate,
  bufferOf,
  Concrete,
  type Either,
  fail,
  failure,
  flatten,
  isLeft,
  left,
  makeTensor,
  type PullbackError,
  right,
  sizeOf,
  store,
  tree,
  tryCatch,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { type Document, type Entry, faultOf, type Leaf, version } from './document.js'

/** The first name that has come before. */
const repeated = (names: readonly string[]): string | undefined => names.find((name, i) => names.indexOf(name) < i)

const entryOf = (value: number): Entry => {
  if (Object.is(value, -0)) return '-0'
  if (Number.isNaN(value)) return 'NaN'
  if (Number.isFinite(value)) return value
  return value > 0 ? 'Infinity' : '-Infinity'
}

/**
 * The tensors of a tree with their names, shapes and dtypes as JSON text. The tree's form is not written: `decode` is given it.
 *
 * @example
 * import { codec, tensor } from 'pullback'
 *
 * assert.ok(codec.encode({ w: tensor([0.5, -0]) }).includes('[0.5,"-0"]'))
 *
 * @category codecs
 */
export const encode = (value: object): string => {
  const { leaves } = flatten('codec.encode', value)
  const names = tree.paths(value)
  const twice = repeated(names)
  if (twice !== undefined)
    fail({ _tag: 'TreeError', op: 'codec.encode', path: twice, detail: 'is the name of two tensors: leave the dot out of the key' })
  const tensors = leaves.map((leaf, i): Leaf => {
    const { shape, sizes, dtype } = leaf
    return { name: names[i] ?? '', shape, sizes: [...sizes], dtype, values: Array.from(bufferOf('codec.encode', leaf), entryOf) }
  })
  return JSON.stringify({ format: 'pullback', version, tensors })
}

const bad = (detail: string): PullbackError => failure({ _tag: 'DataError', where: 'codec.decode', detail })

/** A saved tensor in the place of one like it: the same name, dtype and sizes. */
const leafLike =
  (like: Value, name: string) =>
  (saved: Leaf | undefined): Either<PullbackError, Value> => {
    const title = name === '' ? 'the tensor' : `'${name}'`
    if (saved === undefined) return left(bad(`${title} is missing`))
    if (saved.dtype !== like.dtype || saved.shape !== like.shape || saved.sizes.join(' ') !== like.sizes.join(' '))
      return left(
        bad(
          `${title} is ${saved.dtype} '${saved.shape}' (${saved.sizes.join(' ')}), expected ${like.dtype} '${like.shape}' (${like.sizes.join(' ')})`,
        ),
      )
    if (saved.values.length !== sizeOf(like.sizes))
      return left(bad(`${title} has ${saved.values.length} values, not ${sizeOf(like.sizes)}`))
    const values = saved.values.map(Number)
    const wrong = values.findIndex(value => !Object.is(store(like.dtype, value), value))
    if (wrong >= 0) return left(bad(`${title}: value ${wrong} is ${values[wrong]}, which ${like.dtype} does not hold`))
    const buffer = allocate(like.dtype, values.length)
    buffer.set(values)
    return right(makeTensor(like.shape, like.dtype, like.sizes, new Concrete(like.dtype, values.length, buffer)))
  }

const parse = (text: string): Either<PullbackError, Document> => {
  const json = tryCatch(
    (): unknown => JSON.parse(text),
    error => bad(`not JSON: ${error instanceof Error ? error.message : String(error)}`),
  )
  if (isLeft(json)) return json
  const fault = faultOf(json.right)
  return fault === undefined
    ? right(typed<Document>(json.right))
    : left(bad(`not a file of tensors that this version reads: ${fault === '' ? 'it' : `'${fault}'`} is not as expected`))
}

/**
 * Text written by `encode` as a tree like the one given, which has the names, shapes and dtypes to expect.
 *
 * **Errors** (`Left`): text that is not JSON or not of this format, a tensor that is missing, left over or of another shape or dtype.
 *
 * @example
 * import { codec, zeros } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const text = codec.encode({ w: zeros('3') })
 * const wrong = codec.decode({ w: zeros('2') })(text)
 * assert.equal(E.isLeft(wrong) && wrong.left.message, "codec.decode: 'w' is float32 '3' (3), expected float32 '2' (2)")
 *
 * @category codecs
 */
export const decode =
  <T extends object>(like: T) =>
  (text: string): Either<PullbackError, T> => {
    const document = parse(text)
    if (isLeft(document)) return document
    const { tensors } = document.right
    const { leaves, structure } = flatten('codec.decode', like)
    const names = tree.paths(like)
    const extra = tensors.find(({ name }) => !names.includes(name))
    if (extra) return left(bad(`'${extra.name}' is not among the tensors expected: ${names.join(', ')}`))
    const twice = repeated(tensors.map(({ name }) => name))
    if (twice !== undefined) return left(bad(`'${twice}' comes twice`))
    const values: Value[] = []
    for (const [i, leaf] of leaves.entries()) {
      const name = names[i] ?? ''
      const found = leafLike(leaf, name)(tensors.find(saved => saved.name === name))
      if (isLeft(found)) return found
      values.push(found.right)
    }
    return right(typed<T>(unflatten(structure, values)))
  }
