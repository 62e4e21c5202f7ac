/** What the table of formulas holds: an elementary function in both formats. */
import type { FloatOf, Formula, Kinds, WideFormula } from './formula.js'

/** A formula of one or two numbers; that of one does not look at the second. */
export type FormulaBody = <K extends Kinds>(f: Formula<K>, x: FloatOf<K>, y: FloatOf<K>) => FloatOf<K>
/** The same for float32, with parts in float64. */
export type WideFormulaBody = <K extends Kinds>(f: WideFormula<K>, x: FloatOf<K>, y: FloatOf<K>) => FloatOf<K>

/** An elementary function whose float32 is computed in float32. */
export interface NarrowFunction {
  readonly needsFloat64: false
  readonly float32: FormulaBody
  readonly float64: FormulaBody
}

/** An elementary function whose float32 is computed in float64, in part: an engine without float64 needs another formula for it. */
export interface WideFunction {
  readonly needsFloat64: true
  readonly float32: WideFormulaBody
  readonly float64: FormulaBody
}

export type ElementaryFunction = NarrowFunction | WideFunction

/** A function from one formula for each format, often the same. */
export const elementary = (float32: FormulaBody, float64 = float32): NarrowFunction => ({ needsFloat64: false, float32, float64 })

/** A function whose float32 needs float64. */
export const wideElementary = (float32: WideFormulaBody, float64: FormulaBody): WideFunction => ({ needsFloat64: true, float32, float64 })
