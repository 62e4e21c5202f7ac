import { lenetLoss } from '../lenet/oracle.js'
import { lenet, lenetFlops } from '../lenet/spec.js'
import { expectedOf } from '../training/oracle.js'
import { node, torch, type Workload } from '../workload.js'

export const w4: Workload = {
  name: 'W4',
  work: "1×28×28, conv 5×5×8, relu, max pool 2, conv 5×5×16, relu, max pool 2, dense 10 ('same' padding), batch 64, softmax cross-entropy, Adam: one step",
  measure: 'call',
  cases: [{ name: 'step', flops: lenetFlops }],
  expected: () => expectedOf(lenet, lenetLoss),
  // Three steps of Adam, whose quotient m / √v magnifies the rounding of gradients near zero.
  tolerance: 5e-4,
  sides: {
    ours: node([1, 2], async setup => (await import('../lenet/ours.js')).open(setup)),
    tfjs: node([1, 2], async setup => (await import('../lenet/tfjs.js')).open('wasm')(setup)),
    'tfjs-cpu': node([1], async setup => (await import('../lenet/tfjs.js')).open('cpu')(setup)),
    jax: node([1, 2], async setup => (await import('../lenet/jax.js')).open(setup)),
    'ort-web': node([1, 2], async setup => (await import('../lenet/ort.js')).open('web')(setup)),
    'ort-node': node([1, 2], async setup => (await import('../lenet/ort.js')).open('node')(setup)),
    torch,
  },
}
