import { expectedOf } from '../training/oracle.js'
import { blockLoss } from '../transformer/oracle.js'
import { block, blockFlops } from '../transformer/spec.js'
import { node, torch, type Workload } from '../workload.js'

export const w6: Workload = {
  name: 'W6',
  work: 'Transformer block of width 128, 4 heads, 64 places, batch 16: layer norm, causal attention, perceptron 128-512-128, mean squared error, Adam: one step',
  measure: 'call',
  cases: [{ name: 'step', flops: blockFlops }],
  expected: () => expectedOf(block, blockLoss),
  // Three steps of Adam, whose quotient m / √v magnifies the rounding of gradients near zero.
  tolerance: 5e-4,
  sides: {
    ours: node([1, 2], async setup => (await import('../transformer/ours.js')).open(setup)),
    tfjs: node([1, 2], async setup => (await import('../transformer/tfjs.js')).open('wasm')(setup)),
    'tfjs-cpu': node([1], async setup => (await import('../transformer/tfjs.js')).open('cpu')(setup)),
    jax: node([1, 2], async setup => (await import('../transformer/jax.js')).open(setup)),
    'ort-web': node([1, 2], async setup => (await import('../transformer/ort.js')).open('web')(setup)),
    'ort-node': node([1, 2], async setup => (await import('../transformer/ort.js')).open('node')(setup)),
    torch,
  },
}
