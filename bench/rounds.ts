/** Measuring: every side checked first, then all in turn, round after round, so that what disturbs the machine disturbs all alike. */
import { Host, multiplyAddNow, timeToFirst } from './process.js'
import { type Case, type Side, type SideName, sideNames, type Workload } from './workload.js'

export type Outcome =
  | {
      readonly kind: 'timed'
      readonly threads: number
      readonly ms: readonly number[]
      readonly error: number | undefined
      readonly peak: number | undefined
    }
  | { readonly kind: 'none'; readonly reason: string }

export interface Row {
  readonly case: Case
  /** What multiply and add reached in the same rounds, in GFLOP/s, where the case says on how many threads. */
  readonly limit?: number
  readonly outcomes: { readonly [S in SideName]: Outcome }
}

export interface Options {
  readonly rounds: number
  /** How long a round should last. */
  readonly roundMs: number
  /** A side whose rounds have lasted longer than this in all has no more of them, but at least `leastRounds`. */
  readonly enoughMs: number
  readonly leastRounds: number
  readonly sides: readonly SideName[]
  readonly missing: { readonly [S in SideName]?: string }
  readonly say: (text: string) => void
}

type Present = Exclude<Side, { readonly kind: 'absent' }>

/** A way to do a case: one side with one number of threads, and how it is measured once. */
interface Entrant {
  readonly side: SideName
  readonly threads: number
  readonly ms: number[]
  /** How long its rounds have lasted, all that belongs to them included. */
  spentMs: number
  readonly measure: () => Promise<number>
  readonly end: () => void
  /** The most memory of its process, where one process does all its rounds. */
  readonly peak: () => number | undefined
  readonly error: number | undefined
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1] ?? Number.NaN, sorted[sorted.length >> 1] ?? Number.NaN]
  return (low + high) / 2
}

/** The largest difference, relative to the largest number; NaN where one is. */
const errorOf = (values: readonly number[], expected: readonly number[]): number => {
  const largest = Math.max(...expected.map(Math.abs))
  return values.length === expected.length
    ? Math.max(...expected.map((x, i) => Math.abs((values[i] ?? Number.NaN) - x))) / largest
    : Number.NaN
}

const check = async (host: Host, workload: Workload, work: Case, expected: readonly number[]): Promise<number> => {
  const error = errorOf(await host.values(), expected)
  const allowed = work.tolerance ?? workload.tolerance
  if (!(error <= allowed)) throw new Error(`other numbers: off by ${error.toExponential(1)}, ${allowed} is allowed`)
  return error
}

const opened = async (workload: Workload, work: Case, name: SideName, side: Present, threads: number): Promise<Host> => {
  const host = new Host(side.kind === 'python' ? 'torch' : 'host', threads)
  try {
    await host.open({ workload: workload.name, case: work.name, side: name, threads })
    return host
  } catch (error) {
    host.end()
    throw error
  }
}

/**
 * The time of a call in a long run: as many calls a round as make it long enough. The call that showed that one is enough is a round
 * already, which slow sides need not repeat.
 */
const longRun = async (host: Host, roundMs: number): Promise<{ readonly measure: () => Promise<number>; readonly ms: number[] }> => {
  let count = 1
  for (;;) {
    const ms = await host.round(count)
    if (count === 1 && ms >= roundMs) return { measure: () => host.round(1), ms: [ms] }
    if (ms >= roundMs / 2) {
      count = Math.max(1, Math.round((count * roundMs) / ms))
      break
    }
    count = Math.max(count + 1, Math.min(count * 8, Math.ceil((count * roundMs) / Math.max(ms, 0.01))))
  }
  return { measure: async () => (await host.round(count)) / count, ms: [] }
}

const entrant = async (
  workload: Workload,
  work: Case,
  name: SideName,
  side: Present,
  threads: number,
  expected: readonly number[],
  options: Options,
): Promise<Entrant> => {
  const common = { side: name, threads }
  if (workload.measure === 'call') {
    const host = await opened(workload, work, name, side, threads)
    try {
      const error = await check(host, workload, work, expected)
      const run = await longRun(host, options.roundMs)
      return { ...common, ...run, error, spentMs: run.ms[0] ?? 0, end: () => host.end(), peak: () => host.peak }
    } catch (error) {
      host.end()
      throw error
    }
  }
  const start = () => timeToFirst(name, threads)
  const first = async (): Promise<number> => {
    const host = await opened(workload, work, name, side, threads)
    const ms = await host.round(1).finally(() => host.end())
    return ms
  }
  const host = await opened(workload, work, name, side, threads)
  const error = await check(host, workload, work, expected).finally(() => host.end())
  return {
    ...common,
    error,
    ms: [],
    spentMs: 0,
    measure: workload.measure === 'first' ? first : start,
    end: () => undefined,
    peak: () => undefined,
  }
}

/** The entrants of one side: one for each number of threads, of which only the fastest stays. */
const fastest = async (
  workload: Workload,
  work: Case,
  name: SideName,
  expected: readonly number[],
  options: Options,
): Promise<Entrant | string> => {
  const side = workload.sides[name]
  if (side.kind === 'absent') return side.reason
  const missing = options.missing[name]
  if (missing !== undefined) return missing
  const skipped = side.kind === 'node' ? side.skip?.(work) : undefined
  if (skipped !== undefined) return skipped
  const settings = work.threads === undefined ? side.threads : side.threads.filter(threads => threads === work.threads)
  if (settings.length === 0) return `cannot use ${work.threads} threads`
  const failures: string[] = []
  let best: { readonly entrant: Entrant; readonly ms: number } | undefined
  for (const threads of settings) {
    try {
      const candidate = await entrant(workload, work, name, side, threads, expected, options)
      // With one setting there is nothing to choose.
      const ms = settings.length > 1 ? Math.min(await candidate.measure(), await candidate.measure(), await candidate.measure()) : 0
      if (best === undefined || ms < best.ms) {
        best?.entrant.end()
        best = { entrant: candidate, ms }
      } else candidate.end()
    } catch (error) {
      failures.push(`${threads} threads: ${error instanceof Error ? error.message.replace(/\s+/g, ' ').slice(0, 160) : String(error)}`)
    }
  }
  for (const failure of failures) options.say(`    ${name}: ${failure}`)
  return best?.entrant ?? `failed: ${failures.join('; ')}`
}

export const measureCase = async (workload: Workload, work: Case, options: Options): Promise<Row> => {
  const expected = workload.expected(work)
  const entrants: Entrant[] = []
  const reasons = new Map<SideName, string>()
  for (const name of sideNames) {
    if (!options.sides.includes(name)) continue
    const found = await fastest(workload, work, name, expected, options)
    if (typeof found === 'string') reasons.set(name, found)
    else entrants.push(found)
  }
  const limits: number[] = []
  for (let round = 0; round < options.rounds; round += 1) {
    if (work.flops !== undefined && work.threads !== undefined) limits.push(await multiplyAddNow(work.threads, options.roundMs))
    for (let i = 0; i < entrants.length; i += 1) {
      // Each round begins with another side.
      const entrant = entrants[(i + round) % entrants.length]
      if (entrant === undefined || reasons.has(entrant.side)) continue
      const least = entrant.spentMs > options.enoughMs ? options.leastRounds : options.rounds
      if (entrant.ms.length >= least) continue
      const start = performance.now()
      try {
        entrant.ms.push(await entrant.measure())
        entrant.spentMs += performance.now() - start
      } catch (error) {
        reasons.set(entrant.side, `failed: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
  }
  for (const { end } of entrants) end()
  const outcome = (name: SideName): Outcome => {
    const found = entrants.find(({ side }) => side === name)
    const reason = reasons.get(name)
    if (found && reason === undefined)
      return { kind: 'timed', threads: found.threads, ms: found.ms, error: found.error, peak: found.peak() }
    return { kind: 'none', reason: reason ?? 'not asked for' }
  }
  return {
    case: work,
    ...(limits.length > 0 ? { limit: median(limits) } : {}),
    outcomes: {
      ours: outcome('ours'),
      tfjs: outcome('tfjs'),
      'tfjs-cpu': outcome('tfjs-cpu'),
      jax: outcome('jax'),
      'ort-web': outcome('ort-web'),
      'ort-node': outcome('ort-node'),
      torch: outcome('torch'),
    },
  }
}
