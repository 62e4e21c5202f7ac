/** The built package in plain Node, by its own name and so through its `exports`: it loads, and a gradient comes out right. */
import assert from 'node:assert/strict'
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

// Nothing but the declared dependencies is needed at run time.
const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
console.log(`the built package works in plain Node ${process.version}; run-time dependencies: ${Object.keys(dependencies).join(', ')}`)
