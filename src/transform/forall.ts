/**
 * `forall`: a function checked once for all sizes. Inside, names stand for themselves; at each call they are bound to the axes given.
 *
 * @example
 * import { forall, matmul, pipe, softmax, zeros, type Tensor } from 'pullback'
 *
 * const project = forall((x: Tensor<'seq d'>, w: Tensor<'d k'>) => pipe(x, matmul(w), softmax(-1)))
 * const y: Tensor<'64 32'> = project(zeros('64 128'), zeros('128 32'))
 * assert.equal(y.shape, '64 32')
 */
import { reshapeTo } from '../primitives/index.js'
import { namesIn } from '../shape/expression.js'
import {
  type Bindings,
  type Closed,
  dims,
  type Err,
  type Expect,
  isErr,
  type Merged,
  type Ok,
  ok,
  type Starred,
  substShape,
  type Unify,
  unify,
} from '../shape/index.js'
import { isStarred, leading, merged } from '../shape/leading.js'
import { closed } from '../shape/unify.js'
import {
  at,
  checkFunction,
  checkSizes,
  type DType,
  fail,
  flatten,
  isTensor,
  labelled,
  sizeOf,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import type { Polymorphic, Subst } from './pattern.js'

/** An argument whose shape a rule must allow. */
type Argument<R, A extends string, D extends DType> = Expect<R, Tensor<A, D>>
/** After the last argument every name of an expression is bound, unless the function gives another. */
type AllBound<R, E> = R extends (...args: never[]) => unknown ? E : Closed<E>
type Bound1<P1 extends string, A1 extends string> = Unify<P1, A1>
type Bound2<P1 extends string, P2 extends string, A1 extends string, A2 extends string> = Unify<P2, A2, Bound1<P1, A1>>
type Bound3<P1 extends string, P2 extends string, P3 extends string, A1 extends string, A2 extends string, A3 extends string> = Unify<
  P3,
  A3,
  Bound2<P1, P2, A1, A2>
>

/** What `forall` makes of a function of one tensor: interfaces, so that the declarations of a user's package name them. @category type-level */
export type Polymorphic1<P1 extends string, D1 extends DType, R> = <A1 extends string>(
  a: Argument<AllBound<R, Bound1<P1, A1>>, A1, D1>,
) => Subst<R, Bound1<P1, A1>>
/** Of a function of two. @category type-level */
export type Polymorphic2<P1 extends string, P2 extends string, D1 extends DType, D2 extends DType, R> = <
  A1 extends string,
  A2 extends string,
>(
  a: Argument<Bound1<P1, A1>, A1, D1>,
  b: Argument<AllBound<R, Bound2<P1, P2, A1, A2>>, A2, D2>,
) => Subst<R, Bound2<P1, P2, A1, A2>>
/** Of a function of three. @category type-level */
export type Polymorphic3<
  P1 extends string,
  P2 extends string,
  P3 extends string,
  D1 extends DType,
  D2 extends DType,
  D3 extends DType,
  R,
> = <A1 extends string, A2 extends string, A3 extends string>(
  a: Argument<Bound1<P1, A1>, A1, D1>,
  b: Argument<Bound2<P1, P2, A1, A2>, A2, D2>,
  c: Argument<AllBound<R, Bound3<P1, P2, P3, A1, A2, A3>>, A3, D3>,
) => Subst<R, Bound3<P1, P2, P3, A1, A2, A3>>

/** A shape, or a tree of shapes, in the place of a tensor or a tree of tensors. @category type-level */
export type Pattern = string | readonly unknown[] | { readonly [key: string]: unknown }

/** The float32 tensors of a pattern. @category type-level */
export type Patterned<P> = P extends string ? Tensor<P> : { readonly [K in keyof P]: Patterned<P[K]> }

/** The same as the body has them, where leading axes are one. @category type-level */
export type InBody<P> = P extends string ? Tensor<Merged<P>> : { readonly [K in keyof P]: InBody<P[K]> }

/** Leading axes are one axis in the body, which is made when it runs: types alone do not do that. @category type-level */
export type WithoutLeading<P, F> = [Extract<P, Starred>] extends [never]
  ? F
  : (...args: `forall: '${Extract<P, Starred>}' has leading axes: give the shapes as strings, as in forall('*batch 4')(x => …)`[]) => never

/** The dimension strings of trees of tensors, and of the functions that follow. */
type ShapesIn<T> =
  T extends Tensor<infer S, DType>
    ? S
    : T extends (...args: infer A) => infer R
      ? ShapesIn<A> | ShapesIn<R>
      : T extends readonly unknown[]
        ? { [K in keyof T]: ShapesIn<T[K]> }[number]
        : { [K in keyof T]: ShapesIn<T[K]> }[keyof T]

/** @category type-level */
export interface Forall {
  <P1 extends string, D1 extends DType, R>(f: (a: Tensor<P1, D1>) => R): WithoutLeading<P1, Polymorphic1<P1, D1, R>>
  <P1 extends string, P2 extends string, D1 extends DType, D2 extends DType, R>(
    f: (a: Tensor<P1, D1>, b: Tensor<P2, D2>) => R,
  ): WithoutLeading<P1 | P2, Polymorphic2<P1, P2, D1, D2, R>>
  <P1 extends string, P2 extends string, P3 extends string, D1 extends DType, D2 extends DType, D3 extends DType, R>(
    f: (a: Tensor<P1, D1>, b: Tensor<P2, D2>, c: Tensor<P3, D3>) => R,
  ): WithoutLeading<P1 | P2 | P3, Polymorphic3<P1, P2, P3, D1, D2, D3, R>>
  <A extends readonly object[], R>(f: (...args: A) => R): WithoutLeading<ShapesIn<A>, Polymorphic<A, R>>
  <const P1 extends string>(
    p1: P1,
  ): <D1 extends DType = 'float32', R extends object = never>(f: (a: Tensor<Merged<P1>, D1>) => R) => Polymorphic1<P1, D1, R>
  <const P1 extends string, const P2 extends string>(
    p1: P1,
    p2: P2,
  ): <D1 extends DType = 'float32', D2 extends DType = 'float32', R extends object = never>(
    f: (a: Tensor<Merged<P1>, D1>, b: Tensor<Merged<P2>, D2>) => R,
  ) => Polymorphic2<P1, P2, D1, D2, R>
  <const P1 extends string, const P2 extends string, const P3 extends string>(
    p1: P1,
    p2: P2,
    p3: P3,
  ): <D1 extends DType = 'float32', D2 extends DType = 'float32', D3 extends DType = 'float32', R extends object = never>(
    f: (a: Tensor<Merged<P1>, D1>, b: Tensor<Merged<P2>, D2>, c: Tensor<Merged<P3>, D3>) => R,
  ) => Polymorphic3<P1, P2, P3, D1, D2, D3, R>
  <const P extends readonly Pattern[]>(
    ...patterns: P
  ): <R extends object = never>(
    f: (...args: { readonly [K in keyof P]: InBody<P[K]> }) => R,
  ) => Polymorphic<{ readonly [K in keyof P]: Patterned<P[K]> }, R>
}

const isTree = (x: unknown): x is { readonly [key: string]: unknown } => typeof x === 'object' && x !== null

/** The shape that is written for each tensor of an argument, in the order of its leaves; undefined for one that no pattern mentions. */
const shapesOf = (pattern: unknown, x: unknown, path: string): readonly (string | undefined)[] => {
  const misfit = (detail: string): never => fail({ _tag: 'TreeError', op: 'forall', path, detail })
  if (isTensor(x))
    return typeof pattern === 'string' || pattern === undefined ? [pattern] : misfit('is a tensor, where several are expected')
  if (typeof pattern === 'string') return misfit(`is ${x === undefined ? 'missing' : 'no tensor'}: a tensor '${pattern}' is expected`)
  if (x === undefined) return misfit('is missing')
  const [shapes, parts] = [isTree(pattern) ? pattern : {}, isTree(x) ? x : {}]
  const keys = Object.keys(parts)
  const places = Array.isArray(x) ? keys : keys.sort()
  for (const key of Object.keys(shapes))
    if (!Object.hasOwn(parts, key)) shapesOf(shapes[key], undefined, path === '' ? key : `${path}.${key}`)
  return places.flatMap(key =>
    shapesOf(Object.hasOwn(shapes, key) ? shapes[key] : undefined, parts[key], path === '' ? key : `${path}.${key}`),
  )
}

/** The axes of a tensor as the body has them: those before the last of its pattern as one. */
const mergedLead = (pattern: string, x: Value): Value => {
  if (!isStarred(pattern)) return labelled('forall', pattern, x)
  const lead = x.sizes.length - dims(leading(pattern).rest).length
  const y = reshapeTo(x, [sizeOf(x.sizes.slice(0, lead)), ...x.sizes.slice(lead)])
  return labelled('forall', merged(pattern), y)
}

/** The sizes of leading axes, by the name that they have in the body as one. */
const leadSizes = (shapes: readonly (string | undefined)[], values: readonly Value[]): ReadonlyMap<string, readonly number[]> =>
  new Map(
    values.flatMap((x, i) => {
      const shape = shapes[i]
      if (shape === undefined || !isStarred(shape)) return []
      const { name, rest } = leading(shape)
      return [[name, x.sizes.slice(0, x.sizes.length - dims(rest).length)]]
    }),
  )

/** A result with the leading axes that the body had as one. */
const unmerged = (x: Value, leads: ReadonlyMap<string, readonly number[]>, bindings: Ok<Bindings>): Value => {
  const sizes = dims(x.shape).flatMap((axis, i) => leads.get(axis) ?? [at(x.sizes, i)])
  return labelled('forall', substShape(x.shape, bindings), leads.size === 0 ? x : reshapeTo(x, sizes))
}

/** No name stands for one axis in one place, and for leading axes in another. */
const checkNames = (shapes: readonly (string | undefined)[]): void => {
  const given = shapes.filter(shape => shape !== undefined)
  const leads = new Set(given.filter(isStarred).map(shape => leading(shape).name))
  const twice = given.flatMap(shape => dims(isStarred(shape) ? leading(shape).rest : shape).flatMap(namesIn)).find(name => leads.has(name))
  if (twice !== undefined)
    fail({
      _tag: 'ArgumentError',
      op: 'forall',
      detail: `'${twice}' stands for one axis and, as '*${twice}', for leading axes: give them two names`,
    })
}

/** The names of the patterns are bound at each call; a name keeps its size inside the body, and what it is bound to outside. */
const named = (patterns: readonly unknown[]) => (f: (...args: readonly unknown[]) => unknown) => {
  checkFunction('forall', f, 'give one of tensors of the shapes given')
  return (...args: readonly unknown[]): unknown => {
    const { leaves: values, structure: form } = flatten('forall', args)
    const shapes = shapesOf(patterns, args, '')
    checkNames(shapes)
    const bindings = values.reduce<Ok<Bindings> | Err<string>>((env, x, i) => {
      const shape = shapes[i]
      return shape === undefined ? env : unify(shape, x.shape, env)
    }, ok({}))
    const all = isErr(bindings) ? bindings : closed(bindings)
    if (isErr(all)) return fail({ _tag: 'ShapeError', detail: `forall: ${all.message}` })
    checkSizes('forall', values)
    const given = values.map((x, i) => mergedLead(shapes[i] ?? x.shape, x))
    const leads = leadSizes(shapes, values)
    checkSizes('forall', given)
    const result = f(...typed<readonly unknown[]>(unflatten(form, given)))
    if (typeof result === 'function')
      return fail({ _tag: 'ArgumentError', op: 'forall', detail: 'the body gives a function: leave out the shapes, as in forall(f)' })
    const { leaves, structure } = flatten('forall', result)
    checkSizes('forall', [...given, ...leaves])
    return unflatten(
      structure,
      leaves.map(x => unmerged(x, leads, all)),
    )
  }
}

/**
 * A function whose names stand for any sizes: its body is checked once, a call binds each name to the axis given.
 *
 * The types need nothing at run time, so `forall(f)` is `f`. Where the body refers to an axis by name, as in `sum('seq')`, give the shapes
 * as strings too: `forall('seq d')(x => sum('seq')(x))`.
 *
 * It takes any number of arguments, each a tensor or a record or tuple of trees, and a function that gives a function: what the first
 * arguments have bound holds for the later ones. Trees are written as trees of strings: `forall({ w: 'd k' }, 'seq d')`.
 *
 * `*batch` or `...`, first in a shape that is given as a string, stands for any number of leading axes, the same in all arguments. In the body they are one axis,
 * `batch` or `_`, and where it stands in a result they are put back.
 *
 * **Errors**: an argument that does not fit its shape, a name bound to two axes: compile errors, and run-time ones where shapes are given.
 *
 * @example
 * import { forall, sum, zeros } from 'pullback'
 *
 * const total = forall('seq d')(x => sum('seq')(x))
 * assert.equal(total(zeros('5 3')).shape, '3')
 *
 * const norms = forall('*batch d')(x => sum('d')(x))
 * assert.equal(norms(zeros('2 5 3')).shape, '2 5')
 *
 * @category combinators
 */
export const forall: Forall = typed<Forall>((...given: readonly unknown[]) => {
  const [f] = given
  return typeof f === 'function' ? f : named(given)
})
