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
  fail,
  failure,
  flatten,
  makeTensor,
  orThrow,
  type PullbackError,
  sizeOf,
  store,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'

const version = 1

const Entry = t.union([t.number, t.literal('-0'), t.literal('NaN'), t.literal('Infinity'), t.literal('-Infinity')])
const Leaf = t.type({ name: t.string, shape: t.string, sizes: t.array(t.number), dtype: t.string, values: t.array(Entry) })
const Document = t.type({ format: t.literal('pullback'), version: t.literal(version), tensors: t.array(Leaf) })
type Leaf = t.TypeOf<typeof Leaf>

/** The first name that has come before. */
const repeated = (names: readonly string[]): string | undefined => names.find((name, i) => names.indexOf(name) < i)

const entryOf = (value: number): t.TypeOf<typeof Entry> => {
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
  (saved: Leaf | undefined): E.Either<PullbackError, Value> => {
    const title = name === '' ? 'the tensor' : `'${name}'`
    if (saved === undefined) return E.left(bad(`${title} is missing`))
    if (saved.dtype !== like.dtype || saved.shape !== like.shape || saved.sizes.join(' ') !== like.sizes.join(' '))
      return E.left(
        bad(
          `${title} is ${saved.dtype} '${saved.shape}' (${saved.sizes.join(' ')}), expected ${like.dtype} '${like.shape}' (${like.sizes.join(' ')})`,
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

/** Where io-ts has found a problem; the member of a union is no key. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }, i) => key !== '' && !(context[i - 1]?.type instanceof t.UnionType))
    .map(({ key }) => key)
    .join('.')

const parse = (text: string): E.Either<PullbackError, t.TypeOf<typeof Document>> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      error => bad(`not JSON: ${error instanceof Error ? error.message : String(error)}`),
    ),
    E.flatMap(json =>
      pipe(
        Document.decode(json),
        E.mapLeft(errors => {
          const path = pathOf(errors[0]?.context ?? [])
          return bad(`not a file of tensors that this version reads: ${path === '' ? 'it' : `'${path}'`} is not as expected`)
        }),
      ),
    ),
  )

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
  (text: string): E.Either<PullbackError, T> =>
    pipe(
      parse(text),
      E.flatMap(({ tensors }) => {
        const { leaves, structure } = flatten('codec.decode', like)
        const names = tree.paths(like)
        const extra = tensors.find(({ name }) => !names.includes(name))
        if (extra) return E.left(bad(`'${extra.name}' is not among the tensors expected: ${names.join(', ')}`))
        const twice = repeated(tensors.map(({ name }) => name))
        if (twice !== undefined) return E.left(bad(`'${twice}' comes twice`))
        const found = leaves.map((leaf, i) => {
          const name = names[i] ?? ''
          return leafLike(leaf, name)(tensors.find(saved => saved.name === name))
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
