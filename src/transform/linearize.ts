/**
 * A function near a point: its value there, and its derivative as a linear function that can be applied to many tangents.
 *
 * @example
 * import { exp, linearize, tensor, toNested, type Tensor } from 'pullback'
 *
 * const [y, push] = linearize((x: Tensor<'2'>) => exp(x))(tensor([0, 0]))
 * assert.deepEqual(toNested(y), [1, 1])
 * assert.deepEqual([toNested(push(tensor([1, 0]))), toNested(push(tensor([0, 2])))], [[1, 0], [0, 2]])
 */
import { dependents, simplify, split, withoutEffects } from '../program/index.js'
import { checkFunction, flatten, typed, type Value } from '../tensor/index.js'
import { interpret, trace, unnamed } from '../trace/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { jvpProgram, tangentOf, tangentsOf } from './jvp.js'
import { checkFloats, resultOf, type TracedTree, traceTree } from './typed-program.js'

/** The values of a traced function at a point, and for each group of its arguments the tangents as a function of those of the group. */
interface Linearized {
  readonly outputs: readonly Value[]
  /** Takes a tangent for each argument; those outside the group are not looked at. */
  readonly pushes: readonly ((tangents: readonly Value[]) => readonly Value[])[]
}

/** A traced function in two parts. `groups` say for each argument whether its tangent is in the group. */
export const linearized = (traced: TracedTree, leaves: readonly Value[], groups: readonly (readonly boolean[])[]): Linearized => {
  const inputs = [...leaves, ...traced.captured]
  const both = trace(
    given => {
      const [primals, tangents] = [given.slice(0, inputs.length), given.slice(inputs.length)]
      // Each group computes the values again; simplification joins them. What the function does outside is done once.
      const silent = withoutEffects(traced.program)
      const duals = groups.map(group =>
        jvpProgram(
          silent,
          primals,
          tangents.map((tangent, i) => (group[i] ? tangent : undefined)),
        ),
      )
      const plain = interpret(traced.program, primals)
      const values = duals[0]?.map(({ primal }) => primal) ?? plain
      return [...values, ...plain, ...duals.flatMap(group => group.map(tangentOf))]
    },
    [...inputs, ...leaves].map(unnamed),
  )
  const isTangent = (i: number): boolean => i >= inputs.length && i < inputs.length + leaves.length
  const count = traced.program.outputs.length
  // A loop computes values and tangents in one operation, so that its values seem to need the tangents: then the function's own are taken.
  const needTangents = dependents(
    both.program,
    both.program.inputs.map((_, i) => isTangent(i)),
  )
  const all = both.program.outputs
  const values = all.slice(0, count).map((atom, i) => (needTangents[i] ? (all[count + i] ?? atom) : atom))
  const { now, later } = split(simplify({ ...both.program, outputs: [...values, ...all.slice(2 * count)] }), isTangent, count)
  const computed = interpret(now, [...inputs, ...both.captured])
  const residuals = computed.slice(count)
  return {
    outputs: computed.slice(0, count),
    pushes: groups.map((_, k) => {
      const alone = simplify({ ...later, outputs: later.outputs.slice(k * count, (k + 1) * count) })
      return tangents => interpret(alone, [...tangents, ...residuals])
    }),
  }
}

/**
 * The value of a function at a point and its derivative there, a linear function of the tangent.
 *
 * The function is traced once. What depends on the point alone is computed then and kept, so that each tangent costs only the linear part;
 * `jvp` computes both at each call. A loop such as `scan` is one operation, which is run again for each tangent. With `linearTranspose` the linear function becomes the pullback.
 *
 * **Shapes**: the tangent has the argument's type, what the linear function gives has the result's. Any tree on either side.
 * **Errors**: a leaf of the argument that is not a float; a tangent of another form.
 *
 * @example
 * import { linearize, mul, pipe, tensor, toNested, type Tensor } from 'pullback'
 *
 * const [y, push] = linearize((x: Tensor<'2'>) => pipe(x, mul(x)))(tensor([3, 4]))
 * assert.deepEqual([toNested(y), toNested(push(tensor([1, 10])))], [[9, 16], [6, 80]])
 *
 * @category transformations
 */
export const linearize = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"linearize: annotate the argument, as in linearize((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => readonly [value: R, push: (tangent: A) => R]) => {
  checkFunction('linearize', f, 'give one of tensors')
  return x => {
    const { leaves, structure } = flatten('linearize', x)
    checkFloats('linearize', x, leaves)
    const traced = traceTree('linearize', tree => typed<(x: unknown) => unknown>(f)(tree), leaves, structure)
    const { outputs, pushes } = linearized(traced, leaves, [leaves.map(() => true)])
    return [
      typed<R>(resultOf(traced, outputs)),
      tangent => {
        const directions = tangentsOf('linearize', tangent, structure, leaves)
        return typed<R>(
          resultOf(
            traced,
            pushes.flatMap(push => push(directions)),
          ),
        )
      },
    ]
  }
}
