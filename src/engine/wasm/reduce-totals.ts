/**
 * Long sums of float32. At most `mostTerms` terms (`fusion/target.ts`) are added one after another in float32; such partial sums are added in float64, and the total is
 * rounded once at the end. The error is then that of some thirty additions, however many terms there are. Adding all of them one by one would
 * lose a digit with every ten times as many.
 */
import { at, type DType, sizeOf } from '../../tensor/index.js'
import type { ReduceStage } from '../fusion/stage.js'
import type { Order } from '../fusion/target.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'
import { rounds } from './map.js'
import { lowHalves, upperHalf } from './math/halves.js'
import type { Lanes } from './scalar.js'

/** After how many rounds along which of the reduced axes sums go to the totals. */
export interface Share {
  readonly axis: number
  readonly rounds: number
}

/**
 * The share of a reduction whose axes have so many rounds, in each of which a lane takes one term; undefined if there are few terms in all.
 * It is as many whole axes as fit, from the last on, and a part of the next. It follows from the sizes alone.
 */
export const shareOf = (by: ReduceStage['by'], dtype: DType, sizes: readonly number[], { mostTerms }: Order): Share | undefined => {
  if (by !== 'sum' || dtype !== 'float32' || sizeOf(sizes) <= mostTerms) return undefined
  let [axis, within] = [sizes.length - 1, 1]
  while (axis > 0 && within * at(sizes, axis) <= mostTerms) {
    within *= at(sizes, axis)
    axis -= 1
  }
  return { axis, rounds: Math.max(1, Math.floor(mostTerms / within)) }
}

/** A loop of `size` rounds, in which `between` is done after every `share` of them but the last. */
export const inShares = (code: Code, size: number, share: number, body: () => void, between: () => void): void => {
  if (size <= share) {
    rounds(code, () => code.i32(size), size, body)
    return
  }
  const [left, now] = [code.local('i32'), code.local('i32')]
  code
    .i32(size)
    .set(left)
    .block(() =>
      code.loop(() => {
        code.get(left).i32(share).get(left).i32(share).do('i32.lt_u', 'select').set(now)
        rounds(code, () => code.get(now), share, body)
        code.get(left).get(now).do('i32.sub').tee(left).do('i32.eqz').brIf(1)
        between()
        code.br(0)
      }),
    )
  code.release(left, now)
}

/** The totals in float64, one for each lane of an accumulator. */
export class Totals {
  readonly #code: Code
  readonly #constants: Constants
  /** Of the lower lanes and of the upper ones, where there are four. */
  readonly #halves: readonly Local[]

  constructor(code: Code, constants: Constants, lanes: Lanes) {
    this.#code = code
    this.#constants = constants
    this.#halves = Array.from({ length: lanes / 2 }, () => code.local('v128'))
  }

  begin(): void {
    for (const half of this.#halves) {
      this.#constants.push('f64x2', 0)
      this.#code.set(half)
    }
  }

  /** Adds the accumulator's lanes. */
  take(accumulator: Local): void {
    const code = this.#code
    this.#halves.forEach((half, i) => {
      code.get(half).get(accumulator)
      if (i > 0) code.get(accumulator).shuffle(upperHalf)
      code.do('f64x2.promote_low_f32x4', 'f64x2.add').set(half)
    })
  }

  /** The totals as the lanes of the accumulator. */
  give(accumulator: Local): void {
    const code = this.#code
    for (const half of this.#halves) code.get(half).do('f32x4.demote_f64x2_zero')
    if (this.#halves.length > 1) code.shuffle(lowHalves)
    code.set(accumulator)
  }

  /** The sum of all totals as the first lane of the accumulator. */
  giveSum(accumulator: Local): void {
    const code = this.#code
    const [low, high] = this.#halves
    if (low === undefined) return
    if (high) code.get(low).get(high).do('f64x2.add').set(low)
    code.get(low).get(low).get(low).shuffle(upperHalf).do('f64x2.add', 'f32x4.demote_f64x2_zero').set(accumulator)
  }

  release(): void {
    this.#code.release(...this.#halves)
  }
}
