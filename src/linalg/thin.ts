/** The shapes of the factors of matrices that need not be square: a type and a function of one name, with one message. */
import {
  type Compare,
  type Dims,
  dims,
  type Err,
  err,
  isNumeral,
  type Join,
  join,
  type NumberOf,
  type Ok,
  ok,
  type Wide,
} from '../shape/index.js'

/** Shapes of factors of `'… m n'`, where k is the smaller of m and n. @category type-level */
export interface ThinShapes<Rows extends string, Values extends string, Columns extends string> {
  /** '… m k' */
  readonly rows: Rows
  /** '… k' */
  readonly values: Values
  /** '… k n' */
  readonly columns: Columns
}

/** The smaller of two axes, never where that is not known. */
type Smaller<M extends string, N extends string> = [M, N] extends [N, M]
  ? M
  : [NumberOf<M>] extends [never]
    ? never
    : [NumberOf<N>] extends [never]
      ? never
      : Compare<NumberOf<M>, NumberOf<N>> extends 1
        ? N
        : M

type Shapes<L extends readonly string[], M extends string, N extends string, K extends string> = Ok<
  ThinShapes<Join<[...L, M, K]>, Join<[...L, K]>, Join<[...L, K, N]>>
>

/**
 * Matrices `'… m n'` whose smaller axis is known: of two sizes the smaller one, of equal names that name, and else the one that the caller gives.
 * @category type-level
 */
export type Thin<Op extends string, S extends string, K extends string | undefined> = S extends unknown
  ? true extends Wide<S>
    ? Ok<ThinShapes<string, string, string>>
    : Dims<S> extends readonly [...infer L extends string[], infer M extends string, infer N extends string]
      ? [Smaller<M, N>] extends [never]
        ? K extends M | N
          ? Shapes<L, M, N, K & string>
          : K extends string
            ? Err<`${Op}: the smaller axis of '${S}' is '${M}' or '${N}', not '${K}'`>
            : Err<`${Op}: which axis of '${S}' is the smaller is not known: give '${M}' or '${N}'`>
        : K extends Smaller<M, N> | undefined
          ? Shapes<L, M, N, Smaller<M, N>>
          : Err<`${Op}: the smaller axis of '${S}' is '${Smaller<M, N>}', not '${K}'`>
      : Err<`${Op}: '${S}' is no matrix: it needs two axes`>
  : never

const smaller = (m: string, n: string): string | undefined =>
  m === n ? m : isNumeral(m) && isNumeral(n) ? (Number(m) > Number(n) ? n : m) : undefined

export const thin = (op: string, shape: string, given?: string): Ok<ThinShapes<string, string, string>> | Err<string> => {
  const axes = dims(shape)
  const [m, n] = axes.slice(-2)
  if (m === undefined || n === undefined) return err(`${op}: '${shape}' is no matrix: it needs two axes`)
  const known = smaller(m, n)
  if (known === undefined && given === undefined)
    return err(`${op}: which axis of '${shape}' is the smaller is not known: give '${m}' or '${n}'`)
  if (known === undefined && given !== m && given !== n)
    return err(`${op}: the smaller axis of '${shape}' is '${m}' or '${n}', not '${given}'`)
  if (known !== undefined && given !== undefined && given !== known)
    return err(`${op}: the smaller axis of '${shape}' is '${known}', not '${given}'`)
  const [lead, k] = [axes.slice(0, -2), known ?? given ?? m]
  return ok({ rows: join([...lead, m, k]), values: join([...lead, k]), columns: join([...lead, k, n]) })
}

/** One of the shapes that a rule gives. @category type-level */
export type ThinShape<R, Part extends keyof ThinShapes<string, string, string>> =
  R extends Ok<infer O> ? (O extends { readonly [P in Part]: infer T extends string } ? T : never) : never

/** Shapes of the factors of `'… m n'` where the first is square: `'… m m'`. @category type-level */
export type FirstSquare<S extends string> =
  true extends Wide<S>
    ? string
    : Dims<S> extends readonly [...infer L extends string[], infer M extends string, string]
      ? Join<[...L, M, M]>
      : never

/** Matrices transposed, `'… m n'` to `'… n m'`; or a sentence. @category type-level */
export type Flipped<Op extends string, S extends string> = S extends unknown
  ? true extends Wide<S>
    ? Ok<string>
    : Dims<S> extends readonly [...infer L extends string[], infer M extends string, infer N extends string]
      ? Ok<Join<[...L, N, M]>>
      : Err<`${Op}: '${S}' is no matrix: it needs two axes`>
  : never

export const flipped = (op: string, shape: string): Ok<string> | Err<string> => {
  const axes = dims(shape)
  const [m, n] = axes.slice(-2)
  return m === undefined || n === undefined
    ? err(`${op}: '${shape}' is no matrix: it needs two axes`)
    : ok(join([...axes.slice(0, -2), n, m]))
}

/** A row of each matrix, `'… n'` of `'… n n'`. @category type-level */
export type RowsOf<S extends string> =
  true extends Wide<S> ? string : Dims<S> extends readonly [...infer L extends string[], string] ? Join<L> : never

/** The axes before the last two. @category type-level */
export type LeadOf<S extends string> =
  true extends Wide<S> ? string : Dims<S> extends readonly [...infer L extends string[], string, string] ? Join<L> : never
