import { type StepsAlong, stepsAlong } from './arithmetic.js'
import type { AddIntegers, Negative } from './integer.js'
import type { Add, Compare, FloorDivide, Multiply, Subtract, Text } from './natural.js'
import { isNumeral, type NumberOf } from './numeral.js'
import { kindOf } from './ragged.js'
import { type Err, err } from './rule.js'

/**
 * How many windows one axis has.
 *
 * A window of `k` entries, `dilation` apart, spans `(k - 1) · dilation + 1`; of an axis of n entries between `low` and `high` of padding
 * there are `floor((n + low + high - span) / stride) + 1`, and with padding 'same' `ceil(n / stride)`. Of a named axis that is an expression,
 * such as `h//2`, and whether a window fits it is seen when it runs.
 *
 * Source: https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
 *
 * @example
 * import { windowsAlong } from './window-axis.js'
 *
 * assert.strictEqual(windowsAlong('conv', '1 10', 1, '10', { size: 3, stride: 2, dilation: 1, padding: [1, 0] }, false), '5')
 */

/** One axis: its number of windows, `string` where it is not known, or an error. */
export type WindowsAlong<
  Op extends string,
  S extends string,
  I extends number,
  H extends string,
  K,
  Stride,
  P,
  Dilation,
  Bounded extends boolean,
> =
  First<
    [Fault<Op, 'window', K, '0'>, Fault<Op, 'stride', Stride, '0'>, Fault<Op, 'dilation', Dilation, '0'>, PadFault<Op, P>]
  > extends infer F
    ? [F] extends [never]
      ? K extends number
        ? Stride extends number
          ? Dilation extends number
            ? number extends K | Stride | Dilation
              ? string
              : Spanned<Op, S, I, H, Add<Multiply<Dilation, Subtract<K, 1>>, 1>, Stride, P, Bounded>
            : never
          : never
        : never
      : F
    : never

/** The error of a number that is not whole, or less than it may be. */
type Fault<Op extends string, What extends string, N, Zero extends string> = N extends number
  ? number extends N
    ? never
    : `${N}` extends Zero | `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`${Op}: ${What} ${N}, give whole numbers from ${Zero extends '' ? '0' : '1'} up`>
      : never
  : never

type PadFault<Op extends string, P> = P extends readonly [infer Low, infer High]
  ? First<[Fault<Op, 'padding', Low, ''>, Fault<Op, 'padding', High, ''>]>
  : never

type Spanned<
  Op extends string,
  S extends string,
  I extends number,
  H extends string,
  Span,
  Stride,
  P,
  Bounded extends boolean,
> = P extends readonly [infer Low extends number, infer High extends number]
  ? number extends Low | High
    ? string
    : First<
          [Bounded extends true ? Unbounded<Op, Low, Span> : never, Bounded extends true ? Unbounded<Op, High, Span> : never]
        > extends infer F
      ? [F] extends [never]
        ? H extends `${number}`
          ? Counted<Op, S, I, Add<NumberOf<H>, Add<Low, High>>, Span, Stride>
          : Stride extends 1
            ? Add<Add<Low, High>, 1> extends Span
              ? H
              : StepsAlong<H, AddIntegers<Add<Low, High>, Negative<Span>>, 1, 1>
            : StepsAlong<H, AddIntegers<Add<Low, High>, Negative<Span>>, Stride, 1>
        : F
      : never
  : H extends `${number}`
    ? Text<FloorDivide<Add<NumberOf<H>, Subtract<Stride, 1>>, Stride>>
    : Stride extends 1
      ? H
      : StepsAlong<H, Subtract<Stride, 1>, Stride, 0>

type Unbounded<Op extends string, Pad extends number, Span> =
  Compare<Span, Pad> extends 1
    ? never
    : Err<`${Op}: padding ${Pad} is not less than the window, which spans ${Text<Span>} and could lie in it whole`>

type Counted<Op extends string, S extends string, I extends number, Length, Span, Stride> =
  Compare<Span, Length> extends 1
    ? Err<`${Op}: a window that spans ${Text<Span>} does not fit axis ${I} of '${S}', which has size ${Text<Length>} with its padding`>
    : Text<Add<FloorDivide<Subtract<Length, Span>, Stride>, 1>>

/** The first fault of a list, `never` where there is none. */
export type First<L extends readonly unknown[]> = L extends readonly [infer H, ...infer T] ? ([H] extends [never] ? First<T> : H) : never

/** A window along one axis. */
export interface AxisWindow {
  readonly size: number
  readonly stride: number
  readonly dilation: number
  readonly padding: 'same' | readonly [low: number, high: number]
}

export const spanOf = ({ size, dilation }: AxisWindow): number => (size - 1) * dilation + 1

const faultOf = (op: string, window: AxisWindow, bounded: boolean): Err<string> | undefined => {
  const { size, stride, dilation, padding } = window
  const pads = padding === 'same' ? [] : padding
  const numbers = [['window', size], ['stride', stride], ['dilation', dilation], ...pads.map(pad => ['padding', pad] as const)] as const
  for (const [what, n] of numbers) {
    const least = what === 'padding' ? 0 : 1
    if (typeof n !== 'number') return err(`${op}: ${what} is ${kindOf(n)}, give whole numbers from ${least} up`)
    if (!/^(0|[1-9]\d*)$/.test(`${n}`) || n < least) return err(`${op}: ${what} ${n}, give whole numbers from ${least} up`)
  }
  const span = spanOf(window)
  const whole = bounded ? pads.find(pad => pad >= span) : undefined
  return whole === undefined
    ? undefined
    : err(`${op}: padding ${whole} is not less than the window, which spans ${span} and could lie in it whole`)
}

/** The windows of one axis: their number, or the axis' name. */
export const windowsAlong = (
  op: string,
  s: string,
  axis: number,
  name: string,
  window: AxisWindow,
  bounded: boolean,
): string | Err<string> => {
  const { stride, padding } = window
  const fault = faultOf(op, window, bounded)
  if (fault) return fault
  const span = spanOf(window)
  if (!isNumeral(name))
    return padding === 'same' ? stepsAlong(name, stride - 1, stride, 0) : stepsAlong(name, padding[0] + padding[1] - span, stride, 1)
  if (padding === 'same') return `${Math.ceil(Number(name) / stride)}`
  const length = Number(name) + padding[0] + padding[1]
  return span > length
    ? err(`${op}: a window that spans ${span} does not fit axis ${axis} of '${s}', which has size ${length} with its padding`)
    : `${Math.floor((length - span) / stride) + 1}`
}
