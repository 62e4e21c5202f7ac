/**
 * Rows from outside that should decode. Those that do not are counted and described; nothing is thrown.
 *
 * @example
 * import { data } from 'pullback'
 * import * as t from 'io-ts'
 *
 * const row = t.type({ height: t.number })
 * const { rows, rejected } = data.decodeRows(row)([{ height: 1.8 }, { height: null }])
 * assert.deepEqual(rows, [{ height: 1.8 }])
 * assert.equal(data.describeRejected(rejected), "1 row rejected\n  1 × 'height' is null (first in row 1)")
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'
import type { Context, Decoder, ValidationError } from 'io-ts'
import { checkList, fail, failure, kindOf, orThrow, type PullbackError, reading, shorten, show } from '../tensor/index.js'
import { placeOf } from './json.js'

/** A row that did not decode. @category model */
export interface Rejected {
  /** Its place in the data, from 0. */
  readonly row: number
  readonly problems: readonly string[]
}

/** @category model */
export interface Decoded<A> {
  readonly rows: readonly A[]
  readonly rejected: readonly Rejected[]
}

const isBranching = (type: Decoder<never, unknown> | undefined, kind: 'UnionType' | 'IntersectionType'): boolean =>
  type !== undefined && '_tag' in type && type._tag === kind

/** A context up to its first union. io-ts would report each member of the union by itself. */
const upToUnion = (context: Context): Context => {
  const place = context.findIndex(({ type }) => isBranching(type, 'UnionType'))
  return place < 0 ? context : context.slice(0, place + 1)
}

/** The path at which io-ts has found a problem: keys joined by dots. The members of an intersection are no keys. */
const pathOf = (context: Context): string =>
  upToUnion(context)
    .filter(({ key }, i, all) => key !== '' && !isBranching(all[i - 1]?.type, 'IntersectionType'))
    .map(({ key }) => key)
    .join('.')

/** What is wrong, in words. */
const problem = ({ context, message }: ValidationError): string => {
  const path = pathOf(context)
  const title = path === '' ? 'the row' : `'${shorten(path, 100)}'`
  if (message !== undefined) return `${title}: ${shorten(message, 200)}`
  const last = upToUnion(context).at(-1)
  const value: unknown = last?.actual
  if (value === undefined) return `${title} is missing`
  return value === null ? `${title} is null` : `${title} is ${show(value)}, not ${shorten(last?.type.name ?? 'as expected', 200)}`
}

/** The most problems of one row that are reported, and the most kinds of problems of all rows. */
const mostProblems = 20

const few = (problems: readonly string[], line: (more: number) => string): readonly string[] =>
  problems.length > mostProblems ? [...problems.slice(0, mostProblems), line(problems.length - mostProblems)] : problems

/** The value that a row decodes to, or why it does not. A getter or a proxy in the row, or the decoder, may throw anything. */
const decodeRow = <A>(decoder: Decoder<unknown, A>, rowAt: () => unknown): Either<readonly string[], A> => {
  try {
    const result = decoder.decode(rowAt())
    return isLeft(result) ? left(few([...new Set(result.left.map(problem))], more => `and ${more} more problems`)) : result
  } catch (error) {
    return left([`the row cannot be read (${show(error)})`])
  }
}

/**
 * Decodes every row: gives those that decode, and for the others why they do not. It never throws, whatever a row holds. Problems quote
 * values in a few characters, and a row has at most its first twenty problems.
 *
 * @example
 * import { data } from 'pullback'
 * import * as t from 'io-ts'
 *
 * const { rows, rejected } = data.decodeRows(t.type({ a: t.number }))([{ a: 1 }, { a: 'x' }])
 * assert.deepEqual([rows, rejected.length], [[{ a: 1 }], 1])
 *
 * @category codecs
 */
export const decodeRows =
  <A>(decoder: Decoder<unknown, A>) =>
  (rows: readonly unknown[]): Decoded<A> => {
    const decoded: A[] = []
    const rejected: Rejected[] = []
    if (!Array.isArray(rows))
      return fail({ _tag: 'DataError', where: 'data.decodeRows', detail: `a list of rows is expected, this is ${kindOf(rows)}` })
    for (let i = 0; i < rows.length; i += 1) {
      const result = decodeRow(decoder, () => rows[i])
      if (isLeft(result)) rejected.push({ row: i, problems: result.left })
      else decoded.push(result.right)
    }
    return { rows: decoded, rejected }
  }

/**
 * The decoded rows, if there are any at all.
 *
 * **Errors** (`Left`): every row was rejected; the message says why.
 *
 * @example
 * import { data } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as t from 'io-ts'
 *
 * const decoded = data.decodeRows(t.number)([1, 'x'])
 * assert.ok(E.isRight(data.someRows('a file')(decoded)))
 *
 * @category guards
 */
export const someRows =
  (where: string) =>
  <A>(decoded: Decoded<A>): Either<PullbackError, Decoded<A>> =>
    someOf('data.someRows', where, decoded)

const someOf = <A>(op: string, where: string, decoded: Decoded<A>): Either<PullbackError, Decoded<A>> => {
  const { rows, rejected } = reading(op, () => ({ ...decoded }))
  checkList(op, rows, 'give what data.decodeRows makes, { rows, rejected }')
  return rows.length > 0
    ? right(decoded)
    : left(failure({ _tag: 'DataError', where: placeOf(op, where), detail: `no row decodes: ${described(op, rejected)}` }))
}

/**
 * `someRows` that throws what would be a `Left`.
 *
 * @example
 * import { data } from 'pullback'
 * import * as t from 'io-ts'
 *
 * const decoded = data.decodeRows(t.number)(['x'])
 * assert.throws(() => data.someRowsOrThrow('a file')(decoded), /a file: no row decodes/)
 *
 * @category guards
 */
export const someRowsOrThrow =
  (where: string) =>
  <A>(decoded: Decoded<A>): Decoded<A> =>
    orThrow(someOf('data.someRowsOrThrow', where, decoded))

/**
 * The rejected rows as text: how many, and each kind of problem with its count, of the first twenty kinds.
 *
 * @example
 * import { data } from 'pullback'
 * import * as t from 'io-ts'
 *
 * const { rejected } = data.decodeRows(t.number)([1, 'x'])
 * assert.match(data.describeRejected(rejected), /1/)
 *
 * @category destructors
 */
export const describeRejected = (rejected: readonly Rejected[]): string => described('data.describeRejected', rejected)

const described = (op: string, rejected: readonly Rejected[]): string => {
  checkList(op, rejected, 'give the rejected rows that data.decodeRows has found')
  return reading(op, () => listed(op, rejected))
}

const listed = (op: string, rejected: readonly Rejected[]): string => {
  const kinds = new Map<string, { count: number; readonly first: number }>()
  for (const { row, problems } of rejected) {
    checkList(op, problems, 'a rejected row has a list of problems')
    for (const text of problems) {
      const kind = kinds.get(text)
      if (kind) kind.count += 1
      else kinds.set(text, { count: 1, first: row })
    }
  }
  const lines = few(
    [...kinds].map(([text, { count, first }]) => `  ${count} × ${text} (first in row ${first})`),
    more => `  and ${more} more kinds of problems`,
  )
  return [`${rejected.length} ${rejected.length === 1 ? 'row' : 'rows'} rejected`, ...lines].join('\n')
}
