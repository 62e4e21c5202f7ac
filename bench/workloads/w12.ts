import { expected, flops } from '../deep/spec.js'
import { absent, node, torch, type Workload } from '../workload.js'

const none = absent('has no checkpoint')

export const w12: Workload = {
  name: 'W12',
  work: 'The gradient of a perceptron of 64 layers of 64, batch 1,024: as it is, and with each 8 layers a checkpoint, which computes them again in the backward pass',
  measure: 'call',
  cases: [
    { name: 'all kept', flops },
    { name: 'checkpoint', flops },
  ],
  expected: () => expected(),
  // Rounding passes through 64 layers and back.
  tolerance: 1e-4,
  sides: {
    ours: node([1, 2], async setup => (await import('../deep/ours.js')).open(setup)),
    tfjs: none,
    'tfjs-cpu': none,
    jax: none,
    'ort-web': none,
    'ort-node': none,
    torch,
  },
}
