/** Names in a dimension string and the sizes that a caller gives for them. */
import { shape as checkShape, type Dims, dims, type Err, type Expect, isErr, isNumeral, type Shape } from '../shape/index.js'
import type { DType } from './dtype.js'
import { fail } from './error.js'

/** The names in a dimension string, those inside sums such as 'batch+4' too. */
export type NamesOf<S extends string> = Dims<S>[number] extends infer A ? Part<A> : never
type Part<A> = A extends `${infer H}+${infer T}` ? Part<H> | Part<T> : A extends `${number}` ? never : A

export interface Sizes {
  readonly [name: string]: number
}

/** What follows a dimension string: sizes, required where it has names, then a dtype. */
export type SizeArguments<S extends string, D extends DType> = string extends S
  ? [sizes?: Sizes, dtype?: D]
  : Shape<S> extends Err<string>
    ? [sizes?: Sizes, dtype?: D]
    : [NamesOf<S>] extends [never]
      ? [sizes?: { readonly [name: string]: never }, dtype?: D]
      : [sizes: { readonly [N in NamesOf<S> & string]: number }, dtype?: D]

/** A dimension string that is well formed, or the sentence that says why it is not. */
export type WellFormed<S extends string> = Expect<Shape<S>, S> & string

export const wellFormed = (text: string): string => {
  const rule = checkShape(text)
  return isErr(rule) ? fail({ _tag: 'ShapeError', detail: rule.message }) : rule.shape
}

/** The sizes along a dimension string's axes. */
export const resolveSizes = (op: string, text: string, sizes: Sizes | undefined): readonly number[] => {
  const sizeOfName = (name: string): number => {
    const size = sizes !== undefined && Object.hasOwn(sizes, name) ? sizes[name] : undefined
    if (size === undefined)
      return fail({
        _tag: 'ArgumentError',
        op,
        detail: `'${name}' in '${text}' has no size: give one, as in ${op}('${text}', { ${name}: 32 })`,
      })
    if (!Number.isInteger(size) || size < 0)
      return fail({ _tag: 'ArgumentError', op, detail: `'${name}' in '${text}' is ${size}: a size is a whole number from 0 up` })
    return size
  }
  return dims(wellFormed(text)).map(axis =>
    axis.split('+').reduce((sum, part) => sum + (isNumeral(part) ? Number(part) : sizeOfName(part)), 0),
  )
}
