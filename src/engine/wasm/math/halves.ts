/** float32 vectors as two float64 vectors, for formulas that need the digits. */
import { double } from './format.js'
import type { Formula, Vector } from './formula.js'

/** The upper half of a vector, in both halves. */
export const upperHalf: readonly number[] = [8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15]
/** The low halves of two vectors. */
export const lowHalves: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]

export const promoted = (f: Formula, x: Vector): Vector => f.op('f64x2.promote_low_f32x4', x)
export const promotedUpper = (f: Formula, x: Vector): Vector => promoted(f, f.shuffle(upperHalf, x, x))
export const demoted = (f: Formula, x: Vector): Vector => f.op('f32x4.demote_f64x2_zero', x)

/** A function of two float32 vectors that is computed in float64. */
export const inFloat64 = (f: Formula, x: Vector, y: Vector, body: (wide: Formula, x: Vector, y: Vector) => Vector): Vector => {
  const wide = f.in(double)
  const low = wide.keep(body(wide, wide.keep(promoted(f, x)), wide.keep(promoted(f, y))))
  const high = body(wide, wide.keep(promotedUpper(f, x)), wide.keep(promotedUpper(f, y)))
  const result = f.keep(f.shuffle(lowHalves, demoted(f, low), demoted(f, high)))
  wide.release()
  return result
}
