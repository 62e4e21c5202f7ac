import type { NormalShape } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { isSameAxis } from './expression.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Products of two vectors.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.strictEqual(shape.isErr(shape.dotRule('3', '4')), true)
 */
export type DotRule<A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<''>
      : Vectors<'dot', A, B> extends infer V
        ? V extends Ok<readonly [infer X, infer Y]>
          ? X extends Y
            ? Ok<''>
            : NormalShape<A> extends NormalShape<B>
              ? Ok<''>
              : Err<`dot: '${A}' and '${B}' differ in length`>
          : V
        : never
    : never
  : never

/** Both operands have one axis. */
type Vectors<Op extends string, A extends string, B extends string> =
  Dims<A> extends readonly [infer X extends string]
    ? Dims<B> extends readonly [infer Y extends string]
      ? Ok<readonly [X, Y]>
      : Err<`${Op}: '${B}' is not a vector, it needs one axis`>
    : Err<`${Op}: '${A}' is not a vector, it needs one axis`>

const notVector = (op: string, a: string, b: string): Err<string> | undefined => {
  const other = [a, b].find(s => dims(s).length !== 1)
  return other === undefined ? undefined : err(`${op}: '${other}' is not a vector, it needs one axis`)
}

export const dotRule = (a: string, b: string): Rule =>
  notVector('dot', a, b) ?? (isSameAxis(a, b) ? ok('') : err(`dot: '${a}' and '${b}' differ in length`))

/** The outer product: the axis of one, then the axis of the other. */
export type OuterRule<A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : Vectors<'outer', A, B> extends infer V
        ? V extends Ok<readonly [infer X extends string, infer Y extends string]>
          ? Ok<Join<[X, Y]>>
          : V
        : never
    : never
  : never

export const outerRule = (a: string, b: string): Rule => notVector('outer', a, b) ?? ok(join([a, b]))
