/**
 * Runs programs that do something outside, such as printing, on engines that know nothing of it. What stands between two effects is a program of its
 * own, which the engine compiles. A loop or a choice that holds an effect is gone through here, round by round, and the parts of its body are
 * compiled once. So effects happen while the program runs, in its order, with the numbers that it computes: parts of a program give the same bits
 * as the whole.
 */
import { type Aval, allocate, at, bufferOf, concrete, fail, sizeOf, type Value } from '../tensor/index.js'
import { hasEffects, inRound, isEffectful } from './effects.js'
import { type Engine, type Executable, plainLoop } from './engine.js'
import { applyAtOnce } from './evaluate.js'
import type { LoweredBranch, LoweredLoop, LoweredWhile, Operation } from './operation.js'
import type { Atom, Equation, Program, Variable } from './program.js'
import { simplify } from './simplify.js'

type Run = (inputs: readonly Value[]) => readonly Value[]

const defect = (detail: string): never => fail({ _tag: 'InternalError', detail })

const rowOf = (stack: Value, i: number): Value => {
  const sizes = stack.sizes.slice(1)
  const entries = sizeOf(sizes)
  return concrete(sizes, stack.dtype, bufferOf('scan', stack).slice(i * entries, (i + 1) * entries))
}

const runLoop =
  ({ body, constants, carries, length, reverse }: LoweredLoop, name: string, run: Run): Run =>
  inputs => {
    const fixed = inputs.slice(0, constants)
    const stacks = inputs.slice(constants + carries)
    let carry = inputs.slice(constants, constants + carries)
    const rows = body.outputs.slice(carries)
    const results = rows.map(({ sizes, dtype }) => allocate(dtype, length * sizeOf(sizes)))
    for (let round = 0; round < length; round += 1) {
      const i = reverse ? length - 1 - round : round
      // A round is told by its row, for the backward part of a loop has the same rows as the forward part, in the other order.
      const outputs = inRound({ operation: name, round: i, length }, () =>
        run([...fixed, ...carry, ...stacks.map(stack => rowOf(stack, i))]),
      )
      carry = outputs.slice(0, carries)
      outputs.slice(carries).forEach((y, k) => {
        results[k]?.set(bufferOf(name, y), i * sizeOf(y.sizes))
      })
    }
    const stacked = rows.map(({ sizes, dtype }, k) => concrete([length, ...sizes], dtype, results[k] ?? defect('a stack is missing')))
    return [...carry, ...stacked]
  }

const runWhile =
  ({ constants, most }: LoweredWhile, name: string, predicate: Run, run: Run): Run =>
  inputs => {
    const fixed = inputs.slice(0, constants)
    let carry: readonly Value[] = inputs.slice(constants)
    for (let round = 0; round < most; round += 1) {
      const values = [...fixed, ...carry]
      const next = inRound({ operation: name, round, length: most }, () => {
        const [goesOn = defect('a predicate without a result')] = predicate(values)
        return at(bufferOf(name, goesOn), 0) === 0 ? undefined : run(values)
      })
      if (next === undefined) break
      carry = next
    }
    return carry
  }

const runBranch =
  ({ cases }: LoweredBranch, runs: readonly Run[]): Run =>
  ([index = defect('a choice without a number'), ...operands]) => {
    const place = Math.min(Math.max(at(bufferOf('cond', index), 0), 0), cases.length - 1)
    return (runs[place] ?? defect('a choice without cases'))(operands)
  }

/** An operation that does something outside, or holds a program that does. */
const runOperation = (operation: Operation, inputs: readonly Aval[], runnerOf: (program: Program) => Run): Run => {
  const { effect } = operation
  if (effect)
    return values => {
      effect(values)
      return []
    }
  const lowered = operation.lower(inputs)
  switch (lowered.kind) {
    case 'loop':
      return runLoop(lowered, operation.name, runnerOf(lowered.body))
    case 'while':
      return runWhile(lowered, operation.name, runnerOf(lowered.predicate), runnerOf(lowered.body))
    case 'branch':
      return runBranch(lowered, lowered.cases.map(runnerOf))
    case 'call':
    case 'block':
      return runnerOf(lowered.program)
    default:
      return defect(`${operation.name} holds a program, and is lowered to none`)
  }
}

interface Step {
  readonly inputs: readonly Atom[]
  readonly outputs: readonly Variable[]
  readonly run: Run
}

/** Equations without effects as one step; `isRead` says which of their variables are read after it. */
const plainStep = (engine: Engine, equations: readonly Equation[], isRead: (variable: Variable) => boolean, count: number): Step => {
  const defined = new Set(equations.flatMap(({ outputs }) => outputs.map(({ id }) => id)))
  const given = new Map<number, Variable>()
  for (const { inputs } of equations)
    for (const atom of inputs) if (atom.kind === 'variable' && !defined.has(atom.id)) given.set(atom.id, atom)
  const inputs = [...given.values()]
  const outputs = equations.flatMap(equation => equation.outputs.filter(isRead))
  const [only] = equations
  // One operation is run as it is outside programs, where engines keep what they have compiled.
  if (only && equations.length === 1) return { ...only, run: values => applyAtOnce(engine.apply, only.operation, values, only.outputs) }
  return { inputs, outputs, run: engine.prepare(simplify({ inputs, equations, outputs, count })).run }
}

/** The steps of a program: effects, and what stands between them. */
const stepsOf = (engine: Engine, program: Program, runnerOf: (program: Program) => Run): readonly Step[] => {
  const lastRead = new Map<number, number>()
  const read = (atom: Atom, i: number): void => {
    if (atom.kind === 'variable') lastRead.set(atom.id, i)
  }
  program.equations.forEach(({ inputs }, i) => {
    for (const atom of inputs) read(atom, i)
  })
  for (const atom of program.outputs) read(atom, program.equations.length)
  const steps: Step[] = []
  let pending: Equation[] = []
  const finish = (i: number): void => {
    if (pending.length > 0) steps.push(plainStep(engine, pending, ({ id }) => (lastRead.get(id) ?? -1) >= i, program.count))
    pending = []
  }
  program.equations.forEach((equation, i) => {
    if (!isEffectful(equation.operation)) {
      pending.push(equation)
      return
    }
    finish(i)
    steps.push({ ...equation, run: runOperation(equation.operation, equation.inputs, runnerOf) })
  })
  finish(program.equations.length)
  return steps
}

/** Runs a program on an engine, with what it does outside. */
const runner = (engine: Engine, program: Program): Run => {
  let steps: readonly Step[] | undefined
  return inputs => {
    steps ??= stepsOf(engine, program, body => runner(engine, body))
    const values = new Map<number, Value>()
    program.inputs.forEach(({ id }, i) => {
      values.set(id, inputs[i] ?? defect('an argument is missing'))
    })
    const read = (atom: Atom): Value =>
      atom.kind === 'constant'
        ? concrete(atom.sizes, atom.dtype, atom.value)
        : (values.get(atom.id) ?? defect(`variable ${atom.id} is read before it is defined`))
    for (const { inputs, outputs, run } of steps) {
      const results = run(inputs.map(read))
      outputs.forEach(({ id }, i) => {
        values.set(id, results[i] ?? defect('a result is missing'))
      })
    }
    return program.outputs.map(read)
  }
}

/** A program made ready by an engine, whatever it does outside. */
export const prepare = (engine: Engine, program: Program): Executable => {
  if (!hasEffects(program)) return engine.prepare(program)
  const run = runner(engine, program)
  return { run, loop: plainLoop(run) }
}

/** An operation that does something outside, on tensors of which none is traced. */
export const applyWithEffects = (engine: Engine, operation: Operation, inputs: readonly Value[]): readonly Value[] =>
  runOperation(operation, inputs, body => runner(engine, body))(inputs)
