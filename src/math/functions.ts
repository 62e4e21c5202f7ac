/**
 * The elementary functions: a formula for every scalar function that takes many instructions, so that an engine computes these once it has
 * a printer for `Formula`. A function that is added to the table of scalars with the cost 'elementary' compiles only when it has a row
 * here.
 *
 * `needsFloat64` says of a row which formulas for float32 compute in float64.
 *
 * What an engine provides by itself is every other scalar function. Each is defined to the last bit by IEEE 754 or by integers (`rsqrt` as
 * 1 divided by the root, each rounded), so that there is nothing to say but which instructions it is. Those include `rem` of integers.
 *
 * Results depend on the argument alone and are the same on every machine. With relaxed arithmetic polynomials may be evaluated with fused
 * multiply-adds; the tests hold the results to the same bounds.
 *
 * The errors that the files beside this one state were measured over one in eleven of all float32s or more, against float64, and over
 * 100,000 to 150,000 float64s, against fixed point of 320 bits (pow: 5,000,000 and 100,000 pairs). Those of inverse and hyperbolic functions,
 * exp2, log10, cbrt, hypot, lgamma, digamma and erfInv were measured over 3,000,000 float32s and 20,000 float64s (erfInv: 700,000 and 15,000), most
 * of them where the formulas change. test/engine/math holds them all to bounds that are a little wider.
 */
import type { ElementaryName } from '../kernel/index.js'
import { acos, asin } from './asin.js'
import { acosh, asinh, atanh } from './asinh.js'
import { atan, atan2 } from './atan.js'
import { cbrt } from './cbrt.js'
import { digamma } from './digamma.js'
import type { ElementaryFunction } from './elementary.js'
import { erf } from './erf.js'
import { erfInv } from './erf-inv.js'
import { erfc, normalCdf } from './erfc.js'
import { exp } from './exp.js'
import { exp2 } from './exp2.js'
import { expm1 } from './expm1.js'
import { hypot } from './hypot.js'
import { lgamma } from './lgamma.js'
import { log, log1p, log2, log10 } from './log.js'
import { nextAfter } from './next-after.js'
import { pow } from './pow.js'
import { rem } from './rem.js'
import { sigmoid } from './sigmoid.js'
import { cos, sin } from './sin.js'
import { cosh, sinh } from './sinh.js'
import { tanh } from './tanh.js'

export const elementaryFunctions: { readonly [N in ElementaryName]: ElementaryFunction } = {
  acos,
  acosh,
  asin,
  asinh,
  atan,
  atan2,
  atanh,
  cbrt,
  cos,
  cosh,
  digamma,
  erf,
  erfc,
  erfInv,
  exp,
  exp2,
  expm1,
  hypot,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  nextAfter,
  normalCdf,
  pow,
  rem,
  sigmoid,
  sin,
  sinh,
  tanh,
}
