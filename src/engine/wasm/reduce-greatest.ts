/**
 * The greatest of floats. The vector instruction `max` puts a NaN before numbers and 0 before -0, for which V8 writes eight instructions; here
 * the loop takes one that looks at neither, and notes beside it whether there was a NaN and whether all were negative.
 */
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'

export class Greatest {
  readonly #code: Code
  readonly #constants: Constants
  readonly #lanes: 'f32x4' | 'f64x2'
  /** Whose sign bits are those of all values together, by `and`. */
  readonly #signs: Local
  /** The mask of lanes in which there was a NaN. */
  readonly #nans: Local

  constructor(code: Code, constants: Constants, lanes: 'f32x4' | 'f64x2') {
    this.#code = code
    this.#constants = constants
    this.#lanes = lanes
    this.#signs = code.local('v128')
    this.#nans = code.local('v128')
  }

  begin(): void {
    this.#constants.push('i32x4', -1)
    this.#code.set(this.#signs)
    this.#constants.push('i32x4', 0)
    this.#code.set(this.#nans)
  }

  /** The accumulator becomes the value where that is greater. */
  take(accumulator: Local, value: Local): void {
    const code = this.#code
    code.get(accumulator).get(value).do(`${this.#lanes}.pmax`).set(accumulator)
    code.get(this.#signs).get(value).do('v128.and').set(this.#signs)
    code.get(value).get(value).do(`${this.#lanes}.ne`).get(this.#nans).do('v128.or').set(this.#nans)
  }

  /** Corrects the greatest of all, which is in every lane: a zero gets the sign that all have, and a NaN beats it. */
  end(greatest: Local): void {
    const [code, constants, lanes] = [this.#code, this.#constants, this.#lanes]
    this.#overLanes(this.#signs, 'v128.and')
    this.#overLanes(this.#nans, 'v128.or')
    constants.push(lanes, Number.NaN)
    code.get(this.#signs)
    constants.push(lanes, -0)
    code.do('v128.and').get(greatest).get(greatest)
    constants.push(lanes, 0)
    code.do(`${lanes}.eq`, 'v128.bitselect').get(this.#nans).do('v128.bitselect').set(greatest)
  }

  #overLanes(value: Local, by: 'v128.and' | 'v128.or'): void {
    for (const shift of this.#lanes === 'f32x4' ? [4, 8] : [8])
      this.#code
        .get(value)
        .get(value)
        .get(value)
        .shuffle(Array.from({ length: 16 }, (_, i) => (i + shift) % 16))
        .do(by)
        .set(value)
  }

  release(): void {
    this.#code.release(this.#signs, this.#nans)
  }
}
