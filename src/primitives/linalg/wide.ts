/** Factorisations that compute in float64: what is float32 is cast there and back, so that each number of a result is rounded once. */
import type { Routine } from '../../kernel/index.js'
import type { Lowered } from '../../program/index.js'
import type { Aval, Value } from '../../tensor/index.js'
import { programOf } from '../../trace/index.js'
import { castTo } from '../cast.js'

/** The routine for float64, and a program of the function of float64 for float32. */
export const inDoubles = (x: Aval, routine: () => Routine, f: (x: Value) => readonly Value[]): Lowered =>
  x.dtype === 'float64'
    ? routine()
    : {
        kind: 'call',
        program: programOf(values => values.flatMap(value => f(castTo(value, 'float64')).map(y => castTo(y, 'float32'))), [x]),
      }
