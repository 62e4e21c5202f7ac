import { expected } from '../gru/oracle.js'
import { flops } from '../gru/spec.js'
import { absent, node, torch, type Workload } from '../workload.js'

const noLoop = absent('has no loop whose gradient it derives')

export const w10: Workload = {
  name: 'W10',
  work: 'A gated recurrent unit of 64 units over 1,000 steps, batch 32, 16 inputs: the mean square of its states and the gradient by its weights; as one program, and by one call for each step forward and backward',
  measure: 'call',
  cases: [
    { name: 'scan', flops },
    { name: 'a call a step', flops },
  ],
  expected: () => expected(),
  // The gradients are sums over 32,000 rows in float32, of terms of both signs.
  tolerance: 1e-4,
  sides: {
    ours: node([1, 2], async setup => (await import('../gru/ours.js')).open(setup)),
    tfjs: noLoop,
    'tfjs-cpu': noLoop,
    jax: node(
      [1, 2],
      async setup => (await import('../gru/jax.js')).open(setup),
      ({ name }) => (name === 'scan' ? 'has no scan' : undefined),
    ),
    'ort-web': noLoop,
    'ort-node': noLoop,
    torch,
  },
}
