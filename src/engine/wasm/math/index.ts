/**
 * Elementary functions as vector instructions, written in line: strict SIMD only, unless an engine is asked for relaxed arithmetic, so that a
 * result depends on the argument alone and is the same on every machine and in every lane. Relaxed, polynomials alone are evaluated with fused
 * multiply-adds, and the tests' bounds are the same.
 *
 * The errors that the files state were measured over one in eleven of all float32s or more, against float64, and over 100,000 to 150,000 float64s,
 * against fixed point of 320 bits (pow: 5,000,000 and 100,000 pairs). test/engine/math holds them to bounds that are a little wider.
 */
import type { ScalarName } from '../../../kernel/index.js'
import { erf } from './erf.js'
import { erfc, normalCdf } from './erfc.js'
import { exp } from './exp.js'
import { expm1 } from './expm1.js'
import type { VectorFunction, VectorFunction2 } from './formula.js'
import { log, log1p } from './log.js'
import { pow } from './pow.js'
import { rem } from './rem.js'
import { sigmoid } from './sigmoid.js'
import { cos, sin } from './sin.js'
import { tanh } from './tanh.js'

/** Functions of one vector by the names of kernels. */
export const elementary: { readonly [N in ScalarName]?: VectorFunction } = {
  cos,
  erf,
  erfc,
  exp,
  expm1,
  log,
  log1p,
  normalCdf,
  sigmoid,
  sin,
  tanh,
}
/** Functions of two vectors. */
export const elementary2: { readonly [N in ScalarName]?: VectorFunction2 } = { pow, rem }

/** Whether a kernel is many instructions long. */
export const isElementary = (name: ScalarName): boolean => name in elementary || name in elementary2
