import { dims, type Join, join } from './dims.js'
import { type Err, err, type Ok, ok, type Rule } from './rule.js'
import type { Wide } from './wide.js'

/**
 * The grid of several vectors: an axis for each, in their order ('ij'), or with the first two exchanged ('xy').
 *
 * @example
 * import { meshgrid } from './meshgrid.js'
 *
 * assert.deepStrictEqual([meshgrid('xy', ['2', '3']), meshgrid('ij', ['2', '3'])], [{ shape: '3 2' }, { shape: '2 3' }])
 */
export type Meshgrid<M extends Indexing, Shapes extends readonly string[]> = number extends Shapes['length']
  ? Err<'meshgrid: how many tensors there are is not known, give them as a tuple: [x, y] as const'>
  : AnyWide<Shapes> extends true
    ? Ok<string>
    : NotAVector<Shapes> extends infer F
      ? [F] extends [never]
        ? Ok<Join<M extends 'xy' ? Swapped<Shapes> : Shapes>>
        : Err<`meshgrid: '${F & string}' is no vector: give tensors of one axis`>
      : never

/** Which axis a vector gets: its own place ('ij'), or the first two exchanged ('xy', of a picture's rows and columns). @category type-level */
export type Indexing = 'xy' | 'ij'

type AnyWide<Shapes extends readonly string[]> = true extends { [K in keyof Shapes]: Wide<Shapes[K]> }[number] ? true : false

type NotAVector<Shapes extends readonly string[]> = Shapes[number] extends infer S
  ? S extends '' | `${string} ${string}`
    ? S
    : never
  : never

type Swapped<Shapes extends readonly string[]> = Shapes extends readonly [
  infer A extends string,
  infer B extends string,
  ...infer R extends readonly string[],
]
  ? [B, A, ...R]
  : Shapes

/** The axis of each vector. */
export const gridAxis = (indexing: Indexing, i: number): number => (indexing === 'xy' && i < 2 ? 1 - i : i)

export const meshgrid = (indexing: Indexing, shapes: readonly string[]): Rule => {
  const wrong = shapes.find(s => dims(s).length !== 1)
  if (wrong !== undefined) return err(`meshgrid: '${wrong}' is no vector: give tensors of one axis`)
  const [first, second, ...rest] = shapes
  return ok(join(indexing === 'xy' && first !== undefined && second !== undefined ? [second, first, ...rest] : shapes))
}
