/**
 * The dense layer: every output is a weighted sum of all inputs plus a bias, along the last axis.
 *
 * @example
 * import { initializer, layer, pipe, random, tensor, toNested } from 'pullback'
 *
 * const model = pipe(layer.input('2'), layer.dense(3, { weight: initializer.ones }))
 * const params = model.init(random.key(0))
 * assert.deepEqual(toNested(model.apply(params)(tensor([1, 2]))), [3, 3, 3])
 */
import { add, broadcastAxes, contract } from '../primitives/index.js'
import { split } from '../random/index.js'
import {
  type Dims,
  dims,
  type Err,
  type Expect,
  err,
  isNumeral,
  type Join,
  join,
  type Ok,
  type Option,
  type Options,
  ok,
  type Rule,
} from '../shape/index.js'
import {
  checkFunction,
  fail,
  heldOptions,
  isTensor,
  numerals,
  relabel,
  shapeText,
  show,
  type Tensor,
  typed,
  type Value,
} from '../tensor/index.js'
import { glorotUniform, type Initializer, zeros } from './initializer.js'
import { type After, append, type Layer } from './layer.js'

/** The parameters of a dense layer from `I` inputs to `O` outputs. @category model */
export interface Dense<I extends string, O extends string> {
  readonly weight: Tensor<Join<[I, O]>>
  readonly bias: Tensor<O>
}

/** The parameters of a dense layer without bias. @category model */
export interface Linear<I extends string, O extends string> {
  readonly weight: Tensor<Join<[I, O]>>
}

/** The rule of a dense layer: the last axis must be a size, and becomes `N`. @category type-level */
export type DenseRule<S extends string, N extends number> = N extends unknown
  ? string extends S
    ? Ok<string>
    : Dims<S> extends readonly [...infer Lead extends string[], infer Last extends string]
      ? Last extends `${number}`
        ? `${N}` extends '0' | `${string}${'-' | '.' | 'e'}${string}`
          ? Err<`dense(${N}): give a whole number of outputs from 1 up`>
          : Ok<Join<[...Lead, `${N}`]>>
        : Err<`dense(${N}): the size of '${Last}' in '${S}' is not known, the last axis must be a number`>
      : Err<`dense(${N}): a scalar has no axis to map, begin with layer.input('1')`>
  : never

export const denseRule = (shape: string, n: number): Rule => {
  const axes = dims(shape)
  const last = axes.at(-1)
  if (last === undefined) return err(`dense(${n}): a scalar has no axis to map, begin with layer.input('1')`)
  if (!isNumeral(last)) return err(`dense(${n}): the size of '${last}' in '${shape}' is not known, the last axis must be a number`)
  return /^[1-9]\d*$/.test(String(n))
    ? ok(join([...axes.slice(0, -1), String(n)]))
    : err(`dense(${n}): give a whole number of outputs from 1 up`)
}

/** The last axis. @category type-level */
export type LastAxis<S extends string> = Dims<S> extends readonly [...string[], infer L extends string] ? L : string

/** @category model */
export interface DenseOptions {
  /** Initial weights; Glorot's uniform ones unless given. */
  readonly weight?: Initializer | undefined
  /** Initial biases, zeros unless given; `false` for none. */
  readonly bias?: Initializer | false | undefined
}

const names = ['weight', 'bias'] as const

/** The parameters of a dense layer, with or without bias. @category type-level */
export type DenseParams<B, I extends string, O extends string> = B extends false ? Linear<I, O> : Dense<I, O>

/** The parameters of a dense stage as its own `init` makes them. */
interface Weights {
  readonly weight: Value
  readonly bias?: Value
}

/** A parameter of a dense stage, of the sizes that its init gives it. */
const parameter = (n: number, name: 'weight' | 'bias', params: unknown, shape: string): Value => {
  const found = typeof params === 'object' && params !== null ? typed<Partial<Weights>>(params)[name] : undefined
  if (!isTensor(found))
    return fail({ _tag: 'TreeError', op: `dense(${n})`, path: name, detail: `is missing from the parameters, it is '${shape}'` })
  return numerals(found.sizes) === shape
    ? found
    : fail({ _tag: 'ShapeError', detail: `dense(${n}): the ${name} is ${shapeText(found)}, the layer has '${shape}'` })
}

const affine =
  (params: Weights) =>
  (x: Value): Value => {
    const axis = x.sizes.length - 1
    const y = contract(x, params.weight, { left: [axis], right: [0], leftBatch: [], rightBatch: [] })
    const shape = join([...dims(x.shape).slice(0, -1), String(params.weight.sizes[1])])
    if (params.bias === undefined) return relabel(shape, y)
    const lead = y.sizes.slice(0, -1).map((_, i) => i)
    return relabel(shape, add(y, broadcastAxes(params.bias, y.sizes, lead)))
  }

/** A layer followed by a dense one of `N` outputs. @category type-level */
export type DenseStage<N extends number, B> = <P extends readonly unknown[], I extends string, O extends string>(
  m: Expect<DenseRule<O, N>, Layer<P, I, O>>,
) => After<DenseRule<O, N>, [...P, DenseParams<B, LastAxis<O>, `${N}`>], I>

/** A dense layer without or with options. @category type-level */
export interface DenseLayer {
  <const N extends number>(n: N): DenseStage<N, Initializer>
  <const N extends number, const O extends DenseOptions | undefined>(
    n: N,
    options: Expect<Options<`dense(${N})`, O, typeof names>, O>,
  ): DenseStage<N, Option<O, 'bias', Initializer>>
}

/**
 * A dense layer with `n` outputs; its inputs are the last axis of what comes before it.
 *
 * **Shapes**: x: '… in', weight: 'in out', bias: 'out' → '… out'.
 * **Errors**: a last axis whose size is only a name; when applied, parameters that are missing or of other sizes.
 *
 * @example
 * import { layer, pipe, random } from 'pullback'
 *
 * const model = pipe(layer.input('seq 4'), layer.dense(3, { bias: false }))
 * assert.equal(model.output, 'seq 3')
 * assert.equal(model.init(random.key(0))[0].weight.shape, '4 3')
 *
 * @category constructors
 */
export const dense: DenseLayer = typed<DenseLayer>((n: number, options?: DenseOptions) => {
  if (typeof n !== 'number') return fail({ _tag: 'ShapeError', detail: `dense(${show(n)}): give a whole number of outputs from 1 up` })
  const op = `dense(${n})`
  const { weight = glorotUniform, bias = zeros } = heldOptions(op, options, names)
  checkFunction(op, weight, 'give an initializer of weights, such as initializer.heNormal')
  if (bias !== false) checkFunction(op, bias, 'give an initializer of biases, or false for none')
  return (layer: unknown): unknown =>
    append('layer.dense', layer, before => {
      const inputs = dims(before.output).at(-1) ?? ''
      return [
        denseRule(before.output, n),
        {
          // The weight is drawn with the stage's own key. The bias has another key, for initialisers that draw it.
          init: key => {
            const [weightKey, biasKey] = split()(key)
            const weights = { weight: weight(`${inputs} ${n}`)(weightKey) }
            return bias === false ? weights : { ...weights, bias: bias(String(n))(biasKey) }
          },
          apply: params => {
            const own = parameter(n, 'weight', params, `${inputs} ${n}`)
            return affine(bias === false ? { weight: own } : { weight: own, bias: parameter(n, 'bias', params, String(n)) })
          },
        },
      ]
    })
})
