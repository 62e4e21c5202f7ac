/**
 * Whole numbers from 0 up, added, subtracted, multiplied and divided by the compiler.
 *
 * A number is taken as its decimal digits, from the last to the first, and two digits at a time are looked up in a table, as on paper. So the
 * work grows with the number of digits and not with the number itself. At run time the same is done by `+`, `-`, `*` and `Math.floor(n / m)`, so
 * that these types have no twins.
 *
 * A result is `number`, which means that the compiler does not know it, where an operand is `number` or where a number in JavaScript does
 * not hold the result exactly. Operands are never negative and never fractions: whoever calls has looked at that first.
 *
 * @example
 * import type { Add, Compare, FloorDivide, Multiply, Subtract } from './natural.js'
 *
 * const sum: Add<784, 16> = 800
 * const difference: Subtract<800, 784> = 16
 * const product: Multiply<28, 28> = 784
 * const quotient: FloorDivide<785, 28> = 28
 * const order: Compare<9, 10> = -1
 * assert.deepEqual([sum, difference, product, quotient, order], [800, 16, 784, 28, -1])
 */

/** N + M. */
export type Add<N, M> = number extends N | M
  ? number
  : N extends 0
    ? M
    : M extends 0
      ? N
      : NumberOf<AddDigits<Reverse<Text<N>>, Reverse<Text<M>>>>

/** N - M, where N is at least M. */
export type Subtract<N, M> = number extends N | M
  ? number
  : M extends 0
    ? N
    : NumberOf<Trim<SubtractDigits<Reverse<Text<N>>, Reverse<Text<M>>>>>

/** N · M. */
export type Multiply<N, M> = number extends N | M
  ? number
  : N | M extends 0
    ? 0
    : N extends 0 | 1
      ? N extends 0
        ? 0
        : M
      : M extends 0 | 1
        ? M extends 0
          ? 0
          : N
        : ByTable<Text<N>, Text<M>>

/** The product of two numbers by their digits: small ones are looked up, one digit needs no sum. */
type ByTable<N extends string, M extends string> = N extends keyof SmallProducts
  ? M extends keyof SmallProducts[N]
    ? SmallProducts[N][M]
    : NumberOf<N extends Digit ? TimesDigit<Reverse<M>, N> : MultiplyDigits<N, Reverse<M>>>
  : NumberOf<M extends Digit ? TimesDigit<Reverse<N>, M> : MultiplyDigits<N, Reverse<M>>>

/** The whole number of times that M, at least 1, goes into N. */
export type FloorDivide<N, M> = number extends N | M ? number : M extends 1 ? N : NumberOf<Trim<DivideDigits<Text<N>, Text<M>>>>

/** -1 where N is less than M, 0 where they are equal, 1 where N is greater. */
export type Compare<N, M> = number extends N | M ? -1 | 0 | 1 : N extends M ? 0 : CompareDigits<Text<N>, Text<M>>

/** The digits of a number. */
export type Text<N> = `${N & number}`

/** The number that digits stand for. Digits that no number in JavaScript has give `number`, and so does the text of one above 10²¹, '1e+21'. */
type NumberOf<S> = S extends `${infer N extends number}` ? N : number

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9'

/** Digits from the last to the first. */
type Reverse<S, Acc extends string = ''> = S extends `${infer H}${infer T}` ? Reverse<T, `${H}${Acc}`> : Acc

/** Without the zeros in front. */
type Trim<S> = S extends '0' ? S : S extends `0${infer T}` ? Trim<T> : S

/** `Sums[C][X][Y]` is X + Y + C as two digits, the first of them what is carried. */
type Sums = readonly [
  readonly [
    readonly ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'],
    readonly ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'],
    readonly ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11'],
    readonly ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
    readonly ['04', '05', '06', '07', '08', '09', '10', '11', '12', '13'],
    readonly ['05', '06', '07', '08', '09', '10', '11', '12', '13', '14'],
    readonly ['06', '07', '08', '09', '10', '11', '12', '13', '14', '15'],
    readonly ['07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
    readonly ['08', '09', '10', '11', '12', '13', '14', '15', '16', '17'],
    readonly ['09', '10', '11', '12', '13', '14', '15', '16', '17', '18'],
  ],
  readonly [
    readonly ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10'],
    readonly ['02', '03', '04', '05', '06', '07', '08', '09', '10', '11'],
    readonly ['03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
    readonly ['04', '05', '06', '07', '08', '09', '10', '11', '12', '13'],
    readonly ['05', '06', '07', '08', '09', '10', '11', '12', '13', '14'],
    readonly ['06', '07', '08', '09', '10', '11', '12', '13', '14', '15'],
    readonly ['07', '08', '09', '10', '11', '12', '13', '14', '15', '16'],
    readonly ['08', '09', '10', '11', '12', '13', '14', '15', '16', '17'],
    readonly ['09', '10', '11', '12', '13', '14', '15', '16', '17', '18'],
    readonly ['10', '11', '12', '13', '14', '15', '16', '17', '18', '19'],
  ],
]
/** `Differences[B][X][Y]` is X - Y - B as two digits, the first of them 1 where ten had to be borrowed. */
type Differences = readonly [
  readonly [
    readonly ['00', '19', '18', '17', '16', '15', '14', '13', '12', '11'],
    readonly ['01', '00', '19', '18', '17', '16', '15', '14', '13', '12'],
    readonly ['02', '01', '00', '19', '18', '17', '16', '15', '14', '13'],
    readonly ['03', '02', '01', '00', '19', '18', '17', '16', '15', '14'],
    readonly ['04', '03', '02', '01', '00', '19', '18', '17', '16', '15'],
    readonly ['05', '04', '03', '02', '01', '00', '19', '18', '17', '16'],
    readonly ['06', '05', '04', '03', '02', '01', '00', '19', '18', '17'],
    readonly ['07', '06', '05', '04', '03', '02', '01', '00', '19', '18'],
    readonly ['08', '07', '06', '05', '04', '03', '02', '01', '00', '19'],
    readonly ['09', '08', '07', '06', '05', '04', '03', '02', '01', '00'],
  ],
  readonly [
    readonly ['19', '18', '17', '16', '15', '14', '13', '12', '11', '10'],
    readonly ['00', '19', '18', '17', '16', '15', '14', '13', '12', '11'],
    readonly ['01', '00', '19', '18', '17', '16', '15', '14', '13', '12'],
    readonly ['02', '01', '00', '19', '18', '17', '16', '15', '14', '13'],
    readonly ['03', '02', '01', '00', '19', '18', '17', '16', '15', '14'],
    readonly ['04', '03', '02', '01', '00', '19', '18', '17', '16', '15'],
    readonly ['05', '04', '03', '02', '01', '00', '19', '18', '17', '16'],
    readonly ['06', '05', '04', '03', '02', '01', '00', '19', '18', '17'],
    readonly ['07', '06', '05', '04', '03', '02', '01', '00', '19', '18'],
    readonly ['08', '07', '06', '05', '04', '03', '02', '01', '00', '19'],
  ],
]

/** `SmallProducts[N][M]` is N · M, up to 24 each. */
type SmallProducts = readonly [
  readonly [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
  readonly [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
  readonly [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46, 48],
  readonly [0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45, 48, 51, 54, 57, 60, 63, 66, 69, 72],
  readonly [0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96],
  readonly [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100, 105, 110, 115, 120],
  readonly [0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66, 72, 78, 84, 90, 96, 102, 108, 114, 120, 126, 132, 138, 144],
  readonly [0, 7, 14, 21, 28, 35, 42, 49, 56, 63, 70, 77, 84, 91, 98, 105, 112, 119, 126, 133, 140, 147, 154, 161, 168],
  readonly [0, 8, 16, 24, 32, 40, 48, 56, 64, 72, 80, 88, 96, 104, 112, 120, 128, 136, 144, 152, 160, 168, 176, 184, 192],
  readonly [0, 9, 18, 27, 36, 45, 54, 63, 72, 81, 90, 99, 108, 117, 126, 135, 144, 153, 162, 171, 180, 189, 198, 207, 216],
  readonly [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160, 170, 180, 190, 200, 210, 220, 230, 240],
  readonly [0, 11, 22, 33, 44, 55, 66, 77, 88, 99, 110, 121, 132, 143, 154, 165, 176, 187, 198, 209, 220, 231, 242, 253, 264],
  readonly [0, 12, 24, 36, 48, 60, 72, 84, 96, 108, 120, 132, 144, 156, 168, 180, 192, 204, 216, 228, 240, 252, 264, 276, 288],
  readonly [0, 13, 26, 39, 52, 65, 78, 91, 104, 117, 130, 143, 156, 169, 182, 195, 208, 221, 234, 247, 260, 273, 286, 299, 312],
  readonly [0, 14, 28, 42, 56, 70, 84, 98, 112, 126, 140, 154, 168, 182, 196, 210, 224, 238, 252, 266, 280, 294, 308, 322, 336],
  readonly [0, 15, 30, 45, 60, 75, 90, 105, 120, 135, 150, 165, 180, 195, 210, 225, 240, 255, 270, 285, 300, 315, 330, 345, 360],
  readonly [0, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 272, 288, 304, 320, 336, 352, 368, 384],
  readonly [0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255, 272, 289, 306, 323, 340, 357, 374, 391, 408],
  readonly [0, 18, 36, 54, 72, 90, 108, 126, 144, 162, 180, 198, 216, 234, 252, 270, 288, 306, 324, 342, 360, 378, 396, 414, 432],
  readonly [0, 19, 38, 57, 76, 95, 114, 133, 152, 171, 190, 209, 228, 247, 266, 285, 304, 323, 342, 361, 380, 399, 418, 437, 456],
  readonly [0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240, 260, 280, 300, 320, 340, 360, 380, 400, 420, 440, 460, 480],
  readonly [0, 21, 42, 63, 84, 105, 126, 147, 168, 189, 210, 231, 252, 273, 294, 315, 336, 357, 378, 399, 420, 441, 462, 483, 504],
  readonly [0, 22, 44, 66, 88, 110, 132, 154, 176, 198, 220, 242, 264, 286, 308, 330, 352, 374, 396, 418, 440, 462, 484, 506, 528],
  readonly [0, 23, 46, 69, 92, 115, 138, 161, 184, 207, 230, 253, 276, 299, 322, 345, 368, 391, 414, 437, 460, 483, 506, 529, 552],
  readonly [0, 24, 48, 72, 96, 120, 144, 168, 192, 216, 240, 264, 288, 312, 336, 360, 384, 408, 432, 456, 480, 504, 528, 552, 576],
]

/** `Products[X][Y]` is X · Y as two digits. */
type Products = readonly [
  readonly ['00', '00', '00', '00', '00', '00', '00', '00', '00', '00'],
  readonly ['00', '01', '02', '03', '04', '05', '06', '07', '08', '09'],
  readonly ['00', '02', '04', '06', '08', '10', '12', '14', '16', '18'],
  readonly ['00', '03', '06', '09', '12', '15', '18', '21', '24', '27'],
  readonly ['00', '04', '08', '12', '16', '20', '24', '28', '32', '36'],
  readonly ['00', '05', '10', '15', '20', '25', '30', '35', '40', '45'],
  readonly ['00', '06', '12', '18', '24', '30', '36', '42', '48', '54'],
  readonly ['00', '07', '14', '21', '28', '35', '42', '49', '56', '63'],
  readonly ['00', '08', '16', '24', '32', '40', '48', '56', '64', '72'],
  readonly ['00', '09', '18', '27', '36', '45', '54', '63', '72', '81'],
]

/** The sum of two lists of digits from the last to the first, its digits from the first to the last. */
type AddDigits<X, Y, Carry extends '0' | '1' = '0', Acc extends string = ''> = X extends `${infer A extends Digit}${infer S}`
  ? Y extends `${infer B extends Digit}${infer T}`
    ? Sums[Carry][A][B] extends `${infer C extends '0' | '1'}${infer D}`
      ? AddDigits<S, T, C, `${D}${Acc}`>
      : never
    : Carry extends '0'
      ? `${Reverse<X>}${Acc}`
      : AddDigits<X, '1', '0', Acc>
  : Carry extends '0'
    ? `${Reverse<Y>}${Acc}`
    : Y extends ''
      ? `1${Acc}`
      : AddDigits<Y, '1', '0', Acc>

/** The difference of two lists of digits from the last to the first, its digits from the first to the last, with zeros in front. */
type SubtractDigits<
  X extends string,
  Y extends string,
  Borrow extends '0' | '1' = '0',
  Acc extends string = '',
> = X extends `${infer A extends Digit}${infer S}`
  ? Y extends `${infer B extends Digit}${infer T}`
    ? Differences[Borrow][A][B] extends `${infer C extends '0' | '1'}${infer D}`
      ? SubtractDigits<S, T, C, `${D}${Acc}`>
      : never
    : Borrow extends '0'
      ? `${Reverse<X>}${Acc}`
      : SubtractDigits<X, '1', '0', Acc>
  : Acc

/** The product of a list of digits, from the last to the first, and one digit; its digits from the first to the last. */
type TimesDigit<X, B extends Digit, Carry extends Digit = '0', Acc extends string = ''> = X extends `${infer A extends Digit}${infer S}`
  ? Products[A][B] extends `${infer P extends Digit}${infer Q extends Digit}`
    ? Sums[0][Q][Carry] extends `${infer C extends '0' | '1'}${infer D}`
      ? TimesDigit<S, B, C extends '0' ? P : Successors[P], `${D}${Acc}`>
      : never
    : never
  : Carry extends '0'
    ? Acc
    : `${Carry}${Acc}`

/** The digit after each one. At most 8 is carried from a product of two digits, so 9 has no successor. */
type Successors = readonly ['1', '2', '3', '4', '5', '6', '7', '8', '9', never]

/**
 * The product of two lists of digits. For each digit of X, from the first on, what there is so far is multiplied by ten, and the digit
 * times Y is added.
 */
type MultiplyDigits<X, Y, Acc = ''> = X extends `${infer A extends Digit}${infer S}`
  ? MultiplyDigits<S, Y, Acc extends '' ? TimesDigit<Y, A> : AddDigits<Reverse<`${Acc & string}0`>, Reverse<TimesDigit<Y, A>>>>
  : Trim<Acc>

/** Is the digit A less than B? They stand in this order among all ten. */
type IsLess<A extends string, B extends string> = '0123456789' extends `${string}${A}${string}${B}${string}` ? true : false

/** The order of two lists of digits from the first on: the longer is the greater, else the first digits that differ decide. */
type CompareDigits<X, Y, Order extends -1 | 0 | 1 = 0> = X extends `${infer A}${infer S}`
  ? Y extends `${infer B}${infer T}`
    ? CompareDigits<S, T, Order extends 0 ? (A extends B ? 0 : IsLess<A, B> extends true ? -1 : 1) : Order>
    : 1
  : Y extends ''
    ? Order
    : -1

/** Long division: each digit of N is put behind the remainder, from which M is then taken as often as it goes. */
type DivideDigits<
  N extends string,
  M extends string,
  Remainder extends string = '',
  Acc extends string = '',
> = N extends `${infer A}${infer S}`
  ? Taken<Remainder extends '0' ? A : `${Remainder}${A}`, M> extends readonly [infer Q extends string, infer R extends string]
    ? DivideDigits<S, M, R, `${Acc}${Q}`>
    : never
  : Acc

/** How often M goes into X, nine times at most, and what is left. */
type Taken<X, M, Times extends Digit = '0'> =
  CompareDigits<X, M> extends -1 ? readonly [Times, X] : Taken<Trim<SubtractDigits<Reverse<X>, Reverse<M>>>, M, Successors[Times]>
