/**
 * Sizes added, multiplied and divided by the rules: numbers as numbers, names as expressions in normal form, `n*2`.
 *
 * What rules meet most, a name and a number or two names, is put together at once; everything else goes through `expression.ts`.
 *
 * @example
 * import { addSizes, divideSize, multiplySizes } from './arithmetic.js'
 *
 * assert.deepStrictEqual([addSizes('2', '3'), addSizes('batch', '4')], ['5', 'batch+4'])
 * assert.deepStrictEqual([multiplySizes('n*2', '3'), divideSize('h', 2n)], ['n*6', 'h//2'])
 */
import type { Dims } from './dims.js'
import { dims, type Join, join } from './dims.js'
import { type AxisForm, formOf, isSigned, type Normal, normal, type Signed } from './expression.js'
import type { Add, FloorDivide, Multiply, Text } from './natural.js'
import { isNumeral, product } from './numeral.js'
import type { Precedes } from './order.js'
import {
  constant,
  type NumberForm,
  type Plus,
  type Polynomial,
  type PolynomialText,
  type PolynomialValue,
  plus,
  plusAll,
  type Times,
  text,
  times,
} from './polynomial.js'
import { type FloorOf, floorDivide } from './quotient.js'

/** The axis, an expression in its normal form. */
export type InNormalForm<A> = A extends Signed ? Normal<A> : A

/**
 * The size of two axes put end to end. Here and in a product the result is inferred as a string: where a rule gives it to a type that takes strings, the
 * compiler then knows that it is one, and need not look into every case.
 */
export type AddSizes<X extends string, Y extends string> = Added<X, Y> extends infer R extends string ? R : never

type Added<X extends string, Y extends string> = X extends '0'
  ? InNormalForm<Y>
  : Y extends '0'
    ? InNormalForm<X>
    : X extends `${infer N extends number}`
      ? Y extends `${infer M extends number}`
        ? Text<Add<N, M>>
        : Y extends Signed
          ? Sum<X, Y>
          : `${Y}+${X}`
      : X extends Signed
        ? Sum<X, Y>
        : Y extends `${number}`
          ? `${X}+${Y}`
          : Y extends Signed
            ? Sum<X, Y>
            : X extends Y
              ? `${X}*2`
              : Precedes<X, Y> extends true
                ? `${X}+${Y}`
                : `${Y}+${X}`

type Sum<X extends string, Y extends string> = [AxisForm<X>, AxisForm<Y>] extends [infer P extends Polynomial, infer Q extends Polynomial]
  ? PolynomialText<Plus<P, Q>>
  : string

/** As many entries as two axes have together, `never` where the expression would have too many terms. */
export type MultiplySizes<X extends string, Y extends string> = Multiplied<X, Y> extends infer R extends string ? R : never

/** The same for a type that infers it anyway. */
export type Multiplied<X extends string, Y extends string> = X extends '1'
  ? InNormalForm<Y>
  : Y extends '1'
    ? InNormalForm<X>
    : '0' extends X | Y
      ? '0'
      : X extends `${infer N extends number}`
        ? Y extends `${infer M extends number}`
          ? Text<Multiply<N, M>>
          : Y extends Signed
            ? ProductOf<X, Y>
            : `${Y}*${X}`
        : X extends Signed
          ? ProductOf<X, Y>
          : Y extends `${number}`
            ? `${X}*${Y}`
            : Y extends Signed
              ? ProductOf<X, Y>
              : X extends Y
                ? `${X}*${Y}`
                : Precedes<X, Y> extends true
                  ? `${X}*${Y}`
                  : `${Y}*${X}`

type ProductOf<X extends string, Y extends string> = [AxisForm<X>, AxisForm<Y>] extends [
  infer P extends Polynomial,
  infer Q extends Polynomial,
]
  ? [Times<P, Q>] extends [never]
    ? never
    : PolynomialText<Times<P, Q>>
  : string

/** The product of the axes `D` as one axis, `1` of none; `never` where it has too many terms. */
export type MultiplyAll<D extends readonly string[], Acc extends string = '1'> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? MultiplyAll<T, MultiplySizes<Acc, H>>
  : Acc

/** How often a number from 1 up goes into a size. */
export type DivideSize<X extends string, K> = K extends 1
  ? InNormalForm<X>
  : X extends `${infer N extends number}`
    ? Text<FloorDivide<N, K>>
    : X extends Signed
      ? AxisForm<X> extends infer P extends Polynomial
        ? PolynomialText<FloorOf<P, K>>
        : string
      : `${X}//${Text<K>}`

/** `(X + Before) // K + After`, K at least 1: how many windows or steps lie along a named axis. */
export type StepsAlong<X extends string, Before, K, After> =
  AxisForm<X> extends infer P extends Polynomial ? PolynomialText<Plus<FloorOf<Plus<P, NumberForm<Before>>, K>, NumberForm<After>>> : string

/** The shape with every expression in its normal form. */
export type NormalShape<S extends string> = S extends Signed ? Join<NormalDims<Dims<S>>> : S

type NormalDims<D extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? NormalDims<T, [...Acc, InNormalForm<H>]>
  : Acc

/** Several sizes put end to end. This is one pass: to add them one by one would go through the growing sum at each step. */
export const addAll = (sizes: readonly string[]): string =>
  sizes.every(isNumeral) ? String(sizes.reduce((sum, size) => sum + BigInt(size), 0n)) : text(plusAll(sizes.map(size => formOf(size))))

export const addSizes = (x: string, y: string): string => addAll([x, y])

/** The product of sizes, undefined where it has too many terms. */
export const multiplyAll = (sizes: readonly string[]): string | undefined => {
  if (sizes.every(isNumeral)) return String(product(sizes))
  let all: PolynomialValue | undefined = constant(1n)
  for (const size of sizes) all = all && times(all, formOf(size))
  return all && text(all)
}

export const multiplySizes = (x: string, y: string): string | undefined => multiplyAll([x, y])

export const divideSize = (x: string, by: bigint): string => text(floorDivide(formOf(x), by))

export const stepsAlong = (x: string, before: number, by: number, after: number): string =>
  text(plus(floorDivide(plus(formOf(x), constant(BigInt(before))), BigInt(by)), constant(BigInt(after))))

export const normalShape = (s: string): string => (isSigned(s) ? join(dims(s).map(axis => (isSigned(axis) ? normal(axis) : axis))) : s)
