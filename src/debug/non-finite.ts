/**
 * Which operation makes the first NaN or infinity, and which line of the source wrote it.
 *
 * @example
 * import { debug, grad, pipe, sqrt, sum, tensor, type Tensor } from 'pullback'
 *
 * const norm = (x: Tensor<'2'>) => pipe(x, sqrt, sum())
 * assert.throws(() => debug.nonFinite(grad(norm))(tensor([1, 0])), /makes Infinity, entry \[1\] .*; in the backward part/)
 */
import { type Equation, type Program, simplify, watched } from '../program/index.js'
import { checkFunction, flatten, isFloat, typed } from '../tensor/index.js'
import { effect, interpret } from '../trace/index.js'
import { type Jittable, resultOf, traceTree } from '../transform/index.js'
import { checkFinite } from './non-finite-check.js'

/** The equation that looks at what another one computes. */
const checkOf = ({ operation, inputs, outputs, origin }: Equation): Equation => ({
  operation: effect({
    name: 'debug.nonFinite',
    params: {},
    identity: {},
    run: values => checkFinite(operation, values.slice(0, inputs.length), values.slice(inputs.length), origin),
    batch: params => params,
  }),
  inputs: [...inputs, ...outputs],
  outputs: [],
})

/** The program with a check after each equation, also of the programs that its operations hold. */
const checked = (program: Program): Program => ({
  ...program,
  equations: program.equations.flatMap(equation => {
    const { operation, outputs } = equation
    // What an operation that holds programs gives was checked where it was computed.
    if (operation.programs.length > 0) return [{ ...equation, operation: operation.withPrograms(operation.programs.map(checked)) }]
    return outputs.some(({ dtype }) => isFloat(dtype)) ? [equation, checkOf(equation)] : [equation]
  }),
})

/**
 * The same function, which fails at the first operation that makes a NaN of operands that have none, or an infinity of finite operands. The error
 * says which operation that is, the place and the operands there, whether it belongs to the function or to a gradient inside it, the round of each
 * loop around it, and the line that wrote it. An operation of a gradient has the line of the operation that it belongs to.
 *
 * To look into a gradient, give the gradient: `debug.nonFinite(grad(loss))`. Inside `grad`, `vmap` or `jit` the operations of the function itself are
 * looked at, whenever they run. A function is traced at each call and its operations run one by one, which takes many times as long; functions that
 * are not watched take no longer than before.
 *
 * **Errors**: a PullbackError with `_tag` 'NonFiniteError', and `operation`, `part`, `frame`, `index`, `rounds` and `value`.
 * **Source**: `jax_debug_nans`.
 *
 * @example
 * import { debug, isPullbackError, log, mul, pipe, scan, tensor, type Tensor } from 'pullback'
 *
 * const f = (xs: Tensor<'3'>) => pipe(xs, scan('3')((p: Tensor<''>, x: Tensor<''>) => [pipe(p, mul(x)), log(p)], tensor(1)))[1]
 * try {
 *   debug.nonFinite(f)(tensor([0, 1, 2]))
 *   assert.fail()
 * } catch (error) {
 *   assert.ok(isPullbackError(error) && error._tag === 'NonFiniteError')
 *   assert.deepEqual([error.operation, error.value, error.rounds, error.part], ['log', -Infinity, [1], 'forward'])
 * }
 *
 * @category debugging
 */
export const nonFinite = <F extends Jittable>(f: F): F => {
  checkFunction('debug.nonFinite', f, 'give one of tensors, as in debug.nonFinite(grad(loss))')
  const own = typed<(...args: readonly unknown[]) => unknown>(f)
  return typed<F>((...args: readonly unknown[]): unknown => {
    const { leaves, structure } = flatten('debug.nonFinite', args)
    const traced = watched({ lines: true, observe: checkFinite }, () =>
      traceTree('debug.nonFinite', tuple => own(...typed<readonly unknown[]>(tuple)), leaves, structure),
    )
    return resultOf(traced, interpret(checked(simplify(traced.program)), [...leaves, ...traced.captured]))
  })
}
