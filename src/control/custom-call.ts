/** How a function with a rule is called: it is traced, its rule too where somebody may ask for a derivative, and both become one operation. */
import { type Operation, type Program, sameAval, type Variable } from '../program/index.js'
import { type Aval, described, fail, flatten, payload, type Structure, sameStructure, type Value } from '../tensor/index.js'
import { bind, trace } from '../trace/index.js'
import { resultOf, traceTree } from '../transform/index.js'
import { type Custom, once } from './custom-rule.js'
import { ruleTracing } from './rule-tracing.js'

const isTraced = (x: Value): boolean => x[payload].kind === 'traced'

/** The program with further inputs, which it does not use. */
const withInputs = (program: Program, further: readonly Aval[]): Program => ({
  ...program,
  inputs: [
    ...program.inputs,
    ...further.map(({ sizes, dtype }, i): Variable => ({ kind: 'variable', id: program.count + i, sizes, dtype })),
  ],
  count: program.count + further.length,
})

/** For how many forms of its argument one function keeps its object. The one that has not been used for the longest time is dropped first. */
const capacity = 64

/**
 * For each form of its argument one object, which stands for the function and its rule on that form: operations with the same one, the same
 * program and the same inputs are the same. The form is asked for since a function may look at the names of axes and of a tree's branches.
 */
const ruleByForm = (): ((structure: Structure, leaves: readonly Value[]) => object) => {
  let known: readonly { readonly structure: Structure; readonly shapes: string; readonly rule: object }[] = []
  return (structure, leaves) => {
    const shapes = leaves.map(x => x.shape).join()
    const found = known.find(other => other.shapes === shapes && sameStructure(other.structure, structure))
    const form = found ?? { structure, shapes, rule: {} }
    if (known[0] !== form) known = [form, ...known.filter(other => other !== form)].slice(0, capacity)
    return form.rule
  }
}

/** The leaves of what a rule gives, which has the form, the shapes and the dtypes of what it stands for. */
export const leavesOfRule = (op: string, name: string, result: unknown, form: Structure, like: readonly Value[]): readonly Value[] => {
  const flat = flatten(`${op}: the rule's ${name}`, result)
  if (!sameStructure(flat.structure, form))
    return fail({ _tag: 'TreeError', op, path: name, detail: 'has another form than the function has' })
  return flat.leaves.map((leaf, i) => {
    const expected = like[i] ?? leaf
    return sameAval(leaf, expected)
      ? leaf
      : fail({ _tag: 'ShapeError', detail: `${op}: the rule's ${name} is ${described(leaf)}, not ${described(expected)}` })
  })
}

/** The argument and the result of a function, as it was called. */
export interface Called {
  readonly leaves: readonly Value[]
  readonly structure: Structure
  readonly results: readonly Value[]
  readonly resultStructure: Structure
}

/** A rule as a function of values, of these shapes after those of the arguments. */
export interface RuleOf {
  readonly further: readonly Value[]
  readonly run: (values: readonly Value[]) => readonly Value[]
}

/** The function with its rule, as a function of a tree. */
export const withRule = (
  op: string,
  f: (x: unknown) => unknown,
  ruleOf: (called: Called) => RuleOf,
  operationOf: (program: Program, custom: Custom) => Operation,
): ((x: object) => unknown) => {
  const identityOf = ruleByForm()
  const ruleFor = ruleTracing(op)
  return x => {
    const { leaves, structure } = flatten(op, x)
    const traced = traceTree(op, f, leaves, structure)
    const { further, run } = ruleOf({ leaves, structure, results: traced.outputs, resultStructure: traced.structure })
    const identity = identityOf(structure, leaves)
    const inputs = [...leaves, ...traced.captured]
    const [arity, own] = [leaves.length, inputs.length]
    const given = { identity, run, inputs: [...leaves, ...further] }
    // Where no input is traced the function is applied at once, and nobody can ask for a derivative.
    const known = inputs.some(isTraced) ? ruleFor(given) : undefined
    const places = new Map(traced.captured.map((value, i) => [value[payload], arity + i] as const))
    // Tensors with numbers become inputs too: a program that holds this operation closes over nothing, and its derivative must not either.
    for (const value of known?.captured ?? []) if (!places.has(value[payload])) places.set(value[payload], inputs.push(value) - 1)
    const custom: Custom = {
      arity,
      own,
      rule: once(() => (known ? known.rule(inputs.slice(arity), arity) : trace(run, given.inputs))),
      identity,
      batches: [],
    }
    return resultOf(traced, bind(operationOf(withInputs(traced.program, inputs.slice(own)), custom), inputs))
  }
}
