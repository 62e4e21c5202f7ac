/**
 * Text from outside that should be JSON, and JSON that should be a list of rows.
 *
 * @example
 * import { data } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const rows = E.chain(data.rowsOf('a file'))(data.parseJson('a file')('[1, 2]'))
 * assert.deepEqual(rows, E.right([1, 2]))
 */
import { type Either, left, right, tryCatch } from 'fp-ts/lib/Either.js'
import { failure, kindOf, orThrow, type PullbackError, shorten, show } from '../tensor/index.js'

/** The name that the caller gives the data, or the function's own name where that is no text. */
export const placeOf = (op: string, where: unknown): string => (typeof where === 'string' && where !== '' ? where : op)

/** A value of JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/**
 * Text as JSON; `where` names its origin in the error.
 *
 * @example
 * import { data } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * assert.deepEqual(data.parseJson('a file')('[1]'), E.right([1]))
 * assert.ok(E.isLeft(data.parseJson('a file')('[1')))
 *
 * @category codecs
 */
export const parseJson =
  (where: string) =>
  (text: string): Either<PullbackError, Json> =>
    parsed('data.parseJson', where, text)

const parsed = (op: string, where: string, text: string): Either<PullbackError, Json> =>
  tryCatch(
    (): Json => JSON.parse(text),
    error => failure({ _tag: 'DataError', where: placeOf(op, where), detail: `not JSON: ${shorten(show(error), 200)}` }),
  )

/**
 * `parseJson` that throws what would be a `Left`.
 *
 * @example
 * import { data } from 'pullback'
 *
 * assert.deepEqual(data.parseJsonOrThrow('a file')('[1]'), [1])
 * assert.throws(() => data.parseJsonOrThrow('a file')('[1'))
 *
 * @category codecs
 */
export const parseJsonOrThrow =
  (where: string) =>
  (text: string): Json =>
    orThrow(parsed('data.parseJsonOrThrow', where, text))

/**
 * JSON that is a list of rows, at least one.
 *
 * @example
 * import { data } from 'pullback'
 * import * as E from 'fp-ts/lib/Either.js'
 *
 * const none = data.rowsOf('a file')([])
 * assert.equal(E.isLeft(none) && none.left.message, 'a file: there are no rows: the list is empty')
 *
 * @category codecs
 */
export const rowsOf =
  (where: string) =>
  (json: Json): Either<PullbackError, readonly Json[]> =>
    rowsIn('data.rowsOf', where, json)

const rowsIn = (op: string, where: string, json: Json): Either<PullbackError, readonly Json[]> =>
  isList(json)
    ? json.length > 0
      ? right(json)
      : left(failure({ _tag: 'DataError', where: placeOf(op, where), detail: 'there are no rows: the list is empty' }))
    : left(
        failure({
          _tag: 'DataError',
          where: placeOf(op, where),
          detail: `a list of rows is expected, this is ${kindOf(json)}`,
        }),
      )

/**
 * `rowsOf` that throws what would be a `Left`.
 *
 * @example
 * import { data } from 'pullback'
 *
 * assert.deepEqual(data.rowsOfOrThrow('a file')([1, 2]), [1, 2])
 *
 * @category codecs
 */
export const rowsOfOrThrow =
  (where: string) =>
  (json: Json): readonly Json[] =>
    orThrow(rowsIn('data.rowsOfOrThrow', where, json))

const isList = (json: Json): json is readonly Json[] => Array.isArray(json)
