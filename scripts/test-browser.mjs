/**
 * What must hold in a browser: the engine's tests in a page of Chromium, then the packed package in pages of its own. Where there is no
 * Chromium, in CHROMIUM_PATH or in the usual places, it says so and is content: nothing is downloaded.
 *
 * node scripts/test-browser.mjs
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './runtimes/browsers.mjs'

const { path, missing } = findBrowser('chromium')

const root = fileURLToPath(new URL('..', import.meta.url))
const steps = [['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.browser.config.ts', 'test/engine'], ['scripts/check-page.mjs']]

if (path === undefined) console.log(`${missing}: nothing was tested in a browser`)
else {
  const env = { ...process.env, CHROMIUM_PATH: path }
  process.exitCode = steps.some(step => spawnSync(process.execPath, step, { cwd: root, env, stdio: 'inherit' }).status !== 0) ? 1 : 0
}
