export type { Kernel, ScalarName, ViewAxis } from './kernel.js'
