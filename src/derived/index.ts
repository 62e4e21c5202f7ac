/** Functions of values that are made of primitives. They compute; the operation of the same name in ops/ says which tensors it takes. */
export { elu, gelu, geluTanh, leakyRelu, logSigmoid, relu, selu, silu, softplus } from './activation.js'
export { meanAll, meanOf, scaled, shiftedMean, stdOf, varianceOf } from './moments.js'
export { maxPool, meanPool, type Windows } from './pool.js'
export { all, any, flipped, prod } from './reduce.js'
export { scale } from './scale.js'
export { oneHot, pick } from './select.js'
export { logSoftmax, logSumExp, softmax } from './softmax.js'
export { stack } from './stack.js'
