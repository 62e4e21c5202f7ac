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

import { type Program, sameAval, type Variable } from '../program/index.js'
import type { Err, Expect, Ok } from '../shape/index.js'
import {
  type Aval,
  checkFunction,
  type DType,
  described,
  fail,
  flatten,
  payload,
  relabel,
  type Structure,
  sameStructure,
  type Tensor,
  typed,
  unflatten,
  type Value,
} from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import { traceTree } from '../transform/index.js'
import { once, operationOf } from './custom-operation.js'

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'

/** A rule's cotangent has the form, shapes and dtypes of the argument. @category type-level */
export type CotangentRule<A, C> = [C] extends [A]
  ? Ok<''>
  : [A, C] extends [Tensor<infer S, infer D extends DType>, Tensor<infer SC, infer DC extends DType>]
    ? Err<`customVjp: the rule's cotangent is ${DC} '${SC}', not ${D} '${S}'`>
    : C extends { readonly [K in keyof A]: unknown }
      ? { readonly [K in keyof A]: CotangentRule<A[K], C[K]> }[keyof A]
      : Err<"customVjp: 'cotangent' has another form than the function has">

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

/**
 * For each form of its argument one object, which stands for the function and its rule on that form: operations with the same one, the same
 * program and the same inputs are the same. The form is asked for since a function may look at the names of axes and of a tree's branches.
 */
const ruleByForm = (): ((structure: Structure, leaves: readonly Value[]) => object) => {
  let known: readonly { readonly structure: Structure; readonly shapes: string; readonly rule: object }[] = []
  return (structure, leaves) => {
    const shapes = leaves.map(x => x.shape).join()
    const found = known.find(other => other.shapes === shapes && sameStructure(other.structure, structure))
    if (found) return found.rule
    const rule = {}
    known = [...known, { structure, shapes, rule }]
    return rule
  }
}

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

/** What a rule gives, where it is a value and a function. */
const checkPair = <P>(pair: P): P => {
  if (!(Array.isArray(pair) && pair.length === 2 && typeof pair[1] === 'function'))
    fail({
      _tag: 'ArgumentError',
      op: 'customVjp',
      detail: 'the rule gives a pair: the value, and its pullback, as in x => [value, ct => …]',
    })
  return pair
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
  const ruleOf = ruleByForm()
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
            const [value, pullback] = checkPair(rule(typed<A>(unflatten(structure, values.slice(0, arity)))))
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
      identity: ruleOf(structure, leaves),
      batches: [],
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
