/**
 * What a function computes, before it computes anything: operations, floating-point operations and bytes, from the shapes of its arguments alone.
 *
 * @example
 * import { debug, matmul, pipe, relu, zeros, type Tensor } from 'pullback'
 *
 * const layer = (x: Tensor<'32 784'>) => pipe(x, matmul(zeros('784 10')), relu)
 * const { operations, flops } = debug.count(layer)(zeros('32 784'))
 * assert.equal(operations['contract'], 1)
 * // The product; relu is a comparison and a choice.
 * assert.equal(flops, 2 * 32 * 784 * 10)
 */
import { simplify, withoutEffects } from '../program/index.js'
import { checkFunction, flatten, typed } from '../tensor/index.js'
import type { Annotated, Unannotated } from '../transform/annotated.js'
import { traceTree } from '../transform/index.js'
import { heldBytes, programCosts } from './costs.js'

/**
 * What a function computes and moves at given shapes.
 *
 * @category model
 */
export interface Count {
  /** How often each operation is applied, by its name in the printed program. */
  readonly operations: { readonly [name: string]: number }
  /** Additions, multiplications, quotients, roots, greater and smaller ones of floats. */
  readonly flops: number
  /** Entries of elementary functions of floats, such as exp and tanh, each of which takes many instructions. */
  readonly transcendentals: number
  /** Bytes that all operations together read and write where each is done by itself. */
  readonly bytesMoved: number
  /** The most bytes of tensors at one time, arguments and results among them. */
  readonly bytesHeld: number
}

/**
 * How much a function computes and moves for arguments of given shapes. Nothing runs, and of the arguments only shapes and dtypes are looked at:
 * `zeros` of any size take no memory. What is counted is the simplified program, in which equal operations are one and unused ones none.
 *
 * **Floating-point operations**: 2·m·n·k for a product of 'm k' and 'k n', and so for every product of tensors and every convolution, whose
 * windows are the k; one for each entry of an elementwise operation; one less than is added up for each result of a reduction; one for each
 * update of a scatter. Choices, conversions, comparisons, moves, sorting and random bits count none. The elementary functions are counted apart.
 * Everything in a `scan` counts once for each round, of a `cond` the case with the most floating-point operations, and a `whileLoop` as one round.
 *
 * **Bytes**: `bytesMoved` is what each operation reads of its operands and writes of its results, whole tensors each, added up. An engine that
 * fuses operations moves less. `bytesHeld` is the most at one time where the operations are done one by one, each tensor is kept from its
 * operation to its last use, and arguments and results to the end.
 *
 * **Errors**: those of the function.
 *
 * @example
 * import { debug, pipe, scan, tanh, zeros, type Tensor } from 'pullback'
 *
 * const f = (xs: Tensor<'100 8'>) => pipe(xs, scan('100')((h: Tensor<'8'>, _: Tensor<'8'>) => [tanh(h), []], zeros('8')))[0]
 * const { operations, transcendentals, bytesMoved } = debug.count(f)(zeros('100 8'))
 * assert.deepEqual(operations, { scan: 1, tanh: 100 })
 * assert.equal(transcendentals, 100 * 8)
 * assert.equal(bytesMoved, 100 * (32 + 32))
 *
 * @category debugging
 */
export const count = <A extends readonly object[] = Unannotated[], R extends object = object, G = unknown>(
  f: Annotated<"debug.count: annotate the argument, as in debug.count((x: Tensor<'3'>) => …)", A[number], (...args: A) => R, G>,
): ((...args: A) => Count) => {
  checkFunction('debug.count', f, 'give one of tensors')
  return (...args) => {
    const { leaves, structure } = flatten('debug.count', args)
    const traced = traceTree('debug.count', tuple => typed<(...args: A) => R>(f)(...typed<A>(tuple)), leaves, structure)
    const program = simplify(withoutEffects(traced.program))
    const { operations, flops, transcendentals, bytesMoved } = programCosts(program)
    return { operations: Object.fromEntries(operations), flops, transcendentals, bytesMoved, bytesHeld: heldBytes(program) }
  }
}
