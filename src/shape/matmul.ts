import { type NormalShape, normalShape } from './arithmetic.js'
import { type Fits, fits } from './broadcast.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The matrix product: `'... m k'` by `'... k n'` is `'... m n'`; either side may be a vector `'k'`, whose axis is summed away.
 *
 * Axes before the last two broadcast one-sidedly. Source: https://numpy.org/doc/stable/reference/generated/numpy.matmul.html
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.matMul('batch 784', '784 10'), { shape: 'batch 10' })
 * assert.deepStrictEqual(shape.matMul('batch 784', '128 10'), {
 *   message: "matmul: 'batch 784' by '128 10': inner axes differ, '784' is not '128'",
 * })
 */
export type MatMul<A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : MatMulDims<A, B, Dims<A>, Dims<B>>
    : never
  : never

type MatMulDims<A extends string, B extends string, DA extends readonly string[], DB extends readonly string[]> = DA extends readonly [
  ...infer LA extends string[],
  infer K extends string,
]
  ? DB extends readonly [...infer LB extends string[], infer K2 extends string, infer N extends string]
    ? K extends K2
      ? LB extends readonly []
        ? Ok<Join<[...LA, N]>>
        : LA extends readonly [...infer L extends string[], infer M extends string]
          ? Leads<A, B, L, LB, [M, N]>
          : Ok<Join<[...LB, N]>>
      : InNormalForm<A, B, Err<`matmul: '${A}' by '${B}': inner axes differ, '${K}' is not '${K2}'`>>
    : DB extends readonly [infer K2 extends string]
      ? K extends K2
        ? Ok<Join<LA>>
        : InNormalForm<A, B, Err<`matmul: '${A}' by '${B}': inner axes differ, '${K}' is not '${K2}'`>>
      : Err<`matmul: '${A}' by '${B}': a scalar has no axis to sum over, use mul`>
  : Err<`matmul: '${A}' by '${B}': a scalar has no axis to sum over, use mul`>

/** Once more for the normal forms, unless they are what has failed. */
type InNormalForm<A extends string, B extends string, E> = A | B extends NormalShape<A | B> ? E : MatMul<NormalShape<A>, NormalShape<B>>

/** The leading axes of both sides, broadcast, before the last two of the result. */
type Leads<A extends string, B extends string, LA extends readonly string[], LB extends readonly string[], Last extends readonly string[]> =
  Fits<LB, LA> extends true
    ? Ok<Join<[...LA, ...Last]>>
    : Fits<LA, LB> extends true
      ? Ok<Join<[...LB, ...Last]>>
      : InNormalForm<
          A,
          B,
          Err<`matmul: '${A}' by '${B}': of the leading axes '${Join<LA>}' and '${Join<LB>}' neither broadcasts to the other`>
        >

export const matMul = (a: string, b: string): Rule => {
  const rule = asWritten(a, b)
  if (!isErr(rule)) return rule
  const [x, y] = [normalShape(a), normalShape(b)]
  return x === a && y === b ? rule : asWritten(x, y)
}

const asWritten = (a: string, b: string): Rule => {
  const da = dims(a)
  const db = dims(b)
  if (da.length === 0 || db.length === 0) return err(`matmul: '${a}' by '${b}': a scalar has no axis to sum over, use mul`)
  const k = da[da.length - 1]
  const k2 = db[Math.max(0, db.length - 2)]
  if (k !== k2) return err(`matmul: '${a}' by '${b}': inner axes differ, '${k}' is not '${k2}'`)
  const [leadA, leadB] = [da.slice(0, -2), db.slice(0, -2)]
  const last = [...da.slice(0, -1).slice(-1), ...db.slice(1).slice(-1)]
  if (fits(leadB, leadA)) return ok(join([...leadA, ...last]))
  // a vector on the left has no leading axes, so that it always fits here
  if (fits(leadA, leadB)) return ok(join([...leadB, ...last]))
  return err(`matmul: '${a}' by '${b}': of the leading axes '${join(leadA)}' and '${join(leadB)}' neither broadcasts to the other`)
}
