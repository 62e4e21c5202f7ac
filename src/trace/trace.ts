/**
 * Tracing: a function over tensors becomes a `Program`.
 *
 * A traced tensor is a node of an expression graph. It carries the scopes (one per running trace) that it depends on, and an
 * operation's result depends on what its arguments depend on. `trace` calls the function, walks back from its outputs, keeps the nodes of
 * its own scope and makes everything else that it meets a further input. Which trace a value belongs to is known from the value, not from a
 * stack of running traces, so nested derivatives cannot be confused, and a value that outlives its trace is recognised.
 */
import { currentEngine } from '../engine/current.js'
import {
  type Atom,
  applyAtOnce,
  applyWithEffects,
  type Equation,
  isEffectful,
  isWatched,
  type Operation,
  type Origin,
  observe,
  originHere,
  type Program,
  type Variable,
} from '../program/index.js'
import { type Aval, fail, makeTensor, numerals, payload, type Traced, uniformValue, type Value } from '../tensor/index.js'

/** One running trace. */
interface Scope {
  open: boolean
  /** The trace in which it runs. */
  readonly outer: Scope | undefined
  /** What is done outside of the program, in the order in which it was asked for: it stays, though no result needs it. */
  readonly effects: Application[]
}

/** An operation applied to tensors of which at least one is traced. */
interface Application {
  readonly operation: Operation
  readonly inputs: readonly Value[]
  readonly outputs: readonly Node[]
  /** When it was made: applications in this order are the equations of a program. */
  readonly made: number
  readonly origin: Origin | undefined
}

/**
 * The innermost trace that is running. An operation belongs to the traces of its operands, whatever is running; one that does something outside, or
 * holds a program that does, belongs to this one too, so that it is done whenever this program is run, and not while it is traced.
 */
let running: Scope | undefined

/** Traces whose values a function uses that was called in them, though they may have ended since. */
let lent: readonly Scope[] = []

/** Whether a function is being traced. */
export const isTracing = (): boolean => running !== undefined

/** Numbers nodes in the order in which they are made, and so orders applications. It never starts again: nodes of different traces meet. */
let made = 0

class Node implements Traced {
  readonly kind = 'traced'
  readonly seen: number
  // Private, so that a structural comparison does not walk through the graph: where values are used twice, that takes time exponential in its depth.
  readonly #scopes: readonly Scope[]
  readonly #aval: Aval
  #application: Application | undefined = undefined

  constructor(scopes: readonly Scope[], aval: Aval) {
    made += 1
    this.seen = made
    this.#scopes = scopes
    this.#aval = aval
  }

  get scopes(): readonly Scope[] {
    return this.#scopes
  }

  get aval(): Aval {
    return this.#aval
  }

  /** Undefined for an input of a trace. */
  get application(): Application | undefined {
    return this.#application
  }

  resultOf(application: Application): void {
    this.#application = application
  }
}

const nodeOf = (x: Value): Node | undefined => {
  const contents = x[payload]
  return contents instanceof Node ? contents : undefined
}

const isClosed = ({ open }: Scope): boolean => !open
const isLent = (scope: Scope): boolean => lent.includes(scope)

const union = (op: string, inputs: readonly Value[]): readonly Scope[] => {
  let scopes: readonly Scope[] = []
  for (const x of inputs) {
    const node = nodeOf(x)
    if (node === undefined || node.scopes === scopes) continue
    if (node.scopes.some(isClosed))
      fail({
        _tag: 'TraceError',
        detail: `${op}: a traced '${x.shape}' ${x.dtype} was kept after the function it belongs to had returned: return the value from the function, do not assign it to a variable outside`,
      })
    scopes = scopes.length === 0 ? node.scopes : [...scopes, ...node.scopes.filter(scope => !scopes.includes(scope))]
  }
  return scopes
}

/** Applies an operation: at once where nothing is traced, else as a new node. The one way in which anything is computed. */
export const bind = (operation: Operation, inputs: readonly Value[]): readonly Value[] => {
  const known = union(operation.name, inputs)
  const avals = operation.shape(inputs)
  const hasEffect = isEffectful(operation)
  const keeping = hasEffect || (lent.length > 0 && known.some(isLent)) ? running : undefined
  const scopes = keeping === undefined || known.includes(keeping) ? known : [...known, keeping]
  if (scopes.length === 0) {
    if (hasEffect) return applyWithEffects(currentEngine(), operation, inputs)
    const results = applyAtOnce(currentEngine().apply, operation, inputs, avals)
    if (results.length < avals.length) fail({ _tag: 'InternalError', detail: `${operation.name}: no output ${results.length}` })
    if (isWatched()) observe(operation, inputs, results)
    return results
  }
  const nodes = avals.map(aval => new Node(scopes, aval))
  made += 1
  const application = { operation, inputs, outputs: nodes, made, origin: originHere() }
  if (hasEffect) keeping?.effects.push(application)
  return nodes.map(node => {
    node.resultOf(application)
    const { sizes, dtype } = node.aval
    return makeTensor(numerals(sizes), dtype, sizes, node)
  })
}

/** An input of a trace: its dimension string may have names. */
export interface Input extends Aval {
  readonly shape: string
}

export interface TraceResult {
  /** Its inputs are the explicit ones, then one for each captured tensor. */
  readonly program: Program
  readonly captured: readonly Value[]
  /** The tensors that the function returned, of use for their shapes only: the trace has ended. */
  readonly outputs: readonly Value[]
}

/** Calls the function once on traced tensors of the given shapes and returns what it did as a program. */
export const trace = (f: (inputs: readonly Value[]) => readonly Value[], inputs: readonly Input[]): TraceResult => {
  const outer = running
  const scope: Scope = { open: true, outer, effects: [] }
  running = scope
  const scopes: readonly Scope[] = [scope]
  try {
    const parameters = inputs.map(input => makeTensor(input.shape, input.dtype, input.sizes, new Node(scopes, input)))
    const outputs = f(parameters)
    return { ...closeProgram(scope, parameters, outputs), outputs }
  } finally {
    scope.open = false
    running = outer
  }
}

/**
 * Remembers which traces are running, and gives what calls a function later, when they may have ended: it may use their values once more. What it makes
 * of them belongs to the trace that is running then, for which they are values that it closes over.
 */
export const remembering = (): (<T>(f: () => T) => T) => {
  const all: Scope[] = [...lent]
  for (let scope = running; scope !== undefined; scope = scope.outer) all.push(scope)
  return f => {
    const before = lent
    const ended = all.filter(isClosed)
    lent = [...before, ...all]
    for (const scope of ended) scope.open = true
    try {
      return f()
    } finally {
      for (const scope of ended) scope.open = false
      lent = before
    }
  }
}

/** Whether a value belongs to traces alone that were remembered, whose values are being used once more. */
export const isRemembered = (x: Value): boolean => nodeOf(x)?.scopes.every(isLent) ?? false

/** All applications of the scope that the outputs depend on, and what is done outside, in the order in which they were made. */
const reachable = (scope: Scope, outputs: readonly Value[]): readonly Application[] => {
  const found = new Set<Application>(scope.effects)
  const pending: Value[] = [...outputs, ...scope.effects.flatMap(({ inputs }) => inputs)]
  for (let x = pending.pop(); x !== undefined; x = pending.pop()) {
    const node = nodeOf(x)
    const application = node?.scopes.includes(scope) ? node.application : undefined
    if (application === undefined || found.has(application)) continue
    found.add(application)
    pending.push(...application.inputs)
  }
  return [...found].sort((a, b) => a.made - b.made)
}

const closeProgram = (
  scope: Scope,
  parameters: readonly Value[],
  outputs: readonly Value[],
): { readonly program: Program; readonly captured: readonly Value[] } => {
  const applications = reachable(scope, outputs)
  let count = 0
  const define = ({ sizes, dtype }: Aval): Variable => ({ kind: 'variable', id: count++, sizes, dtype })
  // A tensor's payload is its identity: the same numbers under two dimension strings are one input.
  const variables = new Map<Value[typeof payload], Variable>()
  const inputs: Variable[] = []
  const captured: Value[] = []
  const addInput = (x: Value): Variable => {
    const variable = define(x)
    variables.set(x[payload], variable)
    inputs.push(variable)
    return variable
  }
  const capture = (x: Value): Variable => {
    captured.push(x)
    return addInput(x)
  }
  const atomOf = (x: Value): Atom => {
    const known = variables.get(x[payload])
    if (known) return known
    const value = uniformValue(x)
    return value === undefined ? capture(x) : { kind: 'constant', value, sizes: x.sizes, dtype: x.dtype }
  }
  for (const x of parameters) addInput(x)
  // Captured tensors are inputs too, so they are found before the first equation numbers its outputs.
  const isOwn = (x: Value): boolean => nodeOf(x)?.scopes.includes(scope) ?? false
  for (const { inputs } of applications) for (const x of inputs) if (!isOwn(x)) atomOf(x)
  for (const x of outputs) if (!isOwn(x)) atomOf(x)
  const equations = applications.map(({ operation, inputs, outputs, origin }): Equation => {
    const atoms = inputs.map(atomOf)
    const defined = outputs.map(node => {
      const variable = define(node.aval)
      variables.set(node, variable)
      return variable
    })
    return origin ? { operation, inputs: atoms, outputs: defined, origin } : { operation, inputs: atoms, outputs: defined }
  })
  return { program: { inputs, equations, outputs: outputs.map(atomOf), count }, captured }
}
