import type { Add, Compare, FloorDivide, Multiply, Subtract, Text } from './natural.js'

/**
 * Whole numbers of either sign, for the coefficients of expressions. What `natural.ts` says of results that the compiler does not know holds
 * here too; at run time the same is done by `bigint`.
 *
 * @example
 * import type { AddIntegers, FloorDivideInteger } from './integer.js'
 *
 * const difference: AddIntegers<2, -5> = -3
 * const quotient: FloorDivideInteger<-3, 2> = -2
 * assert.deepEqual([difference, quotient], [-3, -2])
 */

/** -N. */
export type Negative<N> = number extends N
  ? number
  : N extends 0
    ? 0
    : Text<N> extends `-${infer P extends number}`
      ? P
      : `-${Text<N>}` extends `${infer M extends number}`
        ? M
        : number

/** N + M. */
export type AddIntegers<N, M> = number extends N | M
  ? number
  : Text<N> extends `-${infer A extends number}`
    ? Text<M> extends `-${infer B extends number}`
      ? Negative<Add<A, B>>
      : Difference<M, A>
    : Text<M> extends `-${infer B extends number}`
      ? Difference<N, B>
      : Add<N, M>

/** N - M, where neither is negative. */
type Difference<N, M> = Compare<N, M> extends -1 ? Negative<Subtract<M, N>> : Subtract<N, M>

/** N · M. */
export type MultiplyIntegers<N, M> = number extends N | M
  ? number
  : N extends 1
    ? M
    : M extends 1
      ? N
      : Text<N> extends `-${infer A extends number}`
        ? Text<M> extends `-${infer B extends number}`
          ? Multiply<A, B>
          : Negative<Multiply<A, M>>
        : Text<M> extends `-${infer B extends number}`
          ? Negative<Multiply<N, B>>
          : Multiply<N, M>

/** The greatest whole number that is at most N / M; M is at least 1. */
export type FloorDivideInteger<N, M> = number extends N | M
  ? number
  : Text<N> extends `-${infer A extends number}`
    ? Negative<FloorDivide<Add<A, Subtract<M, 1>>, M>>
    : FloorDivide<N, M>

/** What `FloorDivideInteger` leaves, from 0 to M - 1; `Q` is the quotient. */
export type RemainderOf<N, M, Q> = AddIntegers<N, Negative<MultiplyIntegers<Q, M>>>

/** The greatest common divisor of two numbers from 1 up. */
export type Gcd<N, M> = number extends N | M
  ? number
  : N extends 1
    ? 1
    : M extends 0
      ? N
      : Gcd<M, Subtract<N, Multiply<FloorDivide<N, M>, M>>>
