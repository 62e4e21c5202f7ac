/** What W7 starts: one side does one step of W3, says so, and ends. Nothing else is loaded. */
import { regression } from './mlp/spec.js'
import type { Run, Setup } from './workload.js'

const openers: { readonly [side: string]: () => Promise<(setup: Setup) => Promise<Run>> } = {
  ours: async () => (await import('./mlp/ours.js')).open(regression),
  tfjs: async () => (await import('./mlp/tfjs.js')).open(regression, 'wasm'),
  'tfjs-cpu': async () => (await import('./mlp/tfjs.js')).open(regression, 'cpu'),
  jax: async () => (await import('./mlp/jax.js')).open(regression),
  'ort-web': async () => (await import('./mlp/ort.js')).open(regression, 'web'),
  'ort-node': async () => (await import('./mlp/ort.js')).open(regression, 'node'),
  nothing: async () => async () => ({ values: async () => [], round: async () => undefined }),
}

const [side = '', threads = '1'] = process.argv.slice(2)
const opener = openers[side]
if (!opener) throw new Error(`no side ${side}`)
const run = await (await opener())({ case: { name: 'step' }, threads: Number(threads) })
await run.round(1)
process.stdout.write('@done\n')
