/** What all draws have in common: a shape with its sizes, a dtype, a key, and parameters that are stretched to the shape. */
import { stretch } from '../ops/apply-rule.js'
import { castTo, reshapeTo } from '../primitives/index.js'
import type { Given } from '../shape/index.js'
import {
  calledAs,
  checkLength,
  concrete,
  type DType,
  type Float,
  fail,
  isFloat,
  relabel,
  type Sized,
  type Sizes,
  type SizesOf,
  shorten,
  show,
  sizeOf,
  type Tensor,
  typed,
  type Value,
  type WellFormed,
} from '../tensor/index.js'
import { fused } from './fused.js'
import { checkKey, type Key } from './key.js'
import { drawnSizes, dtypeOf, type Held, tensorsOf } from './parameter.js'

/** A draw from a shape, then a key. @category type-level */
export interface Draw<Op extends string> {
  <const S extends string>(shape: Sized<Op, S>): (key: Key) => Tensor<S>
  <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): (key: Key) => Tensor<S>
  <const S extends string, D extends Float | undefined>(
    shape: WellFormed<S>,
    sizes: SizesOf<S>,
    dtype: D,
  ): (key: Key) => Tensor<S, NoInfer<Given<D, 'float32'>>>
}

/** A draw of one dtype. @category type-level */
export interface DrawOf<Op extends string, D extends DType> {
  <const S extends string>(shape: Sized<Op, S>): (key: Key) => Tensor<S, D>
  <const S extends string>(shape: WellFormed<S>, sizes: SizesOf<S>): (key: Key) => Tensor<S, D>
}

/** Makes n numbers of a dtype from a key and parameters, each of which has n entries. */
export type Sampler = (key: Value, n: number, dtype: DType, ...parameters: readonly Value[]) => Value

/** The dtype of draws: the one asked for, which is that of the parameters if they have one, else float32. */
const dtypeFor = (op: string, asked: DType | undefined, own: DType | undefined): DType => {
  const dtype = asked ?? own ?? 'float32'
  if (!isFloat(dtype))
    return fail({
      _tag: 'DTypeError',
      detail: `${op}: draws floats, not ${typeof dtype === 'string' ? shorten(dtype) : show(dtype)}: ask for float32 or float64`,
    })
  return own === undefined || own === dtype
    ? dtype
    : fail({ _tag: 'DTypeError', detail: `${op}: the parameters are ${own}, not ${dtype}: cast them, or ask for no dtype` })
}

/** A parameter with an entry for each draw. */
const spread = (value: number | Value, sizes: readonly number[], n: number, dtype: DType): Value =>
  typeof value === 'number' ? concrete([n], dtype, value) : castTo(reshapeTo(stretch(value, sizes, value.shape), [n]), dtype)

interface Draws {
  readonly parameters?: readonly Held[]
  /** The dtype of the numbers, if it is always the same; then parameters are float64. */
  readonly dtype?: DType
}

/** A draw by a sampler. */
export const drawing =
  (op: string, sampler: Sampler, { parameters = [], dtype: only }: Draws = {}) =>
  (shape: string, given?: Sizes, asked?: DType) =>
  (key: Value): Value => {
    checkKey(op, key)
    const sizes = drawnSizes(op, shape, given, tensorsOf(parameters))
    const own = dtypeOf(op, parameters)
    const dtype = only ?? dtypeFor(op, asked, own)
    const n = checkLength(op, dtype, sizeOf(sizes))
    const values = parameters.map(({ value }) => spread(value, sizes, n, only === undefined ? dtype : 'float64'))
    return relabel(
      shape,
      reshapeTo(
        calledAs(op, () => fused(n, own => sampler(own, n, dtype, ...values), key)),
        sizes,
      ),
    )
  }

/** A draw of floats without parameters. */
export const standard = <Op extends string>(op: Op, sampler: Sampler): Draw<Op> => typed(drawing(op, sampler))
