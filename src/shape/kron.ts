import { type MultiplySizes, multiplySizes } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The Kronecker product: sizes multiply, axis by axis from the last on; of the shape with more axes the first stay.
 *
 * Source: https://numpy.org/doc/stable/reference/generated/numpy.kron.html
 *
 * @example
 * import { kron } from './kron.js'
 *
 * assert.deepStrictEqual(kron('2 3', '4 n'), { shape: '8 n*3' })
 */
export type Kron<A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : KronDims<Dims<A>, Dims<B>> extends infer D extends readonly string[]
        ? Ok<Join<D>>
        : never
    : never
  : never

type KronDims<D extends readonly string[], E extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  ...infer I extends readonly string[],
  infer H extends string,
]
  ? E extends readonly [...infer J extends readonly string[], infer G extends string]
    ? KronDims<I, J, [MultiplySizes<H, G>, ...Acc]>
    : [...D, ...Acc]
  : [...E, ...Acc]

export const kron = (a: string, b: string): Rule => {
  const [left, right] = [dims(a), dims(b)]
  const rank = Math.max(left.length, right.length)
  const axes = Array.from({ length: rank }, (_, i) => [left[left.length - rank + i] ?? '1', right[right.length - rank + i] ?? '1'] as const)
  return ok(join(axes.map(([x, y]) => multiplySizes(x, y) ?? `${x}*${y}`)))
}
