/** PyTorch's recurrent cells, unrolled in plain loops: long chains through shared weights. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { fail } from '../../../src/tensor/index.js'
import { named, type Real, type Rule } from './run.js'

/** The n-th block of columns, one for each gate, as wide as the state. */
const gatesOf =
  (state: Real) =>
  (x: Real, n: number): Real => {
    const width = state.sizes[1] ?? 0
    return o.slice(`:, ${n * width}:${(n + 1) * width}`)(x)
  }
const project = (x: Real, weight: Real, bias: Real): Real => pipe(x, o.matmul(o.transpose(weight)), o.add(bias))
const plus = (x: Real, y: Real): Real => pipe(x, o.add(y))
const times = (x: Real, y: Real): Real => pipe(x, o.mul(y))

/** The states after each step, stacked; the first tensor of a state is the output. */
const unroll = (xs: Real, initial: readonly Real[], step: (x: Real, state: readonly Real[]) => readonly Real[]): Real => {
  const outputs: Real[] = []
  let state = initial
  for (let t = 0; t < (xs.sizes[0] ?? 0); t += 1) {
    state = step(o.slice(`${t}`)(xs), state)
    outputs.push(state[0] ?? xs)
  }
  return o.stack(0)(outputs)
}

const missing = (): never => fail({ _tag: 'InternalError', detail: 'the case has too few inputs' })

export const recurrent: readonly Rule[] = named({
  'gru (gates r z n; hidden bias inside r*)': ([xs, h0, wInput, wHidden, bInput, bHidden]) =>
    xs && h0 && wInput && wHidden && bInput && bHidden
      ? unroll(xs, [h0], (x, [h = h0]) => {
          const gate = gatesOf(h)
          const [fromInput, fromHidden] = [project(x, wInput, bInput), project(h, wHidden, bHidden)]
          const r = o.sigmoid(plus(gate(fromInput, 0), gate(fromHidden, 0)))
          const z = o.sigmoid(plus(gate(fromInput, 1), gate(fromHidden, 1)))
          const n = o.tanh(plus(gate(fromInput, 2), times(r, gate(fromHidden, 2))))
          // (1 - z) n + z h
          return [plus(n, times(z, pipe(h, o.sub(n))))]
        })
      : missing(),
  'lstm (gates i f g o)': ([xs, h0, c0, wInput, wHidden, bInput, bHidden]) =>
    xs && h0 && c0 && wInput && wHidden && bInput && bHidden
      ? unroll(xs, [h0, c0], (x, [h = h0, c = c0]) => {
          const gate = gatesOf(h)
          const gates = plus(project(x, wInput, bInput), project(h, wHidden, bHidden))
          const kept = times(o.sigmoid(gate(gates, 1)), c)
          const next = plus(kept, times(o.sigmoid(gate(gates, 0)), o.tanh(gate(gates, 2))))
          return [times(o.sigmoid(gate(gates, 3)), o.tanh(next)), next]
        })
      : missing(),
})
