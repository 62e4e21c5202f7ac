/** The comparisons once more in vitest's other pools: in threads, and in contexts whose builtins are not those of the test runner. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

test.each(['threads', 'vmThreads', 'vmForks'])('%s', pool => {
  const args = ['run', 'test/tensor/comparison.test.ts', `--pool=${pool}`, '--maxWorkers=1', '--reporter=json']
  const output = execFileSync(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], { cwd: root, encoding: 'utf8' })
  const { success, numPassedTests } = JSON.parse(output.slice(output.indexOf('{')))
  expect(success).toBe(true)
  expect(numPassedTests).toBeGreaterThan(5)
})
