/** One number, or a few, that a reader can check by hand. */
import type { DType, Value } from '../../../src/tensor/index.js'
import { vector } from '../../support/vectors.js'

export interface Unit {
  /** The primitive's name in the registry. */
  readonly of: string
  readonly what: string
  readonly actual: () => Value
  readonly expected: Value
  /** True of the plain loops alone: how floats are summed is an engine's own. */
  readonly plain: boolean
}

export const unit = (of: string, what: string, actual: () => Value, expected: Value): Unit => ({ of, what, actual, expected, plain: false })
export const plainUnit = (of: string, what: string, actual: () => Value, expected: Value): Unit => ({
  ...unit(of, what, actual, expected),
  plain: true,
})

const show = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))

/** A function tried on a list of numbers. */
export const tableOf1 = (
  of: string,
  f: (x: Value) => Value,
  pairs: readonly (readonly [x: number, y: number])[],
  dtype: DType = 'float64',
): Unit =>
  unit(
    of,
    `${dtype} ${pairs.map(([x]) => show(x)).join(', ')}`,
    () =>
      f(
        vector(
          pairs.map(([x]) => x),
          dtype,
        ),
      ),
    vector(
      pairs.map(([, y]) => y),
      dtype,
    ),
  )

type Row = readonly [x: number, y: number, z: number]

/** A function tried on pairs of numbers. */
export const tableOf2 = (
  of: string,
  f: (x: Value, y: Value) => Value,
  rows: readonly Row[],
  dtype: DType = 'float64',
  result: DType = dtype,
): Unit =>
  unit(
    of,
    `${dtype} ${rows.map(row => row.slice(0, 2).join(' and ')).join(', ')}`,
    () =>
      f(
        vector(
          rows.map(([x]) => x),
          dtype,
        ),
        vector(
          rows.map(([, y]) => y),
          dtype,
        ),
      ),
    vector(
      rows.map(([, , z]) => z),
      result,
    ),
  )
