/**
 * Forward mode: tangents are pushed through a program, equation by equation.
 *
 * @example
 * import { jvp, mul, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const [y, dy] = jvp((x: Tensor<'2'>) => pipe(x, mul(x)))(tensor([3, 4]), tensor([1, 0]))
 * assert.deepEqual([toNested(y), toNested(dy)], [[9, 16], [6, 0]])
 */

import { add } from '../primitives/add.js'
import { type Operation, type Program, type Pushed, sameAval, type ValueOrZero, walk, withoutEffects } from '../program/index.js'
import { checkFunction, concrete, fail, flatten, isFloat, type Structure, sameStructure, typed, type Value } from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { checkFloats, resultOf, traceTree } from './typed-program.js'
import { vjpProgram } from './vjp.js'

interface Dual {
  readonly primal: Value
  readonly tangent: ValueOrZero
}

const zero = (x: Value): Value => concrete(x.sizes, x.dtype, 0)

/** The tangent J t, found by transposing: the pullback is a linear map, so its own pullback, taken at any point, is J. */
const transposed = (operation: Operation, inputs: readonly Value[], tangents: readonly ValueOrZero[]): Pushed => {
  const wanted = tangents.map(tangent => tangent !== undefined)
  const { outputs, pullback } = operation.vjp(inputs, wanted)
  const pulled = trace(
    cts =>
      pullback(cts).flatMap((ct, i) => (wanted[i] ? [ct ?? zero(inputs[i] ?? fail({ _tag: 'InternalError', detail: 'no input' }))] : [])),
    outputs,
  )
  const points = [...outputs.map(zero), ...pulled.captured]
  // The point is made up: what the pullback prints is not printed for it.
  const push = vjpProgram(
    withoutEffects(pulled.program),
    points,
    points.map((_, i) => i < outputs.length),
  )
  return { outputs, terms: push.pullback(tangents.filter(tangent => tangent !== undefined)).map(tangent => [tangent]) }
}

/** The values and tangents of a program's outputs for those of its inputs; an undefined tangent is zero. */
export const jvpProgram = (program: Program, inputs: readonly Value[], tangents: readonly ValueOrZero[]): readonly Dual[] => {
  const read = walk<Dual>(
    program,
    inputs.map((primal, i) => ({ primal, tangent: tangents[i] })),
    primal => ({ primal, tangent: undefined }),
    ({ operation }, duals) => {
      const primals = duals.map(({ primal }) => primal)
      const pushed = duals.map(({ tangent }) => tangent)
      if (pushed.every(tangent => tangent === undefined)) return bind(operation, primals).map(primal => ({ primal, tangent: undefined }))
      const { outputs, terms } = operation.jvp === 'transpose' ? transposed(operation, primals, pushed) : operation.jvp(primals, pushed)
      return outputs.map((primal, i) => {
        const [first, ...rest] = terms[i] ?? []
        return { primal, tangent: first && isFloat(primal.dtype) ? rest.reduce(add, first) : undefined }
      })
    },
  )
  return program.outputs.map(read)
}

/** The tensors of a tangent, which has the form, the shapes and the dtypes of the argument. */
export const tangentsOf = (op: string, tangent: unknown, structure: Structure, leaves: readonly Value[]): readonly Value[] => {
  const directions = flatten(op, tangent)
  return sameStructure(structure, directions.structure) && leaves.every((leaf, i) => sameAval(leaf, directions.leaves[i] ?? leaf))
    ? directions.leaves
    : fail({ _tag: 'TreeError', op, path: '', detail: 'and the tangent differ in form, shape or dtype' })
}

/** The tangent of a value, made where it is zero. */
export const tangentOf = ({ primal, tangent }: Dual): Value => tangent ?? zero(primal)

/** The value of a function over trees and its tangent; `op` names who was asked. */
export const jvpTree = (
  op: string,
  f: (x: unknown) => unknown,
  x: object,
  tangent: object,
): readonly [value: unknown, tangent: unknown] => {
  const { leaves, structure } = flatten(op, x)
  checkFloats(op, x, leaves)
  const directions = tangentsOf(op, tangent, structure, leaves)
  const traced = traceTree(op, f, leaves, structure)
  const duals = jvpProgram(traced.program, [...leaves, ...traced.captured], directions)
  return [
    resultOf(
      traced,
      duals.map(({ primal }) => primal),
    ),
    resultOf(traced, duals.map(tangentOf)),
  ]
}

/** `jvp` of a function whose argument has a type, which may be a type parameter. */
export const jvpOf = <A extends object, R extends object>(f: (x: A) => R): ((x: A, tangent: A) => readonly [R, R]) => {
  checkFunction('jvp', f, 'give one of tensors')
  return (x, tangent) => {
    const [value, derivative] = jvpTree('jvp', tree => f(typed<A>(tree)), x, tangent)
    return [typed<R>(value), typed<R>(derivative)]
  }
}

/**
 * The value of a function at a point and the derivative along a tangent.
 *
 * **Shapes**: the tangent has the argument's type, the derivative the result's.
 *
 * @example
 * import { exp, jvp, tensor, toNumber, type Tensor } from 'pullback'
 *
 * const [y, dy] = jvp((x: Tensor<''>) => exp(x))(tensor(0), tensor(2))
 * assert.deepEqual([toNumber(y), toNumber(dy)], [1, 2])
 *
 * @category transformations
 */
export const jvp = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"jvp: annotate the argument, as in jvp((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A, tangent: A) => readonly [R, R]) => jvpOf(typed<(x: A) => R>(f))
