/**
 * What must hold in a browser: the engine's tests in a page of Chromium, then the packed package in pages of its own. Where there is no
 * Chromium, in CHROMIUM_PATH or in the usual places, it says so and is content: nothing is downloaded.
 *
 * node scripts/test-browser.mjs
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
]
const named = process.env.CHROMIUM_PATH
const path = named ? [named].find(existsSync) : usual.find(existsSync)

const root = fileURLToPath(new URL('..', import.meta.url))
const steps = [['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.browser.config.ts', 'test/engine'], ['scripts/check-page.mjs']]

if (path === undefined)
  console.log(`no Chromium at ${named || `any of ${usual.join(', ')}`}: nothing was tested in a browser; CHROMIUM_PATH may name another`)
else {
  const env = { ...process.env, CHROMIUM_PATH: path }
  process.exitCode = steps.some(step => spawnSync(process.execPath, step, { cwd: root, env, stdio: 'inherit' }).status !== 0) ? 1 : 0
}
