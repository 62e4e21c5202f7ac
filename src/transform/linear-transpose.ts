/**
 * The transpose of a linear function: for every x and ct, ⟨ct, f(x)⟩ = ⟨transpose(ct), x⟩.
 *
 * @example
 * import { linearTranspose, matmul, pipe, tensor, toNested, zeros, type Tensor } from 'pullback'
 *
 * const a = tensor([[1, 2, 3], [4, 5, 6]])
 * const transposed = linearTranspose((x: Tensor<'3'>) => pipe(a, matmul(x)))(zeros('3'))
 * assert.deepEqual(toNested(transposed(tensor([1, 10]))), [41, 52, 63])
 */
import { simplify, withoutEffects } from '../program/index.js'
import { checkFunction, concrete, fail, flatten, tree, typed } from '../tensor/index.js'
import { interpret, trace, unnamed } from '../trace/index.js'
import type { Annotated, Unannotated } from './annotated.js'
import { because, isZero, linearity } from './linearity.js'
import { checkFloats, inPlaceOf, type TracedTree, traceTree } from './typed-program.js'
import { cotangentsOf, vjpProgram } from './vjp.js'

const op = 'linearTranspose'
const advice = 'linearize gives the linear part at a point'

/** Throws where a traced function is not linear in its first inputs, as many as it has arguments. */
const checkLinear = ({ program, structure, outputs }: TracedTree, count: number): void => {
  const simplified = simplify(program)
  const marked = simplified.inputs.map((_, i) => i < count)
  const { fault, depends } = linearity(simplified, marked)
  if (fault)
    fail({
      _tag: 'ArgumentError',
      op,
      detail: `the function is not linear in its argument, ${because(fault)}: ${advice}`,
    })
  const i = simplified.outputs.findIndex((atom, k) => !(depends[k] || isZero(atom)))
  if (i < 0) return
  const path = tree.paths(typed<object>(inPlaceOf(structure, outputs, outputs)))[i] ?? ''
  fail({
    _tag: 'ArgumentError',
    op,
    detail: `${path === '' ? 'the result' : `'${path}' of the result`} is no linear function of the argument, on which it does not depend: ${advice}`,
  })
}

/**
 * The transpose of a linear function. The argument that comes after the function says of which shapes it is taken; its numbers are not looked at.
 *
 * The function is traced once, and its transpose too. What it closes over may be anything: it is linear in its argument if the operations that
 * depend on the argument are, and those inside of the loops and choices that do; what chooses, or says how long a loop goes on, may not depend on it.
 *
 * **Shapes**: `(x: 'in') → 'out'` gives `(ct: 'out') → 'in'`; any tree on either side.
 * **Errors**: a function that is not linear in its argument, such as one that adds a constant; a leaf that is not a float; a cotangent of another
 * form.
 *
 * @example
 * import { linearTranspose, sum, tensor, toNested, zeros, type Tensor } from 'pullback'
 *
 * const spread = linearTranspose((x: Tensor<'2 3'>) => sum(0)(x))(zeros('2 3'))
 * assert.deepEqual(toNested(spread(tensor([1, 2, 3]))), [[1, 2, 3], [1, 2, 3]])
 *
 * @category transformations
 */
export const linearTranspose = <A extends object = Unannotated, R extends object = object, G = unknown>(
  f: Annotated<"linearTranspose: annotate the argument, as in linearTranspose((x: Tensor<'3'>) => …)", A, (x: A) => R, G>,
): ((x: A) => (cotangent: R) => A) => {
  checkFunction(op, f, 'give one of tensors')
  return x => {
    const { leaves, structure } = flatten(op, x)
    checkFloats(op, x, leaves)
    const traced = traceTree(op, tree => typed<(x: unknown) => unknown>(f)(tree), leaves, structure)
    const { captured, outputs } = traced
    // The function is not run: of what it does outside nothing is done.
    const linear = withoutEffects(traced.program)
    checkLinear({ ...traced, program: linear }, leaves.length)
    const pulled = trace(
      given => {
        const inputs = [...given.slice(0, leaves.length), ...captured]
        const { pullback } = vjpProgram(
          linear,
          inputs,
          inputs.map((_, i) => i < leaves.length),
        )
        return pullback(given.slice(leaves.length))
      },
      [...leaves, ...outputs].map(unnamed),
    )
    const program = simplify(pulled.program)
    // Of a linear function the pullback is the same everywhere, so it is asked for at 0.
    const point = leaves.map(({ sizes, dtype }) => concrete(sizes, dtype, 0))
    return cotangent => {
      const cts = cotangentsOf(op, cotangent, traced.structure, outputs)
      return typed<A>(inPlaceOf(structure, leaves, interpret(program, [...point, ...cts, ...pulled.captured])))
    }
  }
}
