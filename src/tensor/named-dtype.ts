/**
 * Names of dtypes. What is none of this library's is refused by a sentence that says what to use: in the compiler by an overload that comes last,
 * and at run time by `checkDType`.
 *
 * @example
 * import { noDType } from './named-dtype.js'
 *
 * assert.equal(noDType('cast', 'float16'), "cast: 'float16' is no dtype: use float32, which holds every number of it")
 */
import type { Err, Ok } from '../shape/index.js'
import type { DType } from './dtype.js'

/** Dtypes of other libraries, and what to use for each. */
const elsewhere = {
  float16: 'use float32, which holds every number of it',
  bfloat16: 'use float32, which holds every number of it',
  float: 'use float32',
  double: 'use float64',
  int8: 'use int32, which holds every number of it',
  int16: 'use int32, which holds every number of it',
  uint8: 'use int32 or uint32, which hold every number of it',
  uint16: 'use int32 or uint32, which hold every number of it',
  int: 'use int32',
  int64: 'use int32, or float64, which holds whole numbers up to 2^53',
  uint64: 'use uint32, or float64, which holds whole numbers up to 2^53',
  boolean: 'use bool',
  complex64: 'keep the real and the imaginary part as two float32 tensors',
  complex128: 'keep the real and the imaginary part as two float64 tensors',
} as const
type Elsewhere = typeof elsewhere
const own = 'use float32, float64, int32, uint32, bool'

/** The rule that a name is one of a dtype. @category type-level */
export type NamedDType<Op extends string, D extends string> = D extends DType
  ? Ok<D>
  : Err<`${Op}: '${D}' is no dtype: ${D extends keyof Elsewhere ? Elsewhere[D] : typeof own}`>

/** The dtype of a name, where the rule holds. @category type-level */
export type DTypeNamed<D extends string> = D extends DType ? D : DType

const isElsewhere = (name: string): name is keyof Elsewhere => Object.hasOwn(elsewhere, name)

/** The sentence about a name that is none. `shown` is the name as it is printed, where that is another text. */
export const noDType = (op: string, name: string, shown = `'${name}'`): string =>
  `${op}: ${shown} is no dtype: ${isElsewhere(name) ? elsewhere[name] : own}`
