export { bernoulli, bits, type Draw, type DrawOf, normal, permutation, truncatedNormal, uniform } from './draw.js'
export { foldIn, type Key, key, keys, split } from './key.js'
