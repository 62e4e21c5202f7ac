export * from './activation.js'
export { type Dense, type DenseLayer, type DenseOptions, type DenseRule, dense, type Linear } from './dense.js'
export { type Fits, input, type Layer, sequential } from './layer.js'
