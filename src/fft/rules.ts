/** The shapes of transforms of real rows, which give half as many entries and one more. */
import { type StepsAlong, stepsAlong } from '../shape/arithmetic.js'
import {
  type Add,
  type Axis,
  type AxisAt,
  axisIndex,
  type Dims,
  dims,
  type Err,
  err,
  type FloorDivide,
  isErr,
  isNumeral,
  type Join,
  join,
  type Ok,
  ok,
  type ReplaceAt,
  type Rule,
  replaceAt,
  type Text,
  type Wide,
} from '../shape/index.js'

/**
 * The transform of real rows: an axis of n entries becomes one of n // 2 + 1.
 *
 * @example
 * import { half } from './rules.js'
 *
 * assert.deepStrictEqual(half('batch 8', -1), { shape: 'batch 5' })
 * assert.deepStrictEqual(half('n', 0), { shape: 'n//2+1' })
 */
export type Half<S extends string, A extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : AxisAt<'rfft', S, Dims<S>, A> extends infer P
      ? P extends number
        ? number extends P
          ? Ok<string>
          : Dims<S>[P] extends '0'
            ? Err<`rfft: '${S}' has no entries along axis ${P}`>
            : Ok<Join<ReplaceAt<Dims<S>, P, [HalfOf<Dims<S>[P]>]>>>
        : P
      : never
  : never

export type HalfOf<H extends string> = H extends `${infer N extends number}` ? Text<Add<FloorDivide<N, 2>, 1>> : StepsAlong<H, 0, 2, 1>

export const half = (s: string, axis: Axis): Rule => {
  const found = axisIndex('rfft', s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  const own = axes[found] ?? ''
  if (own === '0') return err(`rfft: '${s}' has no entries along axis ${found}`)
  return ok(join(replaceAt(axes, [found], [isNumeral(own) ? `${Math.floor(Number(own) / 2) + 1}` : stepsAlong(own, 0, 2, 1)])))
}

/** The way back: an axis of n // 2 + 1 entries becomes one of n, which has to be said, for two n have the same half. */
export type Whole<S extends string, N extends number, A extends Axis> = S extends unknown
  ? true extends Wide<S> | (number extends N ? true : false)
    ? Ok<string>
    : `${N}` extends '0' | `${string}${'-' | '.' | 'e'}${string}`
      ? Err<`irfft: ${N} entries, give a whole number from 1 up`>
      : AxisAt<'irfft', S, Dims<S>, A> extends infer P
        ? P extends number
          ? number extends P
            ? Ok<string>
            : Dims<S>[P] extends `${number}`
              ? Dims<S>[P] extends HalfOf<`${N}`>
                ? Ok<Join<ReplaceAt<Dims<S>, P, [`${N}`]>>>
                : Err<`irfft: axis ${P} of '${S}' is not '${HalfOf<`${N}`>}', the half of ${N}`>
              : Ok<Join<ReplaceAt<Dims<S>, P, [`${N}`]>>>
          : P
        : never
  : never

export const whole = (s: string, n: number, axis: Axis): Rule => {
  if (!/^[1-9]\d*$/.test(`${n}`)) return err(`irfft: ${n} entries, give a whole number from 1 up`)
  const found = axisIndex('irfft', s, axis)
  if (isErr(found)) return found
  const axes = dims(s)
  const own = axes[found] ?? ''
  const size = Math.floor(n / 2) + 1
  return isNumeral(own) && Number(own) !== size
    ? err(`irfft: axis ${found} of '${s}' is not '${size}', the half of ${n}`)
    : ok(join(replaceAt(axes, [found], [`${n}`])))
}
