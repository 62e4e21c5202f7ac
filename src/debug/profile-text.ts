/** A profile as a table, and as a picture. */
import { fail, reading, show } from '../tensor/index.js'
import type { Profile, ProfiledEquation, ProfiledStage } from './profile.js'

const isRecord = (x: unknown): x is object => typeof x === 'object' && x !== null

const isStage = (x: unknown): boolean =>
  isRecord(x) && 'timeMs' in x && 'rounds' in x && 'equations' in x && Array.isArray(x.equations) && x.equations.every(isRecord)

/** The profile, if it is one. */
const checked = (op: string, profile: Profile): Profile =>
  reading(op, () =>
    isRecord(profile) && Array.isArray(profile.stages) && profile.stages.every(isStage) && typeof profile.totalMs === 'number'
      ? profile
      : fail({ _tag: 'ArgumentError', op, detail: `${show(profile)} is no profile: give one, as in ${op}(debug.profile(f)(x))` }),
  )

const micros = (timeMs: number): string => (timeMs * 1000).toFixed(1)

/** The file and the line of a frame, without the folders. */
const lineOf = (frame: string): string => /([^/\\\s(]+:\d+):\d+\)?$/.exec(frame)?.[1] ?? frame

/** Texts that follow one another, each with how often it does. */
const counted = (texts: readonly string[]): string => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].map(([text, count]) => (count === 1 ? text : `${count}× ${text}`)).join(', ')
}

const operationsOf = ({ equations }: ProfiledStage): string => counted(equations.map(({ operation }) => operation))
const linesOf = (equations: readonly ProfiledEquation[]): string =>
  counted([...new Set(equations.flatMap(({ frame }) => (frame === '' ? [] : [lineOf(frame)])))])

/**
 * A profile as a table: the stages from the slowest on, with their share of the time, the operations in them and the lines that wrote those.
 *
 * **Errors**: what is no profile.
 *
 * @example
 * import { debug, exp, tensor, type Tensor } from 'pullback'
 *
 * const text = debug.table(debug.profile((x: Tensor<'2'>) => exp(x))(tensor([1, 2])))
 * assert.match(text, /^ +µs +% +rounds +stage +operations +lines\n/)
 *
 * @category debugging
 */
export const table = (profile: Profile): string => {
  const { stages, totalMs } = checked('debug.table', profile)
  const rows = stages
    .toSorted((a, b) => b.timeMs - a.timeMs)
    .map(stage => [
      micros(stage.timeMs),
      totalMs > 0 ? ((100 * stage.timeMs) / totalMs).toFixed(1) : '0.0',
      String(stage.rounds),
      stage.name,
      operationsOf(stage),
      linesOf(stage.equations),
    ])
  const all = [['µs', '%', 'rounds', 'stage', 'operations', 'lines'], ...rows, [micros(totalMs), '100.0', '', 'all stages', '', '']]
  const widths = [0, 1, 2, 3, 4, 5].map(column => Math.max(...all.map(row => row[column]?.length ?? 0)))
  // Numbers end in one column, and words begin in one.
  const line = (row: readonly string[]): string =>
    row.map((text, column) => (column < 3 ? text.padStart(widths[column] ?? 0) : text.padEnd(widths[column] ?? 0))).join('  ')
  return `${all.map(row => line(row).trimEnd()).join('\n')}\n`
}

/**
 * A profile as a Mermaid flowchart: a box for each stage, in the order in which they run, with its operations and its time.
 *
 * **Errors**: what is no profile.
 *
 * @example
 * import { debug, exp, tensor, type Tensor } from 'pullback'
 *
 * assert.ok(debug.chart(debug.profile((x: Tensor<'2'>) => exp(x))(tensor([1, 2]))).startsWith('flowchart TD'))
 *
 * @category debugging
 */
export const chart = (profile: Profile): string => {
  const { stages, totalMs } = checked('debug.chart', profile)
  const share = ({ timeMs }: ProfiledStage): string => (totalMs > 0 ? ` (${((100 * timeMs) / totalMs).toFixed(0)} %)` : '')
  return [
    'flowchart TD',
    ...stages.map((stage, i) => `  s${i}["${stage.name}<br/>${operationsOf(stage)}<br/>${micros(stage.timeMs)} µs${share(stage)}"]`),
    ...stages.slice(1).map((_, i) => `  s${i} --> s${i + 1}`),
    '',
  ].join('\n')
}
