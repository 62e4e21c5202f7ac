/** Every primitive, once. A line here enrols it in every law, oracle and golden suite. */
import type { Case } from '../trace/index.js'
import { absPrimitive } from './abs.js'
import { addPrimitive } from './add.js'
import { argmaxPrimitive } from './argmax.js'
import { andPrimitive, orPrimitive, shiftLeftPrimitive, shiftRightPrimitive, xorPrimitive } from './bits.js'
import { castPrimitive } from './cast.js'
import { equalPrimitive, lessEqualPrimitive, lessPrimitive } from './compare.js'
import { concatPrimitive } from './concat.js'
import { contractPrimitive } from './contract.js'
import { convPrimitive } from './conv.js'
import { divPrimitive } from './div.js'
import { erfcPrimitive, erfPrimitive } from './erf.js'
import { expPrimitive } from './exp.js'
import { expm1Primitive } from './expm1.js'
import { floorPrimitive } from './floor.js'
import { gatherPrimitive, scatterAddPrimitive } from './gather.js'
import { iotaPrimitive } from './iota.js'
import { logPrimitive } from './log.js'
import { log1pPrimitive } from './log1p.js'
import { maxPrimitive } from './max.js'
import { maximumPrimitive } from './maximum.js'
import { minimumPrimitive } from './minimum.js'
import { mulPrimitive } from './mul.js'
import { negPrimitive } from './neg.js'
import { normalCdfPrimitive } from './normal-cdf.js'
import { notPrimitive } from './not.js'
import { permutePrimitive } from './permute.js'
import { powPrimitive } from './pow.js'
import { prodPrimitive } from './prod.js'
import { remPrimitive } from './rem.js'
import { reshapePrimitive } from './reshape.js'
import { reversePrimitive } from './reverse.js'
import { rsqrtPrimitive } from './rsqrt.js'
import { selectPrimitive } from './select.js'
import { sigmoidPrimitive } from './sigmoid.js'
import { signPrimitive } from './sign.js'
import { cosPrimitive, sinPrimitive } from './sin.js'
import { padPrimitive, slicePrimitive } from './slice.js'
import { sqrtPrimitive } from './sqrt.js'
import { stopGradientPrimitive } from './stop.js'
import { subPrimitive } from './sub.js'
import { broadcastPrimitive, sumPrimitive } from './sum.js'
import { tanhPrimitive } from './tanh.js'
import { threefryPrimitive } from './threefry.js'
import { overlapAddPrimitive, windowsPrimitive } from './windows.js'

export interface Registered {
  readonly name: string
  readonly cases: readonly Case[]
}

export const registry: readonly Registered[] = [
  absPrimitive,
  addPrimitive,
  argmaxPrimitive,
  andPrimitive,
  orPrimitive,
  xorPrimitive,
  shiftLeftPrimitive,
  shiftRightPrimitive,
  castPrimitive,
  equalPrimitive,
  lessPrimitive,
  lessEqualPrimitive,
  concatPrimitive,
  contractPrimitive,
  convPrimitive,
  divPrimitive,
  erfPrimitive,
  erfcPrimitive,
  expPrimitive,
  expm1Primitive,
  floorPrimitive,
  gatherPrimitive,
  scatterAddPrimitive,
  iotaPrimitive,
  logPrimitive,
  log1pPrimitive,
  maxPrimitive,
  maximumPrimitive,
  minimumPrimitive,
  mulPrimitive,
  negPrimitive,
  normalCdfPrimitive,
  notPrimitive,
  permutePrimitive,
  powPrimitive,
  prodPrimitive,
  remPrimitive,
  reshapePrimitive,
  reversePrimitive,
  rsqrtPrimitive,
  selectPrimitive,
  sigmoidPrimitive,
  signPrimitive,
  sinPrimitive,
  cosPrimitive,
  slicePrimitive,
  padPrimitive,
  sqrtPrimitive,
  stopGradientPrimitive,
  subPrimitive,
  sumPrimitive,
  broadcastPrimitive,
  tanhPrimitive,
  threefryPrimitive,
  windowsPrimitive,
  overlapAddPrimitive,
]
