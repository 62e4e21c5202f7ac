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
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  allocate,
  bufferOf,
  Concrete,
  type DType,
  fail,
  failure,
  flatten,
  type JsonNumber,
  jsonNumbers,
  makeTensor,
  orThrow,
  type PullbackError,
  shorten,
  show,
  sizeOf,
  store,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'

const version = 1

const words: readonly unknown[] = ['-0', 'NaN', 'Infinity', '-Infinity']
const isEntry = (x: unknown): x is JsonNumber => (typeof x === 'number' ? Number.isFinite(x) : words.includes(x))
/** One type in place of a union of five: there may be millions of entries. A number that JSON.parse found too large has become infinite. */
const Entry = new t.Type<JsonNumber>(
  'a number',
  isEntry,
  (x, context) => (isEntry(x) ? t.success(x) : t.failure(x, context, typeof x === 'number' ? 'is larger than any float64' : undefined)),
  t.identity,
)
const Leaf = t.type({ name: t.string, shape: t.string, sizes: t.array(t.number), dtype: t.string, values: t.array(Entry) })
const Document = t.type({ format: t.literal('pullback'), version: t.literal(version), tensors: t.array(Leaf) })
type Leaf = t.TypeOf<typeof Leaf>

/** The first name that has come before. */
const repeated = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  return names.find(name => seen.has(name) || !seen.add(name))
}

/** Characters of the longest text of Node and Chromium; others have longer ones. */
const longest = 2 ** 29 - 24
/** The most characters of a number, with the comma behind it. */
const width: { readonly [D in DType]: number } = { float32: 24, float64: 25, int32: 12, uint32: 11, bool: 2 }

/** Refuses what may be more than a text holds, which else would be found out after minutes. */
const checkSize = (leaves: readonly Value[]): void => {
  const characters = leaves.reduce((sum, { sizes, dtype }) => sum + sizeOf(sizes) * width[dtype], 0)
  if (characters > longest)
    fail({
      _tag: 'ArgumentError',
      op: 'codec.encode',
      detail: `the tree's ${leaves.reduce((sum, { sizes }) => sum + sizeOf(sizes), 0)} numbers may take ${characters} characters, and a text has at most ${longest}: encode parts of the tree, of up to ${Math.floor(longest / width.float32)} float32 numbers each, or write toArray of each leaf to a file as bytes`,
    })
}

/**
 * The tensors of a tree with their names, shapes and dtypes as JSON text. The tree's form is not written: `decode` is given it.
 *
 * **Errors**: more numbers than one text holds, some 22 million of float32; two tensors of one name.
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
  checkSize(leaves)
  const names = tree.paths(value)
  const twice = repeated(names)
  if (twice !== undefined)
    fail({ _tag: 'TreeError', op: 'codec.encode', path: twice, detail: 'is the name of two tensors: leave the dot out of the key' })
  const tensors = leaves.map((leaf, i) => {
    const { shape, sizes, dtype } = leaf
    return { name: names[i] ?? '', shape, sizes, dtype, values: jsonNumbers(bufferOf('codec.encode', leaf)) }
  })
  return JSON.stringify({ format: 'pullback', version, tensors })
}

const bad = (detail: string): PullbackError => failure({ _tag: 'DataError', where: 'codec.decode', detail })

/** A saved tensor in the place of one like it: the same name, dtype and sizes. */
const leafLike =
  (like: Value, name: string) =>
  (saved: Leaf | undefined): E.Either<PullbackError, Value> => {
    const title = name === '' ? 'the tensor' : `'${name}'`
    if (saved === undefined) return E.left(bad(`${title} is missing`))
    if (saved.dtype !== like.dtype || saved.shape !== like.shape || saved.sizes.join(' ') !== like.sizes.join(' '))
      return E.left(
        bad(
          `${title} is ${shorten(saved.dtype)} '${shorten(saved.shape)}' (${shorten(saved.sizes.join(' '))}), expected ${like.dtype} '${like.shape}' (${like.sizes.join(' ')})`,
        ),
      )
    if (saved.values.length !== sizeOf(like.sizes))
      return E.left(bad(`${title} has ${saved.values.length} values, not ${sizeOf(like.sizes)}`))
    const values = saved.values.map(Number)
    const wrong = values.findIndex(value => !Object.is(store(like.dtype, value), value))
    if (wrong >= 0) return E.left(bad(`${title}: value ${wrong} is ${values[wrong]}, which ${like.dtype} does not hold`))
    const buffer = allocate(like.dtype, values.length)
    buffer.set(values)
    return E.right(makeTensor(like.shape, like.dtype, like.sizes, new Concrete(like.dtype, values.length, buffer)))
  }

/** Where io-ts has found a problem. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }) => key !== '')
    .map(({ key }) => key)
    .join('.')

const parse = (text: string): E.Either<PullbackError, t.TypeOf<typeof Document>> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      error => bad(`not JSON: ${shorten(show(error), 200)}`),
    ),
    E.flatMap(json =>
      pipe(
        Document.decode(json),
        E.mapLeft(errors => {
          const [first] = errors
          const path = pathOf(first?.context ?? [])
          return bad(
            `not a file of tensors that this version reads: ${path === '' ? 'it' : `'${path}'`} ${first?.message ?? 'is not as expected'}`,
          )
        }),
      ),
    ),
  )

/**
 * Text written by `encode` as a tree like the one given, which has the names, shapes and dtypes to expect.
 *
 * **Errors** (`Left`): text that is not JSON or not of this format, a tensor that is missing, left over or of another shape or dtype, a number that
 * the dtype does not hold.
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
  (text: string): E.Either<PullbackError, T> =>
    pipe(
      parse(text),
      E.flatMap(({ tensors }) => {
        const { leaves, structure } = flatten('codec.decode', like)
        const names = tree.paths(like)
        const expected = new Set(names)
        const extra = tensors.find(({ name }) => !expected.has(name))
        if (extra) return E.left(bad(`'${shorten(extra.name)}' is not among the tensors expected: ${shorten(names.join(', '), 200)}`))
        const twice = repeated(tensors.map(({ name }) => name))
        if (twice !== undefined) return E.left(bad(`'${twice}' comes twice`))
        const saved = new Map(tensors.map(tensor => [tensor.name, tensor]))
        const found = leaves.map((leaf, i) => {
          const name = names[i] ?? ''
          return leafLike(leaf, name)(saved.get(name))
        })
        return pipe(
          E.sequenceArray(found),
          E.map(values => typed<T>(unflatten(structure, values))),
        )
      }),
    )

/** `decode` that throws what would be a `Left`. @category codecs */
export const decodeOrThrow =
  <T extends object>(like: T) =>
  (text: string): T =>
    pipe(
      decode(like)(text),
      E.mapLeft(error => (error._tag === 'DataError' ? failure({ ...error, where: 'codec.decodeOrThrow' }) : error)),
      orThrow,
    )
