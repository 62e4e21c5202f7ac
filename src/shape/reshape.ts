import { type Dims, dims, type Join, join } from './dims.js'
import { isNumeral, type NamesOf, namesOf, type Product, product, type SizesOf, sizesOf } from './numeral.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type Shape, shape } from './valid.js'
import type { Wide } from './wide.js'

/**
 * The same values in another shape: sizes multiply to the same number, and names stay. The result has the shape that is written, also where
 * the shape of the argument is not known; then the rule is checked at run time.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.reshape('batch 28 28', 'batch 784'), { shape: 'batch 784' })
 * assert.deepStrictEqual(shape.reshape('4 6', '5 5'), { message: "reshape: '4 6' has 24 values and '5 5' has 25" })
 */
export type Reshape<S extends string, T extends string> = S extends unknown
  ? T extends unknown
    ? Wide<T> extends true
      ? Ok<string>
      : Shape<T> extends Err<string>
        ? Shape<T>
        : Wide<S> extends true
          ? Ok<T>
          : Cancel<Dims<S>, Dims<T>> extends readonly [infer RS extends readonly string[], infer RT extends readonly string[]]
            ? Names<RS | RT> extends true
              ? NamesDiffer<S, T, NamesOf<Dims<S>>, NamesOf<Dims<T>>>
              : Product<RS> extends Product<RT>
                ? Ok<T>
                : Counted<S, T, Product<SizesOf<Dims<S>>>, Product<SizesOf<Dims<T>>>, Join<NamesOf<Dims<S>>>>
            : never
    : never
  : never

/** Takes away axes that stand on both sides, and ones, because the product of fewer sizes is cheaper. */
type Cancel<D extends readonly string[], E extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends '1'
    ? Cancel<T, E, Acc>
    : H extends E[number]
      ? Cancel<T, WithoutFirst<E, H>, Acc>
      : Cancel<T, E, [...Acc, H]>
  : readonly [Acc, E]

type WithoutFirst<E extends readonly string[], X extends string, Acc extends readonly string[] = []> = E extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends X
    ? [...Acc, ...T]
    : WithoutFirst<T, X, [...Acc, H]>
  : Acc

/** Is any axis of these a name? */
type Names<D extends readonly string[]> = [D[number]] extends [`${number}`] ? false : true

type NamesDiffer<
  S extends string,
  T extends string,
  NS extends readonly string[],
  NT extends readonly string[],
> = Err<`reshape: '${S}' to '${T}': names stay as they are, '${Join<NS>}' is not '${Join<NT>}'`>

/** The verdict by the products of all sizes, since a 0 may be among those taken away. */
type Counted<S extends string, T extends string, X extends number, Y extends number, N extends string> = number extends X | Y
  ? Ok<T>
  : X extends Y
    ? Ok<T>
    : Err<`reshape: '${S}' has ${X} values${N extends '' ? '' : ` for each '${N}'`} and '${T}' has ${Y}`>

export const reshape = (s: string, t: string): Rule => {
  const target = shape(t)
  if (isErr(target)) return target
  const [from, to] = [dims(s), dims(t)]
  const [namesFrom, namesTo] = [namesOf(from), namesOf(to)]
  if (join(namesFrom.toSorted()) !== join(namesTo.toSorted()))
    return err(`reshape: '${s}' to '${t}': names stay as they are, '${join(namesFrom)}' is not '${join(namesTo)}'`)
  const [x, y] = [product(sizesOf(from)), product(sizesOf(to))]
  const each = namesFrom.length === 0 ? '' : ` for each '${join(namesFrom)}'`
  return x === y ? ok(t) : err(`reshape: '${s}' has ${x} values${each} and '${t}' has ${y}`)
}

/** All axes as one; a scalar becomes '1'. */
export type Flatten<S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : S extends `${string} ${string}`
      ? NamesOf<Dims<S>> extends readonly [infer N extends string, ...string[]]
        ? Err<`flatten: '${S}' has the named axis '${N}', use reshape`>
        : Ok<number extends Product<Dims<S>> ? string : `${Product<Dims<S>>}`>
      : Ok<S extends '' ? '1' : S>
  : never

export const flatten = (s: string): Rule => {
  const all = dims(s)
  if (all.length === 1) return ok(s)
  const name = all.find(axis => !isNumeral(axis))
  return name === undefined ? ok(String(product(all))) : err(`flatten: '${s}' has the named axis '${name}', use reshape`)
}
