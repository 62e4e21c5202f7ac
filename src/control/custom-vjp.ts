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

import { lead } from '../primitives/sum.js'
import { applyProgram, type Differentiated, type Operation, type Program, plainApply, sameAval, type Variable } from '../program/index.js'
import type { Err, Expect, Ok } from '../shape/index.js'
import {
  type Aval,
  bufferOf,
  Concrete,
  checkFunction,
  concrete,
  type DType,
  described,
  fail,
  flatten,
  makeTensor,
  numerals,
  payload,
  relabel,
  type Structure,
  sameStructure,
  sizeOf,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { bind, type Input, interpret, trace } from '../trace/index.js'
import { traceTree, vmapProgram } from '../transform/index.js'
import { split } from './split.js'

/**
 * A rule as a program: from the arguments, the cotangents of the results and what the rule closes over to the results and the cotangents of
 * the arguments.
 */
interface Rule {
  readonly program: Program
  /** What it closes over: an input of the operation, by its place there, or a tensor. */
  readonly captured: readonly (number | Value)[]
}

/** The operation's inputs are the arguments, what the function closes over, and what the rule alone closes over. */
interface Custom {
  /** The function; of its inputs it does not use the rule's. */
  readonly program: Program
  /** How many of the inputs are arguments, */
  readonly arity: number
  /** and how many come before those of the rule alone. */
  readonly own: number
  readonly rule: () => Rule
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'
const unnamed = ({ sizes, dtype }: Aval): Input => ({ shape: numerals(sizes), sizes, dtype })
const refuse = (who: string): never =>
  fail({
    _tag: 'TraceError',
    detail: `customVjp: the ${who} closes over a value that is being differentiated: make it part of the argument, so that the rule gives its cotangent`,
  })

/** A rule's cotangent has the form, shapes and dtypes of the argument. @category type-level */
export type CotangentRule<A, C> = [C] extends [A]
  ? Ok<''>
  : [A, C] extends [Tensor<infer S, infer D extends DType>, Tensor<infer SC, infer DC extends DType>]
    ? Err<`customVjp: the rule's cotangent is ${DC} '${SC}', not ${D} '${S}'`>
    : C extends { readonly [K in keyof A]: unknown }
      ? { readonly [K in keyof A]: CotangentRule<A[K], C[K]> }[keyof A]
      : Err<"customVjp: 'cotangent' has another form than the function has">

const operationOf = (custom: Custom): Operation => {
  const { program, arity, own, rule } = custom
  const operation: Operation = {
    name: 'customVjp',
    params: {},
    comparable: false,
    shape: () => program.outputs,
    vjp: (inputs, wanted): Differentiated => {
      if (wanted.slice(arity, own).includes(true)) refuse('function')
      if (wanted.slice(own).includes(true)) refuse('rule')
      const { program: whole, captured } = rule()
      const results = program.outputs.length
      const { now, later } = split(whole, i => i >= arity && i < arity + results, results)
      const values = captured.map(x => (typeof x === 'number' ? (inputs[x] ?? missing(x)) : x))
      const computed = interpret(now, [...inputs.slice(0, arity), ...values])
      const [outputs, left] = [computed.slice(0, results), computed.slice(results)]
      return {
        outputs,
        pullback: cts => interpret(later, [...outputs.map((output, i) => cts[i] ?? concrete(output.sizes, output.dtype, 0)), ...left]),
      }
    },
    jvp: 'transpose',
    batch: (inputs, batched, size) => {
      // Cotangents are of one example each, and so are arguments then. What is closed over has none, and stays as it is.
      const rows = inputs.map((x, i) => (i < arity ? lead(x, batched[i] === true, size) : x))
      const flags = batched.map((flag, i) => i < arity || flag)
      const mapped = trace(values => vmapProgram(program, values, flags, size), rows)
      const mappedRule = once((): Rule => {
        const { program: whole, captured } = rule()
        const given = captured.map(x => (typeof x === 'number' ? (rows[x] ?? missing(x)) : x))
        const led = [...rows.slice(0, arity).map(() => true), ...program.outputs.map(() => true)]
        const lifted = trace(
          values => vmapProgram(whole, values, [...led, ...captured.map(x => typeof x === 'number' && flags[x] === true)], size),
          [...rows.slice(0, arity), ...mapped.program.outputs, ...given].map(unnamed),
        )
        return { program: lifted.program, captured: [...captured, ...lifted.captured] }
      })
      // What the batched function closes over comes last, among what only the rule may use: neither is differentiated.
      return bind(operationOf({ program: mapped.program, arity, own, rule: mappedRule }), [...rows, ...mapped.captured])
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

const missing = (input: number): never => fail({ _tag: 'InternalError', detail: `customVjp has no input ${input}` })

/** The program with further inputs, which it does not use. */
const withInputs = (program: Program, further: readonly Aval[]): Program => ({
  ...program,
  inputs: [
    ...program.inputs,
    ...further.map(({ sizes, dtype }, i): Variable => ({ kind: 'variable', id: program.count + i, sizes, dtype })),
  ],
  count: program.count + further.length,
})

/**
 * How many rules are being traced, one inside the other. A rule is traced where its function is called, because the values that it closes over
 * may be those of a function that is still running then and has returned when a derivative is taken. Inside a rule this is needed for second
 * derivatives, inside that for third ones; a rule that calls its own function would be traced without end, so from there on each waits.
 */
let depth = 0
const deepest = 2

/** The leaves of what a rule gives, which has the form, the shapes and the dtypes of what it stands for. */
const leavesLike = (name: string, result: unknown, form: Structure, like: readonly Value[]): readonly Value[] => {
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

/**
 * A function with a rule for its derivative: `rule(x)` is the value and the pullback, in the form of `vjp`.
 *
 * The rule is used under every reverse-mode derivative, under `vmap`, and (by transposition) under `jvp`. The function itself is used where
 * nothing is differentiated. Both are traced where the function is called inside another trace, so neither may look at numbers. Both may
 * close over any values, also those of a function that is being traced, such as an example's target, if these are not differentiated
 * themselves.
 *
 * **Errors**: differentiating with respect to a value that the function or the rule closes over; a rule whose value or cotangent has another
 * form.
 *
 * @example
 * import { customVjp, grad, mul, pipe, sum, tensor, toNumber, vmap, type Tensor } from 'pullback'
 *
 * const times = (y: Tensor<''>) => customVjp((z: Tensor<''>) => pipe(z, mul(y)), z => [pipe(z, mul(y)), ct => pipe(ct, mul(y))])
 * const total = (x: Tensor<''>) => pipe(tensor([1, 2, 3]), vmap('3')((y: Tensor<''>) => times(y)(x)), sum())
 * assert.equal(toNumber(grad(total)(tensor(2))), 6)
 *
 * @category transformations
 */
export const customVjp = <A extends object, R extends object, C = A>(
  f: (x: A) => R,
  given: Expect<CotangentRule<A, C>, (x: A) => readonly [value: R, pullback: (cotangent: R) => C]>,
): ((x: A) => R) => {
  checkFunction('customVjp', f, 'give one of tensors, and its rule')
  checkFunction('customVjp', given, 'give a rule after the function, x => [value, pullback]')
  return x => {
    const rule = typed<(x: A) => readonly [value: R, pullback: (cotangent: R) => C]>(given)
    const { leaves, structure } = flatten('customVjp', x)
    const traced = traceTree('customVjp', tree => f(typed<A>(tree)), leaves, structure)
    const arity = leaves.length
    const traceRule = (): { readonly program: Program; readonly captured: readonly Value[] } => {
      depth += 1
      try {
        return trace(
          values => {
            const [value, pullback] = rule(typed<A>(unflatten(structure, values.slice(0, arity))))
            const cotangents = pullback(typed<R>(unflatten(traced.structure, values.slice(arity))))
            return [
              ...leavesLike('value', value, traced.structure, traced.outputs),
              ...leavesLike('cotangent', cotangents, structure, leaves),
            ]
          },
          [...leaves, ...traced.outputs],
        )
      } finally {
        depth -= 1
      }
    }
    const inputs = [...leaves, ...traced.captured]
    const own = inputs.length
    // Where no input is traced the function is applied at once, and nobody can ask for a derivative.
    const known = inputs.some(isTraced) && depth < deepest ? traceRule() : undefined
    const captured = known?.captured.map((value): number | Value => {
      if (!isTraced(value)) return value
      const place = inputs.findIndex((input, i) => i >= arity && input[payload] === value[payload])
      return place >= 0 ? place : inputs.push(value) - 1
    })
    const operation = operationOf({
      program: withInputs(traced.program, inputs.slice(own)),
      arity,
      own,
      rule: known && captured ? () => ({ program: known.program, captured }) : once(traceRule),
    })
    const outputs = bind(operation, inputs)
    return typed<R>(
      unflatten(
        traced.structure,
        outputs.map((y, i) => relabel(traced.shapes[i] ?? y.shape, y)),
      ),
    )
  }
}
