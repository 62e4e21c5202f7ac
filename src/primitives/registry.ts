/** The primitives that `index.ts` and `linalg/index.ts` list, with the cases on which the laws try them. */
import type { Case } from '../trace/index.js'
import * as exported from './index.js'
import * as factorisations from './linalg/index.js'

export interface Registered {
  readonly name: string
  readonly cases: readonly Case[]
}

const isPrimitive = (x: unknown): x is Registered => typeof x === 'object' && x !== null && 'cases' in x

export const registry: readonly Registered[] = [exported, factorisations].flatMap(list => Object.values<unknown>(list)).filter(isPrimitive)
