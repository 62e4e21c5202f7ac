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

/** The published table: how many pass, and which the library does not offer, by reason. */
export const report = (suite: string, outcomes: ReadonlyMap<string, 'pass' | NotOffered>): string => {
  const reasons = new Map<string, string[]>()
  for (const [name, outcome] of outcomes) {
    if (outcome !== 'pass') reasons.set(outcome.message, [...(reasons.get(outcome.message) ?? []), name])
  }
  const passed = [...outcomes.values()].filter(outcome => outcome === 'pass').length
  return [
    `${suite}: ${passed} of ${outcomes.size} cases pass, ${outcomes.size - passed} are not offered`,
    ...[...reasons].map(
      ([reason, names]) =>
        `  ${String(names.length).padStart(3)}  ${reason}: ${names.slice(0, 6).join('; ')}${names.length > 6 ? '; …' : ''}`,
    ),
  ].join('\n')
}
