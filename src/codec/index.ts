export type { JsonNumber, TensorJson } from '../tensor/index.js'
export { type TensorCodec, type TensorCodecs, tensor } from './tensor.js'
export { decode, decodeOrThrow, encode } from './tree.js'
