/**
 * Whether a program is linear in some of its inputs, found out from the derivative rules of its operations.
 *
 * An operation is linear in some inputs, the others held fixed, if its derivative in those is the same at every point, and if what it gives for
 * zeros is zero. The first is seen in the pullback, as a program: its cotangents for those inputs must not read them. The second is seen in
 * the cotangent of each other input, which must be linear in them: in a product it is (ct · x), so that nothing is left where x is 0, whereas
 * a sum hands ct on. A remainder passes the first test and not the second: its cotangent has the rounded quotient in it.
 */
import { type Atom, dependents, type Equation, operationKey, type Program, simplify, type Variable, walk } from '../program/index.js'
import { type Aval, concrete, isFloat } from '../tensor/index.js'
import { trace, unnamed } from '../trace/index.js'

/** The name of an operation that is not linear, and whether it is but for a value that is added. */
export interface Nonlinear {
  readonly operation: string
  readonly isShifted: boolean
}

type Passes = (value: Aval) => boolean
type Depends = (program: Program, marked: readonly boolean[]) => readonly boolean[]

interface Pulled {
  readonly program: Program
  /** For each input whether it has a cotangent at all. */
  readonly has: readonly boolean[]
}

/** The fault of a function that is not linear, in words. */
export const because = ({ operation, isShifted }: Nonlinear): string =>
  `because of '${operation}'${isShifted ? ' with a value that does not depend on it' : ''}`

/** Whether a result is zero everywhere, which is linear in anything. */
export const isZero = (atom: Atom): boolean => atom.kind === 'constant' && atom.value === 0

/** From the inputs of an equation and the cotangents of its outputs to the cotangents of its inputs. */
const pulledBack = ({ operation, inputs, outputs }: Equation, wanted: readonly boolean[]): Pulled => {
  let has: readonly boolean[] = []
  const { program } = trace(
    given => {
      const { pullback } = operation.vjp(given.slice(0, inputs.length), wanted)
      const cts = pullback(given.slice(inputs.length).map((ct, i) => (isFloat(outputs[i]?.dtype ?? 'bool') ? ct : undefined)))
      has = inputs.map((_, i) => cts[i] !== undefined)
      return inputs.map(({ sizes, dtype }, i) => cts[i] ?? concrete(sizes, dtype, 0))
    },
    [...inputs, ...outputs].map(unnamed),
  )
  return { program, has }
}

const none: Variable = { kind: 'variable', id: 0, sizes: [], dtype: 'bool' }
const isZeroAt = (inputs: readonly Atom[], i: number): boolean => isZero(inputs[i] ?? none)

/** Why an operation that holds no program is not linear in the marked ones of its inputs. `assumed` are those found linear, or being looked at: it is added to. */
const faultOf = (equation: Equation, marked: readonly boolean[], assumed: Set<string>): Nonlinear | undefined => {
  const { operation, inputs } = equation
  const described = inputs.map((input, i) => `${marked[i]}${isZero(input)}${input.dtype}[${input.sizes.join()}]`)
  const key = `${operationKey(operation)} ${described.join()}`
  if (assumed.has(key)) return undefined
  assumed.add(key)
  const name = operation.name
  const wanted = inputs.map(({ dtype }, i) => isFloat(dtype) && (marked[i] === true || !isZeroAt(inputs, i)))
  const { program, has } = pulledBack(equation, wanted)
  const varies = dependents(program, marked)
  for (let i = 0; i < inputs.length; i += 1) {
    if (marked[i] === true) {
      if (!has[i] || varies[i]) return { operation: name, isShifted: false }
    } else if (wanted[i] && has[i]) {
      if (!varies[i]) return { operation: name, isShifted: true }
      const output = program.outputs[i]
      const alone = simplify({ ...program, outputs: output ? [output] : [] })
      if (linearity(alone, marked, assumed).fault) return { operation: name, isShifted: false }
    }
  }
  return undefined
}

/** Whether something is linear in marked inputs, and which of its outputs depend on those. */
interface Linearity {
  readonly fault: Nonlinear | undefined
  readonly depends: readonly boolean[]
}

/** Goes through a program and the programs that its operations hold, along values that pass. */
const through = (
  program: Program,
  marked: readonly boolean[],
  step: (equation: Equation, marked: readonly boolean[]) => readonly boolean[],
  passes: Passes = () => true,
): readonly boolean[] =>
  program.outputs.map(
    walk<boolean>(
      program,
      program.inputs.map((input, i) => marked[i] === true && passes(input)),
      () => false,
      (equation, inputs) => {
        if (!inputs.includes(true)) return equation.outputs.map(() => false)
        const depends = step(equation, inputs)
        return equation.outputs.map((output, i) => depends[i] === true && passes(output))
      },
    ),
  )

/** A loop's carry that depends on marked inputs in some round, as which it is looked at in all of them. */
const settledCarry = (
  body: Program,
  marked: readonly boolean[],
  constants: number,
  carries: number,
  depends: Depends = dependsIn,
): readonly boolean[] => {
  const after = depends(body, marked)
  const all = marked.map((mark, i) => mark || (i >= constants && i < constants + carries && after[i - constants] === true))
  return all.every((mark, i) => mark === marked[i]) ? marked : settledCarry(body, all, constants, carries, depends)
}

/** Which outputs of an equation depend on the marked inputs. A loop or a choice has some that do and some that do not. */
const dependsOf = ({ operation, inputs, outputs }: Equation, marked: readonly boolean[], depends: Depends): readonly boolean[] => {
  const lowered = operation.programs.length > 0 ? operation.lower(inputs) : undefined
  switch (lowered?.kind) {
    case 'call':
    case 'block':
      return depends(lowered.program, marked)
    case 'loop': {
      const { body, constants, carries } = lowered
      const all = settledCarry(body, marked, constants, carries, depends)
      return [...all.slice(constants, constants + carries), ...depends(body, all).slice(carries)]
    }
    case 'while': {
      const { predicate, body, constants } = lowered
      const all = settledCarry(body, marked, constants, inputs.length - constants, depends)
      return depends(predicate, all).includes(true) ? outputs.map(() => true) : all.slice(constants)
    }
    case 'branch': {
      const each = lowered.cases.map(body => depends(body, marked.slice(1)))
      return outputs.map((_, i) => marked[0] === true || each.some(flags => flags[i]))
    }
    default:
      return outputs.map(() => true)
  }
}

/** Which outputs of a program depend on the marked inputs. It looks into the programs that operations hold, where `dependents` takes an operation for one. */
export const dependsIn = (program: Program, marked: readonly boolean[]): readonly boolean[] =>
  through(program, marked, (equation, inputs) => dependsOf(equation, inputs, dependsIn))

/**
 * Which outputs of a program a derivative in the marked inputs may reach: by a way of floats, into the programs that operations hold. What a function
 * with a rule of its own computes says nothing of its derivative, so all its results are reached.
 */
export const reaches = (program: Program, marked: readonly boolean[]): readonly boolean[] =>
  through(
    program,
    marked,
    (equation, inputs) =>
      equation.operation.identity === undefined ? dependsOf(equation, inputs, reaches) : equation.outputs.map(() => true),
    ({ dtype }) => isFloat(dtype),
  )

/**
 * Why a loop is not linear. Its body must be, in what is marked of a round; and a carry that is marked in some round must be so in each, for otherwise
 * a value is added to it: it begins as zero where its first value is not marked, and is zero where a round gives it without anything marked.
 */
const loopFault = (
  { operation, inputs }: Equation,
  body: Program,
  constants: number,
  carries: number,
  marked: readonly boolean[],
  assumed: Set<string>,
): Nonlinear | undefined => {
  const all = settledCarry(body, marked, constants, carries)
  const { fault, depends } = linearity(body, all, assumed)
  const isShifted = (i: number): boolean =>
    all[constants + i] === true &&
    ((marked[constants + i] !== true && !isZeroAt(inputs, constants + i)) || (depends[i] !== true && !isZeroAt(body.outputs, i)))
  return (
    fault ?? (Array.from({ length: carries }, (_, i) => i).some(isShifted) ? { operation: operation.name, isShifted: true } : undefined)
  )
}

const equationFault = (equation: Equation, marked: readonly boolean[], assumed: Set<string>): Nonlinear | undefined => {
  const { operation, inputs } = equation
  const { name } = operation
  const lowered = operation.programs.length > 0 ? operation.lower(inputs) : undefined
  switch (lowered?.kind) {
    // A function with a rule of its own is linear if the function is; what the rule says of it is another matter.
    case 'call':
    case 'block':
      return linearity(lowered.program, marked, assumed).fault
    case 'loop':
      return loopFault(equation, lowered.body, lowered.constants, lowered.carries, marked, assumed)
    case 'while': {
      const { predicate, body, constants } = lowered
      const carries = inputs.length - constants
      const isAsked = dependsIn(predicate, settledCarry(body, marked, constants, carries)).includes(true)
      return isAsked ? { operation: name, isShifted: false } : loopFault(equation, body, constants, carries, marked, assumed)
    }
    case 'branch': {
      if (marked[0] === true) return { operation: name, isShifted: false }
      const each = lowered.cases.map(body => linearity(body, marked.slice(1), assumed))
      const depends = dependsOf(equation, marked, dependsIn)
      const isShifted = lowered.cases.some(({ outputs }, k) =>
        outputs.some((_, i) => depends[i] && !each[k]?.depends[i] && !isZeroAt(outputs, i)),
      )
      return each.find(({ fault }) => fault)?.fault ?? (isShifted ? { operation: name, isShifted } : undefined)
    }
    default:
      return faultOf(equation, marked, assumed)
  }
}

/** The first operation by which a simplified program is not linear in the marked inputs, of those that depend on them, and which outputs do. */
export const linearity = (program: Program, marked: readonly boolean[], assumed = new Set<string>()): Linearity => {
  let fault: Nonlinear | undefined
  const depends = through(program, marked, (equation, inputs) => {
    fault ??= equationFault(equation, inputs, assumed)
    return dependsOf(equation, inputs, dependsIn)
  })
  return { fault, depends }
}
