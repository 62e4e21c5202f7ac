/** What a workload is: some cases, and the sides that do them. One file in workloads/ for each. */

export const sideNames = ['ours', 'tfjs', 'tfjs-cpu', 'jax', 'ort-web', 'ort-node', 'torch'] as const
export type SideName = (typeof sideNames)[number]

/** One size or form of the work. */
export interface Case {
  readonly name: string
  /** Floating-point operations of one call, where the multiply+add limit bounds it. */
  readonly flops?: number
  /** The least bytes that one call must read and write, where memory bounds it. */
  readonly bytes?: number
  /** Which of the machine's streams that is like; through arrays of 40 MB unless told. */
  readonly stream?: 'scale4' | 'scale40' | 'read40'
  /** Threads that every side uses; where absent, each side's faster number is taken. */
  readonly threads?: number
  /** Instead of the workload's. */
  readonly tolerance?: number
  /** Left out with --quick. */
  readonly long?: true
}

/** Work set up, ready to be checked and measured. */
export interface Run {
  /** The numbers that must agree between the sides. */
  readonly values: () => Promise<readonly number[]>
  /** Back to the beginning, before a round and outside its time. */
  readonly prepare?: () => Promise<void>
  /** The work, `count` times one after the other, finished when the promise is. */
  readonly round: (count: number) => Promise<void>
}

export interface Setup {
  readonly case: Case
  readonly threads: number
}

/** How a side does the work: here in Node, by a function that pytorch/host.py names, or not at all, with the reason. */
export type Side =
  | { readonly kind: 'node'; readonly threads: readonly number[]; readonly open: (setup: Setup) => Promise<Run>; readonly skip?: Skip }
  | { readonly kind: 'python'; readonly threads: readonly number[] }
  | { readonly kind: 'absent'; readonly reason: string }

/** The reason why a case is left out, if it is. */
type Skip = (work: Case) => string | undefined

/**
 * `call`: the time of one call in a long run of them. `first`: of the first call in a new process that has loaded the library and the
 * data. `start`: from the start of the process to the end of its first call.
 */
export type Measure = 'call' | 'first' | 'start'

export interface Workload {
  readonly name: string
  readonly work: string
  readonly measure: Measure
  readonly cases: readonly Case[]
  /** What the checked numbers must be, and how far off they may be: |x - expected| ≤ tolerance · max |expected|. */
  readonly expected: (work: Case) => readonly number[]
  readonly tolerance: number
  readonly sides: { readonly [S in SideName]: Side }
}

export const absent = (reason: string): Side => ({ kind: 'absent', reason })
export const torch: Side = { kind: 'python', threads: [1, 2] }

/** The side that has all its cases in one file, loaded only in the process that measures it. */
export const node = (threads: readonly number[], open: (setup: Setup) => Promise<Run>, skip?: Skip): Side =>
  skip ? { kind: 'node', threads, open, skip } : { kind: 'node', threads, open }
