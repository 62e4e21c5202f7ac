/** The process that one side is measured in: it does what the runner's lines say, and answers in lines that begin with '@'. */
import { createInterface } from 'node:readline'
import type { Run, SideName } from './workload.js'
import { workloads } from './workloads/index.js'

interface Open {
  readonly op: 'open'
  readonly workload: string
  readonly case: string
  readonly side: SideName
  readonly threads: number
}
export type Request = Open | { readonly op: 'values' } | { readonly op: 'round'; readonly count: number }
export type Answer =
  | { readonly ok: true }
  | { readonly values: readonly (number | null)[] }
  | { readonly ms: number; readonly peak: number }
  | { readonly error: string }

let run: Run | undefined

const opened = (): Run => {
  if (!run) throw new Error('nothing is open')
  return run
}

const open = async (request: Open): Promise<Run> => {
  const workload = workloads.find(({ name }) => name === request.workload)
  const work = workload?.cases.find(({ name }) => name === request.case)
  const side = workload?.sides[request.side]
  if (!work || side?.kind !== 'node') throw new Error(`no ${request.workload} ${request.case} ${request.side}`)
  return side.open({ case: work, threads: request.threads })
}

const answer = async (request: Request): Promise<Answer> => {
  switch (request.op) {
    case 'open':
      run = await open(request)
      return { ok: true }
    case 'values':
      return { values: await opened().values() }
    case 'round': {
      const { round, prepare } = opened()
      await prepare?.()
      const start = performance.now()
      await round(request.count)
      const ms = performance.now() - start
      return { ms, peak: process.resourceUsage().maxRSS * 1024 }
    }
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const request: Request = JSON.parse(line)
  const result = await answer(request).catch(
    (error: unknown): Answer => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  process.stdout.write(`@${JSON.stringify(result)}\n`)
}
process.exit(0)
