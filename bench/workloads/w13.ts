import { expected } from '../loop/spec.js'
import { absent, node, type Workload } from '../workload.js'

const none = absent('has no loop that is compiled once')

export const w13: Workload = {
  name: 'W13',
  work: 'The first call of a recurrent network of 8 units and its gradient, library and data loaded: tracing, compiling and one run of a scan of 100 and of 10,000 steps',
  measure: 'first',
  cases: [{ name: '100 steps' }, { name: '10000 steps' }],
  expected,
  // The gradient is a sum over as many rows as there are steps, in float32, of terms of both signs.
  tolerance: 1e-3,
  sides: {
    ours: node([1, 2], async setup => (await import('../loop/ours.js')).open(setup)),
    tfjs: none,
    'tfjs-cpu': none,
    jax: none,
    'ort-web': none,
    'ort-node': none,
    torch: none,
  },
}
