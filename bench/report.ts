/** The table of results, in Markdown. */
import type { Machine } from './machine.js'
import type { Limits } from './probe.js'
import { median, type Outcome, type Row } from './rounds.js'
import { type SideName, sideNames, type Workload } from './workload.js'

export interface Section {
  readonly workload: Workload
  readonly rows: readonly Row[]
}

const titles: { readonly [S in SideName]: string } = {
  ours: 'Pullback',
  tfjs: 'TensorFlow.js wasm',
  'tfjs-cpu': 'TensorFlow.js cpu',
  jax: 'jax-js wasm',
  'ort-web': 'onnxruntime-web',
  'ort-node': 'onnxruntime-node (native)',
  torch: 'PyTorch (native)',
}

const digits = (x: number): string => (x >= 100 ? x.toFixed(0) : x.toPrecision(3))
const time = (ms: number): string => (ms >= 1 ? `${digits(ms)} ms` : `${digits(ms * 1000)} µs`)
const cells = (...texts: readonly string[]): string => `| ${texts.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [cells(...head), cells(...head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(row => cells(...row))].join('\n')

/** The rate that a time means, and its part of what the machine can do on as many threads. */
const rateOf = ({ case: work, limit }: Row, ms: number, threads: number, limits: Limits): readonly [rate: string, part: string] => {
  if (work.flops !== undefined) {
    const rate = work.flops / ms / 1e6
    return [`${digits(rate)} GFLOP/s`, part(rate, limit ?? limits.multiplyAdd[threads - 1])]
  }
  if (work.bytes !== undefined) {
    const rate = work.bytes / ms / 1e6
    return [`${digits(rate)} GB/s`, part(rate, limits[work.stream ?? 'scale40'][threads - 1])]
  }
  return ['', '']
}
const part = (rate: number, limit: number | undefined): string => (limit === undefined ? '' : (rate / limit).toFixed(2))

const medianOf = (outcome: Outcome): number | undefined => (outcome.kind === 'timed' ? median(outcome.ms) : undefined)

const line = (row: Row, side: SideName, limits: Limits): readonly string[] => {
  const outcome = row.outcomes[side]
  if (outcome.kind === 'none')
    return [row.case.name, titles[side], `– (${outcome.reason.replaceAll('|', '/')})`, '', '', '', '', '', '', '']
  const ms = median(outcome.ms)
  const ours = medianOf(row.outcomes.ours)
  return [
    row.case.name,
    titles[side],
    time(ms),
    ours === undefined ? '' : `×${digits(ms / ours)}`,
    ...rateOf(row, ms, outcome.threads, limits),
    String(outcome.threads),
    outcome.peak === undefined ? '' : `${digits(outcome.peak / 1e6)} MB`,
    `${outcome.ms.length}: ${time(Math.min(...outcome.ms))} – ${time(Math.max(...outcome.ms))}`,
    outcome.error === undefined ? '' : outcome.error.toExponential(0),
  ]
}

const section = ({ workload, rows }: Section, sides: readonly SideName[], limits: Limits): string =>
  [
    `## ${workload.name}`,
    `${workload.work}. Checked against float64 loops to ${workload.tolerance} of the largest number.`,
    table(
      ['case', 'side', 'median', 'against ours', 'rate', 'of the limit', 'threads', 'peak memory', 'rounds: from – to', 'error'],
      rows.flatMap(row => sides.map(side => line(row, side, limits))),
    ),
  ].join('\n\n')

const summary = (sections: readonly Section[], sides: readonly SideName[]): string =>
  table(
    ['work', ...sides.map(side => titles[side])],
    sections.flatMap(({ workload, rows }) =>
      rows.map(row => {
        const ours = medianOf(row.outcomes.ours)
        return [
          `${workload.name} ${row.case.name}`,
          ...sides.map(side => {
            const ms = medianOf(row.outcomes[side])
            if (ms === undefined) return '–'
            return side === 'ours' || ours === undefined ? time(ms) : `${time(ms)} (×${digits(ms / ours)})`
          }),
        ]
      }),
    ),
  )

const limitsTable = ({ multiplyAdd, scale4, scale40, read40 }: Limits): string => {
  const row = (name: string, rates: readonly number[], unit: string): readonly string[] => [
    name,
    ...[0, 1].map(i => (rates[i] === undefined ? '–' : `${digits(rates[i])} ${unit}`)),
  ]
  return table(
    ['the limits of the machine, in WebAssembly', '1 thread', '2 threads'],
    [
      row('4-lane multiply and add', multiplyAdd, 'GFLOP/s'),
      row('scale, arrays of 4 MB', scale4, 'GB/s'),
      row('scale, arrays of 40 MB', scale40, 'GB/s'),
      row('read, an array of 40 MB', read40, 'GB/s'),
    ],
  )
}

export const report = (machine: Machine, sections: readonly Section[], asked: readonly SideName[], how: string): string => {
  const sides = sideNames.filter(side => asked.includes(side))
  return `${[
    '# Results of the benchmark',
    'Written by `npm run bench`; what is measured and how is in README.md. Times are medians of rounds in turn; "×3" means three times as long as Pullback in the same run. A rate counts the least work that the result needs, whatever the side did. W1 is measured against what multiply and add reach in its own rounds, in the median, the rest against the limits below.',
    [...machine.lines, how, `bare Node: ${time(machine.bareStart)} to start and print a line`].map(text => `- ${text}`).join('\n'),
    limitsTable(machine.limits),
    summary(sections, sides),
    ...sections.map(one => section(one, sides, machine.limits)),
  ].join('\n\n')}\n`
}
