import { type Err, err, type Ok, ok } from './rule.js'

/**
 * Arguments and options that a caller may leave out.
 *
 * TypeScript takes `undefined` off before it infers a type from an optional parameter or property. So `axes?: A` infers `0` from a value of
 * type `0 | undefined`, and a result type that follows from `A` is wrong where the value is undefined. Therefore an argument that decides a
 * result's type is a parameter that must be given, in an overload of its own for each number of arguments, and options are inferred as a
 * whole. The types here then say what a value that may be missing can mean, as a union.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const dtype: shape.Given<'int32' | undefined, 'float32'> = 'float32'
 * const keep: shape.Option<{ readonly keepDims?: true }, 'keepDims', false> = false
 */

/** A value, or the default where it is undefined. */
export type Given<V, Default> = V extends undefined ? Default : V

/** An option of `O`, or the default where `O` or the option is missing or undefined. */
export type Option<O, Name extends PropertyKey, Default> = 0 extends 1 & O
  ? O
  : O extends { readonly [N in Name]: infer V }
    ? Given<V, Default>
    : O extends { readonly [N in Name]?: infer V }
      ? Exclude<V, undefined> | Default
      : Default

/**
 * The rule that options have names that the operation knows. It is needed because the compiler itself checks the names of a literal only
 * against a type that it knows beforehand.
 */
export type Options<Op extends string, O, Names extends readonly string[]> =
  Unknown<O, Names[number]> extends infer X
    ? [X] extends [never]
      ? Ok<O>
      : Err<`${Op}: there is no option '${X & string}', give ${List<Names>}`>
    : never

type Unknown<O, Name> = 0 extends 1 & O ? never : O extends unknown ? Exclude<keyof O, Name> : never

type List<Names extends readonly string[], Acc extends string = ''> = Names extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? T extends readonly []
    ? `${Acc}${H}`
    : List<T, `${Acc}${H}${T extends readonly [string] ? ' or ' : ', '}`>
  : Acc

const list = (names: readonly string[]): string => [...names.slice(0, -2), names.slice(-2).join(' or ')].join(', ')

export const options = <const O extends object | undefined>(op: string, given: O, names: readonly string[]): Ok<O> | Err<string> => {
  const unknown = Object.keys(given ?? {}).find(name => !names.includes(name))
  return unknown === undefined ? ok(given) : err(`${op}: there is no option '${unknown}', give ${list(names)}`)
}
