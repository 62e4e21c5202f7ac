/** ONNX's recurrent operators: a cell along a sequence, forwards, backwards or both ways. */
import { pipe } from 'fp-ts/lib/function.js'
import * as o from '../../../src/ops/index.js'
import { concrete, type Value } from '../../../src/tensor/index.js'
import { type Run, text } from './forms.js'
import { notOffered, type Reader } from './node.js'

const plus = (x: Value, y: Value): Value => pipe(x, o.add(y))
const times = (x: Value, y: Value): Value => pipe(x, o.mul(y))

const functions: { readonly [name: string]: (x: Value) => Value } = {
  tanh: o.tanh,
  sigmoid: o.sigmoid,
  relu: o.relu,
  softsign: x => pipe(x, o.div(pipe(x, o.abs, o.add(1)))),
  softplus: o.softplus,
}
type Activation = (x: Value) => Value

/** What a cell is given of one direction. */
interface Weights {
  /** Block i of the products of the input and of the state, without and with their biases. */
  readonly ofInput: (x: Value, i: number) => Value
  readonly ofState: (h: Value, i: number) => Value
  /** Block i of the peepholes. */
  readonly peephole: (c: Value, i: number) => Value
  readonly f: readonly Activation[]
}
/** From the input of one step and the state to the next state, of which the first tensor is the output. */
type Cell = (x: Value, state: readonly Value[], weights: Weights) => readonly Value[]

const recurrentBy =
  (blocks: number, states: number, activations: readonly string[], cell: (node: Reader) => Cell): Run =>
  node => {
    const direction = node.text('direction', 'forward')
    const directions = direction === 'bidirectional' ? 2 : 1
    const [size, batchFirst] = [node.number('hidden_size', 0), node.number('layout', 0) === 1]
    const clip = node.number('clip', Number.POSITIVE_INFINITY)
    const names = node.texts('activations') ?? Array.from({ length: directions }, () => activations).flat()
    const inTime = (x: Value): Value => (batchFirst ? o.moveAxis(1, 0)(x) : x)
    const xs = inTime(node.x(0))
    const [steps = 0, batch = 0] = xs.sizes
    const lengths = node.has(4) ? node.list(4) : undefined
    const initial = (i: number, way: number): Value =>
      node.has(i) ? o.slice(`${way}`)(inTime(node.x(i))) : concrete([batch, size], 'float32', 0)
    const run = cell(node)

    const oneWay = (way: number): { readonly outputs: readonly Value[]; readonly last: readonly Value[] } => {
      const block = (matrix: Value, i: number): Value => o.slice(`${way}, ${i * size}:${(i + 1) * size}`)(matrix)
      const bias = (i: number): Value | undefined => (node.has(3) ? block(node.x(3), i) : undefined)
      const projected = (x: Value, matrix: Value, i: number, own: Value | undefined): Value => {
        const product = pipe(x, o.matmul(o.transpose(block(matrix, i))))
        return own === undefined ? product : plus(product, own)
      }
      const bounded = (f: Activation): Activation => (clip === Number.POSITIVE_INFINITY ? f : x => f(o.clip(-clip, clip)(x)))
      const f = activations.map((_, i) => {
        const name = (names[way * activations.length + i] ?? '').toLowerCase()
        return bounded(functions[name] ?? notOffered(`the activation ${name}`))
      })
      const [w, r] = [node.x(1), node.x(2)]
      const weights: Weights = {
        ofInput: (x, i) => projected(x, w, i, bias(i)),
        ofState: (h, i) => projected(h, r, i, bias(blocks + i)),
        peephole: (c, i) => (node.has(7) ? times(c, block(node.x(7), i)) : o.mul(0)(c)),
        f,
      }
      const backwards = way === 1 || direction === 'reverse'
      let state: readonly Value[] = [...(states > 0 ? [initial(5, way)] : []), ...(states > 1 ? [initial(6, way)] : [])]
      const outputs: Value[] = []
      for (let step = 0; step < steps; step += 1) {
        const t = backwards ? steps - 1 - step : step
        const next = run(o.slice(`${t}`)(xs), state, weights)
        // A sequence that has ended keeps its state and gives zeros; backwards it begins at its own end.
        const going =
          lengths &&
          o.expandDims(1)(
            concrete(
              [batch],
              'bool',
              Uint8Array.from(lengths, length => Number(t < length)),
            ),
          )
        const wide = going && o.broadcastTo(text([batch, size]))(going)
        state = state.map((old, i) => (wide ? pipe(wide, o.where(next[i] ?? old, old)) : (next[i] ?? old)))
        const [h = xs] = next
        outputs.push(wide ? pipe(wide, o.where(h, 0)) : h)
      }
      return { outputs: backwards ? outputs.toReversed() : outputs, last: state }
    }

    const all = Array.from({ length: directions }, (_, way) => oneWay(way))
    // 'seq ways batch size', or 'batch seq ways size' where the batch comes first.
    const y = o.stack(1)(all.map(({ outputs }) => o.stack(0)(outputs)))
    const last = Array.from({ length: states }, (_, i) => o.stack(0)(all.map(way => way.last[i] ?? xs)))
    return batchFirst ? [o.permute([2, 0, 1, 3])(y), ...last.map(h => o.moveAxis(1, 0)(h))] : [y, ...last]
  }

const sum = (...terms: readonly Value[]): Value => terms.reduce(plus)

export const recurrent: { readonly [op: string]: Run } = {
  RNN: recurrentBy(1, 1, ['Tanh'], () => (x, [h = x], { ofInput, ofState, f: [f = o.tanh] }) => [f(sum(ofInput(x, 0), ofState(h, 0)))]),
  // Blocks: update, reset, hidden.
  GRU: recurrentBy(3, 1, ['Sigmoid', 'Tanh'], node => {
    const isLinear = node.number('linear_before_reset', 0) === 1
    return (x, [h = x], { ofInput, ofState, f: [f = o.sigmoid, g = o.tanh] }) => {
      const z = f(sum(ofInput(x, 0), ofState(h, 0)))
      const r = f(sum(ofInput(x, 1), ofState(h, 1)))
      const hidden = g(plus(ofInput(x, 2), isLinear ? times(r, ofState(h, 2)) : ofState(times(r, h), 2)))
      return [plus(hidden, times(z, pipe(h, o.sub(hidden))))]
    }
  }),
  // Blocks: input, output, forget, cell; peepholes: input, output, forget.
  LSTM: recurrentBy(4, 2, ['Sigmoid', 'Tanh', 'Tanh'], node => {
    if (node.number('input_forget', 0) !== 0) return notOffered('a forget gate that is 1 less the input gate')
    return (x, [h = x, c = x], { ofInput, ofState, peephole, f: [f = o.sigmoid, g = o.tanh, k = o.tanh] }) => {
      const i = f(sum(ofInput(x, 0), ofState(h, 0), peephole(c, 0)))
      const forget = f(sum(ofInput(x, 2), ofState(h, 2), peephole(c, 2)))
      const next = plus(times(forget, c), times(i, g(sum(ofInput(x, 3), ofState(h, 3)))))
      const output = f(sum(ofInput(x, 1), ofState(h, 1), peephole(next, 1)))
      return [times(output, k(next)), next]
    }
  }),
}
