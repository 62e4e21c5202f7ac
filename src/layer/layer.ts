/**
 * Layers: pure functions of one example with parameters, composed with `pipe`.
 *
 * A layer is a list of stages, so composition is concatenation: it is associative, and `input` is its identity. The parameters of a
 * composition are the parameters of its parts in reading order.
 *
 * @example
 * import { layer, pipe, random, tensor } from 'pullback'
 *
 * const model = pipe(layer.input('4'), layer.dense(16), layer.tanh, layer.dense(3))
 * const params = model.init(random.key(0))
 * assert.equal(params[0].weight.shape, '4 16')
 * assert.equal(model.apply(params)(tensor([1, 2, 3, 4])).shape, '3')
 */
import { foldIn, type Key } from '../random/index.js'
import { dims, type Err, type Expect, err, isErr, join, type Ok, ok } from '../shape/index.js'
import { fail, isTensor, reading, type Tensor, typed, type Value, type WellFormed, wellFormed } from '../tensor/index.js'

/** One step of a layer. */
export interface LayerStage {
  /** Makes the stage's parameters; undefined for a stage that has none. */
  readonly init: ((key: Key) => unknown) | undefined
  readonly apply: (params: unknown) => (x: Value) => Value
}

/**
 * The mark of what this room alone makes. An object literal cannot have a private member, and TypeScript leaves private members out of a
 * spread, so neither of them is a `Layer` to the compiler. At run time, a layer is an object that `stagesOf` knows.
 */
declare class Made {
  private readonly 'a layer is made by layer.input, and one of your own by layer.make': never
}

/** The shape of an example, or the sentence that the compiler prints beside a tensor of another shape. @category type-level */
export interface Takes<I extends string> {
  readonly shape: I | `apply: the layer takes one example '${I}': vmap lifts it to a batch`
}
/** The argument of a layer: a `Tensor<I>`, with a sentence for what does not fit. @category type-level */
export type Example<I extends string> = Takes<I> & Tensor<I>

/**
 * `P` is the tuple of parameters, `I` and `O` the shapes of one example's input and output. Only the functions of this module make layers;
 * `make` is the one for layers of your own.
 *
 * @category model
 */
export interface Layer<P extends readonly unknown[], I extends string, O extends string> extends Made {
  readonly input: I
  readonly output: O
  /** New parameters from a key. Those of a part do not depend on the parts after it. */
  readonly init: (key: Key) => P
  readonly apply: (params: P) => (x: Example<I>) => Tensor<O>
}

/** Any layer, whatever its parameters and shapes. @category type-level */
export interface AnyLayer extends Made {
  readonly input: string
  readonly output: string
  readonly init: (key: Key) => readonly unknown[]
  readonly apply: (params: never) => (x: never) => Tensor<string>
}

/** The parameters of a layer; of a union of layers, the union of their parameters. @category type-level */
export type ParamsOf<M extends AnyLayer> = ReturnType<M['init']>

/** The stages of each layer. A copy of a layer has no entry, so it is no layer. */
const stagesOf = new WeakMap<object, readonly LayerStage[]>()

const isObject = (x: unknown): x is object => (typeof x === 'object' && x !== null) || typeof x === 'function'

/** The stages of a layer; refuses what is none. `op` names the function that was given it. */
export const checkLayer = (op: string, layer: unknown): readonly LayerStage[] => {
  const stages = isObject(layer) ? stagesOf.get(layer) : undefined
  if (stages) return stages
  const alike = isObject(layer) && reading(op, () => 'apply' in layer && 'init' in layer)
  return fail({
    _tag: 'ArgumentError',
    op,
    detail: alike
      ? 'a copy of a layer, or an object like one, is no layer: make a layer of your own with layer.make'
      : 'this is no layer, and a stage goes after one: a model begins with layer.input, a tensor goes into an operation',
  })
}

/** The layer whose last stage has the output that rule `R` gives. @category type-level */
export type After<R, P extends readonly unknown[], I extends string> = R extends Ok<infer O extends string> ? Layer<P, I, O> : never

const initialise =
  (stages: readonly LayerStage[]) =>
  (key: Key): readonly unknown[] =>
    stages.flatMap(({ init }) => (init ? [init] : [])).map((init, i) => init(foldIn(i)(key)))

/** A hint in a message: a batch in the place of an example has one more axis before the others. */
const batchHint = (input: string, shape: string): string => {
  const [axis, ...rest] = dims(shape)
  return axis !== undefined && join(rest) === input ? `: vmap('${axis}') lifts it to a batch` : ''
}

const run =
  (op: string, input: string, stages: readonly LayerStage[]) =>
  (params: readonly unknown[]) =>
  (x: Value): Value => {
    const expected = stages.filter(({ init }) => init !== undefined).length
    if (!Array.isArray(params))
      fail({ _tag: 'TreeError', op, path: 'params', detail: 'is not a tuple of parameters: give what init makes' })
    if (params.length !== expected)
      fail({ _tag: 'TreeError', op, path: 'params', detail: `has ${params.length} parts, the layer has ${expected}` })
    if (!isTensor(x)) fail({ _tag: 'TreeError', op, path: '', detail: 'is not a tensor: make one with tensor or fromArray' })
    if (x.dtype !== 'float32') fail({ _tag: 'DTypeError', detail: `${op}: the layer takes float32, not ${x.dtype}: cast('float32') first` })
    if (x.shape !== input)
      fail({ _tag: 'ShapeError', detail: `${op}: the layer takes '${input}', not '${x.shape}'${batchHint(input, x.shape)}` })
    const own = params[Symbol.iterator]()
    return stages.reduce((y, { init, apply }) => apply(init ? own.next().value : undefined)(y), x)
  }

/** A layer from its stages; the one place where a list of stages is given the type that its makers have checked. */
export const makeLayer = <P extends readonly unknown[], I extends string, O extends string>(
  input: I,
  output: string,
  stages: readonly LayerStage[],
): Layer<P, I, O> => {
  const layer = Object.freeze({ input, output, init: initialise(stages), apply: run('apply', input, stages) })
  stagesOf.set(layer, stages)
  return typed<Layer<P, I, O>>(layer)
}

/** `apply` of a layer, whose errors name the function that uses it. */
export const applyAs = (op: string, layer: unknown, params: unknown): ((x: Value) => Value) =>
  run(op, typed<Before>(layer).input, checkLayer(op, layer))(typed<readonly unknown[]>(params))

/** What was given to a stage, once it is known to be a layer. */
export interface Before {
  readonly input: string
  readonly output: string
}

/**
 * A layer followed by more stages, of which a function says what they make of its output.
 * `op` names the maker of the stages in errors.
 */
export const append = <L>(
  op: string,
  layer: unknown,
  stages: (before: Before) => readonly [output: Ok<string> | Err<string>, ...added: readonly LayerStage[]],
): L => {
  const known = checkLayer(op, layer)
  const before = typed<Before>(layer)
  const [output, ...added] = stages(before)
  return isErr(output)
    ? fail({ _tag: 'ShapeError', detail: output.message })
    : typed<L>(makeLayer(before.input, output.shape, [...known, ...added]))
}

/**
 * The identity on examples of a shape: where a model begins.
 *
 * @example
 * import { layer, tensor, toNested } from 'pullback'
 *
 * assert.deepEqual(toNested(layer.input('2').apply([])(tensor([1, 2]))), [1, 2])
 *
 * @category constructors
 */
export const input = <const S extends string>(shape: WellFormed<S>): Layer<[], S, S> =>
  makeLayer(typed<S>(wellFormed('layer.input', shape)), shape, [])

/** The rule that the second layer takes what the first gives. @category type-level */
export type Follows<Op extends string, O extends string, I extends string> = string extends O | I
  ? Ok<I>
  : O extends I
    ? Ok<I>
    : Err<`${Op}: '${O}' does not go into a layer that takes '${I}'`>

export const follows = (op: string, output: string, input: string): Ok<string> | Err<string> =>
  output === input ? ok(output) : err(`${op}: '${output}' does not go into a layer that takes '${input}'`)

/** A whole layer as a stage. @category type-level */
export type Then<Q extends readonly unknown[], M extends string, N extends string> = <
  P extends readonly unknown[],
  I extends string,
  O extends string,
>(
  m: Expect<Follows<'sequential', O, M>, Layer<P, I, O>>,
) => Follows<'sequential', O, M> extends Ok<string> ? Layer<[...P, ...Q], I, N> : never

/**
 * A layer followed by a whole layer. This is composition in the category of layers, whose identities are made by `input`.
 *
 * @example
 * import { layer, pipe } from 'pullback'
 *
 * const hidden = pipe(layer.input('4'), layer.dense(8), layer.relu)
 * const head = pipe(layer.input('8'), layer.dense(3))
 * assert.equal(pipe(hidden, layer.sequential(head)).output, '3')
 *
 * @category combinators
 */
export const sequential = <Q extends readonly unknown[], M extends string, N extends string>(next: Layer<Q, M, N>): Then<Q, M, N> => {
  const stages = checkLayer('sequential', next)
  return typed<Then<Q, M, N>>((layer: unknown): unknown =>
    append('sequential', layer, before => {
      const rule = follows('sequential', before.output, next.input)
      return [isErr(rule) ? rule : ok(next.output), ...stages]
    }),
  )
}
