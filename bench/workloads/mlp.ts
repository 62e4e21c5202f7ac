/** The sides of a perceptron's training step, shared by W2, W3, W7 and W9. */
import type { Mlp } from '../mlp/spec.js'
import { node, torch, type Workload } from '../workload.js'

export const mlpSides = (mlp: Mlp): Workload['sides'] => ({
  ours: node([1, 2], async setup => (await import('../mlp/ours.js')).open(mlp)(setup)),
  tfjs: node([1, 2], async setup => (await import('../mlp/tfjs.js')).open(mlp, 'wasm')(setup)),
  'tfjs-cpu': node([1], async setup => (await import('../mlp/tfjs.js')).open(mlp, 'cpu')(setup)),
  jax: node([1, 2], async setup => (await import('../mlp/jax.js')).open(mlp)(setup)),
  'ort-web': node([1, 2], async setup => (await import('../mlp/ort.js')).open(mlp, 'web')(setup)),
  'ort-node': node([1, 2], async setup => (await import('../mlp/ort.js')).open(mlp, 'node')(setup)),
  torch,
})
