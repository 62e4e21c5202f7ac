import { type Position, position, type Span, span } from './axis.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type InsertAt, insertAt, type ReplaceAt, replaceAt } from './positions.js'
import { type Axes, axisPositions, type PositionsOf } from './reduce.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * Axes of size 1 taken away and put in.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.squeeze('1 batch 1', 0), { shape: 'batch 1' })
 * assert.deepStrictEqual(shape.expandDims('batch 784', -1), { shape: 'batch 784 1' })
 */
export type Squeeze<S extends string, A extends Axes = undefined> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : SqueezeDims<S, Dims<S>, A>
  : never

type SqueezeDims<S extends string, D extends readonly string[], A extends Axes> = 0 extends 1 & A
  ? Ok<string>
  : A extends undefined
    ? Ok<Join<WithoutOnes<D>>>
    : PositionsOf<'squeeze', S, D, A> extends infer P
      ? P extends Ok<infer L extends readonly number[]>
        ? number extends L['length']
          ? Ok<string>
          : Ones<S, D, L>
        : P
      : never

type WithoutOnes<D extends readonly string[], Acc extends readonly string[] = []> = D extends readonly [
  infer H extends string,
  ...infer T extends readonly string[],
]
  ? WithoutOnes<T, H extends '1' ? Acc : [...Acc, H]>
  : Acc

/** The axes at `L` dropped where each is '1'. */
type Ones<
  S extends string,
  D extends readonly string[],
  L extends readonly number[],
  Rest extends readonly number[] = L,
> = Rest extends readonly [infer P extends number, ...infer T extends readonly number[]]
  ? D[P] extends '1'
    ? Ones<S, D, L, T>
    : Err<`squeeze: axis ${P} of '${S}' is '${D[P]}', not '1'`>
  : Ok<Join<ReplaceAt<D, L[number], []>>>

export const squeeze = (s: string, axes?: Axes): Rule => {
  const all = dims(s)
  if (axes === undefined) return ok(join(all.filter(axis => axis !== '1')))
  const found = axisPositions('squeeze', s, axes)
  if (isErr(found)) return found
  const wrong = found.shape.find(i => all[i] !== '1')
  return wrong === undefined
    ? ok(join(replaceAt(all, found.shape, [])))
    : err(`squeeze: axis ${wrong} of '${s}' is '${all[wrong]}', not '1'`)
}

/** A new axis of size 1; `A` is its position in the result, negative from the end. */
export type ExpandDims<S extends string, A extends number> = S extends unknown
  ? Wide<S> extends true
    ? Ok<string>
    : InsertedAt<'expandDims', S, Dims<S>, A, '1'>
  : never

/** `X` as a new axis at position `A` of the result. */
export type InsertedAt<
  Op extends string,
  S extends string,
  D extends readonly string[],
  A extends number,
  X extends string,
> = A extends unknown
  ? number extends A
    ? Ok<string>
    : D['length'] extends 64
      ? Err<`${Op}: there are 64 axes already, a shape has no more`>
      : Position<[...D, X], A> extends infer P
        ? [P] extends [never]
          ? Err<`${Op}: axis ${A} is out of range for the result of '${S}', which has ${Span<[...D, X]>}`>
          : P extends number
            ? Ok<Join<InsertAt<D, P, X>>>
            : never
        : never
  : never

export const insertedAt = (op: string, s: string, axis: number, inserted: string): Rule => {
  const all = dims(s)
  if (all.length >= 64) return err(`${op}: there are 64 axes already, a shape has no more`)
  const found = position(all.length + 1, axis)
  return found === undefined
    ? err(`${op}: axis ${axis} is out of range for the result of '${s}', which has ${span(all.length + 1)}`)
    : ok(join(insertAt(all, found, inserted)))
}

export const expandDims = (s: string, axis: number): Rule => insertedAt('expandDims', s, axis, '1')
