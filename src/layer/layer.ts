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
import { dims, type Err, type Expect, isErr, join, type Ok } from '../shape/index.js'
import { fail, type Tensor, typed, type Value, type WellFormed, wellFormed } from '../tensor/index.js'

/** One step of a layer. */
export interface Stage {
  /** Makes the stage's parameters; undefined for a stage that has none. */
  readonly init: ((key: Key) => unknown) | undefined
  readonly apply: (params: unknown) => (x: Value) => Value
}

/** `P` is the tuple of parameters, `I` and `O` the shapes of one example's input and output. @category model */
export interface Layer<P extends readonly unknown[], I extends string, O extends string> {
  readonly input: I
  readonly output: O
  readonly stages: readonly Stage[]
  /** New parameters from a key. Those of a part do not depend on the parts after it. */
  readonly init: (key: Key) => P
  readonly apply: (params: P) => (x: Tensor<I>) => Tensor<O>
}

const initialise =
  (stages: readonly Stage[]) =>
  (key: Key): readonly unknown[] =>
    stages.flatMap(({ init }) => (init ? [init] : [])).map((init, i) => init(foldIn(i)(key)))

/** A batch where one example is wanted has one axis more, before the others. */
const batchHint = (input: string, shape: string): string => {
  const [axis, ...rest] = dims(shape)
  return axis !== undefined && join(rest) === input ? `: vmap('${axis}') lifts it to a batch` : ''
}

const run =
  (input: string, stages: readonly Stage[]) =>
  (params: readonly unknown[]) =>
  (x: Value): Value => {
    const expected = stages.filter(({ init }) => init !== undefined).length
    if (params.length !== expected)
      fail({ _tag: 'TreeError', op: 'apply', path: 'params', detail: `has ${params.length} parts, the layer has ${expected}` })
    if (x.shape !== input)
      fail({ _tag: 'ShapeError', detail: `apply: the layer takes '${input}', not '${x.shape}'${batchHint(input, x.shape)}` })
    const own = params[Symbol.iterator]()
    return stages.reduce((y, { init, apply }) => apply(init ? own.next().value : undefined)(y), x)
  }

/** A layer from its stages; the one place where a list of stages is given the type that its makers have checked. */
export const makeLayer = <P extends readonly unknown[], I extends string, O extends string>(
  input: I,
  output: string,
  stages: readonly Stage[],
): Layer<P, I, O> => typed<Layer<P, I, O>>({ input, output, stages, init: initialise(stages), apply: run(input, stages) })

/** A layer followed by one more stage. */
export const append = <Q extends readonly unknown[], I extends string, O extends string>(
  layer: Layer<readonly unknown[], I, string>,
  output: Ok<string> | Err<string>,
  stage: Stage,
): Layer<Q, I, O> =>
  isErr(output) ? fail({ _tag: 'ShapeError', detail: output.message }) : makeLayer(layer.input, output.shape, [...layer.stages, stage])

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
export const input = <const S extends string>(shape: WellFormed<S>): Layer<[], S, S> => makeLayer(typed<S>(wellFormed(shape)), shape, [])

/** What the second layer takes is what the first gives. @category type-level */
export type Fits<O extends string, I extends string> = string extends O | I
  ? Ok<I>
  : O extends I
    ? Ok<I>
    : Err<`sequential: '${O}' does not go into a layer that takes '${I}'`>

/**
 * A layer followed by a whole layer: the composition of the category that `input` is the identity of.
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
export const sequential =
  <Q extends readonly unknown[], M extends string, N extends string>(next: Layer<Q, M, N>) =>
  <P extends readonly unknown[], I extends string, O extends string>(
    first: Expect<Fits<O, M>, Layer<P, I, O>>,
  ): Layer<[...P, ...Q], I, N> => {
    const before = typed<Layer<P, I, O>>(first)
    return before.output === typed<string>(next.input)
      ? makeLayer(before.input, next.output, [...before.stages, ...next.stages])
      : fail({ _tag: 'ShapeError', detail: `sequential: '${before.output}' does not go into a layer that takes '${next.input}'` })
  }
