/**
 * Runs files of tests. At the command line of Node, Bun and Deno, `main.js PATH THREADS` runs one and prints its report as the last line. A
 * page asks its server what to run, sends the report, and begins anew: every file has a page of its own.
 */
import { run } from './run.js'

const { process } = globalThis
if (process?.argv) {
  const [, , path, threads] = process.argv
  const report = await run(path, Number(threads))
  process.stdout.write(`\n${JSON.stringify(report)}\n`, () => process.exit())
} else {
  const job = await (await fetch('/job')).json()
  if (job) {
    const { userAgent } = navigator
    const report = { ...(await run(job.path, job.threads)), userAgent, isolated: crossOriginIsolated }
    await fetch('/report', { method: 'POST', body: JSON.stringify(report) })
    location.reload()
  }
}
