/** The JSON of a tree of tensors: its form, and where a value first departs from it. */
export const version = 1

/** A number, or the name of one that JSON does not write. */
export type Entry = number | '-0' | 'NaN' | 'Infinity' | '-Infinity'

export interface Leaf {
  readonly name: string
  readonly shape: string
  readonly sizes: readonly number[]
  readonly dtype: string
  readonly values: readonly Entry[]
}

export interface Document {
  readonly format: 'pullback'
  readonly version: typeof version
  readonly tensors: readonly Leaf[]
}

/** The keys that lead to the first fault; none for the value itself. */
type Check = (value: unknown) => readonly (string | number)[] | undefined

const one =
  (holds: (value: unknown) => boolean): Check =>
  value =>
    holds(value) ? undefined : []

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

const listOf =
  (check: Check): Check =>
  value => {
    if (!isList(value)) return []
    for (let i = 0; i < value.length; i += 1) {
      const fault = check(value[i])
      if (fault) return [i, ...fault]
    }
    return undefined
  }

const isRecord = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !isList(value)

const record =
  (checks: { readonly [key: string]: Check }): Check =>
  value => {
    if (!isRecord(value)) return []
    for (const [key, check] of Object.entries(checks)) {
      const fault = check(value[key])
      if (fault) return [key, ...fault]
    }
    return undefined
  }

const text = one(value => typeof value === 'string')
const numeral = one(value => typeof value === 'number')
const names: readonly unknown[] = ['-0', 'NaN', 'Infinity', '-Infinity']
const entry = one(value => typeof value === 'number' || names.includes(value))

const check = record({
  format: one(value => value === 'pullback'),
  version: one(value => value === version),
  tensors: listOf(record({ name: text, shape: text, sizes: listOf(numeral), dtype: text, values: listOf(entry) })),
})

/** The keys, joined by dots, that lead to what is not of this form first; '' for the value itself, undefined where there is nothing. */
export const faultOf = (json: unknown): string | undefined => check(json)?.join('.')
