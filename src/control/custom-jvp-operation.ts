/**
 * The operation of a function that has tangents of its own: `customJvp`. Forward mode is the rule. Reverse mode transposes the part of the rule that
 * depends on the tangents, which is linear in them; so the value and what that part needs of it are computed once.
 */
import { real } from '../primitives/family/sample.js'
import { add, mul } from '../primitives/index.js'
import { dependents, type Operation, type Params, type Program, simplify, split, withoutEffects } from '../program/index.js'
import { concrete, fail, isFloat, type Value } from '../tensor/index.js'
import { type BesideHolder, besideHolder, bind, interpret, perExample, programOf } from '../trace/index.js'
import { linearity, vjpProgram } from '../transform/index.js'
import { type Custom, capturedIn, evaluateFunction, liftedFunction, liftedRule, once, paramsOf, refuseCaptured } from './custom-rule.js'
import { missing } from './scan-parts.js'

const op = 'customJvp'

const zero = (x: Value): Value => concrete(x.sizes, x.dtype, 0)

/** x² y, whose rule is the right one: the laws compare it with differences. */
const samples = () => {
  const inputs = [real([3], -1, 1), real([3], -1, 1)]
  const value = (x: Value, y: Value): Value => mul(mul(x, x), y)
  const function_ = programOf(([x = missing(), y = missing()]) => [value(x, y)], inputs)
  const rule = programOf(
    ([x = missing(), y = missing(), dx = missing(), dy = missing()]) => {
      const twice = mul(mul(x, y), concrete(x.sizes, x.dtype, 2))
      return [value(x, y), add(mul(twice, dx), mul(mul(x, x), dy))]
    },
    [...inputs, ...inputs],
  )
  const beside: Custom = { arity: 2, own: 2, rule: () => ({ program: rule, captured: [] }), identity: {}, batches: [] }
  return [{ params: {}, programs: [function_], beside, inputs }]
}

/** Programs of rules that were found linear. */
const linear = new WeakSet<Program>()

/** Transposing a tangent that is not linear in the given one would make a wrong derivative of it in silence. */
const checkLinear = (program: Program, arity: number, results: number): void => {
  if (linear.has(program)) return
  const wrong = (detail: string): never => fail({ _tag: 'ArgumentError', op, detail })
  const simplified = simplify(withoutEffects(program))
  const marked = simplified.inputs.map(({ dtype }, i) => i >= arity && i < 2 * arity && isFloat(dtype))
  if (dependents(simplified, marked).slice(0, results).includes(true))
    wrong("the rule's value depends on the tangent: give the value of the function alone")
  const tangents = { ...simplified, outputs: simplified.outputs.slice(results) }
  const { fault, depends } = linearity(tangents, marked)
  const because = fault && `because of '${fault.operation}'${fault.isShifted ? ' with a value that does not depend on it' : ''}`
  if (because) wrong(`the rule's tangent is not linear in the given one, ${because}: reverse mode transposes it`)
  if (tangents.outputs.some((atom, i) => isFloat(atom.dtype) && !depends[i] && !(atom.kind === 'constant' && atom.value === 0)))
    wrong("the rule's tangent is not linear in the given one, on which it does not depend: reverse mode transposes it")
  linear.add(program)
}

export const customJvpPrimitive: BesideHolder<Params, Custom> = besideHolder<Params, Custom>({
  name: op,
  samples,
  shape: (_, __, [program = missing()]) => program.outputs,
  vjp: (inputs, wanted, _, [program = missing()], custom) => {
    refuseCaptured(op, 'tangent', custom, wanted)
    const { arity } = custom
    const rule = custom.rule()
    const results = program.outputs.length
    checkLinear(rule.program, arity, results)
    const { now, later } = split(rule.program, i => i >= arity && i < 2 * arity, results)
    const computed = interpret(now, [...inputs.slice(0, arity), ...capturedIn(rule, inputs)])
    const [outputs, left] = [computed.slice(0, results), computed.slice(results)]
    const isPushed = inputs.slice(0, arity).map(({ dtype }, i) => wanted[i] === true && isFloat(dtype))
    return {
      outputs,
      pullback: cts => {
        // Of a linear function the pullback is the same everywhere, so it is asked for at 0. What the rule prints of a tangent is not printed for it.
        const at = [...inputs.slice(0, arity).map(zero), ...left]
        const pulled = vjpProgram(
          withoutEffects(later),
          at,
          at.map((_, i) => isPushed[i] === true),
        ).pullback(cts)
        let next = 0
        return inputs.map((_, i) => (isPushed[i] ? pulled[next++] : undefined))
      },
    }
  },
  jvp: (inputs, tangents, _, [program = missing()], custom) => {
    const wanted = tangents.map(tangent => tangent !== undefined)
    refuseCaptured(op, 'tangent', custom, wanted)
    const { arity } = custom
    const rule = custom.rule()
    const given = inputs.slice(0, arity)
    const computed = interpret(rule.program, [...given, ...given.map((x, i) => tangents[i] ?? zero(x)), ...capturedIn(rule, inputs)])
    const results = program.outputs.length
    return { outputs: computed.slice(0, results), terms: computed.slice(results).map(tangent => [tangent]) }
  },
  batch: (inputs, batched, size, _, [program = missing()], custom) => {
    const { arity, batches } = custom
    const mapped = liftedFunction(program, inputs, batched, size)
    const tangents = { values: inputs.slice(0, arity), batched: batched.slice(0, arity) }
    const rule = once(() => liftedRule(custom.rule(), inputs, batched, size, arity, tangents, rows => rows))
    const lifted = customJvpOf(mapped.program, { ...custom, rule, batches: [...batches, [size, ...batched]] })
    return bind(lifted, [...inputs, ...mapped.captured]).map(perExample)
  },
  evaluate: (inputs, _, [program = missing()]) => evaluateFunction(op, inputs, program),
  narrow: 'keeps all',
  lower: (_, [program = missing()]) => ({ kind: 'call', program }),
})

/** The operation of a function with its rule. */
export const customJvpOf = (program: Program, custom: Custom): Operation => customJvpPrimitive.of(paramsOf(custom), [program], custom)
