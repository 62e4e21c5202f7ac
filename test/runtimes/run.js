/** Runs one file of tests where this code runs, with an engine of so many threads unless a test asks for another number. */

import { tests } from 'virtual:tests'
import { startTests } from '@vitest/runner'
import { digests } from './digest.js'
// What vitest loads before each file.
import '../support/before.ts'

const config = {
  root: '/',
  name: undefined,
  setupFiles: [],
  passWithNoTests: false,
  testNamePattern: undefined,
  allowOnly: false,
  sequence: { shuffle: false, concurrent: false, seed: 0, hooks: 'stack', setupFiles: 'list' },
  chaiConfig: undefined,
  maxConcurrency: 1,
  testTimeout: 300_000,
  hookTimeout: 60_000,
  retry: 0,
  includeTaskLocation: false,
  tags: [],
  tagsFilter: undefined,
  strictTags: false,
}

/** What the engine asks for the machine's threads, in Node's manner or in a page's. */
const setThreads = threads => {
  const os = globalThis.process?.getBuiltinModule?.('node:os')
  if (os) os.availableParallelism = () => threads
  else Object.defineProperty(navigator, 'hardwareConcurrency', { value: threads })
}

const testsIn = task => (task.type === 'test' ? [task] : task.tasks.flatMap(testsIn))
const firstError = ({ result }) => result?.errors?.[0]

export const run = async (path, threads) => {
  setThreads(threads)
  const files = await startTests([`/${path}`], { config, importFile: () => tests[path]() })
  const all = files.flatMap(testsIn)
  // A file has errors of its own if it could not be read to its end.
  const failures = [...files.filter(firstError), ...all.filter(task => task.result?.state === 'fail')]
  return {
    passed: all.filter(task => task.result?.state === 'pass').length,
    skipped: all.filter(task => task.mode === 'skip').length,
    failed: failures.map(task => [task.fullName ?? task.name, firstError(task)?.message ?? 'no reason was given']),
    // One that was never made has failed its test.
    digests: digests.filter(digest => digest !== undefined),
  }
}
