/**
 * Layers of one's own: parameters from a key, and a function of one example.
 *
 * @example
 * import { initializer, layer, matmul, mul, pipe, random, sigmoid, tensor, type Tensor } from 'pullback'
 *
 * // x · w, each output held back by a gate: a gated linear unit.
 * const gated = layer.make({
 *   init: key => ({ w: initializer.heNormal('4 8')(key), gate: initializer.heNormal('4 8')(random.foldIn(1)(key)) }),
 *   apply: params => (x: Tensor<'4'>) => pipe(x, matmul(params.w), mul(pipe(x, matmul(params.gate), sigmoid))),
 * })
 * const model = pipe(layer.input('4'), gated, layer.dense(3))
 * const params = model.init(random.key(0))
 * assert.equal(params[0].gate.shape, '4 8')
 * assert.equal(model.apply(params)(tensor([1, 2, 3, 4])).shape, '3')
 */
import type { Key } from '../random/index.js'
import { namesIn } from '../shape/expression.js'
import { dims, type Err, type Expect, type Ok, ok } from '../shape/index.js'
import {
  type DType,
  fail,
  flatten,
  isTensor,
  reading,
  type Structure,
  sameStructure,
  sizeOfAxis,
  type Tensor,
  tree,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { traceTree } from '../transform/index.js'
import { type After, append, type Follows, type Layer } from './layer.js'

/** `Q` is a tree of parameters, `I` and `O` the shapes of one example before and after. @category model */
export interface OwnLayer<Q, I extends string, O extends string> {
  /** What errors call the layer; `layer.make` unless given. */
  readonly name?: string
  /** New parameters from a key: a tensor, or a record or tuple of tensors. */
  readonly init: (key: Key) => Q
  /** The layer itself: a pure function, of the parameters and one example to one tensor. */
  readonly apply: (params: Q) => (x: Tensor<I>) => Tensor<O>
}

/** The rule that the layer before gives what the new one takes. @category type-level */
export type OwnRule<O extends string, I extends string, N extends string> = O extends string
  ? [I] extends [never]
    ? Err<`layer.make: annotate the argument of apply, as in params => (x: Tensor<'${O}'>) => …`>
    : Follows<'layer.make', O, I> extends Err<infer M>
      ? Err<M>
      : Ok<N>
  : never

/** A layer followed by one of one's own. @category type-level */
export type OwnStage<Q, I extends string, O extends string> = <P extends readonly unknown[], X extends string, B extends string>(
  m: Expect<OwnRule<B, I, O>, Layer<P, X, B>>,
) => After<OwnRule<B, I, O>, [...P, Q], X>

/** What is known of a tensor among a layer's parameters when the layer is made. */
interface Leaf {
  readonly path: string
  readonly shape: string
  readonly dtype: DType
}

const leafStructure: Structure = { kind: 'leaf' }
const keyShape = { shape: '2', sizes: [2], dtype: 'uint32' } as const

/** The parameters that `init` makes. They are found by tracing it, so that nothing is drawn. */
const parametersOf = (
  op: string,
  init: (key: Key) => unknown,
): { readonly structure: Structure; readonly leaves: readonly Value[]; readonly paths: readonly string[] } => {
  const { structure, outputs } = traceTree(`${op}: init`, key => init(typed<Key>(key)), [keyShape], leafStructure)
  return { structure, leaves: outputs, paths: tree.paths(typed<object>(unflatten(structure, outputs))) }
}

/** An example of a shape. Each name has a size of its own here, so that names cannot be mistaken for one another. */
const exampleOf = (op: string, shape: string): { readonly shape: string; readonly sizes: readonly number[]; readonly dtype: 'float32' } => {
  const axes = dims(shape)
  const names = [...new Set(axes.flatMap(namesIn))]
  const sizes = Object.fromEntries(names.map((name, i) => [name, i + 2]))
  return { shape, sizes: axes.map(axis => sizeOfAxis(op, shape, axis, sizes)), dtype: 'float32' }
}

const resultOf = (op: string, y: unknown): Value => {
  if (!isTensor(y))
    return fail({ _tag: 'TreeError', op: `${op}: apply`, path: '', detail: 'gives no tensor: return one from params => x => …' })
  return y.dtype === 'float32'
    ? y
    : fail({ _tag: 'DTypeError', detail: `${op}: apply gives ${y.dtype}, a layer gives float32: cast('float32') last` })
}

const applied = (op: string, apply: (params: unknown) => unknown, params: unknown, x: Value): Value => {
  const f = apply(params)
  return typeof f === 'function'
    ? resultOf(op, f(x))
    : fail({ _tag: 'ArgumentError', op, detail: 'apply gives no function: write params => x => …' })
}

/** Checks that parameters are those that the layer's own `init` makes: of the same form, each leaf of the same shape and dtype. */
const checkParameters = (op: string, params: unknown, structure: Structure, expected: readonly Leaf[]): void => {
  const found = flatten(`${op}: params`, params)
  if (!sameStructure(found.structure, structure))
    fail({
      _tag: 'TreeError',
      op,
      path: 'params',
      detail: `has the leaves (${tree.paths(typed<object>(params)).join(', ')}), the layer has (${expected.map(({ path }) => path).join(', ')})`,
    })
  found.leaves.forEach((leaf, i) => {
    const own = expected[i]
    if (own && (leaf.shape !== own.shape || leaf.dtype !== own.dtype))
      fail({
        _tag: 'ShapeError',
        detail: `${op}: the parameter ${own.path === '' ? '' : `${own.path} `}is ${leaf.dtype} '${leaf.shape}', the layer has ${own.dtype} '${own.shape}'`,
      })
  })
}

/**
 * A layer of one's own from `init` and `apply`, as a stage of a `pipe`. The types of `apply` say which shape it takes and gives: annotate
 * its example. Both functions are traced once when the layer is put after another, so that mistakes in them are told there; an axis that has
 * only a name has a size of its own there.
 *
 * Write `init` as `key => …` and before `apply`, whose parameters get their types from it.
 *
 * For a layer of any shape write a function of the layer before, `m => pipe(m, layer.make({ … }))`, that reads `m.output`.
 *
 * **Shapes**: an example 'in' → 'out', as `apply` says.
 * **Errors**: parameters that are no tree of tensors; an `apply` that gives no float32 tensor or, later, another shape than when the layer was
 * made; a layer before that gives another shape; when applied, parameters of another form, shape or dtype.
 *
 * @example
 * import { initializer, layer, mul, ones, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const scale = layer.make({ init: key => initializer.ones('2')(key), apply: w => (x: Tensor<'2'>) => pipe(x, mul(w)) })
 * const model = pipe(layer.input('2'), scale)
 * assert.deepEqual(toNested(model.apply([tensor([2, 3])])(ones('2'))), [2, 3])
 *
 * @category constructors
 */
export const make = <Q extends object, I extends string = never, O extends string = never>(own: OwnLayer<Q, I, O>): OwnStage<Q, I, O> => {
  const given: { readonly [field: string]: unknown } = reading('layer.make', () =>
    typeof own === 'object' && own !== null ? { ...own } : {},
  )
  const { name, init, apply } = given
  if (typeof init !== 'function' || typeof apply !== 'function')
    return fail({ _tag: 'ArgumentError', op: 'layer.make', detail: 'give { init, apply }: key => params and params => x => y' })
  const op = typeof name === 'string' && name !== '' ? name : 'layer.make'
  return typed<OwnStage<Q, I, O>>((layer: unknown): unknown =>
    append(op, layer, before => {
      const { structure, leaves, paths } = parametersOf(op, typed<(key: Key) => unknown>(init))
      const expected = leaves.map(({ shape, dtype }, i): Leaf => ({ path: paths[i] ?? '', shape, dtype }))
      const call = typed<(params: unknown) => unknown>(apply)
      const example = exampleOf(op, before.output)
      const traced = traceTree(
        op,
        pair => {
          const [params, x] = typed<readonly [unknown, Value]>(pair)
          return applied(op, call, params, x)
        },
        [...leaves, example],
        { kind: 'tuple', children: [structure, leafStructure] },
      )
      const output = traced.shapes[0] ?? ''
      return [
        ok(output),
        {
          init: key => {
            const params: unknown = init(key)
            checkParameters(op, params, structure, expected)
            return params
          },
          apply: params => {
            checkParameters(op, params, structure, expected)
            return x => {
              const y = applied(op, call, params, x)
              return y.shape === output
                ? y
                : fail({
                    _tag: 'ShapeError',
                    detail: `${op}: apply gives '${y.shape}', and '${output}' when the layer was made: it must be a pure function of its arguments`,
                  })
            }
          },
        },
      ]
    }),
  )
}
