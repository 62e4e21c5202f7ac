/** A part of a float32 formula in float64: each half of a vector of four float32s is done as a vector of two float64s. */
import type { Float64Part, ReducedPart, WideFormula } from '../../../math/index.js'
import type { Instruction } from '../encoder.js'
import { lowHalves, lowWords, upperHalf } from './halves.js'
import type { Vector, VectorKinds } from './vector.js'

interface Halves<F> {
  readonly narrow: WideFormula<VectorKinds>
  readonly wide: F
  /** An instruction on a vector, and the bytes of two vectors in another order. */
  readonly op: (name: Instruction, x: Vector) => Vector
  readonly shuffle: (lanes: readonly number[], a: Vector, b: Vector) => Vector
}

export const inHalves = <F extends WideFormula<VectorKinds>>({ narrow, wide, op, shuffle }: Halves<F>): Float64Part<VectorKinds> => {
  const promoted = (x: Vector): Vector => wide.keep(op('f64x2.promote_low_f32x4', x))
  const promotedUpper = (x: Vector): Vector => promoted(shuffle(upperHalf, x, x))
  const demoted = (x: Vector): Vector => op('f32x4.demote_f64x2_zero', x)
  /** In each round the low half of what is left is done. Results come in at the upper half, and those of the first round move down. */
  const inTwoRounds = (x: Vector, body: (x: Vector) => ReducedPart<VectorKinds>): ReducedPart<VectorKinds> => {
    const left = narrow.variable(x)
    const [words, numbers] = [narrow.variable(x), narrow.variable(x)]
    narrow.times(2, () => {
      const { word, r } = body(left.value)
      words.set(shuffle([...upperHalf.slice(0, 8), 16, 17, 18, 19, 24, 25, 26, 27], words.value, word))
      numbers.set(shuffle([...upperHalf.slice(0, 8), 16, 17, 18, 19, 20, 21, 22, 23], numbers.value, r))
      left.set(shuffle(upperHalf, left.value, left.value))
    })
    return { word: words.value, r: numbers.value }
  }
  return {
    rounded: (x, y, body) => {
      const low = wide.keep(body(wide, promoted(x), promoted(y)))
      const high = body(wide, promotedUpper(x), promotedUpper(y))
      return shuffle(lowHalves, demoted(low), demoted(high))
    },
    reduced: (x, body) => {
      const [low, high] = [body(wide, promoted(x)), body(wide, promotedUpper(x))]
      return { word: shuffle(lowWords, low.word, high.word), r: shuffle(lowHalves, demoted(low.r), demoted(high.r)) }
    },
    reducedRarely: (x, body) =>
      inTwoRounds(x, y => {
        const { word, r } = body(wide, promoted(y))
        return { word, r: demoted(r) }
      }),
  }
}
