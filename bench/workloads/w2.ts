import { expected } from '../mlp/oracle.js'
import { classifier, flopsOf } from '../mlp/spec.js'
import type { Workload } from '../workload.js'
import { mlpSides } from './mlp.js'

export const w2: Workload = {
  name: 'W2',
  work: '784-512-256-10 ReLU, softmax cross-entropy, Adam, batch 128: one step',
  measure: 'call',
  cases: [{ name: 'step', flops: flopsOf(classifier) }],
  expected: () => expected(classifier),
  // Five steps of Adam, whose quotient m / √v magnifies the rounding of gradients near zero.
  tolerance: 2e-3,
  sides: mlpSides(classifier),
}
