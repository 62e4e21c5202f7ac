/** Which matrices the functions of linear algebra take: rules of shapes, each a type and a function of one name, with one message. */
import { type NormalShape, normalShape } from '../shape/arithmetic.js'
import {
  type Dims,
  dims,
  type Err,
  err,
  isErr,
  type Join,
  join,
  type MatMul,
  matMul,
  type Ok,
  ok,
  type Rule,
  type Wide,
} from '../shape/index.js'

/** Square matrices in the last two axes, `'… n n'`; gives the axes before them. @category type-level */
export type SquareMatrices<Op extends string, S extends string> = S extends unknown
  ? true extends Wide<S>
    ? Ok<string>
    : Dims<S> extends readonly [...infer L extends string[], infer M extends string, infer N extends string]
      ? M extends N
        ? Ok<Join<L>>
        : S extends NormalShape<S>
          ? Err<`${Op}: '${S}' is not square: its last two axes differ`>
          : SquareMatrices<Op, NormalShape<S>>
      : Err<`${Op}: '${S}' is not square: a matrix has two axes`>
  : never

export const squareMatrices = (op: string, shape: string): Rule => {
  const axes = dims(shape)
  if (axes.length < 2) return err(`${op}: '${shape}' is not square: a matrix has two axes`)
  if (axes.at(-1) === axes.at(-2)) return ok(join(axes.slice(0, -2)))
  const normal = normalShape(shape)
  return normal === shape ? err(`${op}: '${shape}' is not square: its last two axes differ`) : squareMatrices(op, normal)
}

/**
 * The solution of `a x = b`: its axes are those of the product a · b. So a vector `'n'` is one right side, and `'… n k'` are k of them; leading
 * axes broadcast one-sidedly. @category type-level
 */
export type Solution<Op extends string, A extends string, B extends string> = Named<Op, MatMul<A, B>>

/** The rule of the product with its message under another name. */
type Named<Op extends string, R> = R extends Err<`matmul${infer Rest}`> ? Err<`${Op}${Rest}`> : R

export const solution = (op: string, a: string, b: string): Rule => {
  const rule = matMul(a, b)
  return isErr(rule) ? err(rule.message.replace('matmul', op)) : rule
}
