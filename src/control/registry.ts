/** The operations that hold programs, with the cases on which the laws try them. */
import type { Registered } from '../primitives/registry.js'
import { checkpointPrimitive } from './checkpoint-operation.js'
import { condPrimitive } from './cond-operation.js'
import { customJvpPrimitive } from './custom-jvp-operation.js'
import { customVjpPrimitive } from './custom-vjp-operation.js'
import { scanPrimitive } from './scan-operation.js'
import { whilePrimitive } from './while-operation.js'

export const holders: readonly Registered[] = [
  checkpointPrimitive,
  condPrimitive,
  customJvpPrimitive,
  customVjpPrimitive,
  scanPrimitive,
  whilePrimitive,
]
