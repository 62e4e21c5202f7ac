import { type Axis, type AxisAt, axisIndex } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type InsertAt, insertAt, type ReplaceAt, type Reversed, replaceAt } from './positions.js'
import { axisPositions, type PositionsOf } from './reduce.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The axes in another order, by position or by name, each exactly once.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.permute('batch 28 14', [2, 'batch', 1]), { shape: '14 batch 28' })
 * assert.deepStrictEqual(shape.transpose('batch 784'), { shape: '784 batch' })
 */
export type Permute<S extends string, L extends readonly Axis[]> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : PermuteDims<S, Dims<S>, L>
  : never

type PermuteDims<S extends string, D extends readonly string[], L extends readonly Axis[]> =
  PositionsOf<'permute', S, D, L> extends infer P
    ? P extends Ok<infer Q extends readonly number[]>
      ? number extends Q['length']
        ? Ok<string>
        : Q['length'] extends D['length']
          ? Ok<Join<PickAt<D, Q>>>
          : Err<`permute: '${S}' has ${D['length']} axes and ${Q['length']} are given, give each axis once`>
      : P
    : never

type PickAt<D extends readonly string[], P extends readonly number[], Acc extends readonly string[] = []> = P extends readonly [
  infer H extends number,
  ...infer T extends readonly number[],
]
  ? PickAt<D, T, [...Acc, D[H]]>
  : Acc

export const permute = (s: string, axes: readonly Axis[]): Rule => {
  const found = axisPositions('permute', s, axes)
  if (isErr(found)) return found
  const all = dims(s)
  return found.shape.length === all.length
    ? ok(join(found.shape.flatMap(i => all.slice(i, i + 1))))
    : err(`permute: '${s}' has ${all.length} axes and ${found.shape.length} are given, give each axis once`)
}

/** All axes in the opposite order, numpy's `.T`. */
export type Transpose<S extends string> = S extends unknown ? (Wide<S> extends true ? Ok<string> : Ok<Join<Reversed<Dims<S>>>>) : never

export const transpose = (s: string): Rule => ok(join(dims(s).toReversed()))

/** Two axes exchanged. */
export type SwapAxes<S extends string, A extends Axis, B extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : TwoAxes<'swapAxes', S, Dims<S>, A, B> extends infer P
      ? P extends readonly [infer I extends number, infer J extends number]
        ? number extends I | J
          ? Ok<string>
          : Ok<Join<ReplaceAt<ReplaceAt<Dims<S>, I, [Dims<S>[J]]>, J, [Dims<S>[I]]>>>
        : P
      : never
  : never

/** Two positions as a pair, or the error of the first axis that has none. */
type TwoAxes<Op extends string, S extends string, D extends readonly string[], A extends Axis, B extends Axis> =
  AxisAt<Op, S, D, A> extends infer I
    ? I extends number
      ? AxisAt<Op, S, D, B> extends infer J
        ? J extends number
          ? readonly [I, J]
          : J
        : never
      : I
    : never

const twoAxes = (op: string, s: string, a: Axis, b: Axis): readonly [number, number] | Err<string> => {
  const i = axisIndex(op, s, a)
  if (isErr(i)) return i
  const j = axisIndex(op, s, b)
  return isErr(j) ? j : [i, j]
}

export const swapAxes = (s: string, a: Axis, b: Axis): Rule => {
  const positions = twoAxes('swapAxes', s, a, b)
  if (isErr(positions)) return positions
  const [i, j] = positions
  const all = dims(s)
  return ok(join(replaceAt(replaceAt(all, [i], all.slice(j, j + 1)), [j], all.slice(i, i + 1))))
}

/** The axis `From` moved to where `To` stands; the others keep their order (numpy's `moveaxis`). */
export type MoveAxis<S extends string, From extends Axis, To extends Axis> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : TwoAxes<'moveAxis', S, Dims<S>, From, To> extends infer P
      ? P extends readonly [infer I extends number, infer J extends number]
        ? number extends I | J
          ? Ok<string>
          : Ok<Join<InsertAt<ReplaceAt<Dims<S>, I, []>, J, Dims<S>[I]>>>
        : P
      : never
  : never

export const moveAxis = (s: string, from: Axis, to: Axis): Rule => {
  const positions = twoAxes('moveAxis', s, from, to)
  if (isErr(positions)) return positions
  const [i, j] = positions
  const all = dims(s)
  return ok(join(insertAt(replaceAt(all, [i], []), j, all[i] ?? '')))
}
