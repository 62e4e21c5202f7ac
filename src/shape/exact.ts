import type { FloorDivide, Multiply } from './natural.js'

/**
 * Whole numbers divided by the compiler where nothing is left over.
 *
 * A divisor is taken apart into 2, 3, 5 and 7, by which a number is divided digit by digit with the help of a table; that takes a tenth of the steps
 * of a long division. What is left of the divisor, such as 13, goes by long division.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const quotient: shape.Rearrange<'rearrange', '(h d) -> h d', '768', { h: 12 }> = { shape: '12 64' }
 * assert.deepEqual(quotient, { shape: '12 64' })
 */

/** The digits of N / M, `never` where M does not go into N. M is at least 1. */
export type ExactDivide<N extends string, M extends string, P extends Prime = '2'> = M extends '1'
  ? N
  : ShortDivide<M, P> extends infer R extends string
    ? [R] extends [never]
      ? P extends '7'
        ? Long<N, M>
        : ExactDivide<N, M, Next[P]>
      : ShortDivide<N, P> extends infer Q extends string
        ? [Q] extends [never]
          ? never
          : ExactDivide<Q, R, P>
        : never
    : never

type Prime = keyof Quotients

/** The prime that is tried after each; 7 is the last. */
interface Next {
  readonly '2': '3'
  readonly '3': '5'
  readonly '5': '7'
  readonly '7': '7'
}

/** The digits of N / P, `never` where something is left over; `R` is left over from the digits before. */
type ShortDivide<N extends string, P extends Prime, R extends string = '0', Acc extends string = ''> = N extends `${infer A}${infer S}`
  ? At<At<Quotients[P], R>, A> extends `${infer Q}${infer T}`
    ? ShortDivide<S, P, T, Q extends '0' ? (Acc extends '' ? '' : `${Acc}0`) : `${Acc}${Q}`>
    : never
  : R extends '0'
    ? Acc extends ''
      ? '0'
      : Acc
    : never

type At<T, K> = K extends keyof T ? T[K] : never

type Long<N extends string, M extends string> = [N, M] extends [`${infer X extends number}`, `${infer Y extends number}`]
  ? FloorDivide<X, Y> extends infer Q extends number
    ? Multiply<Q, Y> extends X
      ? number extends Q
        ? never
        : `${Q}`
      : never
    : never
  : never

/** `Quotients[P][R][D]` is the quotient of the number with the digits R and D by P, and what is left over. */
interface Quotients {
  readonly '2': readonly [
    readonly ['00', '01', '10', '11', '20', '21', '30', '31', '40', '41'],
    readonly ['50', '51', '60', '61', '70', '71', '80', '81', '90', '91'],
  ]
  readonly '3': readonly [
    readonly ['00', '01', '02', '10', '11', '12', '20', '21', '22', '30'],
    readonly ['31', '32', '40', '41', '42', '50', '51', '52', '60', '61'],
    readonly ['62', '70', '71', '72', '80', '81', '82', '90', '91', '92'],
  ]
  readonly '5': readonly [
    readonly ['00', '01', '02', '03', '04', '10', '11', '12', '13', '14'],
    readonly ['20', '21', '22', '23', '24', '30', '31', '32', '33', '34'],
    readonly ['40', '41', '42', '43', '44', '50', '51', '52', '53', '54'],
    readonly ['60', '61', '62', '63', '64', '70', '71', '72', '73', '74'],
    readonly ['80', '81', '82', '83', '84', '90', '91', '92', '93', '94'],
  ]
  readonly '7': readonly [
    readonly ['00', '01', '02', '03', '04', '05', '06', '10', '11', '12'],
    readonly ['13', '14', '15', '16', '20', '21', '22', '23', '24', '25'],
    readonly ['26', '30', '31', '32', '33', '34', '35', '36', '40', '41'],
    readonly ['42', '43', '44', '45', '46', '50', '51', '52', '53', '54'],
    readonly ['55', '56', '60', '61', '62', '63', '64', '65', '66', '70'],
    readonly ['71', '72', '73', '74', '75', '76', '80', '81', '82', '83'],
    readonly ['84', '85', '86', '90', '91', '92', '93', '94', '95', '96'],
  ]
}
