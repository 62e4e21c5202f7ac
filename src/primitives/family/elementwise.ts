/**
 * Elementwise primitives: every entry of the output is a function of the entries at its place. The derivative with respect to an input
 * is then a diagonal map, its own transpose, so one rule serves cotangents and tangents.
 */
import { type ScalarName, scalars } from '../../kernel/index.js'
import type { Operand, Params, ValueOrZero } from '../../program/index.js'
import { type Aval, allocate, at, type Buffer, type DType, fail, sizeOf, store, type Value } from '../../tensor/index.js'
import { type LinearMap, perExample, type Rules, type Sample } from '../../trace/index.js'
import { lead } from '../sum.js'

/** No parameters. */
export type None = { readonly [name: string]: never }
export const none: None = {}

interface UnaryRules<P extends Params> {
  readonly name: ScalarName | 'stopGradient'
  readonly samples: readonly [Sample<P>, ...Sample<P>[]]
  /** The output's dtype; throws for an input that does not fit. */
  readonly dtype: (x: DType, params: P) => DType
  /** The map by the derivative at x, where y is the output. */
  readonly derivative: 'zero' | ((x: Value, y: Value, params: P) => LinearMap)
  /** The function of one entry, chosen once for the input's dtype. */
  readonly entry: (dtype: DType, params: P) => (x: number) => number
  readonly self: (params: P) => (x: Value) => Value
}

/** The rules of an elementwise primitive of one input. */
export const unary = <P extends Params = None>(rules: UnaryRules<P>): Rules<readonly [Value], P> => {
  const { derivative } = rules
  return {
    name: rules.name,
    arity: 1,
    samples: rules.samples,
    shape: ([x], params) => ({ sizes: x.sizes, dtype: rules.dtype(x.dtype, params) }),
    vjp: ([x], params, y) => [derivative === 'zero' ? derivative : derivative(x, y, params)],
    jvp: ([x], [tangent], params, y) => (derivative === 'zero' || tangent === undefined ? [] : [derivative(x, y, params)(tangent)]),
    batch: ([x], _, params) => perExample(rules.self(params)(x)),
    evaluate: ([x], params, output) => {
      const f = rules.entry(x.dtype, params)
      const result = allocate(output.dtype, sizeOf(output.sizes))
      for (let i = 0; i < result.length; i += 1) result[i] = f(at(x.data, i))
      return result
    },
    lower: () => (rules.name === 'stopGradient' ? { kind: 'identity' } : { kind: 'map', name: rules.name }),
    uniform:
      rules.name === 'stopGradient' || scalars[rules.name].exact
        ? ([x], params, [dtype]) => store(rules.dtype(dtype, params), rules.entry(dtype, params)(x))
        : 'no',
  }
}

interface BinaryRules {
  readonly name: ScalarName
  readonly samples: readonly [Sample<None>, ...Sample<None>[]]
  /** The output's dtype for inputs of this one; throws for one that does not fit. */
  readonly dtype: (dtype: DType) => DType
  /** The maps by the two partial derivatives at (x, y), where z is the output. */
  readonly derivative: 'zero' | ((x: Value, y: Value, z: Value) => readonly [LinearMap, LinearMap])
  readonly entry: (dtype: DType) => (x: number, y: number) => number
  readonly self: (x: Value, y: Value) => Value
}

export const checkSameSizes = (name: string, first: Aval, ...rest: readonly Aval[]): void => {
  for (const x of rest)
    if (x.sizes.join(' ') !== first.sizes.join(' '))
      fail({ _tag: 'ShapeError', detail: `${name}: '${first.sizes.join(' ')}' and '${x.sizes.join(' ')}' differ` })
}

export const checkSameDType = (name: string, x: Aval, y: Aval): void => {
  if (x.dtype !== y.dtype) fail({ _tag: 'DTypeError', detail: `${name}: ${x.dtype} and ${y.dtype}: dtypes differ, cast one of them` })
}

/** Inputs that lack the leading axis get it. */
export const leadAll = (inputs: readonly Value[], batched: readonly boolean[], size: number): readonly Value[] =>
  inputs.map((x, i) => lead(x, batched[i] === true, size))

/** The rules of an elementwise primitive of two inputs of one dtype. */
export const binary = (rules: BinaryRules): Rules<readonly [Value, Value], None> => {
  const { derivative, self } = rules
  const pushed = (map: LinearMap, tangent: ValueOrZero): readonly Value[] => (tangent === undefined ? [] : [map(tangent)])
  return {
    name: rules.name,
    arity: 2,
    samples: rules.samples,
    shape: ([x, y]) => {
      checkSameSizes(rules.name, x, y)
      checkSameDType(rules.name, x, y)
      return { sizes: x.sizes, dtype: rules.dtype(x.dtype) }
    },
    vjp: ([x, y], _, z) => (derivative === 'zero' ? ['zero', 'zero'] : derivative(x, y, z)),
    jvp: ([x, y], [s, t], _, z) => {
      if (derivative === 'zero') return []
      const [byX, byY] = derivative(x, y, z)
      return [...pushed(byX, s), ...pushed(byY, t)]
    },
    batch: ([x, y], [leftBatched, rightBatched], _, size) => perExample(self(lead(x, leftBatched, size), lead(y, rightBatched, size))),
    evaluate: ([x, y], _, output) => evaluateBinary(rules.entry(x.dtype), x, y, output),
    lower: () => ({ kind: 'map', name: rules.name }),
    uniform: scalars[rules.name].exact ? ([x, y], _, [dtype]) => store(rules.dtype(dtype), rules.entry(dtype)(x, y)) : 'no',
  }
}

const evaluateBinary = (f: (x: number, y: number) => number, x: Operand, y: Operand, output: Aval): Buffer => {
  const result = allocate(output.dtype, sizeOf(output.sizes))
  for (let i = 0; i < result.length; i += 1) result[i] = f(at(x.data, i), at(y.data, i))
  return result
}
