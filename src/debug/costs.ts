/**
 * What a program computes and moves, by formulas over its shapes. Nothing is run.
 *
 * A scan counts its body once for each round, and a choice counts the case with the most floating-point operations. How often a whileLoop goes round
 * depends on numbers, so it counts its predicate and its body once.
 */
import { type ScalarName, scalars } from '../kernel/index.js'
import type { Atom, Equation, Lowered, Program } from '../program/index.js'
import { type Aval, bytesOf, isFloat, sizeOf } from '../tensor/index.js'

export interface Costs {
  readonly operations: ReadonlyMap<string, number>
  readonly flops: number
  readonly transcendentals: number
  readonly bytesMoved: number
}

type Work = Pick<Costs, 'flops' | 'transcendentals'>

const none: Work = { flops: 0, transcendentals: 0 }
const nothing: Costs = { ...none, operations: new Map(), bytesMoved: 0 }

const bytesIn = ({ sizes, dtype }: Aval): number => sizeOf(sizes) * bytesOf(dtype)
const sum = (numbers: readonly number[]): number => numbers.reduce((total, x) => total + x, 0)

const plus = (a: Costs, b: Costs, times = 1): Costs => {
  const operations = new Map(a.operations)
  for (const [name, count] of b.operations) operations.set(name, (operations.get(name) ?? 0) + times * count)
  return {
    operations,
    flops: a.flops + times * b.flops,
    transcendentals: a.transcendentals + times * b.transcendentals,
    bytesMoved: a.bytesMoved + times * b.bytesMoved,
  }
}

/** Scalar functions that give floats and compute none: a conversion, and a choice. */
const moves: ReadonlySet<ScalarName> = new Set(['cast', 'select'])

const inScalars = (name: ScalarName, output: Aval): Work => {
  if (moves.has(name)) return none
  const entries = sizeOf(output.sizes)
  return scalars[name].cost === 'elementary' ? { ...none, transcendentals: entries } : { ...none, flops: entries }
}

/** The floating-point operations of one equation that holds no program. */
const workOf = (lowered: Lowered, inputs: readonly Aval[], outputs: readonly Aval[]): Work => {
  const [x] = inputs
  const [output] = outputs
  if (output === undefined || x === undefined || !isFloat(output.dtype)) return none
  switch (lowered.kind) {
    case 'map':
      return inScalars(lowered.name, output)
    case 'reduce':
      return { ...none, flops: Math.max(0, sizeOf(x.sizes) - sizeOf(output.sizes)) }
    case 'contract': {
      const inner = lowered.left.reduce((product, axis) => product * (x.sizes[axis] ?? 1), 1)
      return { ...none, flops: 2 * sizeOf(output.sizes) * inner }
    }
    case 'routine':
      // What is added onto an operand that is there already: each entry of the last operand, the updates, once.
      return lowered.onto === undefined ? none : { ...none, flops: sizeOf(inputs.at(-1)?.sizes ?? []) }
    default:
      return none
  }
}

const heavier = (a: Costs, b: Costs): Costs => (b.flops > a.flops ? b : a)

/** A constant is written into the program, and read from nowhere. */
const bytesRead = (atom: Atom): number => (atom.kind === 'constant' ? 0 : bytesIn(atom))

/** The costs of one equation; `within` gives those of a program that it holds. */
const costsOf = ({ operation, inputs, outputs }: Equation, within: (program: Program) => Costs): Costs => {
  const operations = new Map([[operation.name, 1]])
  const lowered = operation.lower(inputs)
  switch (lowered.kind) {
    case 'loop':
      return plus({ ...nothing, operations }, within(lowered.body), lowered.length)
    case 'while':
      return plus(plus({ ...nothing, operations }, within(lowered.predicate)), within(lowered.body))
    case 'branch':
      return plus({ ...nothing, operations }, lowered.cases.map(within).reduce(heavier))
    case 'call':
    case 'block': {
      const costs = within(lowered.program)
      // What a primitive such as a convolution is made of stays unnamed; what a function of the user's is made of does not.
      return operation.programs.length === 0 ? { ...costs, operations } : plus({ ...nothing, operations }, costs)
    }
    default:
      return { ...workOf(lowered, inputs, outputs), operations, bytesMoved: sum(inputs.map(bytesRead)) + sum(outputs.map(bytesIn)) }
  }
}

/** The costs of a program that is run once. */
export const programCosts = (program: Program): Costs =>
  program.equations.reduce((total, equation) => plus(total, costsOf(equation, programCosts)), nothing)

/** What an equation holds beside its operands and results while it runs: the tensors of a program that it holds. */
const heldWithin = ({ operation, inputs }: Equation, heldIn: (program: Program) => number): number => {
  const lowered = operation.lower(inputs)
  /** Inputs of a held program that are the operands themselves. */
  const shared = (body: Program, count: number): number => sum(body.inputs.slice(0, count).map(bytesIn))
  switch (lowered.kind) {
    case 'loop':
      return heldIn(lowered.body) - shared(lowered.body, lowered.constants)
    case 'while':
      return Math.max(...[lowered.predicate, lowered.body].map(body => heldIn(body) - shared(body, lowered.constants)))
    case 'branch':
      return Math.max(...lowered.cases.map(body => heldIn(body) - shared(body, body.inputs.length)))
    case 'call':
    case 'block':
      return heldIn(lowered.program) - shared(lowered.program, lowered.program.inputs.length)
    default:
      return 0
  }
}

/**
 * The most bytes of tensors that there are at one time where equations are computed one by one, in their order. Each tensor is held from its
 * equation to its last use, and the program's inputs and outputs to the end.
 */
export const heldBytes = (program: Program): number => {
  const lastUse = new Map<number, number>()
  const use = (atom: Atom, i: number): void => {
    if (atom.kind === 'variable') lastUse.set(atom.id, i)
  }
  program.equations.forEach(({ inputs, outputs }, i) => {
    for (const atom of [...inputs, ...outputs]) use(atom, i)
  })
  for (const atom of [...program.inputs, ...program.outputs]) use(atom, program.equations.length)
  let held = sum(program.inputs.map(bytesIn))
  let most = held
  program.equations.forEach((equation, i) => {
    const { inputs, outputs } = equation
    held += sum(outputs.map(bytesIn))
    most = Math.max(most, held + heldWithin(equation, heldBytes))
    const touched = new Map([...inputs, ...outputs].flatMap(atom => (atom.kind === 'variable' ? [[atom.id, atom] as const] : [])))
    for (const [id, variable] of touched) if (lastUse.get(id) === i) held -= bytesIn(variable)
  })
  return most
}
