export { isExact, type Kernel, type ScalarName, type ViewAxis } from './kernel.js'
