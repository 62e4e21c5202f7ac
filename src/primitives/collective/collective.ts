/**
 * What collectives have in common: operations of one example of a `vmap` that read all of its examples.
 *
 *   inputs   x of the example; the example's number along the axis, an int32 scalar; and perhaps what all examples share
 *
 * The number says which `vmap` is meant, for it is batched in that one alone. There the examples stand along a leading axis, and the collective
 * becomes ordinary operations on that (`over`). In any other `vmap` it stays, of an x with one more axis (`beside`). So it never reaches an
 * engine.
 *
 * Gradient: that of the function from all examples to all results, each example holding a copy of its own of what all share. So the cotangents of
 * all examples are read too, by the collective that is the transpose.
 */
import type { Params, Row } from '../../program/index.js'
import { type Aval, fail, type Value } from '../../tensor/index.js'
import { apply, type LinearMap, type Primitive, perExample, primitive, type Rules, type SampleInput } from '../../trace/index.js'
import { whole } from '../family/sample.js'

/** The name of the axis, for messages, and how many examples there are. */
export type CollectiveParams = { readonly axis: string; readonly size: number }

/** What stands behind x: the number of the example, and what all examples share. */
export type Further = readonly [index: Value, ...shared: Value[]]

interface CollectiveSample<P> {
  readonly params: P
  readonly x: SampleInput
  /** What all examples share. */
  readonly shared?: readonly SampleInput[]
}

interface CollectiveRules<P extends Params> {
  readonly name: string
  readonly samples: readonly [CollectiveSample<P>, ...CollectiveSample<P>[]]
  /** Throws for an x that does not fit. */
  readonly shape: (x: Aval, params: P) => Aval
  /** Of x with the examples along a leading axis. */
  readonly over: (x: Value, params: P, further: Further) => Row
  /** Of an x that is the same for all examples. */
  readonly shared: (x: Value, params: P) => Row
  /** Of x with one more leading axis, which is not that of the examples; `self` is the collective. */
  readonly beside: (x: Value, self: (x: Value) => Value) => Value
  /** From the cotangent of the result to that of x. */
  readonly vjp: (x: Value, params: P, y: Value, further: Further) => LinearMap
  /** The tangent of the result. */
  readonly jvp: (tangent: Value, x: Value, params: P, y: Value, further: Further) => Value
}

/** What a collective gives cannot be told outside its `vmap`. */
const unknownAxis = ({ axis }: CollectiveParams): never =>
  fail({
    _tag: 'TraceError',
    detail: `the axis '${axis}' is unknown where one example is computed alone: call what vmapWithAxis gives, which has all of them`,
  })

const sampleOf = <P>({ params, x, shared = [] }: CollectiveSample<P>) => ({ params, inputs: [x, whole([], 0, 0), ...shared] })

export const collective = <P extends CollectiveParams>(rules: CollectiveRules<P>): Primitive<P> => {
  const record: Rules<readonly [x: Value, ...further: Further], P> = {
    name: rules.name,
    arity: 'variadic',
    samples: [sampleOf(rules.samples[0]), ...rules.samples.slice(1).map(sampleOf)],
    shape: ([x], params) => rules.shape(x, params),
    vjp: ([x, ...further], params, y) => [rules.vjp(x, params, y, further), 'zero', ...further.slice(1).map(() => 'zero' as const)],
    jvp: ([x, ...further], [tangent], params, y) => (tangent === undefined ? [] : [rules.jvp(tangent, x, params, y, further)]),
    batch: ([x, ...further], [ofX, isOwn], params) => {
      if (isOwn) return ofX ? rules.over(x, params, further) : rules.shared(x, params)
      return perExample(rules.beside(x, inner => apply(made.of(params), inner, ...further)))
    },
    evaluate: (_, params) => unknownAxis(params),
    lower: (_, params) => unknownAxis(params),
    uniform: 'no',
  }
  const made = primitive(record)
  return made
}
