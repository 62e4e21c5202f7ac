import type { Join } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'

/**
 * The shape of a nested array literal of numbers or booleans.
 *
 * The compiler must see every length, so that the type parameter of a constructor is `const T`; typed arrays may be the innermost rows.
 *
 * @example
 * import { literalShape } from 'pullback'
 * assert.deepStrictEqual(literalShape([[1, 2], [3, 4]]), { shape: '2 2' })
 * assert.deepStrictEqual(literalShape([[1, 2], [3]]), { message: 'tensor: ragged array: row 0 has length 2, row 1 has length 1' })
 */
export type LiteralShape<T> = 0 extends 1 & T
  ? Ok<string>
  : T extends unknown
    ? Even<T> extends infer S
      ? S extends string
        ? Ok<S>
        : Explain<T, FirstDims<T>>
      : never
    : never

type Leaf = number | boolean

/** The shape where every row has that of the first, else `false`; a whole row of leaves is one step. */
type Even<T> = T extends Leaf
  ? ''
  : T extends readonly unknown[]
    ? number extends T['length']
      ? false
      : T extends readonly Leaf[]
        ? `${T['length']}`
        : EvenRows<T, Even<T[0]>, { [K in keyof T]: Even<T[K]> }[number]>
    : false

type EvenRows<T extends readonly unknown[], First, All> = First extends string
  ? [All] extends [First]
    ? `${T['length']}${First extends '' ? '' : ' '}${First}`
    : false
  : false

/** The axes along the first elements, which the others are compared with. */
type FirstDims<T> = T extends readonly unknown[]
  ? T extends readonly [infer H, ...unknown[]]
    ? [`${T['length']}`, ...FirstDims<H>]
    : ['0']
  : []

/** The error of the first element, in reading order, that is not as `D` says; `never` where there is none. */
type Explain<T, D extends readonly string[], Path extends readonly unknown[] = []> = T extends readonly unknown[]
  ? number extends T['length']
    ? UnknownLength
    : D extends readonly [`${T['length']}`, ...infer E extends readonly string[]]
      ? ExplainRows<T, E, Path>
      : Ragged<T, D, Path>
  : T extends Leaf
    ? D extends readonly []
      ? never
      : Ragged<T, D, Path>
    : T extends ArrayBufferView
      ? UnknownLength
      : Err<`tensor: ${Path extends readonly [] ? '' : `${PathText<Path>} is `}${KindOf<T>}${Path extends readonly []
          ? ' is no tensor, give numbers or booleans'
          : ', neither a number nor a boolean'}`>

type UnknownLength = Err<'tensor: the compiler does not know the length of an array, use fromArray'>

type ExplainRows<
  T extends readonly unknown[],
  D extends readonly string[],
  Path extends readonly unknown[],
  I extends readonly unknown[] = [],
> = T extends readonly [infer A0, infer A1, infer A2, infer A3, infer A4, infer A5, infer A6, infer A7, ...infer R]
  ? [Even<A0 | A1 | A2 | A3 | A4 | A5 | A6 | A7>] extends [Join<D>]
    ? ExplainRows<R, D, Path, [...I, 0, 0, 0, 0, 0, 0, 0, 0]>
    : ExplainRow<T, D, Path, I>
  : ExplainRow<T, D, Path, I>

type ExplainRow<
  T extends readonly unknown[],
  D extends readonly string[],
  Path extends readonly unknown[],
  I extends readonly unknown[],
> = T extends readonly [infer H, ...infer R]
  ? Explain<H, D, [...Path, I['length']]> extends infer E
    ? [E] extends [never]
      ? ExplainRow<R, D, Path, [...I, 0]>
      : E
    : never
  : never

type Ragged<
  T,
  D extends readonly string[],
  Path extends readonly unknown[],
> = Err<`tensor: ragged array: ${RowText<{ [K in keyof Path]: 0 }>} ${D extends readonly [infer N extends string, ...unknown[]]
  ? `has length ${N}`
  : 'is a number'}, ${RowText<Path>} ${T extends readonly unknown[] ? `has length ${T['length']}` : 'is a number'}`>

type RowText<Path extends readonly unknown[]> = Path extends readonly [infer I extends number] ? `row ${I}` : `row ${PathText<Path>}`

type PathText<Path extends readonly unknown[]> = Path extends readonly [infer I extends number, ...infer T] ? `[${I}]${PathText<T>}` : ''

type KindOf<T> = T extends string
  ? 'a string'
  : T extends bigint
    ? 'a bigint'
    : T extends null
      ? 'null'
      : T extends undefined
        ? 'undefined'
        : T extends (...args: never) => unknown
          ? 'a function'
          : T extends symbol
            ? 'a symbol'
            : T extends object
              ? 'an object'
              : 'a value of unknown type'

const isArray: (data: unknown) => data is readonly unknown[] = Array.isArray

const isLeaf = (data: unknown): boolean => typeof data === 'number' || typeof data === 'boolean'

/** The length of an array or of a typed row of numbers, undefined for anything else. */
const lengthOf = (data: unknown): number | undefined => {
  if (isArray(data)) return data.length
  if (!ArrayBuffer.isView(data) || data instanceof BigInt64Array || data instanceof BigUint64Array) return undefined
  return 'length' in data && typeof data.length === 'number' ? data.length : undefined
}

const deepest = 64

const firstDims = (data: unknown): readonly number[] => {
  const found: number[] = []
  let at = data
  for (let length = lengthOf(at); length !== undefined && found.length < deepest; length = lengthOf(at)) {
    found.push(length)
    at = isArray(at) ? at[0] : undefined
  }
  return found
}

const kindOf = (data: unknown): string => {
  if (data === null) return 'null'
  if (data === undefined) return 'undefined'
  return typeof data === 'object' ? 'an object' : `a ${typeof data}`
}

const pathText = (path: readonly number[]): string => path.map(i => `[${i}]`).join('')

const rowText = (path: readonly number[]): string => `row ${path.length === 1 ? path[0] : pathText(path)}`

const sizeText = (length: number | undefined): string => (length === undefined ? 'is a number' : `has length ${length}`)

const explain = (data: unknown, expected: readonly number[], path: readonly number[]): Err<string> | undefined => {
  const length = lengthOf(data)
  const wanted = expected[path.length]
  if (length === undefined && !isLeaf(data))
    return path.length === 0
      ? err(`tensor: ${kindOf(data)} is no tensor, give numbers or booleans`)
      : err(`tensor: ${pathText(path)} is ${kindOf(data)}, neither a number nor a boolean`)
  if (length !== wanted)
    return err(`tensor: ragged array: ${rowText(path.map(() => 0))} ${sizeText(wanted)}, ${rowText(path)} ${sizeText(length)}`)
  if (isArray(data)) return explainRows(data, expected, path)
  const deeper = expected[path.length + 1]
  return length === undefined || length === 0 || deeper === undefined
    ? undefined
    : err(`tensor: ragged array: ${rowText([...path.map(() => 0), 0])} ${sizeText(deeper)}, ${rowText([...path, 0])} is a number`)
}

const explainRows = (rows: readonly unknown[], expected: readonly number[], path: readonly number[]): Err<string> | undefined => {
  const leaves = path.length + 1 === expected.length
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    if (leaves && isLeaf(row)) continue
    const error = explain(row, expected, [...path, i])
    if (error !== undefined) return error
  }
  return undefined
}

export const literalShape = (data: unknown): Rule => {
  const expected = firstDims(data)
  if (expected.length >= deepest) return err(`tensor: an array is nested ${deepest} deep or more`)
  return explain(data, expected, []) ?? ok(expected.join(' '))
}
