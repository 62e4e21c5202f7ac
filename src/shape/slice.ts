import { type Dims, dims, type Join, join } from './dims.js'
import { isNumeral } from './numeral.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { namedSlice, rangeOf, type SliceAxis, type SliceRange, sizeOfRange } from './slice-axis.js'
import type { Wide } from './wide.js'

/**
 * Slices in numpy's notation, one part for each axis, separated by `', '`; axes without a part stay whole.
 *
 * An index drops its axis. Unlike numpy nothing is clamped: a size must hold the range, and a step is 1 or more. Of a named axis `'2:5'`,
 * `'-3:'` and `'-3:-1'` leave a size, and `'2:'`, `'1:-1'` and `'::2'` an expression: `n-2`, `n-2`, `(n+1)//2`.
 * Source: https://numpy.org/doc/stable/user/basics.indexing.html, basic indexing.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.slice('batch 28 28', ':, 2:-2, 0'), { shape: 'batch 24' })
 * assert.deepStrictEqual(shape.slice('3 4', '1:9'), { message: "slice: '1:9' is out of range for axis 0 of '3 4', whose size is 3" })
 */
export type Slice<S extends string, P extends string> = S extends unknown
  ? P extends unknown
    ? true extends Wide<S> | Wide<P>
      ? Ok<string>
      : P extends ''
        ? Ok<S>
        : SliceDims<S, P, P, Dims<S>>
    : never
  : never

type SliceDims<
  S extends string,
  P extends string,
  Rest extends string,
  D extends readonly string[],
  Acc extends readonly string[] = [],
  I extends readonly unknown[] = [],
> = D extends readonly [infer H extends string, ...infer T extends readonly string[]]
  ? Rest extends `${infer Q}, ${infer R}`
    ? SliceAxis<'slice', S, Q, H, I['length']> extends infer X
      ? X extends readonly string[]
        ? SliceDims<S, P, R, T, [...Acc, ...X], [...I, 0]>
        : X
      : never
    : SliceAxis<'slice', S, Rest, H, I['length']> extends infer X
      ? X extends readonly string[]
        ? Ok<Join<[...Acc, ...X, ...T]>>
        : X
      : never
  : Err<`slice: '${P}' has more parts than '${S}' has axes`>

const partsOf = (pattern: string): readonly string[] => (pattern === '' ? [] : pattern.split(', '))

export const slice = (s: string, pattern: string): Rule => {
  const [all, parts] = [dims(s), partsOf(pattern)]
  const axes: string[] = []
  for (const [i, part] of parts.entries()) {
    const axis = all[i]
    if (axis === undefined) return err(`slice: '${pattern}' has more parts than '${s}' has axes`)
    if (isNumeral(axis)) {
      const range = rangeOf('slice', s, part, i, Number(axis))
      if (isErr(range)) return range
      if (!range.drop) axes.push(String(sizeOfRange(range)))
    } else {
      const left = namedSlice('slice', part, axis)
      if (isErr(left)) return left
      axes.push(...left)
    }
  }
  return ok(join([...axes, ...all.slice(parts.length)]))
}

/** The range of every axis, from its size at run time. A named axis may prove too short, which is an error, too. */
export const sliceRanges = (sizes: readonly number[], pattern: string): Ok<readonly SliceRange[]> | Err<string> => {
  const [s, parts] = [sizes.join(' '), partsOf(pattern)]
  if (parts.length > sizes.length) return err(`slice: '${pattern}' has more parts than '${s}' has axes`)
  const ranges: SliceRange[] = []
  for (const [i, size] of sizes.entries()) {
    const range = rangeOf('slice', s, parts[i] ?? ':', i, size)
    if (isErr(range)) return range
    ranges.push(range)
  }
  return ok(ranges)
}
