import { sample, uniform } from '../numbers.js'
import type { AnyTensor } from '../ours.js'
import { type Case, node, type Setup, torch, type Workload } from '../workload.js'

const [rows, columns, length] = [128, 1000, 1e7]

const sizesOf = ({ name }: Case): readonly number[] => (name === 'sum' ? [length] : [rows, columns])
const inputOf = (work: Case) =>
  uniform(
    sizesOf(work).reduce((x, y) => x * y),
    8,
    work.name === 'sum' ? 1 : 5,
  )

const expected = (work: Case): readonly number[] => {
  const x = inputOf(work)
  if (work.name === 'sum') return [x.reduce((sum, value) => sum + value, 0)]
  const logs = Array.from({ length: rows }, (_, i) => {
    const row = x.subarray(i * columns, (i + 1) * columns)
    return Math.log(row.reduce((sum, value) => sum + Math.exp(value), 0))
  })
  return sample(
    work.name === 'logsumexp' ? logs : Float64Array.from(x, (value, i) => Math.exp(value - (logs[Math.floor(i / columns)] ?? Number.NaN))),
  )
}

const ours = async ({ case: work, threads }: Setup) => {
  const { decoded, engineOf, oursRun, pullback } = await import('../ours.js')
  const { fromArray, jit, logSumExp, softmax, sum } = pullback
  const x: AnyTensor = decoded(fromArray<string>(sizesOf(work).join(' '))(inputOf(work)))
  const reduction: (x: AnyTensor) => AnyTensor = work.name === 'sum' ? sum() : work.name === 'softmax' ? softmax(-1) : logSumExp(-1)
  const f = jit((x: AnyTensor): AnyTensor => reduction(x), { engine: engineOf(threads) })
  return oursRun(() => f(x))
}

const tfjs =
  (backend: 'wasm' | 'cpu') =>
  async ({ case: work, threads }: Setup) => {
    const { startTfjs, tfjsRun } = await import('../peers/tfjs.js')
    const tf = await startTfjs(backend, threads)
    const x = tf.tensor(inputOf(work), [...sizesOf(work)])
    return tfjsRun(() => (work.name === 'sum' ? tf.sum(x) : work.name === 'softmax' ? tf.softmax(x) : tf.logSumExp(x, -1)))
  }

const jax = async ({ case: work, threads }: Setup) => {
  const { jaxRun, startJax } = await import('../peers/jax.js')
  const peer = await startJax(threads)
  const { numpy: np, nn } = peer.jax
  const x = peer.array(inputOf(work), sizesOf(work))
  const f = peer.jax.jit((x: typeof peer.jax.Array.prototype) =>
    work.name === 'sum' ? np.sum(x) : work.name === 'softmax' ? nn.softmax(x, -1) : nn.logsumexp(x, -1),
  )
  return jaxRun(peer, () => f(x.ref))
}

const ort =
  (build: 'web' | 'node') =>
  async ({ case: work, threads }: Setup) => {
    const { ortRun, startOrt } = await import('../peers/ort.js')
    const { Graph } = await import('../onnx.js')
    const peer = await startOrt(build, threads)
    const sizes = sizesOf(work)
    const g = new Graph()
    const x = g.input('x', sizes)
    const y =
      work.name === 'sum'
        ? g.node('ReduceSum', [x], { keepdims: { int: 0 } })
        : work.name === 'softmax'
          ? g.node('Softmax', [x])
          : g.node('ReduceLogSumExp', [x], { axes: { ints: [1] }, keepdims: { int: 0 } })
    g.output('y', y, work.name === 'sum' ? [] : work.name === 'softmax' ? sizes : [rows])
    return ortRun(peer, g, { x: peer.tensor(inputOf(work), sizes) })
  }

export const w8: Workload = {
  name: 'W8',
  work: 'Softmax and logsumexp of the rows of 128 × 1000, the sum of 10,000,000',
  measure: 'call',
  cases: [
    { name: 'softmax', bytes: 8 * rows * columns, stream: 'scale4' },
    { name: 'logsumexp', bytes: 4 * rows * columns, stream: 'scale4' },
    // Numbers of both signs, added in float32 in whatever order a side likes.
    { name: 'sum', bytes: 4 * length, stream: 'read40', tolerance: 1e-3 },
  ],
  expected,
  tolerance: 5e-6,
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
