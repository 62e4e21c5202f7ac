/** Public functions as JavaScript sees them: without types, so that what the compiler rejects can be tried at run time too. */
import { typed } from '../../src/tensor/index.js'

export type Loose = (...args: readonly unknown[]) => Loose

export const loose = (f: unknown): Loose => typed<Loose>(f)
