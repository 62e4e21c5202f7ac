export { bernoulli, bits, normal, permutation, truncatedNormal, uniform } from './draw.js'
export { foldIn, type Key, key, keys, split } from './key.js'
