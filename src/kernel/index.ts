export type { Kernel, ViewAxis } from './kernel.js'
export { type MonoidName, type MonoidScalar, monoids } from './monoids.js'
export { type ScalarName, scalars } from './scalars.js'
