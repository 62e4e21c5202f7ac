/** Writes an elementary function in line. */
import { double, type ElementaryFunction, single, type WideFormulaBody } from '../../../math/index.js'
import type { Constants } from '../constants.js'
import type { Code, Local } from '../encoder.js'
import { VectorFormula } from './formula.js'

/** Pushes an elementary function of one or two vectors in locals, which are not changed. */
export const writeElementary = (
  code: Code,
  constants: Constants,
  f: ElementaryFunction,
  lanes: 'f32x4' | 'f64x2',
  x: Local,
  y: Local = x,
): void => {
  const format = lanes === 'f32x4' ? single : double
  const printer = new VectorFormula(code, constants, format)
  const body: WideFormulaBody = f[format.name]
  printer.finish(body(printer, printer.of(x), printer.of(y)))
}
