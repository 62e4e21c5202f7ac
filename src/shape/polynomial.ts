import type { AddIntegers, MultiplyIntegers, Negative } from './integer.js'
import type { Compare, Multiply, Text } from './natural.js'
import { type Precedes, precedes } from './order.js'

/**
 * The normal form of a size that has names in it: a sum of products of names, each with a whole number before it, as in `a*b+a*2+3`.
 *
 * Terms stand in one order, with the number last, and so do the factors of a term. Two expressions that are equal for all sizes by the laws of
 * sums and products therefore have one normal form and one text. A quotient that is rounded down, `n//2`, is a factor like a name, once everything has been
 * taken out that goes into it: `(n*4)//2` is `n*2`, `(n+3)//2` is `(n+1)//2+1`, `n//2//2` is `n//4`. Equalities between quotients beyond those are
 * not found: `n//2+(n+1)//2` is not seen to be `n`.
 *
 * @example
 * import { constant, plus, text, times, variable } from './polynomial.js'
 *
 * const n = variable('n')
 * const product = times(plus(n, constant(1n)), plus(n, constant(-1n)))
 * assert.strictEqual(product && text(product), 'n*n-1')
 */
export type Polynomial = readonly Monomial[]

/** A number of times a product of factors; of none it is the number itself. */
export type Monomial = readonly [factors: readonly Factor[], times: number]

/** A name, or a quotient rounded down: its text, what is divided, and by what. */
export type Factor = string | readonly [text: string, of: Polynomial, by: number]

/** The most terms of a product. There would be 2ⁿ of n sums of two. */
type MostTerms = 64

export type NameForm<N extends string> = readonly [readonly [readonly [N], 1]]

export type NumberForm<N> = N extends 0 ? readonly [] : readonly [readonly [readonly [], N]]

/** P + Q. */
export type Plus<P, Q> = P extends readonly []
  ? Q
  : Q extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
    ? Plus<Insert<P, H[0], H[1]>, T>
    : P

/** -P. */
export type Minus<P, Acc extends Polynomial = []> = P extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? Minus<T, [...Acc, readonly [H[0], Negative<H[1]>]]>
  : Acc

/** P with C times the product F, C not 0. */
type Insert<P, F, C, Done extends Polynomial = []> = P extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? H[0] extends F
    ? AddIntegers<H[1], C> extends infer S extends number
      ? S extends 0
        ? [...Done, ...T]
        : [...Done, readonly [F, S], ...T]
      : never
    : IsEarlier<F, H[0]> extends true
      ? [...Done, readonly [F, C], ...P]
      : Insert<T, F, C, [...Done, H]>
  : [...Done, readonly [F, C]]

/** Does the term with the factors F stand before that with G? They differ. The number alone is last, so that `a*b` stands before `a`. */
type IsEarlier<F, G> = F extends readonly [infer A extends Factor, ...infer S extends readonly Factor[]]
  ? G extends readonly [infer B extends Factor, ...infer T extends readonly Factor[]]
    ? A extends B
      ? IsEarlier<S, T>
      : Precedes<FactorText<A>, FactorText<B>>
    : true
  : false

type FactorText<F> = F extends string ? F : F extends readonly [infer X extends string, ...unknown[]] ? X : never

/** P · Q, `never` where it has too many terms. */
export type Times<P extends Polynomial, Q extends Polynomial> = P extends readonly [infer H extends Monomial]
  ? EachTerm<Q, H[0], H[1]>
  : Q extends readonly [infer H extends Monomial]
    ? EachTerm<P, H[0], H[1]>
    : Compare<Multiply<P['length'], Q['length']>, MostTerms> extends 1
      ? never
      : Products<P, Q>

type Products<P, Q, Acc = []> = P extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? Products<T, Q, Plus<Acc, EachTerm<Q, H[0], H[1]>>>
  : Acc

/** Every term of Q by one more. */
type EachTerm<Q, F, C, Acc = []> = Q extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? EachTerm<T, F, C, Insert<Acc, Merge<F, H[0]>, MultiplyIntegers<H[1], C>>>
  : Acc

type Merge<F, G> = F extends readonly []
  ? G
  : G extends readonly [infer B extends Factor, ...infer T extends readonly Factor[]]
    ? Merge<WithFactor<F, B>, T>
    : F

type WithFactor<F, B extends Factor, Done extends readonly Factor[] = []> = F extends readonly [
  infer A extends Factor,
  ...infer S extends readonly Factor[],
]
  ? A extends B
    ? [...Done, B, ...F]
    : Precedes<FactorText<B>, FactorText<A>> extends true
      ? [...Done, B, ...F]
      : WithFactor<S, B, [...Done, A]>
  : [...Done, B]

/** The text of a normal form; `string` where a number in it is not known. */
export type PolynomialText<P, Acc extends string = ''> = P extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? number extends H[1]
    ? string
    : Text<H[1]> extends `-${infer N}`
      ? PolynomialText<T, `${Acc}-${TermText<H[0], N>}`>
      : PolynomialText<T, `${Acc extends '' ? '' : `${Acc}+`}${TermText<H[0], Text<H[1]>>}`>
  : Acc extends ''
    ? '0'
    : Acc

type TermText<F extends readonly Factor[], C extends string> = F extends readonly [infer A extends Factor]
  ? C extends '1'
    ? FactorText<A>
    : `${InBrackets<A>}*${C}`
  : F extends readonly []
    ? C
    : C extends '1'
      ? FactorsText<F>
      : `${FactorsText<F>}*${C}`

type FactorsText<F extends readonly Factor[], Acc extends string = ''> = F extends readonly [
  infer A extends Factor,
  ...infer S extends readonly Factor[],
]
  ? FactorsText<S, Acc extends '' ? InBrackets<A> : `${Acc}*${InBrackets<A>}`>
  : Acc

type InBrackets<F extends Factor> = F extends string ? F : `(${FactorText<F>})`

/** The run-time twins of the types above. */
interface TermValue {
  readonly factors: readonly FactorValue[]
  readonly times: bigint
}

export type PolynomialValue = readonly TermValue[]

/** A quotient rounded down, as a factor. */
interface QuotientValue {
  readonly text: string
  readonly of: PolynomialValue
  readonly by: bigint
}

type FactorValue = string | QuotientValue

const mostTerms: MostTerms = 64

export const variable = (name: string): PolynomialValue => [{ factors: [name], times: 1n }]

export const constant = (n: bigint): PolynomialValue => (n === 0n ? [] : [{ factors: [], times: n }])

const factorText = (factor: FactorValue): string => (typeof factor === 'string' ? factor : factor.text)

const isSameProduct = (f: readonly FactorValue[], g: readonly FactorValue[]): boolean =>
  f.length === g.length && f.every((factor, i) => factorText(factor) === factorText(g[i] ?? ''))

const isEarlier = (f: readonly FactorValue[], g: readonly FactorValue[]): boolean => {
  for (const [i, factor] of f.entries()) {
    const other = g[i]
    if (other === undefined) return true
    if (factorText(factor) !== factorText(other)) return precedes(factorText(factor), factorText(other))
  }
  return false
}

const insert = (p: PolynomialValue, { factors, times }: TermValue): PolynomialValue => {
  for (const [i, term] of p.entries()) {
    if (isSameProduct(term.factors, factors)) {
      const sum = term.times + times
      return [...p.slice(0, i), ...(sum === 0n ? [] : [{ factors, times: sum }]), ...p.slice(i + 1)]
    }
    if (isEarlier(factors, term.factors)) return [...p.slice(0, i), { factors, times }, ...p.slice(i)]
  }
  return [...p, { factors, times }]
}

export const plus = (p: PolynomialValue, q: PolynomialValue): PolynomialValue => (p.length === 0 ? q : q.reduce(insert, p))

/** The sum of many: equal products are counted first, then all are put in order at once. */
export const plusAll = (all: readonly PolynomialValue[]): PolynomialValue => {
  if (all.length < 32) return all.reduce<PolynomialValue>(plus, [])
  const counted = new Map<string, TermValue>()
  for (const { factors, times } of all.flat()) {
    const key = factors.map(factorText).join('*')
    counted.set(key, { factors, times: times + (counted.get(key)?.times ?? 0n) })
  }
  return [...counted.values()]
    .filter(({ times }) => times !== 0n)
    .sort((a, b) => (isEarlier(a.factors, b.factors) ? -1 : isEarlier(b.factors, a.factors) ? 1 : 0))
}

export const minus = (p: PolynomialValue): PolynomialValue => p.map(({ factors, times }) => ({ factors, times: -times }))

const withFactor = (f: readonly FactorValue[], factor: FactorValue): readonly FactorValue[] => {
  const at = f.findIndex(other => factorText(other) === factorText(factor) || precedes(factorText(factor), factorText(other)))
  return at < 0 ? [...f, factor] : [...f.slice(0, at), factor, ...f.slice(at)]
}

/** The product, undefined where it has too many terms. */
export const times = (p: PolynomialValue, q: PolynomialValue): PolynomialValue | undefined =>
  p.length > 1 && q.length > 1 && p.length * q.length > mostTerms
    ? undefined
    : p
        .flatMap(a => q.map(b => ({ factors: b.factors.reduce(withFactor, a.factors), times: a.times * b.times })))
        .reduce<PolynomialValue>(insert, [])

const inBrackets = (factor: FactorValue): string => (typeof factor === 'string' ? factor : `(${factor.text})`)

const termText = (factors: readonly FactorValue[], times: bigint): string => {
  const [first, ...others] = factors
  if (first === undefined) return String(times)
  if (times === 1n && others.length === 0) return factorText(first)
  return `${factors.map(inBrackets).join('*')}${times === 1n ? '' : `*${times}`}`
}

export const text = (p: PolynomialValue): string =>
  p.length === 0
    ? '0'
    : p
        .map(({ factors, times }, i) => (times < 0n ? `-${termText(factors, -times)}` : `${i === 0 ? '' : '+'}${termText(factors, times)}`))
        .join('')
