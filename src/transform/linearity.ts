/**
 * Whether a program is linear in some of its inputs, found out from the derivative rules of its operations.
 *
 * An operation is linear in some inputs, the others held fixed, if its derivative in those is the same at every point, and if what it gives for
 * zeros is zero. The first is seen in the pullback, as a program: its cotangents for those inputs must not read them. The second is seen in
 * the cotangent of each other input, which must be linear in them: in a product it is (ct · x), so that nothing is left where x is 0, whereas
 * a sum hands ct on. A remainder passes the first test and not the second: its cotangent has the rounded quotient in it.
 */
import { type Atom, dependents, type Equation, operationKey, type Program, simplify, type Variable, walk } from '../program/index.js'
import { concrete, isFloat } from '../tensor/index.js'
import { trace, unnamed } from '../trace/index.js'

/** The name of an operation that is not linear, and whether it is but for a value that is added. */
export interface Nonlinear {
  readonly operation: string
  readonly isShifted: boolean
}

interface Pulled {
  readonly program: Program
  /** For each input whether it has a cotangent at all. */
  readonly has: readonly boolean[]
}

const isZero = (atom: Atom): boolean => atom.kind === 'constant' && atom.value === 0

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

/** Why an equation is not linear in the marked ones of its inputs. `assumed` are those found linear, or being looked at: it is added to. */
const faultOf = (equation: Equation, marked: readonly boolean[], assumed: Set<string>): Nonlinear | undefined => {
  const { operation, inputs } = equation
  const key = `${operationKey(operation)} ${inputs.map(({ dtype, sizes }, i) => `${marked[i]}${dtype}[${sizes.join()}]`).join()}`
  if (assumed.has(key)) return undefined
  assumed.add(key)
  const lowered = operation.programs.length > 0 ? operation.lower(inputs) : undefined
  // A function with a rule of its own is linear if the function is; what the rule says of it is another matter.
  if (lowered?.kind === 'call' || lowered?.kind === 'block') return nonlinear(lowered.program, marked, assumed)
  const name = operation.name
  const wanted = inputs.map(
    ({ dtype }, i) => isFloat(dtype) && (marked[i] === true || (lowered === undefined && !isZero(inputs[i] ?? none))),
  )
  const { program, has } = pulledBack(equation, wanted)
  const varies = dependents(program, marked)
  for (let i = 0; i < inputs.length; i += 1) {
    if (marked[i] === true) {
      if (!has[i] || varies[i]) return { operation: name, isShifted: false }
    } else if (wanted[i] && has[i]) {
      if (!varies[i]) return { operation: name, isShifted: true }
      const output = program.outputs[i]
      const alone = simplify({ ...program, outputs: output ? [output] : [] })
      if (nonlinear(alone, marked, assumed)) return { operation: name, isShifted: false }
    }
  }
  return undefined
}
const none: Variable = { kind: 'variable', id: 0, sizes: [], dtype: 'bool' }

/** The first operation by which a simplified program is not linear in the marked inputs, of those that depend on them. */
export const nonlinear = (program: Program, marked: readonly boolean[], assumed = new Set<string>()): Nonlinear | undefined => {
  let found: Nonlinear | undefined
  walk<boolean>(
    program,
    program.inputs.map((_, i) => marked[i] === true),
    () => false,
    (equation, inputs) => {
      const depends = inputs.includes(true)
      if (depends) found ??= faultOf(equation, inputs, assumed)
      return equation.outputs.map(() => depends)
    },
  )
  return found
}
