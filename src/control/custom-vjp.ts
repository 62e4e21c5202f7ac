/**
 * `customVjp` gives a function a pullback of one's own: for numerical safety, or where a derivative is known in closed form.
 *
 * @example
 * import { customVjp, exp, grad, log1p, mul, pipe, sigmoid, tensor, toNumber, type Tensor } from 'pullback'
 *
 * // log(1 + e^x), whose derived gradient is inf / inf at 1000.
 * const logOnePlusExp = customVjp(
 *   (x: Tensor<''>) => pipe(x, exp, log1p),
 *   x => [pipe(x, exp, log1p), ct => pipe(ct, mul(sigmoid(x)))],
 * )
 * assert.equal(toNumber(grad(logOnePlusExp)(tensor(1000))), 1)
 */

import { leadAll } from '../primitives/family/elementwise.js'
import { applyProgram, type Differentiated, type Linear, type Operation, type Program, plainApply, sameAval } from '../program/index.js'
import {
  bufferOf,
  Concrete,
  concrete,
  described,
  fail,
  flatten,
  makeTensor,
  numerals,
  relabel,
  sameStructure,
  sizeOf,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import { traceTree, vmapProgram } from '../transform/index.js'

interface Custom {
  readonly program: Program
  /** How many of the program's inputs are arguments; the rest were captured. */
  readonly arity: number
  readonly rule: (inputs: readonly Value[]) => {
    readonly outputs: readonly Value[]
    readonly pullback: (cts: readonly Value[]) => readonly Value[]
  }
}

/** A flat function over a leading axis of all its inputs. */
const lifted = (f: (inputs: readonly Value[]) => readonly Value[], inputs: readonly Value[], size: number): readonly Value[] => {
  const examples = inputs.map(x => ({ shape: numerals(x.sizes.slice(1)), sizes: x.sizes.slice(1), dtype: x.dtype }))
  const { program, captured } = trace(f, examples)
  return vmapProgram(program, [...inputs, ...captured], [...inputs.map(() => true), ...captured.map(() => false)], size)
}

const operationOf = (custom: Custom): Operation => {
  const { program, arity, rule } = custom
  const operation: Operation = {
    name: 'customVjp',
    params: {},
    comparable: false,
    shape: () => program.outputs,
    vjp: (inputs, wanted): Differentiated => {
      if (wanted.slice(arity).includes(true))
        fail({
          _tag: 'TraceError',
          detail:
            'customVjp: the function closes over a value that is being differentiated: make it part of the argument, so that the rule gives its cotangent',
        })
      const { outputs, pullback } = rule(inputs.slice(0, arity))
      const full = (cts: readonly Linear[]): readonly Value[] =>
        outputs.map((output, i) => cts[i] ?? concrete(output.sizes, output.dtype, 0))
      return { outputs, pullback: cts => pullback(full(cts)) }
    },
    jvp: 'transpose',
    batch: (inputs, batched, size) => {
      const rows = leadAll(inputs, batched, size)
      const mapped = trace(
        values =>
          vmapProgram(
            program,
            values,
            values.map(() => true),
            size,
          ),
        rows,
      )
      const batchedRule: Custom['rule'] = values => ({
        outputs: lifted(row => rule(row).outputs, values, size),
        pullback: cts => lifted(row => rule(row.slice(0, values.length)).pullback(row.slice(values.length)), [...values, ...cts], size),
      })
      return bind(operationOf({ program: mapped.program, arity, rule: batchedRule }), [...rows, ...mapped.captured])
    },
    evaluate: inputs => {
      const values = inputs.map(({ sizes, dtype, data }) =>
        makeTensor(numerals(sizes), dtype, sizes, new Concrete(dtype, sizeOf(sizes), data)),
      )
      return applyProgram(plainApply, program, values).map(output => bufferOf('customVjp', output))
    },
    lower: () => ({ kind: 'call', program }),
    uniform: () => undefined,
  }
  return operation
}

/**
 * A function with a rule for its derivative: `rule(x)` is the value and the pullback, in the form of `vjp`.
 *
 * The rule is used under every reverse-mode derivative, under `vmap`, and (by transposition) under `jvp`. The function itself is used where
 * nothing is differentiated.
 *
 * **Errors**: differentiating with respect to a value that the function closes over; a rule whose value or cotangent has another form.
 *
 * @category transformations
 */
export const customVjp =
  <A extends object, R extends object>(f: (x: A) => R, rule: (x: A) => readonly [value: R, pullback: (cotangent: R) => A]) =>
  (x: A): R => {
    const { leaves, structure } = flatten('customVjp', x)
    const traced = traceTree('customVjp', tree => f(typed<A>(tree)), leaves, structure)
    const leavesLike = (name: string, result: unknown, form: typeof structure, like: readonly Value[]): readonly Value[] => {
      const flat = flatten(`customVjp: the rule's ${name}`, result)
      if (!sameStructure(flat.structure, form))
        return fail({ _tag: 'TreeError', op: 'customVjp', path: name, detail: 'has another form than the function has' })
      return flat.leaves.map((leaf, i) => {
        const expected = like[i] ?? leaf
        return sameAval(leaf, expected)
          ? leaf
          : fail({
              _tag: 'ShapeError',
              detail: `customVjp: the rule's ${name} is ${described(leaf)}, not ${described(expected)}`,
            })
      })
    }
    const named = (values: readonly Value[], like: readonly string[]): readonly Value[] =>
      values.map((y, i) => relabel(like[i] ?? y.shape, y))
    const shapes = leaves.map(leaf => leaf.shape)
    const operation = operationOf({
      program: traced.program,
      arity: leaves.length,
      rule: inputs => {
        const [value, pullback] = rule(typed<A>(unflatten(structure, named(inputs, shapes))))
        return {
          outputs: leavesLike('value', value, traced.structure, traced.outputs),
          pullback: cts =>
            leavesLike('cotangent', pullback(typed<R>(unflatten(traced.structure, named(cts, traced.shapes)))), structure, leaves),
        }
      },
    })
    const outputs = bind(operation, [...leaves, ...traced.captured])
    return typed<R>(unflatten(traced.structure, named(outputs, traced.shapes)))
  }
