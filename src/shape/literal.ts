import type { Join } from './dims.js'
import { type Explain, explain, isArray, lengthOf } from './ragged.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'

/**
 * The shape of a nested array literal of numbers or booleans.
 *
 * The compiler must see every length, so that the type parameter of a constructor is `const T`; typed arrays may be the innermost rows.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.literalShape([[1, 2], [3, 4]]), { shape: '2 2' })
 * assert.deepStrictEqual(shape.literalShape([[1, 2], [3]]), { message: 'tensor: ragged array: row 0 has length 2, row 1 has length 1' })
 */
export type LiteralShape<T> = 0 extends 1 & T
  ? Ok<string>
  : T extends number | boolean
    ? Ok<''>
    : FirstDims<T> extends infer D extends readonly string[]
      ? D['length'] extends Deepest
        ? Err<`tensor: an array is nested ${Deepest} deep or more`>
        : T extends Like<T>
          ? Ok<Join<D>>
          : Explain<T, D, Like<T>> extends infer E
            ? [E] extends [never]
              ? Ok<string>
              : E
            : never
      : never

type Deepest = 64

/**
 * Any array of the shape that the first elements of `T` have, `never` where a length is not known. All rows are held against it in one
 * comparison, which costs the compiler next to nothing: a type for each row would cost a thousand instantiations.
 */
type Like<T> = T extends readonly unknown[]
  ? number extends T['length']
    ? never
    : T extends readonly [infer H, ...unknown[]]
      ? { readonly [K in keyof T]: Like<H> }
      : readonly []
  : number | boolean

/** The axes along the first elements, as many of them as are looked at. */
type FirstDims<T, Acc extends readonly string[] = []> = Acc['length'] extends Deepest
  ? Acc
  : T extends readonly unknown[]
    ? T extends readonly [infer H, ...unknown[]]
      ? FirstDims<H, [...Acc, `${T['length']}`]>
      : [...Acc, '0']
    : Acc

const deepest: Deepest = 64

const firstDims = (data: unknown): readonly number[] => {
  const found: number[] = []
  let at = data
  for (let length = lengthOf(at); length !== undefined && found.length < deepest; length = lengthOf(at)) {
    found.push(length)
    at = isArray(at) ? at[0] : undefined
  }
  return found
}

export const literalShape = (data: unknown): Rule => {
  const expected = firstDims(data)
  if (expected.length >= deepest) return err(`tensor: an array is nested ${deepest} deep or more`)
  return explain(data, expected, []) ?? ok(expected.join(' '))
}
