/** Workloads that wait for operations of this library; the peers' sides are written with ours. */
import { absent, type SideName, type Workload } from '../workload.js'

const waiting = (name: string, work: string, missing: string): Workload => {
  const side = absent('waits for our side')
  const sides: { readonly [S in Exclude<SideName, 'ours'>]: typeof side } = {
    tfjs: side,
    'tfjs-cpu': side,
    jax: side,
    'ort-web': side,
    'ort-node': side,
    torch: side,
  }
  return {
    name,
    work,
    measure: 'call',
    cases: [{ name: 'step' }],
    expected: () => [],
    tolerance: 1e-3,
    sides: { ours: absent(`the library has no ${missing} yet`), ...sides },
  }
}

export const w4 = waiting(
  'W4',
  "1×28×28, conv 5×5×8, relu, max pool 2, conv 5×5×16, relu, max pool 2, dense 10 ('same' padding), batch 64, softmax cross-entropy, Adam: one step",
  'convolution and no pooling',
)

export const w6 = waiting(
  'W6',
  'Transformer block d 128, 4 heads, sequence 64, batch 16, MLP ×4, layer norm, causal softmax, Adam: one step',
  'attention and no layer norm',
)
