import { type Dims, dims, type Join, join } from './dims.js'
import { isNumeral } from './numeral.js'
import { kindOf } from './ragged.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { namedSlice, rangeOf, type SliceAxis, sizeOfRange } from './slice-axis.js'
import type { Wide } from './wide.js'

/**
 * Places of a tensor by one part for each axis: a number drops the axis, a range such as '1:3' shortens it, a tensor of integers puts its own axes
 * in the place, `'newAxis'` adds an axis of size 1, and `'...'` stands for all axes that no other part speaks of. Several tensors of one shape
 * stand side by side, and are read together: the first index of each is one place.
 *
 * Source: https://numpy.org/doc/stable/user/basics.indexing.html
 *
 * @example
 * import { at } from './at.js'
 *
 * assert.deepStrictEqual(at('batch 28 28', [{ shape: '5', dtype: 'int32' }, '2:-2', 0]), { shape: '5 24' })
 * assert.deepStrictEqual(at('3 4', ['...', 'newAxis', -1]), { shape: '3 1' })
 */
export type At<S extends string, P extends readonly IndexPart[]> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : number extends P['length']
      ? Ok<string>
      : AtParts<S, Dims<S>, P>
  : never

/** A tensor, as far as an index is concerned. */
interface Indices {
  readonly shape: string
  readonly dtype: string
}

/** A part of an index: a number, a range, `'...'`, `'newAxis'`, or a tensor of integers. @category type-level */
export type IndexPart = number | string | Indices

type AtParts<
  S extends string,
  D extends readonly string[],
  P extends readonly IndexPart[],
  Acc extends readonly string[] = [],
  /** The shape of the tensors among the parts so far, and whether the last part was one. */
  X extends string | null = null,
  Beside extends boolean = false,
  I extends readonly unknown[] = [],
> = P extends readonly [infer H, ...infer R extends readonly IndexPart[]]
  ? H extends 'newAxis'
    ? AtParts<S, D, R, [...Acc, '1'], X, false, I>
    : H extends '...'
      ? '...' extends R[number]
        ? Err<"at: '...' stands more than once">
        : D['length'] extends Spoken<R>['length']
          ? AtParts<S, D, R, Acc, X, false, I>
          : D extends readonly [infer F extends string, ...infer T extends readonly string[]]
            ? AtParts<S, T, P, [...Acc, F], X, false, [...I, 0]>
            : Err<`at: there are more parts than '${S}' has axes`>
      : D extends readonly [infer F extends string, ...infer T extends readonly string[]]
        ? H extends Indices
          ? AtIndices<S, T, R, Acc, X, Beside, I, H>
          : H extends number | string
            ? number extends H
              ? AtParts<S, T, R, Acc, X, false, [...I, 0]>
              : string extends H
                ? Ok<string>
                : SliceAxis<'at', S, `${H}`, F, I['length']> extends infer Y
                  ? Y extends readonly string[]
                    ? AtParts<S, T, R, [...Acc, ...Y], X, false, [...I, 0]>
                    : Y
                  : never
            : never
        : Err<`at: there are more parts than '${S}' has axes`>
  : Ok<Join<[...Acc, ...D]>>

type AtIndices<
  S extends string,
  T extends readonly string[],
  R extends readonly IndexPart[],
  Acc extends readonly string[],
  X extends string | null,
  Beside extends boolean,
  I extends readonly unknown[],
  H extends Indices,
> = H['dtype'] extends 'int32' | 'uint32'
  ? Wide<H['shape']> extends true
    ? Ok<string>
    : X extends string
      ? Beside extends true
        ? H['shape'] extends X
          ? AtParts<S, T, R, Acc, X, true, [...I, 0]>
          : Err<`at: the indices are '${X}' and '${H['shape']}', give tensors of one shape`>
        : Err<'at: tensors of indices stand side by side, move the axis between them first'>
      : AtParts<S, T, R, [...Acc, ...Dims<H['shape']>], H['shape'], true, [...I, 0]>
  : Err<`at: indices are ${H['dtype']}: cast('int32') first`>

/** The parts that speak of an axis. */
type Spoken<P extends readonly unknown[], Acc extends readonly unknown[] = []> = P extends readonly [infer H, ...infer R]
  ? Spoken<R, H extends 'newAxis' ? Acc : [...Acc, H]>
  : Acc

/** The parts with `'...'` written out as ranges of whole axes. */
export const spelledOut = <P extends IndexPart>(parts: readonly P[], rank: number): readonly (P | ':')[] => {
  const place = parts.findIndex(part => part === '...')
  if (place < 0) return parts
  const spoken = parts.filter(part => part !== 'newAxis').length - 1
  const between = Array.from({ length: Math.max(0, rank - spoken) }, () => ':' as const)
  return [...parts.slice(0, place), ...between, ...parts.slice(place + 1)]
}

export const at = (s: string, given: readonly IndexPart[]): Rule => {
  const all = dims(s)
  if (given.filter(part => part === '...').length > 1) return err("at: '...' stands more than once")
  const parts = spelledOut(given, all.length)
  const axes: string[] = []
  let [axis, indices, beside]: [number, string | undefined, boolean] = [0, undefined, false]
  for (const part of parts) {
    if (part === 'newAxis') {
      axes.push('1')
      beside = false
      continue
    }
    const own = all[axis]
    if (own === undefined) return err(`at: there are more parts than '${s}' has axes`)
    if (typeof part === 'object') {
      if (part.dtype !== 'int32' && part.dtype !== 'uint32') return err(`at: indices are ${part.dtype}: cast('int32') first`)
      if (indices === undefined) axes.push(...dims(part.shape))
      else if (!beside) return err('at: tensors of indices stand side by side, move the axis between them first')
      else if (indices !== part.shape) return err(`at: the indices are '${indices}' and '${part.shape}', give tensors of one shape`)
      indices = part.shape
      beside = true
    } else if (typeof part === 'number' || typeof part === 'string') {
      const left = isNumeral(own) ? sizesLeft(s, `${part}`, axis, Number(own)) : namedSlice('at', `${part}`, own)
      if (isErr(left)) return left
      axes.push(...left)
      beside = false
    } else return err(`at: a part is ${kindOf(part)}, give a number, a range such as '1:3', a tensor of integers, 'newAxis' or '...'`)
    axis += 1
  }
  return ok(join([...axes, ...all.slice(axis)]))
}

const sizesLeft = (s: string, part: string, axis: number, size: number): readonly string[] | Err<string> => {
  const range = rangeOf('at', s, part, axis, size)
  return isErr(range) ? range : range.drop ? [] : [`${sizeOfRange(range)}`]
}

/** Values for some places have the shape of the places, or are a scalar. */
export type ValuesAt<V extends string, R> =
  R extends Ok<infer T extends string>
    ? true extends Wide<V> | Wide<T>
      ? Ok<string>
      : V extends T | ''
        ? Ok<V>
        : Err<`at: the values are '${V}' and the places '${T}': give a number, a scalar or values of that shape`>
    : R

export const valuesAt = (values: string, places: string): Rule =>
  values === '' || values === places
    ? ok(values)
    : err(`at: the values are '${values}' and the places '${places}': give a number, a scalar or values of that shape`)
