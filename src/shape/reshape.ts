import { type MultiplyAll, type MultiplySizes, multiplyAll } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type AxisForm, isSigned, quotientOf, type Sign, type Signed, type TokenOf, tokens } from './expression.js'
import type { Text } from './natural.js'
import { isNumeral, type NamesOf, namesOf, type Product, product, type SizesOf, sizesOf } from './numeral.js'
import type { PolynomialText } from './polynomial.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type Shape, shape } from './valid.js'
import type { Wide } from './wide.js'

/**
 * The same values in another shape: the sizes of both multiply to the same number, or to the same expression of names. A named axis is split by a number as in
 * 'n' to '4 n//4', and that nothing is left over is checked at run time. The result has the shape that is written, also where the shape of
 * the argument is not known; then the rule is checked at run time.
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
              ? Named<S, T, MultiplyAll<RS>, MultiplyAll<RT>, RT>
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

/** The verdict where names are left over, by the products X and Y of what is not on both sides. */
type Named<S extends string, T extends string, X extends string, Y extends string, RT extends readonly string[]> = [X] extends [never]
  ? TooLong<S, T>
  : [Y] extends [never]
    ? TooLong<S, T>
    : true extends Wide<X> | Wide<Y>
      ? Ok<string>
      : X extends Y
        ? UnknownSizes<S, T, Dims<T>>
        : Undivided<RT> extends Divided<infer Z, infer K>
          ? Y extends `${string}//${string}`
            ? MultiplySizes<X, K> extends Z
              ? UnknownSizes<S, T, Dims<T>>
              : NotEqual<S, T>
            : NotEqual<S, T>
          : NotEqual<S, T>

type TooLong<S extends string, T extends string> = Err<`reshape: '${S}' to '${T}' has more than 64 terms once it is multiplied out`>

type NotEqual<
  S extends string,
  T extends string,
> = Err<`reshape: '${S}' to '${T}': '${MultiplyAll<Dims<S>>}' and '${MultiplyAll<Dims<T>>}' are not equal for all sizes of the names: as or rename checks it for the sizes at hand`>

/** A product as it is before its axes `n//4` are divided, and by what it is. */
interface Divided<P extends string, K extends string> {
  readonly product: P
  readonly by: K
}

/** The product of the axes, where each that is a quotient stands for what is divided: nothing may be left over, which is seen at run time. */
type Undivided<D extends readonly string[], P extends string = '1', K extends string = '1'> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? H extends `${string}//${string}`
    ? AxisForm<H> extends readonly [readonly [readonly [readonly [string, infer Of, infer By]], 1]]
      ? Undivided<T, MultiplySizes<P, PolynomialText<Of>>, MultiplySizes<K, Text<By>>>
      : Undivided<T, MultiplySizes<P, H>, K>
    : Undivided<T, MultiplySizes<P, H>, K>
  : Divided<P, K>

/** Of the sizes of the result all but one follow from the names of `S`; that one is what is left. */
type UnknownSizes<S extends string, T extends string, D extends readonly string[], Open extends string = ''> = D extends readonly [
  infer H extends string,
  ...infer R extends readonly string[],
]
  ? IsKnown<H, Dims<S>[number]> extends true
    ? UnknownSizes<S, T, R, Open>
    : Open extends ''
      ? UnknownSizes<S, T, R, H>
      : Err<`reshape: '${S}' to '${T}': the sizes of '${Open}' and '${H}' are not known, as or rename gives them`>
  : Ok<T>

/** Does the size of an axis follow from the axes `Own`? */
type IsKnown<H extends string, Own> = H extends Own | `${number}`
  ? true
  : H extends Signed
    ? [Exclude<TokenOf<H>, Sign | `${number}` | Own>] extends [never]
      ? true
      : false
    : false

/** The verdict by the products of all sizes, since a 0 may be among those taken away. */
type Counted<S extends string, T extends string, X extends number, Y extends number, N extends string> = number extends X | Y
  ? Ok<T>
  : X extends Y
    ? Ok<T>
    : Err<`reshape: '${S}' has ${X} values${N extends '' ? '' : ` for each '${N}'`} and '${T}' has ${Y}`>

/** Without the axes that stand on both sides, and ones. */
const cancel = (from: readonly string[], to: readonly string[]): readonly [readonly string[], readonly string[]] => {
  const rest = [...to]
  const own = from.filter(axis => {
    const place = axis === '1' ? undefined : rest.indexOf(axis)
    if (place !== undefined && place >= 0) rest.splice(place, 1)
    return place !== undefined && place < 0
  })
  return [own, rest]
}

/** Both products once every axis of the result that is a quotient has been multiplied by its divisor. */
const undivided = (from: readonly string[], to: readonly string[]): readonly [from: string | undefined, to: string | undefined] => {
  const quotients = to.map(axis => (axis.includes('//') ? quotientOf(axis) : undefined))
  return [
    multiplyAll([...from, ...quotients.flatMap(each => (each === undefined ? [] : [String(each.by)]))]),
    multiplyAll(to.map((axis, i) => quotients[i]?.of ?? axis)),
  ]
}

const isKnown = (axis: string, own: ReadonlySet<string>): boolean =>
  isNumeral(axis) || own.has(axis) || (isSigned(axis) && tokens(axis).every(token => isSigned(token) || isNumeral(token) || own.has(token)))

/** The verdict where names are left over, by the products of what is not on both sides. */
const named = (s: string, t: string, from: readonly string[], to: readonly string[]): Rule => {
  const call = `reshape: '${s}' to '${t}'`
  const [x, y] = [multiplyAll(from), multiplyAll(to)]
  if (x === undefined || y === undefined) return err(`${call} has more than 64 terms once it is multiplied out`)
  const [whole, parts] = x !== y && y.includes('//') ? undivided(from, to) : [x, y]
  if (whole !== parts)
    return err(
      `${call}: '${multiplyAll(dims(s))}' and '${multiplyAll(dims(t))}' are not equal for all sizes of the names: as or rename checks it for the sizes at hand`,
    )
  const own = new Set(dims(s))
  const [first, second] = dims(t).filter(axis => !isKnown(axis, own))
  return second === undefined ? ok(t) : err(`${call}: the sizes of '${first}' and '${second}' are not known, as or rename gives them`)
}

export const reshape = (s: string, t: string): Rule => {
  const target = shape(t)
  if (isErr(target)) return target
  const [from, to] = [dims(s), dims(t)]
  const [restFrom, restTo] = cancel(from, to)
  if (![...restFrom, ...restTo].every(isNumeral)) return named(s, t, restFrom, restTo)
  const [x, y] = [product(sizesOf(from)), product(sizesOf(to))]
  const names = namesOf(from)
  const each = names.length === 0 ? '' : ` for each '${join(names)}'`
  return x === y ? ok(t) : err(`reshape: '${s}' has ${x} values${each} and '${t}' has ${y}`)
}

/** All axes as one; a scalar becomes '1'. */
export type Flatten<S extends string> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : S extends `${string} ${string}`
      ? MultiplyAll<Dims<S>> extends infer P extends string
        ? [P] extends [never]
          ? Err<`flatten: '${S}' has more than 64 terms once it is multiplied out`>
          : Ok<Wide<P> extends true ? string : P>
        : never
      : Ok<S extends '' ? '1' : S>
  : never

export const flatten = (s: string): Rule => {
  const all = dims(s)
  if (all.length === 1) return ok(s)
  const one = multiplyAll(all)
  return one === undefined ? err(`flatten: '${s}' has more than 64 terms once it is multiplied out`) : ok(one)
}
