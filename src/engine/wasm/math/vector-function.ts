/** From a formula to a function that writes it, for both formats. */
import type { Constants } from '../constants.js'
import type { Code, Local } from '../encoder.js'
import { type Both, double, type Format, single } from './format.js'
import { Formula, type Vector } from './formula.js'

/** A function of one vector: pushes the result; x is left as it is. */
export type VectorFunction = Both<(code: Code, constants: Constants, x: Local) => void>
/** A function of two vectors. */
export type VectorFunction2 = Both<(code: Code, constants: Constants, x: Local, y: Local) => void>

const unaryIn =
  (format: Format, body: (f: Formula, x: Vector) => Vector) =>
  (code: Code, constants: Constants, x: Local): void => {
    const f = new Formula(code, constants, format)
    f.finish(body(f, f.of(x)))
  }

const binaryIn =
  (format: Format, body: (f: Formula, x: Vector, y: Vector) => Vector) =>
  (code: Code, constants: Constants, x: Local, y: Local): void => {
    const f = new Formula(code, constants, format)
    f.finish(body(f, f.of(x), f.of(y)))
  }

/** One formula for each format, often the same. */
export const unary = (f32x4: (f: Formula, x: Vector) => Vector, f64x2: (f: Formula, x: Vector) => Vector = f32x4): VectorFunction => ({
  f32x4: unaryIn(single, f32x4),
  f64x2: unaryIn(double, f64x2),
})

export const binary = (
  f32x4: (f: Formula, x: Vector, y: Vector) => Vector,
  f64x2: (f: Formula, x: Vector, y: Vector) => Vector = f32x4,
): VectorFunction2 => ({ f32x4: binaryIn(single, f32x4), f64x2: binaryIn(double, f64x2) })
