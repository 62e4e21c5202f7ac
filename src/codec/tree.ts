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
  Concrete,
  checkTextLength,
  fail,
  failure,
  flatten,
  jsonOf,
  makeTensor,
  orThrow,
  type PullbackError,
  shorten,
  show,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { readNumbers, Written, writtenTree } from './json.js'

const version = 1

const Leaf = t.type({ name: t.string, ...Written.props })
const Document = t.type({ format: t.literal('pullback'), version: t.literal(version), tensors: t.array(Leaf) })
type Leaf = t.TypeOf<typeof Leaf>

/** The first name that stands in a list twice. */
const repeated = (names: readonly string[]): string | undefined => {
  const seen = new Set<string>()
  return names.find(name => seen.has(name) || !seen.add(name))
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
  checkTextLength('codec.encode', leaves)
  const names = tree.paths(value)
  const twice = repeated(names)
  if (twice !== undefined)
    fail({ _tag: 'TreeError', op: 'codec.encode', path: twice, detail: 'is the name of two tensors: leave the dot out of the key' })
  const tensors = leaves.map((leaf, i) => ({ name: names[i] ?? '', ...jsonOf('codec.encode', leaf) }))
  return JSON.stringify({ format: 'pullback', version, tensors })
}

const bad = (detail: string): PullbackError => failure({ _tag: 'DataError', where: 'codec.decode', detail })

/** Reads a saved tensor that takes the place of a given one: it must have the same name, dtype and sizes. */
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
    return pipe(
      readNumbers(saved.values, like.sizes, like.dtype),
      E.bimap(
        detail => bad(`${title}${detail}`),
        buffer => makeTensor(like.shape, like.dtype, like.sizes, new Concrete(like.dtype, buffer.length, buffer)),
      ),
    )
  }

/** The path at which io-ts has found a problem. */
const pathOf = (context: t.Context): string =>
  context
    .filter(({ key }) => key !== '')
    .map(({ key }) => key)
    .join('.')

/** Turns a tree that `JSON.stringify` has written into the document that `encode` would have written; gives anything else as it is. */
const documentOf = (json: unknown): unknown => {
  const tensors = writtenTree(json)
  return tensors === undefined ? json : { format: 'pullback', version, tensors }
}

const parse = (text: string): E.Either<PullbackError, t.TypeOf<typeof Document>> =>
  pipe(
    E.tryCatch(
      (): unknown => JSON.parse(text),
      error => bad(`not JSON: ${shorten(show(error), 200)}`),
    ),
    E.flatMap(json =>
      pipe(
        Document.decode(documentOf(json)),
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
 * Reads text written by `encode`, or by `JSON.stringify` of a tree of tensors, as a tree like the given one, which says the names, shapes
 * and dtypes to expect.
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

/**
 * `decode` that throws what would be a `Left`.
 *
 * @example
 * import { codec, ones, toNested, zeros } from 'pullback'
 *
 * const { w } = codec.decodeOrThrow({ w: zeros('2') })(codec.encode({ w: ones('2') }))
 * assert.deepEqual(toNested(w), [1, 1])
 *
 * @category codecs
 */
export const decodeOrThrow =
  <T extends object>(like: T) =>
  (text: string): T =>
    pipe(
      decode(like)(text),
      E.mapLeft(error => (error._tag === 'DataError' ? failure({ ...error, where: 'codec.decodeOrThrow' }) : error)),
      orThrow,
    )
