/**
 * The greatest or the least of floats. WebAssembly's `max` and `min` give NaN if either operand is one, and tell 0 from -0; V8 needs eight
 * machine instructions for that. The loop here uses an instruction that heeds neither (`pmax`, `pmin`), and notes beside it whether there
 * was a NaN and which signs there were. The result is corrected once at the end.
 */
import type { MonoidScalar } from '../../kernel/index.js'
import type { Constants } from './constants.js'
import type { Code, Local } from './encoder.js'

interface Way {
  readonly pick: 'pmax' | 'pmin'
  /**
   * How the bits of all values are joined, and the bits to begin with. The sign among the joined bits is the sign of a result that is 0.
   */
  readonly join: 'v128.and' | 'v128.or'
  readonly bits: -1 | 0
}

/** Of zeros the greatest is -0 only where all are negative, and the least is -0 where any is. */
const ways: { readonly [N in MonoidScalar]?: Way } = {
  maximum: { pick: 'pmax', join: 'v128.and', bits: -1 },
  minimum: { pick: 'pmin', join: 'v128.or', bits: 0 },
}

/** How to find the extreme that a reduction looks for; none for one that adds or multiplies. */
export const wayOf = (scalar: MonoidScalar): Way | undefined => ways[scalar]

export class Extreme {
  readonly #code: Code
  readonly #constants: Constants
  readonly #lanes: 'f32x4' | 'f64x2'
  readonly #way: Way
  /** The bits of all values, joined. */
  readonly #signs: Local
  /** The mask of lanes in which there was a NaN. */
  readonly #nans: Local

  constructor(code: Code, constants: Constants, lanes: 'f32x4' | 'f64x2', way: Way) {
    this.#way = way
    this.#code = code
    this.#constants = constants
    this.#lanes = lanes
    this.#signs = code.local('v128')
    this.#nans = code.local('v128')
  }

  begin(): void {
    this.#constants.push('i32x4', this.#way.bits)
    this.#code.set(this.#signs)
    this.#constants.push('i32x4', 0)
    this.#code.set(this.#nans)
  }

  /** The accumulator becomes the value where that is further out. */
  take(accumulator: Local, value: Local): void {
    const code = this.#code
    code.get(accumulator).get(value).do(`${this.#lanes}.${this.#way.pick}`).set(accumulator)
    code.get(this.#signs).get(value).do(this.#way.join).set(this.#signs)
    code.get(value).get(value).do(`${this.#lanes}.ne`).get(this.#nans).do('v128.or').set(this.#nans)
  }

  /** Corrects the result, which is in every lane: a zero gets its sign, and a NaN beats it. */
  end(result: Local): void {
    const [code, constants, lanes] = [this.#code, this.#constants, this.#lanes]
    this.#overLanes(this.#signs, this.#way.join)
    this.#overLanes(this.#nans, 'v128.or')
    constants.push(lanes, Number.NaN)
    code.get(this.#signs)
    constants.push(lanes, -0)
    code.do('v128.and').get(result).get(result)
    constants.push(lanes, 0)
    code.do(`${lanes}.eq`, 'v128.bitselect').get(this.#nans).do('v128.bitselect').set(result)
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
