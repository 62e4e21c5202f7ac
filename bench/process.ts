/** The other end of host.ts and pytorch/host.py: a process, spoken to in lines. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Answer, Request } from './host.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Debian's OpenBLAS of POSIX threads ignores PyTorch's number of threads; the one of OpenMP obeys it. */
const openBlas = '/usr/lib/x86_64-linux-gnu/openblas-openmp'
export const hasOpenMpBlas = existsSync(openBlas)

/** The first of these that has PyTorch: one in a home may hide the system's, which has Debian's. */
const pythons = [...(process.env.BENCH_PYTHON === undefined ? [] : [process.env.BENCH_PYTHON]), 'python3', '/usr/bin/python3']
export const python: string | undefined = pythons.find(command => spawnSync(command, ['-c', 'import torch']).status === 0)

export const commands = {
  host: { command: process.execPath, args: [at('.build/bench/host.js')] },
  torch: { command: python ?? 'python3', args: [at('pytorch/host.py')] },
} as const

export const start = (what: { readonly command: string; readonly args: readonly string[] }, threads: number): ChildProcess =>
  spawn(what.command, [...what.args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      ...process.env,
      OMP_NUM_THREADS: String(threads),
      OPENBLAS_NUM_THREADS: String(threads),
      ...(hasOpenMpBlas ? { LD_LIBRARY_PATH: openBlas } : {}),
    },
  })

export class Host {
  readonly #child: ChildProcess
  readonly #waiting: ((line: string | undefined) => void)[] = []
  #errors = ''
  /** The most memory that the process has had, in bytes, as its last round told. */
  peak = 0

  constructor(kind: keyof typeof commands, threads: number) {
    this.#child = start(commands[kind], threads)
    const end = (): void => {
      for (const resolve of this.#waiting.splice(0)) resolve(undefined)
    }
    this.#child.stderr?.on('data', (data: Buffer) => {
      this.#errors = (this.#errors + data.toString()).slice(-2000)
    })
    this.#child.on('error', end)
    this.#child.on('exit', end)
    if (this.#child.stdout)
      createInterface({ input: this.#child.stdout }).on('line', line => {
        if (line.startsWith('@')) this.#waiting.shift()?.(line.slice(1))
      })
  }

  async #ask(request: Request): Promise<Answer> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) throw new Error(`the process ended: ${this.#errors.trim()}`)
    const answered = new Promise<string | undefined>(resolve => this.#waiting.push(resolve))
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`)
    const line = await answered
    if (line === undefined) throw new Error(`the process ended: ${this.#errors.trim()}`)
    const answer: Answer = JSON.parse(line)
    if ('error' in answer) throw new Error(answer.error)
    return answer
  }

  async open(request: Omit<Extract<Request, { op: 'open' }>, 'op'>): Promise<void> {
    await this.#ask({ op: 'open', ...request })
  }

  async values(): Promise<readonly number[]> {
    const answer = await this.#ask({ op: 'values' })
    return 'values' in answer ? answer.values.map(x => x ?? Number.NaN) : []
  }

  /** The milliseconds of `count` calls. */
  async round(count: number): Promise<number> {
    const answer = await this.#ask({ op: 'round', count })
    if (!('ms' in answer)) return Number.NaN
    this.peak = answer.peak
    return answer.ms
  }

  end(): void {
    this.#child.kill('SIGKILL')
  }
}

/** Milliseconds from the start of a process to its first line that begins with '@'. */
export const timeToFirst = (side: string, threads: number): Promise<number> => {
  const what =
    side === 'torch'
      ? { command: commands.torch.command, args: [...commands.torch.args, 'start', String(threads)] }
      : { command: process.execPath, args: [at('.build/bench/start.js'), side, String(threads)] }
  const begin = performance.now()
  const child = start(what, threads)
  let errors = ''
  child.stderr?.on('data', (data: Buffer) => {
    errors = (errors + data.toString()).slice(-2000)
  })
  return new Promise<number>((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', line => {
        if (line.startsWith('@')) resolve(performance.now() - begin)
      })
    child.on('error', reject)
    child.on('exit', () => reject(new Error(`the process ended: ${errors.trim()}`)))
  }).finally(() => child.kill('SIGKILL'))
}

/** The first line that a program prints, without its '@'; undefined if it cannot be run. */
export const outputOf = (command: string, args: readonly string[]): Promise<string | undefined> =>
  new Promise(resolve => {
    const child = spawn(command, [...args], { stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString()
    })
    child.on('error', () => resolve(undefined))
    child.on('close', code => resolve(code === 0 ? text.trim().replace(/^@/, '') : undefined))
  })

const probePath = at('.build/bench/probe.js')
export const probe = (ms: number): Promise<string | undefined> => outputOf(process.execPath, [probePath, String(ms)])
/** What multiply and add reach on so many threads at this moment, in GFLOP/s. */
export const multiplyAddNow = async (threads: number, ms: number): Promise<number> =>
  Number(await outputOf(process.execPath, [probePath, String(ms), 'multiplyAdd', String(threads)]))
