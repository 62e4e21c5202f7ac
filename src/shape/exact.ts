import type { FloorDivide, Multiply } from './natural.js'

/**
 * Whole numbers divided by the compiler where nothing is left over.
 *
 * By one digit a number is divided digit by digit with the help of a table; that takes a tenth of the steps of a long division. A divisor that is two
 * digits multiplied is divided by in two steps, and any other is taken apart into 2, 3, 5 and 7. What is left of it, such as 13, goes by long division.
 *
 * @example
 * import type { shape } from 'pullback'
 *
 * const quotient: shape.Rearrange<'rearrange', '(h d) -> h d', '768', { h: 12 }> = { shape: '12 64' }
 * assert.deepEqual(quotient, { shape: '12 64' })
 */

/** The digits of N / M, `never` where M does not go into N. M is at least 1. */
export type ExactDivide<N extends string, M extends string> = M extends keyof Quotients
  ? ShortDivide<N, M>
  : M extends keyof Factors
    ? ShortDivide<N, Factors[M][0]> extends infer Q extends string
      ? [Q] extends [never]
        ? never
        : ShortDivide<Q, Factors[M][1]>
      : never
    : ByPrimes<N, M>

/** Divisors that are two digits multiplied. */
interface Factors {
  readonly '10': readonly ['5', '2']
  readonly '12': readonly ['6', '2']
  readonly '14': readonly ['7', '2']
  readonly '15': readonly ['5', '3']
  readonly '16': readonly ['8', '2']
  readonly '18': readonly ['9', '2']
  readonly '20': readonly ['5', '4']
  readonly '21': readonly ['7', '3']
  readonly '24': readonly ['8', '3']
  readonly '25': readonly ['5', '5']
  readonly '27': readonly ['9', '3']
  readonly '28': readonly ['7', '4']
  readonly '30': readonly ['6', '5']
  readonly '32': readonly ['8', '4']
  readonly '35': readonly ['7', '5']
  readonly '36': readonly ['9', '4']
  readonly '40': readonly ['8', '5']
  readonly '42': readonly ['7', '6']
  readonly '45': readonly ['9', '5']
  readonly '48': readonly ['8', '6']
  readonly '49': readonly ['7', '7']
  readonly '54': readonly ['9', '6']
  readonly '56': readonly ['8', '7']
  readonly '63': readonly ['9', '7']
  readonly '64': readonly ['8', '8']
  readonly '72': readonly ['9', '8']
  readonly '81': readonly ['9', '9']
}

/** By any other divisor, which is taken apart into primes first. */
type ByPrimes<N extends string, M extends string, P extends Prime = '2'> = M extends '1'
  ? N
  : ShortDivide<M, P> extends infer R extends string
    ? [R] extends [never]
      ? P extends '7'
        ? Long<N, M>
        : ByPrimes<N, M, Next[P]>
      : ShortDivide<N, P> extends infer Q extends string
        ? [Q] extends [never]
          ? never
          : ByPrimes<Q, R, P>
        : never
    : never

type Prime = keyof Next

/** The prime that is tried after each; 7 is the last. */
interface Next {
  readonly '2': '3'
  readonly '3': '5'
  readonly '5': '7'
  readonly '7': '7'
}

/** The digits of N / P, `never` where something is left over; `R` is left over from the digits before. */
type ShortDivide<
  N extends string,
  P extends keyof Quotients,
  R extends string = '0',
  Acc extends string = '',
> = N extends `${infer A}${infer S}`
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
  readonly '4': readonly [
    readonly ['00', '01', '02', '03', '10', '11', '12', '13', '20', '21'],
    readonly ['22', '23', '30', '31', '32', '33', '40', '41', '42', '43'],
    readonly ['50', '51', '52', '53', '60', '61', '62', '63', '70', '71'],
    readonly ['72', '73', '80', '81', '82', '83', '90', '91', '92', '93'],
  ]
  readonly '5': readonly [
    readonly ['00', '01', '02', '03', '04', '10', '11', '12', '13', '14'],
    readonly ['20', '21', '22', '23', '24', '30', '31', '32', '33', '34'],
    readonly ['40', '41', '42', '43', '44', '50', '51', '52', '53', '54'],
    readonly ['60', '61', '62', '63', '64', '70', '71', '72', '73', '74'],
    readonly ['80', '81', '82', '83', '84', '90', '91', '92', '93', '94'],
  ]
  readonly '6': readonly [
    readonly ['00', '01', '02', '03', '04', '05', '10', '11', '12', '13'],
    readonly ['14', '15', '20', '21', '22', '23', '24', '25', '30', '31'],
    readonly ['32', '33', '34', '35', '40', '41', '42', '43', '44', '45'],
    readonly ['50', '51', '52', '53', '54', '55', '60', '61', '62', '63'],
    readonly ['64', '65', '70', '71', '72', '73', '74', '75', '80', '81'],
    readonly ['82', '83', '84', '85', '90', '91', '92', '93', '94', '95'],
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
  readonly '8': readonly [
    readonly ['00', '01', '02', '03', '04', '05', '06', '07', '10', '11'],
    readonly ['12', '13', '14', '15', '16', '17', '20', '21', '22', '23'],
    readonly ['24', '25', '26', '27', '30', '31', '32', '33', '34', '35'],
    readonly ['36', '37', '40', '41', '42', '43', '44', '45', '46', '47'],
    readonly ['50', '51', '52', '53', '54', '55', '56', '57', '60', '61'],
    readonly ['62', '63', '64', '65', '66', '67', '70', '71', '72', '73'],
    readonly ['74', '75', '76', '77', '80', '81', '82', '83', '84', '85'],
    readonly ['86', '87', '90', '91', '92', '93', '94', '95', '96', '97'],
  ]
  readonly '9': readonly [
    readonly ['00', '01', '02', '03', '04', '05', '06', '07', '08', '10'],
    readonly ['11', '12', '13', '14', '15', '16', '17', '18', '20', '21'],
    readonly ['22', '23', '24', '25', '26', '27', '28', '30', '31', '32'],
    readonly ['33', '34', '35', '36', '37', '38', '40', '41', '42', '43'],
    readonly ['44', '45', '46', '47', '48', '50', '51', '52', '53', '54'],
    readonly ['55', '56', '57', '58', '60', '61', '62', '63', '64', '65'],
    readonly ['66', '67', '68', '70', '71', '72', '73', '74', '75', '76'],
    readonly ['77', '78', '80', '81', '82', '83', '84', '85', '86', '87'],
    readonly ['88', '90', '91', '92', '93', '94', '95', '96', '97', '98'],
  ]
}
