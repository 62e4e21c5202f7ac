import { type Err, err, type Ok, ok } from './rule.js'

/**
 * What a caller may leave out.
 *
 * TypeScript takes `undefined` off before it infers a type from an optional parameter or property, so that `axes?: A` sees `0` in a value of
 * type `0 | undefined` and a result type that follows from `A` is wrong where the value is undefined. Arguments that decide a result's
 * type are therefore parameters that must be given, in an overload of their own for each number of arguments, and options are inferred whole. These
 * types then read what a value that may be missing means: all that it can mean, as a union.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const dtype: shape.Given<'int32' | undefined, 'float32'> = 'float32'
 * const keep: shape.Option<{ readonly keepDims?: true }, 'keepDims', false> = false
 */

/** A value, or what stands in its place where it is undefined. */
export type Given<V, Default> = V extends undefined ? Default : V

/** An option of `O`, which may be undefined itself, or what stands in its place where it is missing or undefined. */
export type Option<O, Name extends PropertyKey, Default> = 0 extends 1 & O
  ? O
  : O extends { readonly [N in Name]: infer V }
    ? Given<V, Default>
    : O extends { readonly [N in Name]?: infer V }
      ? Exclude<V, undefined> | Default
      : Default

/** Options have names that the operation knows; the compiler itself looks at a literal's names only where it knows the type they should have. */
export type Options<Op extends string, O, Names extends readonly string[]> =
  Unknown<O, Names[number]> extends infer X
    ? [X] extends [never]
      ? Ok<O>
      : Err<`${Op}: there is no option '${X & string}', give ${List<Names>}`>
    : never

type Unknown<O, Name> = 0 extends 1 & O ? never : O extends unknown ? Exclude<keyof O, Name> : never

type List<Names extends readonly string[]> = Names extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? `${H}${T extends readonly [] ? '' : T extends readonly [string] ? ` or ${List<T>}` : `, ${List<T>}`}`
  : ''

const list = (names: readonly string[]): string => [...names.slice(0, -2), names.slice(-2).join(' or ')].join(', ')

export const options = <const O extends object | undefined>(op: string, given: O, names: readonly string[]): Ok<O> | Err<string> => {
  const unknown = Object.keys(given ?? {}).find(name => !names.includes(name))
  return unknown === undefined ? ok(given) : err(`${op}: there is no option '${unknown}', give ${list(names)}`)
}
