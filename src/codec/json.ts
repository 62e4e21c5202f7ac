/** Tensors as JSON values: what `JSON.stringify` makes of them, alone and in trees. */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { allocate, type Buffer, type DType, deepest, type JsonNumber, sizeOf, store } from '../tensor/index.js'

const words: readonly unknown[] = ['-0', 'NaN', 'Infinity', '-Infinity']
const isEntry = (x: unknown): x is JsonNumber => (typeof x === 'number' ? Number.isFinite(x) : words.includes(x))
/**
 * An entry of a list of numbers. It is one type instead of a union of five, because there may be millions of entries. A number that was too
 * large for `JSON.parse` has become infinite.
 */
const Entry = new t.Type<JsonNumber>(
  'a number',
  isEntry,
  (x, context) => (isEntry(x) ? t.success(x) : t.failure(x, context, typeof x === 'number' ? 'is larger than any float64' : undefined)),
  t.identity,
)

/** Whether a value is a size. Each size is checked, because a product of sizes tells nothing of each: -1 times -2 is 2. */
const isSize = (x: unknown): x is number => Number.isSafeInteger(x) && !Object.is(x, -0) && Number(x) >= 0
const Size = new t.Type<number>(
  'a size',
  isSize,
  (x, context) => (isSize(x) ? t.success(x) : t.failure(x, context, 'is no size: a whole number from 0 on')),
  t.identity,
)

/** A tensor as `JSON.stringify` writes it. */
export const Written = t.type({ shape: t.string, sizes: t.array(Size), dtype: t.string, values: t.array(Entry) })
export type Written = t.TypeOf<typeof Written>

interface Members {
  readonly shape?: unknown
  readonly dtype?: unknown
  readonly values?: unknown
  readonly format?: unknown
}

const isRecord = (json: unknown): json is Members => typeof json === 'object' && json !== null && !Array.isArray(json)

/**
 * Whether JSON is meant for a tensor; `Written` then says what is wrong with it. A tree of tensors cannot be mistaken for one, because it
 * has no strings in it.
 */
export const isMeantForTensor = (json: unknown): json is Members =>
  isRecord(json) && typeof json.shape === 'string' && typeof json.dtype === 'string' && Array.isArray(json.values)

/** The tensors in a tree of them that `JSON.stringify` has written, with their names as `tree.paths` has them; none for other JSON. */
const tensorsIn = (json: unknown, path: string, level: number): readonly object[] => {
  if (isMeantForTensor(json)) return [{ ...json, name: path }]
  // A tree has no more levels than this, but a file may have more than the stack has room for.
  if (typeof json !== 'object' || json === null || level > deepest) return []
  return Object.entries(json).flatMap(([key, child]) => tensorsIn(child, path === '' ? key : `${path}.${key}`, level + 1))
}

/** The list of a tree's tensors. Undefined for what is no such tree, such as a document of `encode`, which names its format. */
export const writtenTree = (json: unknown): readonly object[] | undefined => {
  const tensors = isRecord(json) && typeof json.format === 'string' ? [] : tensorsIn(json, '', 0)
  return tensors.length > 0 ? tensors : undefined
}

/**
 * Reads numbers back as those of a dtype, which must hold each of them as it is written. Else it gives the end of a message, which stands
 * behind the tensor's name.
 */
export const readNumbers = (values: readonly JsonNumber[], sizes: readonly number[], dtype: DType): E.Either<string, Buffer> => {
  if (values.length !== sizeOf(sizes)) return E.left(` has ${values.length} values, not ${sizeOf(sizes)}`)
  const numbers = values.map(Number)
  const wrong = numbers.findIndex(value => !Object.is(store(dtype, value), value))
  if (wrong >= 0) return E.left(`: value ${wrong} is ${numbers[wrong]}, which ${dtype} does not hold`)
  const buffer = allocate(dtype, numbers.length)
  buffer.set(numbers)
  return E.right(buffer)
}
