import type { FloorDivideInteger, Gcd, RemainderOf } from './integer.js'
import type { FloorDivide, Multiply, Text } from './natural.js'
import {
  constant,
  type Monomial,
  type NameForm,
  type NumberForm,
  type Plus,
  type Polynomial,
  type PolynomialText,
  type PolynomialValue,
  plus,
  text,
} from './polynomial.js'

/**
 * Quotients that are rounded down, in normal form.
 *
 * Of `P // K` every coefficient is taken out as often as K goes into it, and the rest is divided by what K and all its coefficients have in common: `(n*4)//2`
 * is `n*2`, `(n+3)//2` is `(n+1)//2+1`, `(n*2)//4` is `n//2`. A quotient of a quotient is one by both: `n//2//2` is `n//4`. All of that holds for
 * every whole number n. Equalities beyond it are not found: `n//2+(n+1)//2` is not seen to be `n`.
 *
 * @example
 * import { constant, plus, text, variable } from './polynomial.js'
 * import { floorDivide } from './quotient.js'
 *
 * assert.strictEqual(text(floorDivide(plus(variable('n'), constant(3n)), 2n)), '(n+1)//2+1')
 */

/** P / K rounded down, K at least 1. */
export type FloorOf<P, K, Q extends Polynomial = [], R extends Polynomial = []> = K extends 1
  ? P
  : P extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
    ? FloorDivideInteger<H[1], K> extends infer N extends number
      ? RemainderOf<H[1], K, N> extends infer M extends number
        ? FloorOf<T, K, N extends 0 ? Q : [...Q, readonly [H[0], N]], M extends 0 ? R : [...R, readonly [H[0], M]]>
        : never
      : never
    : R extends readonly [] | readonly [readonly [readonly [], number]]
      ? Q
      : Plus<Q, Reduced<R, K, CommonDivisor<R, K>>>

/** The greatest number that goes into K and into every factor but the number alone, which may be rounded down first. */
type CommonDivisor<R, G> = G extends 1
  ? 1
  : R extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
    ? H[0] extends readonly []
      ? G
      : CommonDivisor<T, Gcd<G, H[1]>>
    : G

type Reduced<R extends Polynomial, K, G> = G extends 1 ? Quotient<R, K> : Quotient<DividedBy<R, G>, FloorDivide<K, G>>

type DividedBy<R, G, Acc extends Polynomial = []> = R extends readonly [infer H extends Monomial, ...infer T extends Polynomial]
  ? FloorDivide<H[1], G> extends infer N extends number
    ? DividedBy<T, G, N extends 0 ? Acc : [...Acc, readonly [H[0], N]]>
    : never
  : Acc

/** A quotient of a quotient is one by both: (p//a + c)//b is (p + c·a)//(a·b). */
type Quotient<R extends Polynomial, K> = R extends readonly [
  readonly [readonly [readonly [string, infer P extends Polynomial, infer A extends number]], 1],
  ...infer C extends Polynomial,
]
  ? C extends readonly []
    ? FloorOf<P, Multiply<A, K>>
    : C extends readonly [readonly [readonly [], infer N extends number]]
      ? FloorOf<Plus<P, NumberForm<Multiply<N, A>>>, Multiply<A, K>>
      : OneQuotient<R, K>
  : OneQuotient<R, K>

type OneQuotient<R extends Polynomial, K> = readonly [
  readonly [readonly [readonly [R extends NameForm<infer N> ? `${N}//${Text<K>}` : `(${PolynomialText<R>})//${Text<K>}`, R, K]], 1],
]

const floor = (n: bigint, by: bigint): bigint => (n >= 0n ? n / by : -((by - 1n - n) / by))

const gcd = (n: bigint, m: bigint): bigint => (m === 0n ? n : gcd(m, n % m))

const nonZero = (p: PolynomialValue): PolynomialValue => p.filter(term => term.times !== 0n)

/** What is divided, and by what, where p is a quotient and a number: (q//a + c)//b is (q + c·a)//(a·b). */
const nested = (p: PolynomialValue, by: bigint): { readonly of: PolynomialValue; readonly by: bigint } | undefined => {
  const [first, rest = { factors: [], times: 0n }] = p
  const [inner] = first?.factors ?? []
  return p.length <= 2 && first?.times === 1n && first.factors.length === 1 && rest.factors.length === 0 && typeof inner === 'object'
    ? { of: plus(inner.of, constant(rest.times * inner.by)), by: inner.by * by }
    : undefined
}

const quotientText = (p: PolynomialValue, by: bigint): string => {
  const whole = text(p)
  return p.length === 1 && p[0]?.factors[0] === whole ? `${whole}//${by}` : `(${whole})//${by}`
}

export const floorDivide = (p: PolynomialValue, by: bigint): PolynomialValue => {
  if (by === 1n) return p
  const whole = nonZero(p.map(({ factors, times }) => ({ factors, times: floor(times, by) })))
  const rest = nonZero(p.map(({ factors, times }) => ({ factors, times: times - floor(times, by) * by })))
  const named = rest.filter(({ factors }) => factors.length > 0)
  if (named.length === 0) return whole
  const common = named.reduce((divisor, term) => gcd(divisor, term.times), by)
  const [of, divisor] = [nonZero(rest.map(({ factors, times }) => ({ factors, times: times / common }))), by / common]
  const inner = nested(of, divisor)
  return plus(
    whole,
    inner ? floorDivide(inner.of, inner.by) : [{ factors: [{ text: quotientText(of, divisor), of, by: divisor }], times: 1n }],
  )
}
