/** Functions of values that are made of primitives. They compute; the operation of the same name in ops/ says which tensors it takes. */
export { elu, gelu, geluTanh, leakyRelu, logSigmoid, relu, selu, silu, softplus } from './activation.js'
export { getAt, type Part, type Update, updateAt } from './at.js'
export { leadingZeros, populationCount } from './bit-count.js'
export { corrCoef, cov } from './covariance.js'
export { cumLogSumExp } from './cumulative.js'
export { diagonal, diagonalMatrix } from './diagonal.js'
export { floorDiv, mod } from './division.js'
export { greatestCommonDivisor, leastCommonMultiple } from './divisor.js'
export { dynamicSlice, dynamicUpdate, type Start } from './dynamic.js'
export { einsum, type LabelledAxes } from './einsum.js'
export { density, histogram, histogramEdges } from './histogram.js'
export { interp } from './interp.js'
export { kron } from './kron.js'
export { logAddExp, logAddExp2, xlog1py, xlogy } from './log-sum.js'
export { meanAll, meanOf, meanTaken, scaled, shiftedMean, stdOf, varianceOf } from './moments.js'
export { norm } from './norm.js'
export { hasSign, heaviside, isInfinite, isNear, isNotANumber, isRegular, type Within, withNumbers } from './numbers.js'
export { lexsort, rowsAt, sorted, topK, unique } from './order.js'
export { padConstant, padWithin, places } from './pad.js'
export { maxPool, meanPool, sumPool, unfold, type Windows } from './pool.js'
export { quantile } from './quantile.js'
export { type QuantileMethod, quantileMethods } from './quantile-method.js'
export { type ReduceAxes, rearrange } from './rearrange.js'
export {
  all,
  any,
  argmax,
  argmaxTaken,
  argmin,
  argminTaken,
  countNonzero,
  max,
  min,
  orNaN,
  prod,
  ptp,
  sum,
} from './reduce.js'
export { type Interpolation, interpolations, resize } from './resize.js'
export { scale } from './scale.js'
export { bincount, type Labels, segmentMax, segmentMean, segmentMin, segmentProd, segmentSum } from './segment.js'
export { oneHot, pick, putAlong, takeAlong } from './select.js'
export { sinc } from './sinc.js'
export { logSoftmax, logSumExp, softmax } from './softmax.js'
export { stack } from './stack.js'
export { type TakenEntries, withoutNaN } from './taken.js'
export { repeatInterleave, roll, tile } from './tile.js'
export { trapezoid } from './trapezoid.js'
export { lowerTriangle, upperTriangle } from './triangle.js'
