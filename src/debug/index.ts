export { type Captured, capture, name } from './capture.js'
export { type Count, count } from './count.js'
export { nonFinite } from './non-finite.js'
export { type PrintOptions, print } from './print.js'
