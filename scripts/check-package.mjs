/** The built package in plain Node, by its own name and so through its `exports`: it loads, and a gradient comes out right. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as pullback from 'pullback'
import * as laws from 'pullback/laws'
import * as files from '../dist/index.js'
import * as lawsInFiles from '../dist/laws/index.js'

const { grad, mul, pipe, sum, tensor, toNested } = pullback

const gradient = grad(x => pipe(x, mul(x), sum()))(tensor([3, 4]))
assert.deepEqual(toNested(gradient), [6, 8])
assert.ok(Object.keys(laws).length > 0)

// Node loads the bundle, others the files as compiled; they are of the same names.
assert.match(import.meta.resolve('pullback'), /\/dist\/node\/index\.js$/)
assert.deepEqual(Object.keys(pullback), Object.keys(files))
assert.deepEqual(Object.keys(laws), Object.keys(lawsInFiles))

// Both entries are of one module: a tensor of the first is one to the second.
laws.matchesDifferences(x => pipe(x, mul(x), sum()))(tensor([3, 4], 'float64'))

// What of other packages is among these files has its licence beside them, and all of it is packed. The bundler writes above each part whose it is.
const read = path => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const parts = read('dist/node/shared.js').matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm)
const others = [...new Set([...parts].map(([, name]) => name))]
assert.deepEqual(others.sort(), ['fp-ts', 'io-ts'])
for (const name of others)
  assert.ok(read('dist/node/notices.txt').includes(read(`node_modules/${name}/LICENSE`)), `the licence of ${name} is missing`)
const [{ files: packed }] = JSON.parse(
  execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], { cwd: new URL('..', import.meta.url), encoding: 'utf8' }),
)
for (const path of ['LICENSE', 'dist/node/notices.txt'])
  assert.ok(
    packed.some(file => file.path === path),
    `${path} is not packed`,
  )
assert.match(read('LICENSE'), /^MIT License\n\nCopyright \(c\) \d{4} the Pullback authors\n/)

// Nothing but the declared dependencies is needed at run time.
const { dependencies } = JSON.parse(read('package.json'))
console.log(`the built package works in plain Node ${process.version}; run-time dependencies: ${Object.keys(dependencies).join(', ')}`)
