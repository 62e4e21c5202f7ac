/** The built package in plain Node, by its own name and so through its `exports`: it loads, and a gradient comes out right. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { grad, mul, pipe, sum, tensor, toNested } from 'pullback'
import * as laws from 'pullback/laws'

const gradient = grad(x => pipe(x, mul(x), sum()))(tensor([3, 4]))
assert.deepEqual(toNested(gradient), [6, 8])
assert.ok(Object.keys(laws).length > 0)

// Nothing but the declared dependencies is needed at run time.
const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
console.log(`the built package works in plain Node ${process.version}; run-time dependencies: ${Object.keys(dependencies).join(', ')}`)
