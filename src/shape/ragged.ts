import { type Err, err } from './rule.js'

/**
 * Why a nested array is no tensor: the first element, in reading order, that is not like the others.
 *
 * @example
 * import { explain } from './ragged.js'
 * assert.deepStrictEqual(explain([1, 'a'], [2], []), { message: 'tensor: [1] is a string, neither a number nor a boolean' })
 */

/**
 * The error of the first element that does not have the axes `D`, which the first elements have; `never` where there is none. `Like` is the
 * type of all arrays with these axes.
 */
export type Explain<T, D extends readonly string[], Like, Path extends readonly string[] = []> = 0 extends 1 & T
  ? never
  : T extends readonly unknown[]
    ? number extends T['length']
      ? UnknownLength
      : D extends readonly [`${T['length']}`, ...infer E extends readonly string[]]
        ? ExplainRows<T, E, Like extends readonly unknown[] ? Like[number] : never, Path>
        : Ragged<T, D, Path>
    : T extends number | boolean
      ? D extends readonly []
        ? never
        : Ragged<T, D, Path>
      : T extends ArrayBufferView
        ? UnknownLength
        : Path extends readonly []
          ? Err<`tensor: ${KindOf<T>} is no tensor, give numbers or booleans`>
          : Err<`tensor: ${PathText<Path>} is ${KindOf<T>}, neither a number nor a boolean`>

type UnknownLength = Err<'tensor: the compiler does not know the length of an array, use fromArray'>

/**
 * The error of the first row that is not like the others. All rows are compared at once, because the compiler follows a recursive type a
 * thousand times at most.
 */
type ExplainRows<T extends readonly unknown[], D extends readonly string[], Like, Path extends readonly string[]> =
  First<{ [K in keyof T]: T[K] extends Like ? never : K }[number]> extends infer I
    ? I extends keyof T & string
      ? Explain<T[I], D, Like, [...Path, I]>
      : never
    : never

/** The smallest of a union of numerals. */
type First<I> = [I] extends [never] ? never : Smallest<Shortest<I extends string ? [I, I] : never>>

type Shortest<P> = [Extract<P, [string, '']>] extends [never]
  ? Shortest<P extends [infer I, `${string}${infer R}`] ? [I, R] : never>
  : Extract<P, [string, '']> extends [infer I, '']
    ? I
    : never

type Smallest<
  I,
  Prefix extends string = '',
  Digits extends readonly string[] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
> = Prefix extends I
  ? Prefix
  : Digits extends readonly [infer H extends string, ...infer T extends readonly string[]]
    ? [Extract<I, `${Prefix}${H}${string}`>] extends [never]
      ? Smallest<I, Prefix, T>
      : Smallest<Extract<I, `${Prefix}${H}${string}`>, `${Prefix}${H}`>
    : never

type Ragged<
  T,
  D extends readonly string[],
  Path extends readonly string[],
> = Err<`tensor: ragged array: ${RowText<{ [K in keyof Path]: '0' }>} ${D extends readonly [infer N extends string, ...unknown[]]
  ? `has length ${N}`
  : 'is a number'}, ${RowText<Path>} ${T extends readonly unknown[] ? `has length ${T['length']}` : 'is a number'}`>

type RowText<Path extends readonly string[]> = Path extends readonly [infer I extends string] ? `row ${I}` : `row ${PathText<Path>}`

type PathText<Path extends readonly string[], Acc extends string = ''> = Path extends readonly [
  infer I extends string,
  ...infer T extends readonly string[],
]
  ? PathText<T, `${Acc}[${I}]`>
  : Acc

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

export const isArray: (data: unknown) => data is readonly unknown[] = Array.isArray

const isLeaf = (data: unknown): boolean => typeof data === 'number' || typeof data === 'boolean'

/** The length of an array or of a typed row of numbers, undefined for anything else. */
export const lengthOf = (data: unknown): number | undefined => {
  if (isArray(data)) return data.length
  // Asked by name, because a typed array of another realm is no instance of the classes here.
  if (!ArrayBuffer.isView(data) || String(Reflect.get(data, Symbol.toStringTag)).startsWith('Big')) return undefined
  return 'length' in data && typeof data.length === 'number' ? data.length : undefined
}

/** What a value is, in a word or two. */
export const kindOf = (data: unknown): string => {
  if (data === null) return 'null'
  if (data === undefined) return 'undefined'
  return typeof data === 'object' ? 'an object' : `a ${typeof data}`
}

/** Whether something is a whole number from 0 up that JavaScript writes in digits alone, as the compiler does. */
export const isCount = (n: unknown): boolean => typeof n === 'number' && /^(0|[1-9]\d*)$/.test(`${n}`)

const pathText = (path: readonly number[]): string => path.map(i => `[${i}]`).join('')

const rowText = (path: readonly number[]): string => `row ${path.length === 1 ? path[0] : pathText(path)}`

const sizeText = (length: number | undefined): string => (length === undefined ? 'is a number' : `has length ${length}`)

export const explain = (data: unknown, expected: readonly number[], path: readonly number[]): Err<string> | undefined => {
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
