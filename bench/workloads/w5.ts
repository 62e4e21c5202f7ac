import { sample, uniform } from '../numbers.js'
import type { AnyTensor } from '../ours.js'
import { type Case, node, type Setup, torch, type Workload } from '../workload.js'

const lengthOf = ({ name }: Case): number => Number(name)
const inputOf = (work: Case) => uniform(lengthOf(work), 5, 4)

const ours = async ({ case: work, threads }: Setup) => {
  const { decoded, engineOf, oursRun, pullback } = await import('../ours.js')
  const { add, fromArray, jit, mul, pipe, relu, sigmoid, tanh, tensor } = pullback
  const x: AnyTensor = decoded(fromArray<string>(String(lengthOf(work)))(inputOf(work)))
  const f = jit((x: AnyTensor): AnyTensor => pipe(x, mul(tensor(2)), add(tensor(1)), tanh, mul(sigmoid(x)), add(relu(x))), {
    engine: engineOf(threads),
  })
  return oursRun(() => f(x))
}

const tfjs =
  (backend: 'wasm' | 'cpu') =>
  async ({ case: work, threads }: Setup) => {
    const { startTfjs, tfjsRun } = await import('../peers/tfjs.js')
    const tf = await startTfjs(backend, threads)
    const x = tf.tensor1d(inputOf(work))
    return tfjsRun(() => tf.add(tf.mul(tf.tanh(tf.add(tf.mul(x, 2), 1)), tf.sigmoid(x)), tf.relu(x)))
  }

const jax = async ({ case: work, threads }: Setup) => {
  const { jaxRun, startJax } = await import('../peers/jax.js')
  const peer = await startJax(threads)
  const { numpy: np, nn } = peer.jax
  const x = peer.array(inputOf(work), [lengthOf(work)])
  const f = peer.jax.jit((x: typeof peer.jax.Array.prototype) => np.tanh(x.ref.mul(2).add(1)).mul(nn.sigmoid(x.ref)).add(nn.relu(x)))
  return jaxRun(peer, () => f(x.ref))
}

const ort =
  (build: 'web' | 'node') =>
  async ({ case: work, threads }: Setup) => {
    const { ortRun, startOrt } = await import('../peers/ort.js')
    const { Graph } = await import('../onnx.js')
    const peer = await startOrt(build, threads)
    const sizes = [lengthOf(work)]
    const g = new Graph()
    const x = g.input('x', sizes)
    const t = g.node('Tanh', [g.node('Add', [g.node('Mul', [x, g.scalar(2)]), g.scalar(1)])])
    g.output('y', g.node('Add', [g.node('Mul', [t, g.node('Sigmoid', [x])]), g.node('Relu', [x])]), sizes)
    return ortRun(peer, g, { x: peer.tensor(inputOf(work), sizes) })
  }

export const w5: Workload = {
  name: 'W5',
  work: 'tanh(2x + 1) · sigmoid(x) + relu(x) over so many numbers',
  measure: 'call',
  cases: [
    { name: '1000000', bytes: 8e6, stream: 'scale4' },
    { name: '10000000', bytes: 8e7, stream: 'scale40', long: true },
  ],
  expected: work => sample(inputOf(work)).map(x => Math.tanh(2 * x + 1) / (1 + Math.exp(-x)) + Math.max(0, x)),
  tolerance: 2e-6,
  sides: {
    ours: node([1, 2], ours),
    tfjs: node([1, 2], tfjs('wasm')),
    'tfjs-cpu': node([1], tfjs('cpu')),
    jax: node([1, 2], jax),
    'ort-web': node([1, 2], ort('web')),
    'ort-node': node([1, 2], ort('node')),
    torch,
  },
}
