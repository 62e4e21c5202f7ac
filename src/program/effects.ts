/**
 * Operations that do something outside of the program, such as printing. They have operands and no results, so that nothing depends on them; a
 * program keeps them all the same, in their order. Engines never see them: `with-effects.ts` runs the parts of a program between them.
 */
import type { Operation } from './operation.js'
import type { Program } from './program.js'

const known = new WeakMap<Program, boolean>()

/** Whether a program, or one that it holds, does anything outside. */
export const hasEffects = (program: Program): boolean => {
  const before = known.get(program)
  if (before !== undefined) return before
  const has = program.equations.some(({ operation }) => operation.effect !== undefined || operation.programs.some(hasEffects))
  known.set(program, has)
  return has
}

/** Whether an operation, or a program that it holds, does anything outside. */
export const isEffectful = ({ effect, programs }: Operation): boolean =>
  effect !== undefined || (programs.length > 0 && programs.some(hasEffects))

/** The same program with nothing that it does outside, or without some of it: for what is computed a second time. */
export const withoutEffects = (program: Program, isDropped: (operation: Operation) => boolean = () => true): Program => {
  if (!hasEffects(program)) return program
  const equations = program.equations.flatMap(equation => {
    const { operation } = equation
    if (operation.effect !== undefined) return isDropped(operation) ? [] : [equation]
    if (!isEffectful(operation)) return [equation]
    return [{ ...equation, operation: operation.withPrograms(operation.programs.map(body => withoutEffects(body, isDropped))) }]
  })
  return { ...program, equations }
}

/** A round of a loop that is running: the row of the one of how many, of Infinity where nothing bounds it. */
interface Round {
  readonly operation: string
  readonly round: number
  readonly length: number
}

let rounds: readonly Round[] = []

/** The rounds that are running, the outermost loop's first. */
export const currentRounds = (): readonly Round[] => rounds

/** Calls a function as part of a round. */
export const inRound = <T>(round: Round, f: () => T): T => {
  const outer = rounds
  rounds = [...outer, round]
  try {
    return f()
  } finally {
    rounds = outer
  }
}
