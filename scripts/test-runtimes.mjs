/**
 * The engine's tests, the laws and the recorded hashes in every runtime: Node 20, 22, 24 and the current one, Bun, Deno, Chromium and Firefox, each on
 * one thread and on two. Three JavaScript engines are among them, V8, JavaScriptCore and SpiderMonkey; all of them must give the same bits, those
 * that are recorded and those of each primitive's samples. A runtime that is missing is named, with how to install it, and is no failure.
 *
 * node scripts/test-runtimes.mjs [--only=TEXT] [--file=PATH] [--threads=1,2] [runtime …]
 *
 * TEXT is part of a test file's path, or several such parts with commas between them; a PATH is run instead of the list. Runtimes are node20, node22,
 * node24, node, bun, deno, chromium and firefox, all of them unless told; also `own`, the Node that runs this script.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { differences } from './runtimes/compare.mjs'
import { runtimes } from './runtimes/installed.mjs'
import { buildSuite, hasOwnBits, onlyInNode, paths } from './runtimes/suite.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, file: { type: 'string' }, threads: { type: 'string', default: '1,2' } },
})
const unknown = positionals.filter(name => !(name in runtimes))
if (unknown.length > 0) throw new Error(`no runtime ${unknown.join(', ')}: there are ${Object.keys(runtimes).join(', ')}`)
const names = positionals.length > 0 ? positionals : Object.keys(runtimes).filter(name => name !== 'own')
const chosen = values.file ? [values.file] : paths.filter(path => values.only.split(',').some(text => path.includes(text)))
if (chosen.length === 0) throw new Error(`no test file has ${values.only} in its path`)

for (const [path, why] of Object.entries(onlyInNode)) console.log(`left to Node, by npm test: ${path}, which ${why}`)

const folder = mkdtempSync(join(tmpdir(), 'runtimes-'))
const hashCount = n => `${n} ${n === 1 ? 'hash' : 'hashes'}`

/** Digests of the first run, with which all others are compared. */
let first
let failed = false
try {
  await buildSuite(folder, [...new Set([...paths, ...chosen])])
  for (const name of names) {
    const { version, run, missing } = await runtimes[name]()
    if (missing) {
      console.log(`${name}: skipped: ${missing}`)
      continue
    }
    for (const threads of values.threads.split(',').map(Number)) {
      const begun = performance.now()
      const reports = []
      const digests = new Map()
      await run(folder, chosen, threads, (path, report) => {
        reports.push(report)
        if (!hasOwnBits(path)) for (const [test, bits] of report.digests) digests.set(test, bits)
        for (const [test, message] of report.failed) console.log(`  ${name} ${version}, ${path}: ${test}: ${message}`)
      })
      const seconds = Math.ceil((performance.now() - begun) / 1000)
      const count = key => reports.reduce((sum, report) => sum + report[key], 0)
      first ??= digests
      const unequal = differences(first, digests)
      for (const difference of unequal) console.log(`  ${name} ${version}, ${difference}`)
      const failures = reports.reduce((sum, report) => sum + report.failed.length, 0)
      const differ = `${unequal.length} of ${hashCount(digests.size)} ${unequal.length === 1 ? 'differs' : 'differ'}`
      const hashes = unequal.length === 0 ? `${hashCount(digests.size)} equal` : differ
      const shared = reports.some(report => report.isolated === false) ? ' (not isolated: no shared memory)' : ''
      console.log(
        `${name} ${version}, threads ${threads}${shared}: ${count('passed')} passed, ${failures} failed, ${count('skipped')} skipped; ${hashes}; ${seconds} s`,
      )
      failed ||= failures > 0 || unequal.length > 0
    }
  }
} finally {
  rmSync(folder, { recursive: true })
}
process.exitCode = failed ? 1 : 0
