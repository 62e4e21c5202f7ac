/** A tensor stored in another way, and the views or operations that give it back: inside a program they become part of the kernel that reads it. */
import * as primitive from '../../../src/primitives/index.js'
import type { Value } from '../../../src/tensor/index.js'

interface Disguised {
  readonly stored: Value
  readonly restore: (stored: Value) => Value
}
export type Disguise = (x: Value) => Disguised

const every = (x: Value): readonly number[] => x.sizes.map((_, axis) => axis)

const plain: Disguise = x => ({ stored: x, restore: y => y })

/** Stored with the last axis first in memory. */
const permuted: Disguise = x => {
  const axes = every(x)
  const rotated = [...axes.slice(-1), ...axes.slice(0, -1)]
  return {
    stored: primitive.permuteAxes(x, rotated),
    restore: y =>
      primitive.permuteAxes(
        y,
        axes.map(axis => rotated.indexOf(axis)),
      ),
  }
}

const reversed: Disguise = x => ({ stored: primitive.reverseAxes(x, every(x)), restore: y => primitive.reverseAxes(y, every(x)) })

/** Stored as every second entry of a larger tensor. */
const strided: Disguise = x => {
  const all = (n: number): readonly number[] => x.sizes.map(() => n)
  return {
    stored: primitive.padWith(x, { low: all(1), high: all(2), interior: all(1) }),
    restore: y => primitive.sliceOf(y, { start: all(1), stop: x.sizes.map(size => 2 * size + 1), step: all(2) }),
  }
}

/** Negated twice, or a bool inverted twice: an expression where there was a load. */
const computed: Disguise = x => {
  const turn = x.dtype === 'bool' ? primitive.not : primitive.neg
  return { stored: turn(x), restore: turn }
}

export const disguises: readonly Disguise[] = [plain, permuted, reversed, strided, computed]
