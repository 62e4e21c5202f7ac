/** The primitives that `index.ts` lists, with the cases on which the laws try them. */
import type { Case } from '../trace/index.js'
import * as exported from './index.js'

export interface Registered {
  readonly name: string
  readonly cases: readonly Case[]
}

const isPrimitive = (x: unknown): x is Registered => typeof x === 'object' && x !== null && 'cases' in x

export const registry: readonly Registered[] = Object.values<unknown>(exported).filter(isPrimitive)
