import type { Option } from './option.js'
import { isArray, kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok } from './rule.js'
import { type AxisWindow, type First, spanOf, type WindowsAlong, windowsAlong } from './window-axis.js'

/**
 * Windows along several axes: what convolutions and pools have in common. One axis is counted in `window-axis.ts`.
 *
 * @example
 * import { windowed } from './windows.js'
 *
 * const everySecond = { stride: 2, padding: 'same', dilation: 1 } as const
 * assert.deepStrictEqual(windowed('conv', '3 28 28', ['28', '28'], 1, [3, 3], everySecond), { shape: ['14', '14'] })
 */

/** One number for all spatial axes, or one for each. @category type-level */
export type PerAxis = number | readonly number[]

/**
 * What lies around a tensor: 'same', as much as gives every entry a window at stride 1, the odd one at the end; 'valid', nothing; a number
 * for both ends of all axes; or for each axis a number or its two ends. @category type-level
 */
export type Padding = 'same' | 'valid' | number | readonly (number | readonly [low: number, high: number])[]

/** Where windows lie: how far apart they start, what is around the tensor, how far apart their entries are. */
export interface WindowParams {
  readonly stride: PerAxis
  readonly padding: Padding
  readonly dilation: PerAxis
}

/** Where windows lie, as options. @category type-level */
export interface WindowOptions {
  readonly stride?: PerAxis | undefined
  readonly padding?: Padding | undefined
  readonly dilation?: PerAxis | undefined
}

/**
 * Where windows lie according to the options `O`, which may be undefined. Windows start `Stride` apart unless the options say otherwise.
 */
export interface Windowing<O, Stride extends PerAxis> {
  readonly stride: Option<O, 'stride', Stride>
  readonly padding: Option<O, 'padding', 'valid'>
  readonly dilation: Option<O, 'dilation', 1>
}

/**
 * The axes `D` of `S`, the first of them axis number `I['length']`, with windows of sizes `K` in their place; `Ok<string>` where the compiler cannot
 * know. No padding may hold a whole window where `Bounded` is true.
 */
export type Windowed<
  Op extends string,
  S extends string,
  D extends readonly string[],
  I extends readonly unknown[],
  K extends readonly number[],
  W extends WindowParams,
  Bounded extends boolean = false,
> =
  First<
    [Length<Op, 'stride', W['stride'], K>, Length<Op, 'padding', W['padding'], K>, Length<Op, 'dilation', W['dilation'], K>]
  > extends infer F
    ? [F] extends [never]
      ? EachAxis<Op, S, D, I, K, W, Bounded>
      : F
    : never

type Length<Op extends string, What extends string, V, K extends readonly unknown[]> = V extends readonly unknown[]
  ? number extends V['length']
    ? never
    : V['length'] extends K['length']
      ? never
      : Err<`${Op}: the list for ${What} has length ${V['length']}, the window has ${K['length']}: give one number, or one for each axis`>
  : never

/** The entry of a list, or the one number for all. */
type At<V, J extends number> = V extends readonly unknown[] ? V[J] : V

type EachAxis<
  Op extends string,
  S extends string,
  D extends readonly string[],
  I extends readonly unknown[],
  K extends readonly number[],
  W extends WindowParams,
  Bounded extends boolean,
  Acc extends readonly string[] = [],
> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? WindowsAlong<
      Op,
      S,
      I['length'],
      H,
      K[Acc['length']],
      At<W['stride'], Acc['length']>,
      Ends<At<W['padding'], Acc['length']>>,
      At<W['dilation'], Acc['length']>,
      Bounded
    > extends infer R
    ? R extends string
      ? string extends R
        ? Ok<string>
        : EachAxis<Op, S, T, [...I, 0], K, W, Bounded, [...Acc, R]>
      : R
    : never
  : Ok<Acc>

type Ends<P> = P extends 'same' ? 'same' : P extends 'valid' ? readonly [0, 0] : P extends number ? readonly [P, P] : P

/** Parts axes in two: the last ones, as many as `K` has entries, and those before. Undefined where there are too few. */
export type Last<D extends readonly string[], K extends readonly unknown[], End extends readonly string[] = []> = K extends readonly [
  unknown,
  ...infer T,
]
  ? D extends readonly [...infer Start extends readonly string[], infer L extends string]
    ? Last<Start, T, [L, ...End]>
    : undefined
  : [D, End]

const entry = (list: PerAxis, i: number): number => (typeof list === 'number' ? list : (list[i] ?? Number.NaN))

const ends = (padding: Padding, i: number): 'same' | readonly [low: number, high: number] => {
  if (padding === 'same') return padding
  if (padding === 'valid') return [0, 0]
  const own = typeof padding === 'number' ? padding : (padding[i] ?? 0)
  return typeof own === 'number' ? [own, own] : own
}

const along = (size: readonly number[], { stride, padding, dilation }: WindowParams, i: number): AxisWindow => ({
  size: entry(size, i),
  stride: entry(stride, i),
  dilation: entry(dilation, i),
  padding: ends(padding, i),
})

export const windowed = (
  op: string,
  s: string,
  axes: readonly string[],
  first: number,
  size: readonly number[],
  params: WindowParams,
  bounded = false,
): Ok<readonly string[]> | Err<string> => {
  for (const what of ['stride', 'padding', 'dilation'] as const) {
    const list = params[what]
    // Words that the compiler would not let through.
    if (typeof list === 'string' && !['same', 'valid'].includes(list)) return err(`${op}: padding ${list}, give 'same', 'valid' or numbers`)
    if (!isArray(list) && typeof list !== 'number' && typeof list !== 'string')
      return err(`${op}: ${what} is ${kindOf(list)}, give a number, or one for each axis`)
    if (typeof list === 'object' && list.length !== size.length)
      return err(
        `${op}: the list for ${what} has length ${list.length}, the window has ${size.length}: give one number, or one for each axis`,
      )
  }
  const counts: string[] = []
  for (const [i, axis] of axes.entries()) {
    const count = windowsAlong(op, s, first + i, axis, along(size, params, i), bounded)
    if (isErr(count)) return count
    counts.push(count)
  }
  return ok(counts)
}

/** What a window along one axis is in numbers, once the axis' length is known. */
export interface PlacedWindow {
  readonly stride: number
  readonly dilation: number
  readonly low: number
  readonly high: number
}

export const windowAxis = (length: number, size: readonly number[], params: WindowParams, i: number): PlacedWindow => {
  const window = along(size, params, i)
  const { stride, dilation, padding } = window
  if (padding !== 'same') return { stride, dilation, low: padding[0], high: padding[1] }
  const total = Math.max(0, (Math.ceil(length / stride) - 1) * stride + spanOf(window) - length)
  const low = Math.floor(total / 2)
  return { stride, dilation, low, high: total - low }
}
