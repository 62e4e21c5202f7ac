/** Draws of vectors and matrices: the shape that is asked for is that of the draws, behind which each draw has axes of its own. */
import { reshapeTo } from '../primitives/index.js'
import { dims, type Given, join, type Wide } from '../shape/index.js'
import {
  calledAs,
  checkLength,
  type DType,
  fail,
  isFloat,
  labelled,
  type Sizes,
  shorten,
  show,
  sizeOf,
  type Tensor,
  type Value,
} from '../tensor/index.js'
import { fused } from './fused.js'
import { checkKey, type Key } from './key.js'
import { type DrawnShape, drawnSizes } from './parameter.js'

/** A shape with the axes of one draw behind it. @category type-level */
export type Behind<S extends string, K extends string> = true extends Wide<S> | Wide<K>
  ? string
  : S extends ''
    ? K
    : K extends ''
      ? S
      : `${S} ${K}`

/**
 * A draw of vectors or matrices of the shape `K`, from parameters whose other axes have the shapes `A` and `B`: of the dtype `D`, or of one of `F`.
 *
 * @category type-level
 */
export interface DrawRows<Op extends string, A extends string, K extends string, D extends DType, F extends DType, B extends string = ''> {
  <const S extends string>(shape: DrawnShape<Op, A, B, S, undefined>): (key: Key) => Tensor<Behind<S, K>, D>
  <const S extends string, const G extends Sizes | undefined>(
    shape: DrawnShape<Op, A, B, S, G>,
    sizes: G,
  ): (key: Key) => Tensor<Behind<S, K>, D>
  <const S extends string, const G extends Sizes | undefined, E extends F | undefined>(
    shape: DrawnShape<Op, A, B, S, G>,
    sizes: G,
    dtype: E,
  ): (key: Key) => Tensor<Behind<S, K>, NoInfer<Given<E, D>>>
}

interface Labelled {
  readonly shape: string
  readonly sizes: readonly number[]
}

interface Rows {
  /** The parameters without the axes of one draw. */
  readonly parameters: readonly Labelled[]
  /** One draw. */
  readonly row: Labelled
  /** The dtype of the parameters, if they have one. */
  readonly dtype?: DType
}

/** A draw of rows; the sampler is given how many there are and their sizes, and gives 'n… row…'. */
export const drawingRows =
  (op: string, { parameters, row, dtype: own }: Rows, sampler: (key: Value, n: number, dtype: DType, sizes: readonly number[]) => Value) =>
  (shape: string, given?: Sizes, asked?: DType) =>
  (key: Value): Value => {
    checkKey(op, key)
    const sizes = drawnSizes(op, shape, given, parameters)
    const dtype = asked ?? own ?? 'float32'
    if (!isFloat(dtype) || (own !== undefined && own !== dtype))
      return fail({
        _tag: 'DTypeError',
        detail: `${op}: draws ${own ?? 'floats'}, not ${typeof dtype === 'string' ? shorten(dtype) : show(dtype)}: ask for ${own ?? 'float32 or float64'}`,
      })
    checkLength(op, dtype, sizeOf(sizes) * sizeOf(row.sizes))
    const drawn = calledAs(op, () => fused(sizeOf(sizes) * sizeOf(row.sizes), own => sampler(own, sizeOf(sizes), dtype, sizes), key))
    return labelled(op, join([...dims(shape), ...dims(row.shape)]), reshapeTo(drawn, [...sizes, ...row.sizes]))
  }
