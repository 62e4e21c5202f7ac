/**
 * What rules make of the programs that their operations hold: derivatives and programs over a batch, as programs that close over nothing, and
 * programs with less in them.
 */
import { filled } from '../primitives/family/filled.js'
import { lead } from '../primitives/sum.js'
import {
  type Differentiated,
  needed,
  type Operation,
  type Program,
  type Pushed,
  sameAval,
  type ValueOrZero,
  withoutEffects,
} from '../program/index.js'
import { type Aval, fail, type Value } from '../tensor/index.js'
import { bind, programOf } from '../trace/index.js'
import { jvpProgram, reaches, vjpProgram, vmapRows } from '../transform/index.js'
import { missing, stackOf } from './scan-parts.js'

/** Whether there are as many of these as are expected, each of the shape and dtype that is expected. */
export const haveAvals = (own: readonly Aval[], expected: readonly Aval[]): boolean =>
  own.length === expected.length && own.every((aval, i) => sameAval(aval, expected[i] ?? missing()))

/** For each place, whether it is marked in any of the lists. */
export const markedInAny = (marks: readonly (readonly boolean[])[]): readonly boolean[] =>
  (marks[0] ?? []).map((_, i) => marks.some(own => own[i]))

const marked = (avals: readonly Aval[], flags: readonly boolean[]): readonly Aval[] => avals.filter((_, i) => flags[i])

/** Values in the places that are marked, and nothing in the others. */
export const spread = (values: readonly Value[], flags: readonly boolean[]): readonly ValueOrZero[] => {
  let next = 0
  return flags.map(flag => (flag ? values[next++] : undefined))
}

/** From the inputs, and after them the cotangents of the marked results, to the cotangents of the wanted inputs. */
export const pullbackOf = (body: Program, given: readonly boolean[], wanted: readonly boolean[]): Program => {
  const count = body.inputs.length
  return programOf(
    // The program was run forward already, with what it does outside.
    values => vjpProgram(withoutEffects(body), values.slice(0, count), wanted).pullback(spread(values.slice(count), given)),
    [...body.inputs, ...marked(body.outputs, given)],
  )
}

/** From the inputs, and after them the tangents of the marked ones, to the results, and after them the tangents of those that are reached. */
export const pushforwardOf = (body: Program, given: readonly boolean[], reached: readonly boolean[]): Program => {
  const count = body.inputs.length
  return programOf(
    values => {
      const duals = jvpProgram(body, values.slice(0, count), spread(values.slice(count), given))
      const tangents = duals.flatMap(({ primal, tangent }, i) => (reached[i] ? [tangent ?? filled(primal, 0)] : []))
      return [...duals.map(({ primal }) => primal), ...tangents]
    },
    [...body.inputs, ...marked(body.inputs, given)],
  )
}

/** An operation that runs one of its programs on its operands. */
export interface Running {
  readonly of: (programs: readonly Program[]) => Operation
  readonly programs: readonly Program[]
  /** What stands before the operands, such as the number of the program. */
  readonly before: readonly Value[]
  readonly operands: readonly Value[]
}

/**
 * The derivative of the operands for such an operation. Its pullback is one of the same kind, made by `backward`, of the pullbacks of its programs,
 * which are given the operands and the cotangents.
 */
export const pulledBack = (
  { of, programs, before, operands }: Running,
  wanted: readonly boolean[],
  backward: Running['of'],
): Differentiated => {
  const reached = markedInAny(programs.map(body => reaches(body, wanted)))
  return {
    outputs: bind(of(programs), [...before, ...operands]),
    pullback: cotangents => {
      const has = reached.map((flag, i) => flag && cotangents[i] !== undefined)
      const given = cotangents.filter((_, i) => has[i]).filter(ct => ct !== undefined)
      const pulled = bind(backward(programs.map(body => pullbackOf(body, has, wanted))), [...before, ...operands, ...given])
      return spread(pulled, wanted)
    },
  }
}

/** The tangents of its results: those of its programs, which are given the operands and the tangents. */
export const pushedForward = ({ of, programs, before, operands }: Running, tangents: readonly ValueOrZero[]): Pushed => {
  const given = tangents.filter(tangent => tangent !== undefined)
  const marks = tangents.map(tangent => tangent !== undefined)
  const reached = markedInAny(programs.map(body => reaches(body, marks)))
  const results = bind(of(programs.map(body => pushforwardOf(body, marks, reached))), [...before, ...operands, ...given])
  const pushed = spread(results.slice(reached.length), reached)
  return { outputs: results.slice(0, reached.length), terms: pushed.map(tangent => (tangent ? [tangent] : [])) }
}

/**
 * A program over a leading axis of the given size, which the marked inputs have, and which of its results then have it. The results that are marked
 * in `leading` have it in any case.
 */
export const liftedOf = (
  body: Program,
  batched: readonly boolean[],
  size: number,
  leading: readonly boolean[] = [],
): { readonly program: Program; readonly flags: readonly boolean[] } => {
  let flags: readonly boolean[] = []
  const program = programOf(
    values => {
      const given = values.map((value, i) => ({ value, batched: batched[i] === true }))
      const rows = vmapRows(body, given, size)
      flags = rows.map((row, i) => row.batched || leading[i] === true)
      return rows.map((row, i) => (leading[i] ? lead(row.value, row.batched, size) : row.value))
    },
    body.inputs.map((input, i) => (batched[i] ? stackOf(input, size) : input)),
  )
  return { program, flags }
}

/**
 * Programs of the same inputs without the results that are not used, and without the inputs that none of them then needs; undefined where all of
 * them are needed.
 */
export const narrowed = (
  programs: readonly Program[],
  used: readonly boolean[],
): { readonly programs: readonly Program[]; readonly inputs: readonly boolean[] } | undefined => {
  const parts = programs.map(body => needed(body, used))
  const inputs = (programs[0]?.inputs ?? []).map((_, i) => parts.some(part => part.inputs[i]))
  if (inputs.every(Boolean) && used.every(Boolean)) return undefined
  const narrow = (body: Program, k: number): Program => ({
    ...body,
    inputs: body.inputs.filter((_, i) => inputs[i]),
    equations: parts[k]?.equations ?? fail({ _tag: 'InternalError', detail: 'a program without its equations' }),
    outputs: body.outputs.filter((_, i) => used[i]),
  })
  return { programs: programs.map(narrow), inputs }
}
