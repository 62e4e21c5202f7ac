/** float32 formulas whose digits are too few, in float64. */
import type { FloatOf, Formula, Kinds, WideFormula } from './formula.js'

/** A function of two float32s that is computed in float64 and then rounded. */
export const inFloat64 = <K extends Kinds>(
  f: WideFormula<K>,
  x: FloatOf<K>,
  y: FloatOf<K>,
  body: (wide: Formula<K>, x: FloatOf<K>, y: FloatOf<K>) => FloatOf<K>,
): FloatOf<K> => f.inFloat64(part => f.keep(part.rounded(x, y, body)))
