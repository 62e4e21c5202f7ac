/**
 * A longer search for inputs that break a law: the tests of `npm test`, each property tried on `LAW_RUNS` times as many random inputs (20, unless
 * said otherwise) from seeds moved by `LAW_SEED` (one of the clock, printed, so that a failure can be met again).
 *
 * LAW_RUNS=50 LAW_SEED=7 node scripts/test-long.mjs [files…]
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const { LAW_RUNS = '20', LAW_SEED = String(Date.now() % 2 ** 31) } = process.env
console.log(`LAW_RUNS=${LAW_RUNS} LAW_SEED=${LAW_SEED}`)

// A test may take as much longer as it has more inputs.
const patience = 60_000 * Math.max(1, Number(LAW_RUNS) || 1)
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', `--testTimeout=${patience}`, ...process.argv.slice(2)],
  { cwd: root, env: { ...process.env, LAW_RUNS, LAW_SEED }, stdio: 'inherit' },
)
process.exitCode = status ?? 1
