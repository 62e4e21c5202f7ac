/** Cases that others made, kept beside the repository: where they are absent the suites say so and pass over them. */
import { existsSync, readFileSync } from 'node:fs'
import { allocate, concrete, type DType, sizeOf, type Value } from '../../src/tensor/index.js'

const pathOf = (name: string): URL => new URL(`../../../shared/conformance/${name}`, import.meta.url)

/** The parsed file, or undefined and a word on the console. */
export const readCases = (name: string): unknown => {
  const path = pathOf(name)
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8'))
  console.info(`conformance: ${name} is not here, its cases are passed over`)
  return undefined
}

export type Nested = number | readonly Nested[]
export const flat = (data: Nested): readonly number[] => (typeof data === 'number' ? [data] : data.flatMap(flat))

export const tensorOf = (sizes: readonly number[], dtype: DType, numbers: readonly number[]): Value => {
  const buffer = allocate(dtype, sizeOf(sizes))
  buffer.set(numbers)
  return concrete(sizes, dtype, buffer)
}

/** Why the library does not offer what a case asks for; thrown where it is found, and kept as the case's outcome. */
export class NotOffered extends Error {}

export type Outcome = 'pass' | NotOffered

/** The cases of one file. A case's run throws where the library computes something else than the case says. */
export interface Suite {
  readonly title: string
  /** Whether the file is there. */
  readonly isHere: boolean
  readonly cases: readonly (readonly [name: string, run: () => Outcome])[]
}

/** The cases that the library does not offer, by reason. */
export const reasonsOf = (outcomes: ReadonlyMap<string, Outcome>): ReadonlyMap<string, readonly string[]> => {
  const reasons = new Map<string, string[]>()
  for (const [name, outcome] of outcomes) {
    if (outcome !== 'pass') reasons.set(outcome.message, [...(reasons.get(outcome.message) ?? []), name])
  }
  return reasons
}
export const passedOf = (outcomes: ReadonlyMap<string, Outcome>): number =>
  [...outcomes.values()].filter(outcome => outcome === 'pass').length

/** A few words for the console: how many pass, and which the library does not offer, by reason. */
export const report = (suite: string, outcomes: ReadonlyMap<string, Outcome>): string => {
  const passed = passedOf(outcomes)
  return [
    `${suite}: ${passed} of ${outcomes.size} cases pass, ${outcomes.size - passed} are not offered`,
    ...[...reasonsOf(outcomes)].map(
      ([reason, names]) =>
        `  ${String(names.length).padStart(3)}  ${reason}: ${names.slice(0, 6).join('; ')}${names.length > 6 ? '; …' : ''}`,
    ),
  ].join('\n')
}
