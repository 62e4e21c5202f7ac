/** What the entries of a transform stand for, and the order in which they are looked at. */

import * as derived from '../derived/index.js'
import { held } from '../ops/apply-rule.js'
import { type Axes, axisPositions, type Expect, type Reduce } from '../shape/index.js'
import { at, checkTensor, concrete, type DType, fail, relabel, show, type Tensor, typed, type Value } from '../tensor/index.js'
import type { HalfOf } from './rules.js'

const counted = (op: string, n: number): number =>
  Number.isSafeInteger(n) && n > 0 ? n : fail({ _tag: 'ArgumentError', op, detail: `n is ${show(n)}: give a whole number from 1 up` })

const spaced = (op: string, spacing: number): number =>
  Number.isFinite(spacing) && spacing > 0
    ? spacing
    : fail({ _tag: 'ArgumentError', op, detail: `the spacing is ${show(spacing)}: give a number above 0` })

/**
 * The frequency of each entry of a transform of n samples that are `spacing` apart (1 unless told), in cycles per unit of it: 0, 1, 2 … and then the
 * negative ones, … -2, -1, over n · spacing.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.fftfreq.html
 *
 * @example
 * import { toNested } from 'pullback'
 * import { fftFreq } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(fftFreq(4, 0.5)), [0, 0.5, -1, -0.5])
 */
export const fftFreq: <const N extends number>(n: N, spacing?: number) => Tensor<`${N}`> = typed((n: number, spacing = 1): Value => {
  const [count, step] = [counted('fftFreq', n), spaced('fftFreq', spacing)]
  const at = (i: number): number => (i < count / 2 ? i : i - count) / (count * step)
  return concrete(
    [count],
    'float32',
    Float32Array.from({ length: count }, (_, i) => at(i)),
  )
})

/**
 * The frequency of each entry of a transform of n real samples: 0, 1, 2 … n // 2 over n · spacing.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.rfftfreq.html
 *
 * @example
 * import { rfftFreq } from 'pullback/fft'
 * import { toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(rfftFreq(4)), [0, 0.25, 0.5])
 */
export const rfftFreq: <const N extends number>(n: N, spacing?: number) => Tensor<HalfOf<`${N}`>> = typed(
  (n: number, spacing = 1): Value => {
    const [count, step] = [counted('rfftFreq', n), spaced('rfftFreq', spacing)]
    const length = Math.floor(count / 2) + 1
    return concrete(
      [length],
      'float32',
      Float32Array.from({ length }, (_, i) => i / (count * step)),
    )
  },
)

/** Moves entries round along axes. @category type-level */
export type Shifting<Op extends string, A extends Axes> = <S extends string, D extends DType>(
  x: Expect<Reduce<Op, S, A>, Tensor<S, D>>,
) => Tensor<S, D>

/** Along all axes, or along those given. @category type-level */
export interface Shift<Op extends string> {
  (): Shifting<Op, undefined>
  <const A extends Axes>(axes: A): Shifting<Op, A>
}

const shifting =
  (op: string, by: (size: number) => number) =>
  (axes?: Axes) =>
  (x: Value): Value => {
    checkTensor(op, x)
    const positions = held(axisPositions(op, x.shape, axes))
    return relabel(
      x.shape,
      positions.reduce((y, axis) => derived.roll(y, by(at(y.sizes, axis)), axis), x),
    )
  }

/**
 * The entries of a transform with frequency 0 in the middle, along all axes or those given.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.fftshift.html
 *
 * @example
 * import { toNested } from 'pullback'
 * import { fftFreq, fftShift } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(fftShift()(fftFreq(4))), [-0.5, -0.25, 0, 0.25])
 */
export const fftShift: Shift<'fftShift'> = typed(shifting('fftShift', size => Math.floor(size / 2)))

/**
 * The inverse of `fftShift`.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.fft.ifftshift.html
 *
 * @example
 * import { tensor, toNested } from 'pullback'
 * import { fftShift, ifftShift } from 'pullback/fft'
 *
 * assert.deepEqual(toNested(ifftShift(0)(fftShift(0)(tensor([1, 2, 3])))), [1, 2, 3])
 */
export const ifftShift: Shift<'ifftShift'> = typed(shifting('ifftShift', size => -Math.floor(size / 2)))
