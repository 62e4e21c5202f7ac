/**
 * Builds the library and this package to plain JavaScript under .build/: what is measured runs without a TypeScript loader. The library is
 * built in the two steps of its own `npm run build`, so that what starts is the bundle that its users load in Node.
 * A type error is reported and does not stop the build, so that work in progress can be measured.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')

const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status

rmSync(join(here, '.build'), { recursive: true, force: true })
for (const [project, made] of [
  ['tsconfig.library.json', '.build/pullback/index.js'],
  ['tsconfig.emit.json', '.build/bench/host.js'],
]) {
  const status = run(tsc, '-p', join(here, project))
  if (!existsSync(join(here, made))) process.exit(status || 1)
  if (status !== 0) console.error(`${project}: built with type errors`)
}

const status = run(fileURLToPath(new URL('../scripts/bundle.mjs', import.meta.url)), join(here, '.build/pullback'))
if (status !== 0) process.exit(status || 1)
