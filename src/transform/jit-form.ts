/** A function traced and prepared for one form of its arguments, and which arguments have it. */
import { withEngine } from '../engine/current.js'
import { type Engine, type Executable, type Program, prepare, sameAval, simplify } from '../program/index.js'
import { leavesAlong, type Structure, typed, type Value } from '../tensor/index.js'
import { type LeafShape, traceTree } from './typed-program.js'

export interface Form {
  readonly engine: Engine
  readonly structure: Structure
  readonly arguments: readonly LeafShape[]
  readonly program: Program
  readonly executable: Executable
  readonly captured: readonly Value[]
  readonly resultStructure: Structure
  readonly resultShapes: readonly string[]
}

/** Whether tensors have these shapes, names included, and dtypes. */
export const haveShapes = (leaves: readonly Value[], shapes: readonly LeafShape[]): boolean => {
  if (leaves.length !== shapes.length) return false
  for (let i = 0; i < shapes.length; i += 1) {
    const [leaf, known] = [leaves[i], shapes[i]]
    if (leaf === undefined || known === undefined || known.shape !== leaf.shape || !sameAval(known, leaf)) return false
  }
  return true
}

/** The tensors of a call's arguments where they have the form that a program was made for. */
export const fitting = (form: Form, engine: Engine, tree: unknown): readonly Value[] | undefined => {
  const leaves = engine === form.engine ? leavesAlong(form.structure, tree) : undefined
  return leaves && haveShapes(leaves, form.arguments) ? leaves : undefined
}

export const makeForm = (
  op: string,
  f: (...args: readonly unknown[]) => unknown,
  engine: Engine,
  leaves: readonly Value[],
  structure: Structure,
): Form => {
  const formOf = leaves.map(({ shape, sizes, dtype }) => ({ shape, sizes, dtype }))
  // What the function computes from constants alone is computed while it is traced, and must be on the same engine.
  const traced = withEngine(engine)(() => traceTree(op, tuple => f(...typed<readonly unknown[]>(tuple)), formOf, structure))
  const program = simplify(traced.program)
  return {
    engine,
    structure,
    arguments: formOf,
    program,
    executable: prepare(engine, program),
    captured: traced.captured,
    resultStructure: traced.structure,
    resultShapes: traced.shapes,
  }
}
