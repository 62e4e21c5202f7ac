import { expected, flops } from '../attention/spec.js'
import { absent, node, torch, type Workload } from '../workload.js'

const onlyEinsum = absent('compared where both forms are at hand')

export const w11: Workload = {
  name: 'W11',
  work: 'Attention of 4 heads of width 32 over 64 places, batch 16, and the gradient of its mean square: by einsum, and by products of permuted tensors',
  measure: 'call',
  cases: [
    { name: 'einsum', flops },
    { name: 'matmul', flops },
  ],
  expected: () => expected(),
  // jax-js is off by 3e-5 in the mean of two million squares, which it adds up in float32.
  tolerance: 1e-4,
  sides: {
    ours: node([1, 2], async setup => (await import('../attention/ours.js')).open(setup)),
    tfjs: onlyEinsum,
    'tfjs-cpu': onlyEinsum,
    jax: node([1, 2], async setup => (await import('../attention/jax.js')).open(setup)),
    'ort-web': onlyEinsum,
    'ort-node': onlyEinsum,
    torch,
  },
}
