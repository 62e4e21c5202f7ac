/** The operation of a function that has a pullback of its own: `customVjp`. */
import { real } from '../primitives/family/sample.js'
import { mul } from '../primitives/index.js'
import { sumAxes } from '../primitives/sum.js'
import { type Operation, type Params, type Program, split } from '../program/index.js'
import { concrete, isFloat, type Value } from '../tensor/index.js'
import { type BesideHolder, besideHolder, bind, interpret, perExample, programOf } from '../trace/index.js'
import { type Custom, capturedIn, evaluateFunction, liftedFunction, liftedRule, once, paramsOf, refuseCaptured } from './custom-rule.js'
import { missing } from './scan-parts.js'

const op = 'customVjp'

/** x² y, whose rule is the right one: the laws compare it with differences. */
const samples = () => {
  const inputs = [real([3], -1, 1), real([3], -1, 1)]
  const of = (f: (x: Value, y: Value, ct: Value) => readonly Value[], avals: typeof inputs): Program =>
    programOf(([x = missing(), y = missing(), ct = x]) => f(x, y, ct), avals)
  const value = (x: Value, y: Value): Value => mul(mul(x, x), y)
  const twice = (x: Value, y: Value): Value => mul(mul(x, y), concrete(x.sizes, x.dtype, 2))
  const rule = of((x, y, ct) => [value(x, y), mul(twice(x, y), ct), mul(mul(x, x), ct)], [...inputs, real([3])])
  const beside: Custom = { arity: 2, own: 2, rule: () => ({ program: rule, captured: [] }), identity: {}, batches: [] }
  return [{ params: {}, programs: [of((x, y) => [value(x, y)], inputs)], beside, inputs }]
}

export const customVjpPrimitive: BesideHolder<Params, Custom> = besideHolder<Params, Custom>({
  name: op,
  samples,
  shape: (_, __, [program = missing()]) => program.outputs,
  vjp: (inputs, wanted, _, [program = missing()], custom) => {
    refuseCaptured(op, 'cotangent', custom, wanted)
    const { arity } = custom
    const rule = custom.rule()
    const results = program.outputs.length
    const { now, later } = split(rule.program, i => i >= arity && i < arity + results, results)
    const computed = interpret(now, [...inputs.slice(0, arity), ...capturedIn(rule, inputs)])
    const [outputs, left] = [computed.slice(0, results), computed.slice(results)]
    return {
      outputs,
      pullback: cts => interpret(later, [...outputs.map((output, i) => cts[i] ?? concrete(output.sizes, output.dtype, 0)), ...left]),
    }
  },
  jvp: 'transpose',
  batch: (inputs, batched, size, _, [program = missing()], custom) => {
    const { arity, batches } = custom
    const mapped = liftedFunction(program, inputs, batched, size)
    const results = mapped.program.outputs
    // The cotangent of an argument that all examples share is the sum of theirs.
    const shared = (x: Value): Value => (isFloat(x.dtype) ? sumAxes(x, [0]) : concrete(x.sizes.slice(1), x.dtype, 0))
    const rule = once(() =>
      liftedRule(custom.rule(), inputs, batched, size, arity, { values: results, batched: results.map(() => true) }, rows =>
        rows.map((row, i) => (i < results.length || batched[i - results.length] === true ? row : shared(row))),
      ),
    )
    // What the batched function closes over comes last, among what only the rule may use: neither is differentiated.
    const lifted = customVjpOf(mapped.program, { ...custom, rule, batches: [...batches, [size, ...batched]] })
    return bind(lifted, [...inputs, ...mapped.captured]).map(perExample)
  },
  evaluate: (inputs, _, [program = missing()]) => evaluateFunction(op, inputs, program),
  narrow: 'keeps all',
  lower: (_, [program = missing()]) => ({ kind: 'call', program }),
})

/** The operation of a function with its rule. */
export const customVjpOf = (program: Program, custom: Custom): Operation => customVjpPrimitive.of(paramsOf(custom), [program], custom)
