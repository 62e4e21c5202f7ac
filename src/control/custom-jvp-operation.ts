/**
 * The operation of a function that has tangents of its own: `customJvp`. Forward mode is the rule. Reverse mode transposes the part of the rule that
 * depends on the tangents, which is linear in them; so the value and what that part needs of it are computed once.
 */
import { real } from '../primitives/family/sample.js'
import { add, filled, mul } from '../primitives/index.js'
import {
  dependents,
  type Operation,
  type Params,
  type Program,
  type SplitProgram,
  simplify,
  split,
  withoutEffects,
} from '../program/index.js'
import { fail, isFloat, type Value } from '../tensor/index.js'
import { type BesideHolder, besideHolder, bind, interpret, perExample, programOf } from '../trace/index.js'
import { because, dependsIn, isZero, linearity, vjpProgram } from '../transform/index.js'
import { type Custom, capturedIn, evaluateFunction, liftedFunction, liftedRule, once, paramsOf, refuseCaptured } from './custom-rule.js'
import { missing } from './scan-parts.js'

const op = 'customJvp'

const zero = (x: Value): Value => filled(x, 0)

/** x² y, whose rule is the right one: the laws compare it with differences. */
const samples = () => {
  const inputs = [real([3], -1, 1), real([3], -1, 1)]
  const value = (x: Value, y: Value): Value => mul(mul(x, x), y)
  const function_ = programOf(([x = missing(), y = missing()]) => [value(x, y)], inputs)
  const rule = programOf(
    ([x = missing(), y = missing(), dx = missing(), dy = missing()]) => {
      const twice = mul(mul(x, y), filled(x, 2))
      return [value(x, y), add(mul(twice, dx), mul(mul(x, x), dy))]
    },
    [...inputs, ...inputs],
  )
  const beside: Custom = { arity: 2, own: 2, rule: () => ({ program: rule, captured: [] }), identity: {}, batches: [] }
  return [{ params: {}, programs: [function_], beside, inputs }]
}

/** A rule in the parts that reverse mode computes it by. */
interface Parted extends SplitProgram {
  /** Which values are computed in one operation with tangents, such as a loop over both; */
  readonly mixed: readonly boolean[]
  /** and those values alone, as a program of all inputs of the rule. */
  readonly values: Program
}

/** Programs of rules that were found linear. */
const linear = new WeakMap<Program, Parted>()

/** Transposing a tangent that is not linear in the given one would make a wrong derivative of it in silence. */
const checkLinear = (program: Program, arity: number, results: number): void => {
  const wrong = (detail: string): never => fail({ _tag: 'ArgumentError', op, detail })
  const simplified = simplify(withoutEffects(program))
  const marked = simplified.inputs.map(({ dtype }, i) => i >= arity && i < 2 * arity && isFloat(dtype))
  if (dependsIn(simplified, marked).slice(0, results).includes(true))
    wrong("the rule's value depends on the tangent: give the value of the function alone")
  const tangents = { ...simplified, outputs: simplified.outputs.slice(results) }
  const { fault, depends } = linearity(tangents, marked)
  if (fault) wrong(`the rule's tangent is not linear in the given one, ${because(fault)}: reverse mode transposes it`)
  if (tangents.outputs.some((atom, i) => isFloat(atom.dtype) && !depends[i] && !isZero(atom)))
    wrong("the rule's tangent is not linear in the given one, on which it does not depend: reverse mode transposes it")
}

const parted = (program: Program, arity: number, results: number): Parted => {
  const known = linear.get(program)
  if (known) return known
  checkLinear(program, arity, results)
  const isTangent = (i: number): boolean => i >= arity && i < 2 * arity
  const seeming = dependents(
    program,
    program.inputs.map((_, i) => isTangent(i)),
  )
  const mixed = seeming.slice(0, results)
  const own = program.outputs.slice(0, results)
  const apart = own.filter((_, i) => !mixed[i])
  const parts: Parted = {
    ...split({ ...program, outputs: [...apart, ...program.outputs.slice(results)] }, isTangent, apart.length),
    mixed,
    values: simplify(withoutEffects({ ...program, outputs: own.filter((_, i) => mixed[i]) })),
  }
  linear.set(program, parts)
  return parts
}

export const customJvpPrimitive: BesideHolder<Params, Custom> = besideHolder<Params, Custom>({
  name: op,
  samples,
  shape: (_, __, [program = missing()]) => program.outputs,
  vjp: (inputs, wanted, _, [program = missing()], custom) => {
    refuseCaptured(op, 'tangent', custom, wanted)
    const { arity } = custom
    const rule = custom.rule()
    const { now, later, mixed, values } = parted(rule.program, arity, program.outputs.length)
    const [given, captured] = [inputs.slice(0, arity), capturedIn(rule, inputs)]
    const computed = interpret(now, [...given, ...captured])
    const left = computed.slice(mixed.filter(flag => !flag).length)
    // A value is the same for all tangents, so one that comes from an operation with tangents is asked for at 0.
    const apart = mixed.includes(true) ? interpret(values, [...given, ...given.map(zero), ...captured]) : []
    let [fromNow, fromApart] = [0, 0]
    const outputs = mixed.map(flag => (flag ? apart[fromApart++] : computed[fromNow++]) ?? missing())
    const isPushed = given.map(({ dtype }, i) => wanted[i] === true && isFloat(dtype))
    return {
      outputs,
      pullback: cts => {
        // Of a linear function the pullback is the same everywhere, so it is asked for at 0. What the rule prints of a tangent is not printed for it.
        const at = [...given.map(zero), ...left]
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
