import type { Alike } from './alike.js'
import { type NormalShape, normalShape } from './arithmetic.js'
import { type Dims, dims, type Join, join } from './dims.js'
import { type Err, err, isErr, type Ok, ok, type Rule } from './rule.js'
import { type Shape, shape } from './valid.js'
import type { Wide } from './wide.js'

/**
 * One-sided broadcasting: trailing axes align and '1' stretches, as in numpy, but the result is the shape of one of the operands.
 *
 * `'n'` and `'n 1'` are an error here; numpy makes them 'n n', the classic silent bug in a loss. Anything wider is written out with
 * `broadcastTo`. Source: https://numpy.org/doc/stable/user/basics.broadcasting.html, general broadcasting rules.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.broadcast('add', 'batch 10', '10'), { shape: 'batch 10' })
 * assert.deepStrictEqual(shape.broadcast('add', 'n', 'n 1'), {
 *   message: "add: 'n' and 'n 1': neither broadcasts to the other: pairwise(add) gives 'n n', squeeze or reshape aligns them",
 * })
 */
export type Broadcast<Op extends string, A extends string, B extends string> = Alike<A, B> extends true ? Ok<A> : BroadcastEach<Op, A, B>

type BroadcastEach<Op extends string, A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : A extends B
        ? Ok<A>
        : Fits<Dims<B>, Dims<A>> extends true
          ? Ok<A>
          : Fits<Dims<A>, Dims<B>> extends true
            ? Ok<B>
            : A | B extends NormalShape<A | B>
              ? Err<`${Op}: '${A}' and '${B}': neither broadcasts to the other${Remedy<Op, A, B>}`>
              : BroadcastEach<Op, NormalShape<A>, NormalShape<B>>
    : never
  : never

export const broadcast = (op: string, a: string, b: string): Rule => {
  if (a === b || fits(dims(b), dims(a))) return ok(a)
  if (fits(dims(a), dims(b))) return ok(b)
  const [x, y] = [normalShape(a), normalShape(b)]
  return x === a && y === b ? err(`${op}: '${a}' and '${b}': neither broadcasts to the other${remedy(op, a, b)}`) : broadcast(op, x, y)
}

/**
 * The end of the message for two shapes of which neither broadcasts to the other: what to do if all pairs are meant, and if one shape is a
 * mistake.
 */
type Remedy<Op extends string, A extends string, B extends string> =
  Pairwise<Op, A, B> extends Ok<infer S extends string> ? `: pairwise(${Op}) gives '${S}', squeeze or reshape aligns them` : ''

const remedy = (op: string, a: string, b: string): string => {
  const both = pairwise(op, a, b)
  return isErr(both) ? '' : `: pairwise(${op}) gives '${both.shape}', squeeze or reshape aligns them`
}

/**
 * Two-sided broadcasting: trailing axes align, and on either side '1' stretches and missing axes are added.
 *
 * Source: https://numpy.org/doc/stable/user/basics.broadcasting.html, general broadcasting rules.
 *
 * @example
 * import { shape } from 'pullback'
 *
 * assert.deepStrictEqual(shape.pairwise('sub', '3 1', '4'), { shape: '3 4' })
 */
export type Pairwise<Op extends string, A extends string, B extends string> = A extends unknown
  ? B extends unknown
    ? true extends Wide<A> | Wide<B>
      ? Ok<string>
      : Pairs<Dims<A>, Dims<B>> extends infer R
        ? R extends readonly string[]
          ? Ok<Join<R>>
          : Err<`pairwise(${Op}): '${A}' and '${B}': ${R & string}`>
        : never
    : never
  : never

/** The axes of the result, or what differs; from the last axis on. */
type Pairs<A extends readonly string[], B extends readonly string[], Done extends readonly string[] = []> = A extends readonly [
  ...infer AI extends string[],
  infer AL extends string,
]
  ? B extends readonly [...infer BI extends string[], infer BL extends string]
    ? AL extends BL | '1'
      ? Pairs<AI, BI, [BL, ...Done]>
      : BL extends '1'
        ? Pairs<AI, BI, [AL, ...Done]>
        : `'${AL}' is not '${BL}' and neither is '1'`
    : readonly [...A, ...Done]
  : readonly [...B, ...Done]

export const pairwise = (op: string, a: string, b: string): Rule => {
  const [da, db] = [dims(a), dims(b)]
  const axes: string[] = []
  for (let i = 1; i <= Math.max(da.length, db.length); i += 1) {
    const [x = '1', y = '1'] = [da[da.length - i], db[db.length - i]]
    if (x !== y && x !== '1' && y !== '1') return err(`pairwise(${op}): '${a}' and '${b}': '${x}' is not '${y}' and neither is '1'`)
    axes.unshift(x === '1' ? y : x)
  }
  return ok(join(axes))
}

/** Does `From` stretch to `To` by new leading axes and by axes of size 1? */
export type Fits<From extends readonly string[], To extends readonly string[]> = From extends readonly [
  ...infer FI extends string[],
  infer FL extends string,
]
  ? To extends readonly [...infer TI extends string[], infer TL extends string]
    ? FL extends TL | '1'
      ? Fits<FI, TI>
      : false
    : false
  : true

export const fits = (from: readonly string[], to: readonly string[]): boolean => {
  const lead = to.length - from.length
  return lead >= 0 && from.every((axis, i) => axis === '1' || axis === to[lead + i])
}

/** `From` stretched to `To`. `To` is written by the user and must be well formed; if `From` is not known, it is checked at run time. */
export type BroadcastTo<From extends string, To extends string> = From extends unknown
  ? To extends unknown
    ? Wide<To> extends true
      ? Ok<string>
      : From extends To
        ? Shape<To>
        : Wide<From> extends true
          ? Shape<To>
          : Fits<Dims<From>, Dims<To>> extends true
            ? Shape<To>
            : Shape<To> extends Err<string>
              ? Shape<To>
              : Err<`broadcastTo: '${From}' does not broadcast to '${To}': ${Misfit<Dims<From>, Dims<To>>}`>
    : never
  : never

/** Why `From` does not fit `To`, from the last axis on. */
type Misfit<From extends readonly string[], To extends readonly string[]> = From extends readonly [
  ...infer FI extends string[],
  infer FL extends string,
]
  ? To extends readonly [...infer TI extends string[], infer TL extends string]
    ? FL extends TL | '1'
      ? Misfit<FI, TI>
      : `'${FL}' is neither '1' nor '${TL}'`
    : 'it has more axes'
  : never

const misfit = (from: readonly string[], to: readonly string[]): string => {
  for (let i = 1; i <= from.length; i++) {
    const f = from[from.length - i]
    const t = to[to.length - i]
    if (t === undefined) break
    if (f !== '1' && f !== t) return `'${f}' is neither '1' nor '${t}'`
  }
  return 'it has more axes'
}

export const broadcastTo = (from: string, to: string): Rule => {
  const target = shape(to)
  return isErr(target) || fits(dims(from), dims(to))
    ? target
    : err(`broadcastTo: '${from}' does not broadcast to '${to}': ${misfit(dims(from), dims(to))}`)
}

/** The shape of `where(condition, x, y)`: one of the three shapes, to which the other two broadcast. */
export type Where<C extends string, X extends string, Y extends string> = [Alike<C, X>, Alike<X, Y>] extends [true, true]
  ? Ok<C>
  : WhereEach<C, X, Y>

type WhereEach<C extends string, X extends string, Y extends string> = C extends unknown
  ? X extends unknown
    ? Y extends unknown
      ? true extends Wide<C> | Wide<X> | Wide<Y>
        ? Ok<string>
        : WhereDims<C, X, Y>
      : never
    : never
  : never

type WhereDims<C extends string, X extends string, Y extends string> = C extends X & Y
  ? Ok<C>
  : BothFit<X, Y, C> extends true
    ? Ok<C>
    : BothFit<C, Y, X> extends true
      ? Ok<X>
      : BothFit<C, X, Y> extends true
        ? Ok<Y>
        : C | X | Y extends NormalShape<C | X | Y>
          ? Err<`where: '${C}', '${X}' and '${Y}': no two of them broadcast to the third`>
          : WhereDims<NormalShape<C>, NormalShape<X>, NormalShape<Y>>

type BothFit<A extends string, B extends string, To extends string> = Fits<Dims<A>, Dims<To>> extends true ? Fits<Dims<B>, Dims<To>> : false

export const where = (condition: string, x: string, y: string): Rule => {
  const all = [condition, x, y]
  const widest = all.find(to => all.every(from => fits(dims(from), dims(to))))
  if (widest !== undefined) return ok(widest)
  const [c, a, b] = [normalShape(condition), normalShape(x), normalShape(y)]
  return c === condition && a === x && b === y
    ? err(`where: '${condition}', '${x}' and '${y}': no two of them broadcast to the third`)
    : where(c, a, b)
}
