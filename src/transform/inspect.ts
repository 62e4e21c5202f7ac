/**
 * Looking into functions: the program that a function is at given arguments, printed or drawn.
 *
 * @example
 * import { grad, mul, pipe, program, sum, tensor, type Tensor } from 'pullback'
 *
 * const f = (x: Tensor<'3'>) => pipe(x, mul(x), sum())
 * assert.equal(
 *   program.print(f)(tensor([1, 2, 3])),
 *   `program (a: float32 '3') {
 *   b: float32 '3' = mul a a
 *   c: float32 '' = sum[axes=0] b
 *   return c
 * }
 * `,
 * )
 * assert.ok(program.mermaid(grad(f))(tensor([1, 2, 3])).startsWith('flowchart TD'))
 */
import { dot as dotOf, mermaid as mermaidOf, type Program, print as printOf, simplify } from '../program/index.js'
import { checkFunction, flatten, tree, typed } from '../tensor/index.js'
import { traceTree } from './typed-program.js'

type Inspected = <A extends readonly object[]>(f: (...args: A) => object) => (...args: A) => string

/**
 * The simplified program of a function at the shapes of the arguments; what the function closes over are its last inputs.
 *
 * @example
 * import { add, program, type Tensor, tensor } from 'pullback'
 *
 * const { inputs, equations } = program.of((x: Tensor<''>) => add(x)(x))(tensor(1))
 * assert.deepEqual([inputs.length, equations.length], [1, 1])
 */
export const of = <A extends readonly object[]>(f: (...args: A) => object): ((...args: A) => Program) => inspected('program.of', f)

const inspected = <A extends readonly object[]>(op: string, f: (...args: A) => object): ((...args: A) => Program) => {
  checkFunction(op, f, 'give one of tensors')
  return (...args) => {
    const { leaves, structure } = flatten(op, args)
    return simplify(traceTree(op, tuple => f(...typed<A>(tuple)), leaves, structure).program)
  }
}

/** Labels for the program's inputs: where each stands in the arguments. */
const labels = (args: readonly object[]): readonly string[] =>
  (args.length === 1 && args[0] ? tree.paths(args[0]) : tree.paths(args)).map(path => (path === '' ? 'input' : path))

/**
 * The program as text.
 *
 * @example
 * import { program, type Tensor, tanh, tensor } from 'pullback'
 *
 * const text = program.print((x: Tensor<'2'>) => tanh(x))(tensor([1, 2]))
 * assert.equal(text.split('\n')[1], "  b: float32 '2' = tanh a")
 */
export const print: Inspected = f => {
  const programOf = inspected('program.print', f)
  return (...args) => printOf(programOf(...args))
}

/**
 * The computational tree as a Mermaid flowchart, shapes on its edges.
 *
 * @example
 * import { program, type Tensor, tanh, tensor } from 'pullback'
 *
 * assert.ok(program.mermaid((x: Tensor<'2'>) => tanh(x))(tensor([1, 2])).startsWith('flowchart TD'))
 */
export const mermaid: Inspected = f => {
  const programOf = inspected('program.mermaid', f)
  return (...args) => mermaidOf(programOf(...args), labels(args))
}

/**
 * The computational tree as a Graphviz digraph, shapes on its edges.
 *
 * @example
 * import { program, type Tensor, tanh, tensor } from 'pullback'
 *
 * assert.ok(program.dot((x: Tensor<'2'>) => tanh(x))(tensor([1, 2])).startsWith('digraph'))
 */
export const dot: Inspected = f => {
  const programOf = inspected('program.dot', f)
  return (...args) => dotOf(programOf(...args), labels(args))
}
